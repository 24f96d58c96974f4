// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/runtime/descriptor.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <thread>

namespace kiosk {

/// A thread that waits at a bell and can be told to end. What is shared with it lives in its owner, which makes this its
/// last member. Thread: make, tell and destroy on one; `stopping` and `wait` belong to the body.
class DeviceThread {
public:
    explicit DeviceThread(std::function<void(DeviceThread&)> body);
    /// Tells it to end, and waits without a bound.
    ~DeviceThread();
    DeviceThread(const DeviceThread&) = delete;
    DeviceThread& operator=(const DeviceThread&) = delete;

    void ring() const { bell_.ring(); }
    void tell_to_end();
    /// True: it has ended.
    [[nodiscard]] bool ended_within(std::chrono::milliseconds limit) const;

    [[nodiscard]] bool stopping() const { return stopping_.load(std::memory_order_acquire); }
    enum class Woken { ByRing, ByDescriptor, ByTime };
    /// Until somebody rings, `descriptor` can be read (or is broken), or `patience` has passed; negative: for ever.
    /// Of ring and descriptor at once the descriptor is told. The bell is quiet afterwards.
    Woken wait(std::chrono::milliseconds patience, int descriptor = -1) const;

private:
    net::Bell bell_;
    std::atomic<bool> stopping_{false};
    std::promise<void> at_end_;
    std::future<void> ended_;
    std::thread thread_;
};

} // namespace kiosk
