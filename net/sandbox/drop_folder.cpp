// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/drop_folder.hpp"

#include "net/sandbox/state_folder.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net::sandbox {
namespace {

constexpr std::size_t largest_file = 16UL * 1024 * 1024;

bool made(const std::filesystem::path& folder) { return ::mkdir(folder.c_str(), S_IRWXU) == 0 || errno == EEXIST; }

} // namespace

std::unique_ptr<DropFolder> DropFolder::open(std::filesystem::path folder) {
    if (!made(folder) || !made(folder / "taken") || !made(folder / "refused")) return nullptr;
    const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch < 0) return nullptr;
    std::unique_ptr<DropFolder> drop(new DropFolder(std::move(folder), watch));
    if (::inotify_add_watch(watch, drop->folder_.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) < 0) return nullptr;
    return drop;
}

DropFolder::~DropFolder() { (void)::close(watch_); } // nothing was written to it

void DropFolder::empty(const std::function<bool(std::string_view)>& carry_out) {
    std::array<char, 4096> told;
    while (::read(watch_, told.data(), told.size()) > 0) {
        // which files is seen below; this only says that there are some
    }
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".json") files.push_back(it->path());
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
        const auto text = read_file(file, largest_file);
        const bool done = text && carry_out(*text);
        std::filesystem::rename(file, folder_ / (done ? "taken" : "refused") / file.filename(), error);
        if (error) std::filesystem::remove(file, error); // it must not be carried out twice
    }
}

} // namespace net::sandbox
