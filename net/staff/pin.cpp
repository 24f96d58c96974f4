// SPDX-License-Identifier: EUPL-1.2
#include "net/staff/pin.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace net {
namespace {

constexpr std::size_t digits = 6;

/// Every digit the same step from the one before: 111111, 123456, 890123, 975319.
bool runs(std::string_view pin) {
    const int step = (pin[1] - pin[0] + 10) % 10;
    for (std::size_t i = 1; i < digits; ++i)
        if ((pin[i] - pin[i - 1] + 10) % 10 != step) return false;
    return true;
}
bool repeats(std::string_view pin) {
    return pin.substr(0, 3) == pin.substr(3) ||
           (pin.substr(0, 2) == pin.substr(2, 2) && pin.substr(0, 2) == pin.substr(4));
}
bool mirrors(std::string_view pin) { return pin[0] == pin[5] && pin[1] == pin[4] && pin[2] == pin[3]; }
bool pairs(std::string_view pin) { return pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5]; }

bool few_kinds(std::string_view pin) {
    std::array<bool, 10> seen{};
    for (const char c : pin)
        seen[static_cast<std::size_t>(c - '0')] = true;
    return std::ranges::count(seen, true) < 3;
}

/// Day, month, two digits of a year, in the two orders that people write.
bool is_day(std::string_view pin) {
    const auto two = [&](std::size_t at) { return (pin[at] - '0') * 10 + (pin[at + 1] - '0'); };
    const auto day = [](int d, int m) { return d >= 1 && d <= 31 && m >= 1 && m <= 12; };
    return day(two(0), two(2)) || day(two(4), two(2));
}

} // namespace

PinJudgement judge_pin(std::string_view pin) {
    if (pin.size() != digits || !std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; }))
        return PinJudgement::NotSixDigits;
    if (runs(pin) || repeats(pin) || mirrors(pin) || pairs(pin) || few_kinds(pin) || is_day(pin))
        return PinJudgement::TooWeak;
    return PinJudgement::Good;
}

std::string new_pin(Chance& chance) {
    for (;;) { // three in four are good: this ends soon
        std::string pin;
        for (std::size_t i = 0; i < digits; ++i)
            pin += static_cast<char>('0' + chance.below(10));
        if (judge_pin(pin) == PinJudgement::Good) return pin;
    }
}

} // namespace net
