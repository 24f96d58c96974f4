// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/device_thread.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <poll.h>

namespace kiosk {

DeviceThread::DeviceThread(std::function<void(DeviceThread&)> body) : ended_(at_end_.get_future()) {
    thread_ = std::thread([this, body = std::move(body)] {
        body(*this);
        at_end_.set_value();
    });
}

DeviceThread::~DeviceThread() {
    tell_to_end();
    thread_.join();
}

void DeviceThread::tell_to_end() {
    stopping_.store(true, std::memory_order_release);
    bell_.ring();
}

bool DeviceThread::ended_within(std::chrono::milliseconds limit) const {
    return ended_.wait_for(limit) == std::future_status::ready;
}

DeviceThread::Woken DeviceThread::wait(std::chrono::milliseconds patience, int descriptor) const {
    std::array<pollfd, 2> waits{pollfd{bell_.number(), POLLIN, 0}, pollfd{descriptor, POLLIN, 0}};
    int ready = 0;
    do
        ready = ::poll(waits.data(), waits.size(), static_cast<int>(patience.count()));
    while (ready < 0 && errno == EINTR);
    if (ready <= 0) return Woken::ByTime;
    if (waits[0].revents != 0) bell_.quiet();
    return waits[1].revents != 0 ? Woken::ByDescriptor : Woken::ByRing;
}

} // namespace kiosk
