// SPDX-License-Identifier: EUPL-1.2
#include "net/store/log_renewal.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

StoreError of_errno(int number) {
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return {StoreFault::NoSpace, 0, true};
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOENT:
    case ELOOP:
        return {StoreFault::NoRights, 0};
    default:
        return {StoreFault::Refused, 0};
    }
}

} // namespace

StoreResult<FileLock> FileLock::take(const std::filesystem::path& database) {
    std::filesystem::path file = database;
    file += "-lock";
    FileLock lock;
    lock.descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (lock.descriptor_ < 0) return of_errno(errno);
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0)
        return StoreError{errno == EWOULDBLOCK ? StoreFault::InUse : StoreFault::Refused, 0};
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}
FileLock::~FileLock() {
    if (descriptor_ >= 0) (void)::close(descriptor_); // nothing was written to it
}

StoreResult<forms::Done> renew_log(const std::filesystem::path& log) {
    const int descriptor = ::open(log.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        if (errno == ENOENT) return forms::Done{};
        return of_errno(errno);
    }
    std::array<char, 64 * 1024> some;
    int failed = 0;
    for (off_t at = 0; failed == 0;) {
        const ssize_t got = ::pread(descriptor, some.data(), some.size(), at);
        if (got == 0) break;
        if (got < 0) {
            failed = errno == EINTR ? 0 : errno;
            continue;
        }
        for (ssize_t done = 0; done < got && failed == 0;) {
            const ssize_t written =
                ::pwrite(descriptor, some.data() + done, static_cast<std::size_t>(got - done), at + done);
            if (written < 0)
                failed = errno == EINTR ? 0 : errno;
            else
                done += written;
        }
        at += got;
    }
    if (failed == 0 && ::fsync(descriptor) != 0) failed = errno;
    if (::close(descriptor) != 0 && failed == 0) failed = errno;
    if (failed != 0) return of_errno(failed);
    return forms::Done{};
}

} // namespace net
