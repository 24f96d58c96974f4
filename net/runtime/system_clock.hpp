// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

namespace net {

/// The machine's own clock: CLOCK_BOOTTIME for order and pauses, CLOCK_REALTIME for what is written down.
/// Only the mains and their wiring make one. Thread: any.
class SystemClock final : public forms::Clock {
public:
    [[nodiscard]] forms::BootTime since_boot() const override;
    [[nodiscard]] forms::WallTime wall_time() const override;
};

} // namespace net
