// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace net {

/// How often somebody may be wrong. Five wrong guesses in a row, then 15 s, doubled with each further one, five minutes
/// at most: with 40 bits to guess, nobody gets there, and nobody who mistyped waits long.
/// Thread: one.
class GuessLimit {
public:
    /// Zero: a guess is allowed now.
    [[nodiscard]] std::chrono::milliseconds wait(forms::BootTime now) const {
        return std::max<std::chrono::milliseconds>(until_ - now, std::chrono::milliseconds(0));
    }
    void wrong(forms::BootTime now) {
        if (++wrong_ < free_guesses) return;
        const auto doublings = std::min<std::uint32_t>(wrong_ - free_guesses, 10);
        until_ = now + std::min<std::chrono::milliseconds>(first_wait * (1 << doublings), longest_wait);
    }
    void right() { wrong_ = 0; }

private:
    static constexpr std::uint32_t free_guesses = 5;
    static constexpr std::chrono::milliseconds first_wait{15'000}, longest_wait{300'000};
    std::uint32_t wrong_ = 0;
    forms::BootTime until_{};
};

} // namespace net
