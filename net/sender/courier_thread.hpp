// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/outbox/courier.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace net {

/// Runs the courier: one step after another, asleep in between, awake when something was kept.
class CourierThread {
public:
    explicit CourierThread(std::unique_ptr<Courier> courier, const forms::Clock& clock);
    ~CourierThread(); ///< a transfer under way is broken off: its request becomes unclear

    void wake();    ///< there may be something due
    void try_now(); ///< and pauses are over

    struct Standing {
        Sending state = Sending::Working;
        forms::BootTime not_before{};
    };
    [[nodiscard]] Standing standing() const;

private:
    void run(std::stop_token stop);

    const forms::Clock& clock_;
    std::unique_ptr<Courier> courier_; ///< touched by the thread alone
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    bool rung_ = false;  // guarded by mutex_
    bool hurry_ = false; // guarded by mutex_
    Standing standing_;  // guarded by mutex_
    std::jthread thread_;
};

} // namespace net
