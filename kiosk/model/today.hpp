// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"
#include "forms/base/clock.hpp"

#include <chrono>

namespace kiosk {

/// The date of a moment, in UTC: an hour or two after midnight it is still yesterday, which for "is that in the
/// future?" and "which century?" makes no difference.
[[nodiscard]] inline forms::PartialDate date_of(forms::WallTime time) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
    return forms::PartialDate::of(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                                  static_cast<int>(static_cast<unsigned>(day.day())))
        .value_or(forms::PartialDate{});
}

} // namespace kiosk
