// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/whole_file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

bool sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool synced = ::fsync(descriptor) == 0;
    return ::close(descriptor) == 0 && synced;
}

bool replace_file(const std::filesystem::path& file, std::string_view bytes, ::mode_t mode) {
    std::filesystem::path draft = file;
    draft += ".new";
    const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (descriptor < 0) return false;
    const bool written = write_all(descriptor, bytes) && ::fsync(descriptor) == 0;
    if (::close(descriptor) != 0 || !written) return false;
    return ::rename(draft.c_str(), file.c_str()) == 0 && sync_folder(file.parent_path());
}

std::optional<std::string> read_small_file(const std::filesystem::path& file, std::size_t largest) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) return std::nullopt;
    std::string bytes(largest + 1, '\0');
    std::size_t size = 0;
    ssize_t got = 0;
    while (size < bytes.size()) {
        got = ::read(descriptor, bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        size += static_cast<std::size_t>(got);
    }
    const bool closed = ::close(descriptor) == 0;
    if (got < 0 || !closed || size > largest) return std::nullopt;
    bytes.resize(size);
    return bytes;
}

} // namespace net
