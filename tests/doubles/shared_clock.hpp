// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <atomic>
#include <chrono>

namespace tests {

/// A clock that several threads turn by hand: a server that takes a minute turns it by a minute, and nobody waits.
struct SharedClock final : forms::Clock {
    explicit SharedClock(forms::WallTime start) : start_(start) {}

    [[nodiscard]] forms::BootTime since_boot() const override { return passed_.load(); }
    [[nodiscard]] forms::WallTime wall_time() const override { return start_ + passed_.load() + wrong_by_.load(); }
    void forward(std::chrono::milliseconds by) { passed_ = passed_.load() + by; }
    /// The wall clock alone jumps; boot time goes on.
    void set_wrong_by(std::chrono::milliseconds by) { wrong_by_ = by; }

private:
    forms::WallTime start_;
    std::atomic<std::chrono::milliseconds> passed_{std::chrono::milliseconds(0)},
        wrong_by_{std::chrono::milliseconds(0)};
};

} // namespace tests
