// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

namespace kiosk {

/// The machine's clock, and what a script has let pass on top of it: a journey of three idle minutes takes no minutes.
/// Thread: screen.
class ShiftedClock final : public forms::Clock {
public:
    explicit ShiftedClock(const forms::Clock& machine) : machine_(machine) {}
    [[nodiscard]] forms::BootTime since_boot() const override { return machine_.since_boot() + shift_; }
    [[nodiscard]] forms::WallTime wall_time() const override { return machine_.wall_time() + shift_; }
    void forward(forms::BootTime by) { shift_ += by; }

private:
    const forms::Clock& machine_;
    forms::BootTime shift_{};
};

} // namespace kiosk
