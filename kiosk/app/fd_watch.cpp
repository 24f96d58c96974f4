// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/fd_watch.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace kiosk {

FdWatch::FdWatch(int descriptor, std::function<void()> wake) {
    end_ = ::eventfd(0, EFD_CLOEXEC);
    thread_ = std::thread([this, descriptor, wake = std::move(wake)] {
        std::array<pollfd, 2> waits = {{{descriptor, POLLIN, 0}, {end_, POLLIN, 0}}};
        while (::poll(waits.data(), waits.size(), -1) < 0)
            if (errno != EINTR) return;
        if (waits[1].revents != 0) return;
        seen_.store(true, std::memory_order_release);
        wake();
    });
}

FdWatch::~FdWatch() {
    // An eventfd that was just made takes one ring; without one the thread below could not end.
    if (::eventfd_write(end_, 1) != 0) std::abort();
    thread_.join();
    ::close(end_);
}

} // namespace kiosk
