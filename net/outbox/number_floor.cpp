// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/number_floor.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

constexpr std::uint64_t step = 100;

bool sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool synced = ::fsync(descriptor) == 0;
    return ::close(descriptor) == 0 && synced;
}

} // namespace

NumberFloor::NumberFloor(std::filesystem::path file) : file_(std::move(file)) {
    const int descriptor = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) return; // the first start
    std::array<char, 32> text{};
    const ssize_t size = ::read(descriptor, text.data(), text.size());
    const bool closed = ::close(descriptor) == 0;
    std::uint64_t number = 0;
    if (closed && size > 0 && std::from_chars(text.data(), text.data() + size, number).ec == std::errc())
        value_ = number;
}

bool NumberFloor::cover(std::uint64_t number) {
    if (number <= value_) return true;
    const std::uint64_t next = (number / step + 1) * step;
    std::filesystem::path draft = file_;
    draft += ".new";
    const int descriptor =
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return false;
    const std::string text = std::to_string(next) + "\n";
    const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool synced = written && ::fsync(descriptor) == 0;
    if (::close(descriptor) != 0 || !synced) return false;
    if (::rename(draft.c_str(), file_.c_str()) != 0 || !sync_folder(file_.parent_path())) return false;
    value_ = next;
    return true;
}

} // namespace net
