// SPDX-License-Identifier: EUPL-1.2
// leak_scan NEEDLES --process NUMBER
// leak_scan NEEDLES --files [--without PATH]… PATH…
// leak_scan NEEDLES --hold
// Looks for needles in all readable memory of a process, or in files and everything below folders. NEEDLES has a line a
// needle: its name, a tab, and "=" with a text (looked for as UTF-8 and with two and four bytes a character) or bytes in
// hexadecimal; eight bytes at least. Exit 0: none is there; 1: some are, each told with its place; 77: this user may not
// look. --hold keeps the needles in its memory until it is ended, so that a scan of it must find each of them.
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Needle {
    std::string name, bytes;
};

std::string widened(std::string_view word, std::size_t size) {
    std::string wide;
    for (const char c : word) {
        wide += c;
        wide.append(size - 1, '\0');
    }
    return wide;
}

std::optional<std::string> from_hex(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        char* end = nullptr;
        const std::string pair(text.substr(i, 2));
        bytes += static_cast<char>(std::strtoul(pair.c_str(), &end, 16));
        if (*end != '\0') return std::nullopt;
    }
    return text.size() % 2 == 0 ? std::optional(bytes) : std::nullopt;
}

/// All needles at once: their first eight bytes say at most places that none begins there.
class Search {
public:
    explicit Search(const char* file) {
        std::ifstream in(file, std::ios::binary);
        for (std::string line; std::getline(in, line);) {
            const std::size_t tab = line.find('\t');
            const std::string_view what = std::string_view(line).substr(tab == std::string::npos ? line.size() : tab + 1);
            if (what.starts_with('=')) {
                for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{4}})
                    add(line.substr(0, tab), widened(what.substr(1), size));
            } else if (auto bytes = from_hex(what); bytes && !bytes->empty()) {
                add(line.substr(0, tab), *std::move(bytes));
            } else {
                broken_ = true;
            }
        }
        broken_ = broken_ || needles_.empty();
    }
    [[nodiscard]] bool broken() const { return broken_; }
    [[nodiscard]] const std::vector<Needle>& needles() const { return needles_; }

    /// Names of what lies in these bytes, a name an occurrence.
    void look(std::span<const char> bytes, const std::string& place) {
        looked_at_ += bytes.size();
        if (bytes.size() < 8) return;
        for (std::size_t i = 0; i + 8 <= bytes.size(); ++i) {
            std::uint64_t head = 0;
            std::memcpy(&head, bytes.data() + i, 8);
            if (!maybe_[slot(head)]) continue;
            const auto [from, to] = by_head_.equal_range(head);
            for (auto at = from; at != to; ++at) {
                const Needle& needle = needles_[at->second];
                if (bytes.size() - i < needle.bytes.size() ||
                    std::memcmp(bytes.data() + i, needle.bytes.data(), needle.bytes.size()) != 0)
                    continue;
                ++found_;
                ++places_[needle.name][place];
            }
        }
    }
    /// What was found, and whether that was nothing.
    [[nodiscard]] bool tell(const std::string& where) const {
        for (const auto& [name, places] : places_) {
            int told = 0;
            for (const auto& [place, times] : places)
                if (++told <= 6) std::printf("%s: %ld times in %s\n", name.c_str(), times, place.c_str());
        }
        std::printf("%llu MiB of %s looked at for %zu needles, %ld found\n", looked_at_ >> 20, where.c_str(),
                    needles_.size(), found_);
        return found_ == 0;
    }
    [[nodiscard]] bool nothing_seen() const { return looked_at_ == 0; }

private:
    static std::size_t slot(std::uint64_t head) { return (head * 0x9E3779B97F4A7C15ULL) >> 42U; } // 22 bits
    void add(std::string name, std::string bytes) {
        if (bytes.size() < 8) {
            broken_ = true;
            return;
        }
        std::uint64_t head = 0;
        std::memcpy(&head, bytes.data(), 8);
        maybe_[slot(head)] = true;
        by_head_.emplace(head, needles_.size());
        needles_.push_back({std::move(name), std::move(bytes)});
    }

    std::vector<Needle> needles_;
    std::vector<bool> maybe_ = std::vector<bool>(std::size_t{1} << 22U);
    std::unordered_multimap<std::uint64_t, std::size_t> by_head_;
    std::map<std::string, std::map<std::string, long>> places_; ///< by name
    unsigned long long looked_at_ = 0;
    long found_ = 0;
    bool broken_ = false;
};

int in_process(Search& search, const std::string& number) {
    const std::string folder = "/proc/" + number;
    const int memory = ::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (memory < 0) {
        std::fprintf(stderr, "leak_scan: %s/mem: %s\n", folder.c_str(), std::strerror(errno));
        return errno == EACCES || errno == EPERM ? 77 : 2;
    }
    std::ifstream maps(folder + "/maps");
    for (std::string line; std::getline(maps, line);) {
        unsigned long long begin = 0, end = 0;
        char rights[8] = {};
        if (std::sscanf(line.c_str(), "%llx-%llx %7s", &begin, &end, rights) != 3 || rights[0] != 'r') continue;
        std::vector<char> bytes(static_cast<std::size_t>(end - begin));
        std::size_t have = 0;
        while (have < bytes.size()) {
            const ssize_t got =
                ::pread(memory, bytes.data() + have, bytes.size() - have, static_cast<off_t>(begin + have));
            if (got <= 0) break; // such as a page of a device
            have += static_cast<std::size_t>(got);
        }
        search.look(std::span(bytes.data(), have), line);
    }
    (void)::close(memory);
    if (search.nothing_seen()) {
        std::fprintf(stderr, "leak_scan: nothing of process %s could be read\n", number.c_str());
        return 77;
    }
    return search.tell("process " + number) ? 0 : 1;
}

void look_into(Search& search, const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    search.look(bytes, file.string());
}

int in_files(Search& search, std::span<char* const> arguments) {
    std::set<fs::path> without;
    std::vector<fs::path> roots;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (std::string_view(arguments[i]) == "--without" && i + 1 < arguments.size())
            without.insert(arguments[++i]);
        else
            roots.emplace_back(arguments[i]);
    }
    for (const fs::path& root : roots) {
        std::error_code error;
        if (fs::is_regular_file(root, error)) look_into(search, root);
        if (!fs::is_directory(root, error)) continue;
        fs::recursive_directory_iterator at(root, fs::directory_options::skip_permission_denied, error), end;
        for (; !error && at != end; at.increment(error)) {
            if (without.contains(at->path())) {
                at.disable_recursion_pending();
                continue;
            }
            std::error_code not_there; // a file may go while we look
            if (at->is_regular_file(not_there) && !at->is_symlink(not_there)) look_into(search, at->path());
        }
    }
    return search.tell("files") ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view how = argc >= 3 ? argv[2] : "";
    if (!(how == "--process" && argc == 4) && !(how == "--files" && argc >= 4) && !(how == "--hold" && argc == 3)) {
        std::fputs("usage: leak_scan NEEDLES --process NUMBER | --files [--without PATH]... PATH... | --hold\n", stderr);
        return 2;
    }
    Search search(argv[1]);
    if (search.broken()) {
        std::fprintf(stderr, "leak_scan: %s has no needles, or one that is shorter than eight bytes\n", argv[1]);
        return 2;
    }
    if (how == "--process") return in_process(search, argv[3]);
    if (how == "--files") return in_files(search, {argv + 3, static_cast<std::size_t>(argc - 3)});
    std::puts("{\"ready\":true}");
    (void)std::fflush(stdout);
    for (;;)
        (void)::pause();
}
