// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>

namespace forms {

/// Since the machine started, counting sleep too (CLOCK_BOOTTIME). Order, pauses and idle time are measured with it.
using BootTime = std::chrono::milliseconds;
/// Only ever written down, never used for order or expiry.
using WallTime = std::chrono::system_clock::time_point;

/// The only source of time. The mains hand in the real one; a test turns its own by hand.
/// Thread: any.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual BootTime since_boot() const = 0;
    [[nodiscard]] virtual WallTime wall_time() const = 0;
};

} // namespace forms
