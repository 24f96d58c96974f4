// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/runtime/random.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace net {

/// All waiting times of the feed, in one place. Ranges and meaning: configuration keys `feed.*` and `courier.*`.
struct FeedPauses {
    using Duration = std::chrono::milliseconds;
    Duration poll{40'000};         ///< between two questions for what is published; ± a quarter, so that a hall of
                                   ///< terminals does not ask at the same second
    Duration back_off_base{2'000}; ///< the n-th pause after a failure is random between 0 and base × 2^n …
    Duration back_off_longest{300'000};
    Duration stopped{60'000}; ///< while settings or certificates are wrong
    Duration busy{30'000};    ///< asked to come back later, and not told when
    Duration clock{10'000};   ///< while the wall clock cannot be right
    Duration step{60'000};    ///< a request that has just moved, or is new, is asked about again after this …
    Duration step_longest{21'600'000}; ///< … twice as long each time that it did not move, six hours at most
    Duration step_fresh{30'000};       ///< an answer of this age is given to whoever asks without asking anew

    /// Shorter ones, for demonstrations and tests only; no configuration reaches these.
    [[nodiscard]] static FeedPauses for_demonstration() {
        FeedPauses p;
        p.poll = Duration(1'000);
        p.back_off_base = Duration(250);
        p.back_off_longest = Duration(2'000);
        p.stopped = Duration(2'000);
        p.busy = Duration(1'000);
        p.step = Duration(1'000);
        p.step_longest = Duration(4'000);
        p.step_fresh = Duration(500);
        return p;
    }
    /// `wanted` ± a quarter.
    [[nodiscard]] static Duration about(Duration wanted, Chance& chance) {
        const auto half = static_cast<std::uint32_t>(std::min<std::int64_t>(wanted.count() / 2, 0xffff'fffe));
        return wanted - Duration(half / 2) + Duration(chance.below(half + 1));
    }
    /// `failures` counts from 1.
    [[nodiscard]] Duration back_off(std::uint32_t failures, Chance& chance) const {
        const std::uint32_t doublings = std::min<std::uint32_t>(failures, 20);
        const auto widest = std::min(back_off_longest, back_off_base * (std::int64_t{1} << doublings));
        return Duration(chance.below(static_cast<std::uint32_t>(widest.count()) + 1));
    }
};

} // namespace net
