// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/courier_thread.hpp"

#include "net/runtime/stack_wipe.hpp"

#include <algorithm>

namespace net {

CourierThread::CourierThread(std::unique_ptr<Courier> courier, const forms::Clock& clock)
    : clock_(clock), courier_(std::move(courier)), thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

CourierThread::~CourierThread() {
    thread_.request_stop();
    thread_.join();
}

void CourierThread::wake() {
    {
        const std::lock_guard lock(mutex_);
        rung_ = true;
    }
    changed_.notify_one();
}

void CourierThread::try_now() {
    {
        const std::lock_guard lock(mutex_);
        rung_ = hurry_ = true;
    }
    changed_.notify_one();
}

CourierThread::Standing CourierThread::standing() const {
    const std::lock_guard lock(mutex_);
    return standing_;
}

void CourierThread::run(std::stop_token stop) {
    // The machine may sleep; boot time goes on then and the condition's clock does not: never wait long in one piece.
    constexpr forms::BootTime longest_wait = std::chrono::minutes(1);
    while (!stop.stop_requested()) {
        const forms::BootTime next = courier_->step(stop);
        wipe_stack(); // it has opened requests
        std::unique_lock lock(mutex_);
        standing_ = {courier_->state(), courier_->not_before()};
        const auto wait = std::min(next - clock_.since_boot(), longest_wait);
        if (wait.count() > 0) changed_.wait_for(lock, stop, wait, [&] { return rung_; });
        rung_ = false;
        if (std::exchange(hurry_, false)) courier_->try_now();
    }
}

} // namespace net
