// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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

inline constexpr std::array<std::string_view, 6> request_step_words = {
    "unknown", "received", "under-review", "taken-in-charge", "come-to-desk", "closed"};

/// As it is written down and searched for; the codes of <base_uri>/CodeSystem/request-status.
[[nodiscard]] constexpr std::string_view name_of(RequestStep step) {
    return request_step_words[static_cast<std::size_t>(step)];
}
/// Unknown for any other word.
[[nodiscard]] constexpr RequestStep request_step_named(std::string_view word) {
    for (std::size_t i = 1; i < request_step_words.size(); ++i)
        if (request_step_words[i] == word) return static_cast<RequestStep>(i);
    return RequestStep::Unknown;
}

} // namespace net
