// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>

namespace net {

/// Where the office stands with a request that it has, as a person may be told. The numbers are stored and sent; never
/// reuse one.
enum class RequestStep : std::uint8_t {
    Unknown = 0, ///< not asked yet, or not one of these
    Received = 1,
    UnderReview = 2,
    TakenInCharge = 3,
    ComeToDesk = 4,
    Closed = 5, ///< for whatever reason: that is told at the desk, not on a screen in a hall
};

} // namespace net
