// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/value.hpp"

#include <string>

/// Dates and times as N1 §4.1.6 to §4.1.8, §6.2 and §6.6.7 have them: any of them may be less precise than another.
namespace forms::fhirpath {

[[nodiscard]] std::optional<Time> read_time(std::string_view text); ///< "14", "14:30", "14:30:05.25"
[[nodiscard]] std::optional<DateTime>
read_date_time(std::string_view text); ///< also "2020-05", "2020T" "2020-01-01T10"
[[nodiscard]] std::string text_of(const Time& time);
[[nodiscard]] std::string text_of(const DateTime& moment);

/// `offset`: minutes east of UTC that a moment without one is given.
[[nodiscard]] TimeOrder order(const Time& a, const Time& b);
[[nodiscard]] TimeOrder order(const DateTime& a, const DateTime& b, std::int16_t offset);

/// Moves by a quantity of the calendar; `sign` is 1 or -1. None when the unit is none of time, or when the result
/// leaves the years 1 to 9999. A quantity finer than the date is brought to the date's own precision and truncated; a
/// day that the month lacks becomes its last.
[[nodiscard]] std::optional<PartialDate> moved(const PartialDate& date, const Quantity& by, int sign);
[[nodiscard]] std::optional<DateTime> moved(const DateTime& moment, const Quantity& by, int sign);
[[nodiscard]] std::optional<Time> moved(const Time& time, const Quantity& by, int sign); ///< round the clock

} // namespace forms::fhirpath
