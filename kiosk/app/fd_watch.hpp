// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <atomic>
#include <functional>
#include <thread>

namespace kiosk {

/// Waits on a thread of its own until a descriptor can be read (a signal came, a child ended), says so once, and ends.
/// Thread: make and destroy on one; `seen` from any; `wake` is called on the watching thread.
class FdWatch {
public:
    /// The descriptor must stay open as long as the watch lives.
    FdWatch(int descriptor, std::function<void()> wake);
    ~FdWatch();
    FdWatch(const FdWatch&) = delete;
    FdWatch& operator=(const FdWatch&) = delete;

    [[nodiscard]] bool seen() const { return seen_.load(std::memory_order_acquire); }

private:
    int end_ = -1; ///< rung by the destructor
    std::atomic<bool> seen_{false};
    std::thread thread_;
};

} // namespace kiosk
