// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace net::sandbox {

/// RFC 3986 §2.1. None when a % is not followed by two hex digits, or when the result has a NUL.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);
[[nodiscard]] std::string percent_encoded(std::string_view text); ///< everything but unreserved characters

/// "a=1&b=2", as in a URL (plus_is_space) or the body of a form. None when a part cannot be decoded.
[[nodiscard]] std::optional<Parameters> read_parameters(std::string_view text);
/// The first with this name, or empty.
[[nodiscard]] std::string parameter(const Parameters& parameters, std::string_view name);

/// RFC 4648 §4; white space and padding are passed over. None for anything else.
[[nodiscard]] std::optional<std::string> base64_decoded(std::string_view text);

/// For text between tags and inside double-quoted attributes.
[[nodiscard]] std::string html_escaped(std::string_view text);

} // namespace net::sandbox
