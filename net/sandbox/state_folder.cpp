// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/state_folder.hpp"

#include "net/sandbox/json_text.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace net::sandbox {
namespace {

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

bool ensure_state_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) return true;
    // The umask of this program is 0077: what is made here is nobody else's.
    std::filesystem::create_directories(folder, error);
    return !error && std::filesystem::is_directory(folder, error);
}

int remembered_port(const std::filesystem::path& folder) {
    std::string text;
    std::ifstream(folder / "port") >> text;
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port > 0 && port < 65536 ? port : 0;
}

bool remember_port(const std::filesystem::path& folder, int port) {
    return remembered_port(folder) == port || write_file(folder / "port", std::to_string(port) + '\n', 0600);
}

bool write_file(const std::filesystem::path& path, std::string_view text, unsigned mode) {
    if (text.empty()) return false;
    const std::string beside = path.string() + ".new";
    if (::unlink(beside.c_str()) != 0 && errno != ENOENT) return false;
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file < 0) return false;
    const bool written = write_all(file, text) && ::fsync(file) == 0;
    const bool closed = ::close(file) == 0;
    return written && closed && ::rename(beside.c_str(), path.c_str()) == 0;
}

std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
    std::ifstream file(path, std::ios::binary);
    std::string text(limit + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || !file.eof()) return std::nullopt;
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.empty()) return std::nullopt;
    return text;
}

std::string json_string(std::string_view text) { return write_json(Json(text)); }

} // namespace net::sandbox
