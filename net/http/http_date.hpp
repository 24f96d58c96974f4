// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace net {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7, IMF-fixdate only); seconds since 1970.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

/// Retry-After (RFC 9110 §10.2.3): seconds, or a date measured against the answer's own Date, so that our clock does
/// not matter. At most one hour; a date in the past is 0. Nothing when it cannot be read.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, std::string_view date);

} // namespace net
