// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forms {

/// How two times relate. `Unclear`: they overlap, because one of them is less precise ("1980" and "1980-05").
enum class TimeOrder { Before, Same, After, Unclear };

/// A date that may lack its day, or day and month: 1980, 1980-05, 1980-05-31. FHIR R4 `date`; years 0001 to 9999,
/// proleptic Gregorian calendar. A plain value.
struct PartialDate {
    std::int16_t year = 1;
    std::uint8_t month = 0; ///< 1 to 12, 0 = not known
    std::uint8_t day = 0;   ///< 1 to 31, 0 = not known

    [[nodiscard]] static std::optional<PartialDate> parse(std::string_view text); ///< FHIR spelling, a real day
    /// What a person types, day first: "31/5/1980", "31.5.1980", "31-05-1980", "31051980", "5/1980", "1980", and
    /// FHIR spelling. None for a two-digit year: which century is for the person to say.
    [[nodiscard]] static std::optional<PartialDate> parse_typed(std::string_view text);
    [[nodiscard]] static std::optional<PartialDate> of(int year, int month = 0, int day = 0);

    [[nodiscard]] std::string text() const; ///< FHIR spelling
    [[nodiscard]] bool complete() const { return day != 0; }
    bool operator==(const PartialDate&) const = default; ///< same date and same precision
};
[[nodiscard]] TimeOrder order(const PartialDate& a, const PartialDate& b);
[[nodiscard]] int days_in(int year, int month);
/// Days since 1970-01-01. Requires `complete()`.
[[nodiscard]] std::int64_t day_number(const PartialDate& date);

/// FHIR R4 `time`: 08:30:00, with a fraction of a second if it was written. A plain value.
struct TimeOfDay {
    std::uint8_t hour = 0;
    std::uint8_t minute = 0;
    std::uint8_t second = 0;          ///< 0 to 59; R4 allows 60 for leap seconds: it is refused
    std::uint8_t fraction_digits = 0; ///< how many digits were written, 0 to 9
    std::uint32_t nanoseconds = 0;

    [[nodiscard]] static std::optional<TimeOfDay> parse(std::string_view text);       ///< "08:30:00[.123]"
    [[nodiscard]] static std::optional<TimeOfDay> parse_typed(std::string_view text); ///< also "8:30", "8.30", "0830"
    [[nodiscard]] std::string text() const;
    bool operator==(const TimeOfDay&) const = default;
};
[[nodiscard]] TimeOrder order(const TimeOfDay& a, const TimeOfDay& b);

/// FHIR R4 `dateTime`: a partial date, or a whole date with time and offset. A plain value.
struct PartialDateTime {
    PartialDate date;
    std::optional<TimeOfDay> time;      ///< only with a complete date
    std::optional<std::int16_t> offset; ///< minutes east of UTC; R4 wants one whenever there is a time
    bool utc_as_z = false;              ///< offset 0 was written "Z"

    [[nodiscard]] static std::optional<PartialDateTime> parse(std::string_view text);
    /// "31/5/1980 8:30", with the offset Italy has at that moment. Also whatever PartialDate::parse_typed takes.
    [[nodiscard]] static std::optional<PartialDateTime> parse_typed(std::string_view text);
    [[nodiscard]] std::string text() const;
    bool operator==(const PartialDateTime&) const = default;
};
/// Two with time: the instants, across offsets. Otherwise the dates; the same date with and without a time is Unclear.
[[nodiscard]] TimeOrder order(const PartialDateTime& a, const PartialDateTime& b);

/// Minutes east of UTC that a clock on an Italian wall shows: 60, or 120 in summer time (Directive 2000/84/EC: from
/// the last Sunday of March to the last of October; the rule holds since 1996, before it winter time is assumed). Of
/// the hour that comes twice in October the first is meant.
[[nodiscard]] std::int16_t italian_offset(const PartialDate& date, const TimeOfDay& time);
/// What a clock on an Italian wall shows at that moment, to the second, with its offset.
[[nodiscard]] PartialDateTime moment_in_italy(WallTime moment);

} // namespace forms
