// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <string_view>

namespace net {

/// The day these sources are of, YYYY-MM-DD: raised by hand with each release. It stands in the tree and is not taken from
/// the build, so that the same sources make the same programs whenever they are built.
inline constexpr std::string_view source_date_text = "2026-11-01";

/// No wall clock that is right stands before it (threat-model.md §7).
inline constexpr std::chrono::sys_days source_date = [] {
    const auto number = [](std::size_t from, std::size_t digits) {
        int value = 0;
        for (const char c : source_date_text.substr(from, digits))
            value = 10 * value + (c - '0');
        return value;
    };
    using namespace std::chrono;
    return sys_days(year(number(0, 4)) / number(5, 2) / number(8, 2));
}();

} // namespace net
