// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/runtime/random.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace net {

/// All waiting times of the courier, in one place. Ranges and meaning: configuration keys `courier.*`.
struct Pauses {
    using Duration = std::chrono::milliseconds;
    Duration base{2'000};             ///< the n-th pause after a failure is random between 0 and base × 2^n …
    Duration longest{300'000};        ///< … and never longer than this
    Duration unclear{60'000};         ///< before a look-up after an answer without proof
    Duration refused{600'000};        ///< between a first refusal and the second
    Duration stopped{60'000};         ///< between trials while settings or certificates are wrong
    Duration busy{30'000};            ///< when the central system asks to come back later and does not say when
    Duration pending{5'000};          ///< between questions after a 202
    Duration least{1'000};            ///< between two tries of a line that does not work, whatever anybody asked for
    Duration longest_busy{3'600'000}; ///< the most that a Retry-After is obeyed for
    Duration look_again{60'000};      ///< after a look-up that got no readable answer
    Duration clock{10'000};           ///< before the wall clock is looked at again when it cannot be right
    // After an outage longer than `long_outage` many terminals come back at once. Each spreads what it has over `ramp`,
    // at a rate that begins at three quarters of the mean and ends at five quarters, within these bounds.
    Duration long_outage{60'000};
    Duration ramp{600'000};
    double least_rate = 0.2, most_rate = 25; ///< requests a second while the ramp lasts; afterwards no limit

    /// Shorter ones, for demonstrations and tests only; no configuration reaches these.
    [[nodiscard]] static Pauses for_demonstration() {
        Pauses p;
        p.base = Duration(250);
        p.longest = Duration(2'000);
        p.unclear = Duration(1'000);
        p.refused = Duration(3'000);
        p.stopped = Duration(2'000);
        p.busy = Duration(1'000);
        p.pending = Duration(500);
        p.least = Duration(250);
        p.look_again = Duration(1'000);
        return p;
    }

    /// Requests a second, `part` (0 to 1) of the way up the ramp, with `backlog` requests waiting at its begin.
    [[nodiscard]] double ramp_rate(double part, std::uint64_t backlog) const {
        const double mean = static_cast<double>(backlog) / std::chrono::duration<double>(ramp).count();
        return std::clamp(mean * (0.75 + 0.5 * part), least_rate, most_rate);
    }

    /// `failures` counts from 1.
    [[nodiscard]] Duration back_off(std::uint32_t failures, Chance& chance) const {
        const std::uint32_t doublings = std::min<std::uint32_t>(failures, 20);
        const auto widest = std::min(longest, base * (std::int64_t{1} << doublings));
        return Duration(chance.below(static_cast<std::uint32_t>(widest.count()) + 1));
    }
};

} // namespace net
