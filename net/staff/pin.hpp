// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "net/runtime/random.hpp"

namespace net {

enum class PinJudgement {
    Good,
    NotSixDigits,
    TooWeak, ///< one of the first a thief tries: 111111, 123456, 121212, 123321, 250480 (a day of a year)
};
[[nodiscard]] PinJudgement judge_pin(std::string_view pin);

/// Six random digits that are not weak.
[[nodiscard]] std::string new_pin(Chance& chance);

} // namespace net
