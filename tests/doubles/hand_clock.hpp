// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

namespace tests {

/// A clock turned by hand. Thread: the test's own.
struct HandClock final : forms::Clock {
    forms::BootTime boot{};
    forms::WallTime wall = forms::WallTime(std::chrono::seconds(1'795'000'000)); // November 2026

    [[nodiscard]] forms::BootTime since_boot() const override { return boot; }
    [[nodiscard]] forms::WallTime wall_time() const override { return wall; }
    void forward(std::chrono::milliseconds by) {
        boot += by;
        wall += by;
    }
};

} // namespace tests
