// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/stop_signal.hpp"

#include <csignal>
#include <utility>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace net {

forms::Result<StopSignal, SignalError> StopSignal::listen() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    if (pthread_sigmask(SIG_BLOCK, &set, nullptr) != 0) return SignalError::NotBlocked;
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    if (sigaction(SIGPIPE, &ignore, nullptr) != 0) return SignalError::NotBlocked;
    const int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor < 0) return SignalError::NoDescriptor;
    return StopSignal(descriptor);
}

StopSignal::StopSignal(StopSignal&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

StopSignal::~StopSignal() {
    if (descriptor_ >= 0) close(descriptor_);
}

bool StopSignal::came() const {
    pollfd one{descriptor_, POLLIN, 0};
    return poll(&one, 1, 0) > 0;
}

} // namespace net
