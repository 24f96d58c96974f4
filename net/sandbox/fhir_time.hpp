// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace net::sandbox {

/// The stretch of time a FHIR date means, in milliseconds since 1970 UTC: "1980" is a whole year. `to` is not part of
/// it.
struct TimeSpan {
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// Which of FHIR R4's four ways of writing a time is wanted.
enum class TimeKind { Date, DateTime, Instant, Any };

/// The calendar decides: 2026-02-30 is no date. Dates without a zone count as UTC.
[[nodiscard]] std::optional<TimeSpan> read_time(std::string_view text, TimeKind kind);
/// hh:mm:ss with optional fraction (FHIR R4 `time`).
[[nodiscard]] bool is_time_of_day(std::string_view text);
/// An instant in UTC: "2026-11-22T08:41:00.123Z".
[[nodiscard]] std::string instant_text(std::int64_t milliseconds);
/// "Sun, 22 Nov 2026 08:41:00 GMT" (RFC 9110 §5.6.7), for Last-Modified.
[[nodiscard]] std::string http_date(std::int64_t milliseconds);
[[nodiscard]] int year_of(std::int64_t milliseconds);
[[nodiscard]] std::int64_t milliseconds_of(std::chrono::system_clock::time_point time);

} // namespace net::sandbox
