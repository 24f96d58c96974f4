// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/reserve.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {

bool Reserve::hold() {
    if (held_) return true;
    const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return false;
    // Allocates blocks really; a sparse file would hold nothing.
    const bool allocated = ::posix_fallocate(descriptor, 0, bytes_) == 0;
    const bool closed = ::close(descriptor) == 0;
    held_ = allocated && closed;
    if (!held_) release();
    return held_;
}

void Reserve::release() {
    held_ = false;
    (void)::unlink(file_.c_str()); // should it stay, the space is only missing a little longer
}

} // namespace net
