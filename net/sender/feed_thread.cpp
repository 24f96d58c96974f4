// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/feed_thread.hpp"

#include <algorithm>
#include <utility>

namespace net {

FeedThread::FeedThread(std::unique_ptr<Feed> feed, const forms::Clock& clock)
    : clock_(clock), feed_(std::move(feed)), thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

FeedThread::~FeedThread() {
    thread_.request_stop();
    thread_.join();
}

void FeedThread::wake() {
    {
        const std::lock_guard lock(mutex_);
        rung_ = true;
    }
    changed_.notify_one();
}

void FeedThread::hurry(std::function<void()> done) {
    {
        const std::lock_guard lock(mutex_);
        hurrying_.push_back(std::move(done));
        rung_ = true;
    }
    changed_.notify_one();
}

FeedStanding FeedThread::standing() const {
    const std::lock_guard lock(mutex_);
    return standing_;
}

void FeedThread::run(std::stop_token stop) {
    // As the courier's: boot time goes on while the machine sleeps, the condition's clock does not.
    constexpr forms::BootTime longest_wait = std::chrono::minutes(1);
    while (!stop.stop_requested()) {
        std::vector<std::function<void()>> hurrying;
        {
            const std::lock_guard lock(mutex_);
            hurrying.swap(hurrying_);
            rung_ = false;
        }
        if (!hurrying.empty()) feed_->hurry();
        const forms::BootTime next = feed_->step(stop);
        {
            const std::lock_guard lock(mutex_);
            standing_ = feed_->standing();
        }
        for (const auto& done : hurrying)
            done();
        std::unique_lock lock(mutex_);
        const auto wait = std::min(next - clock_.since_boot(), longest_wait);
        if (wait.count() > 0) changed_.wait_for(lock, stop, wait, [&] { return rung_; });
    }
}

} // namespace net
