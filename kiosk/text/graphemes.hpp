// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <string_view>

namespace kiosk {

/// Where a person sees one character end and the next begin (Unicode UAX #29, extended grapheme clusters).
[[nodiscard]] std::size_t next_grapheme(std::string_view utf8, std::size_t byte);     ///< the end when there is none
[[nodiscard]] std::size_t previous_grapheme(std::string_view utf8, std::size_t byte); ///< 0 when there is none
[[nodiscard]] std::size_t grapheme_count(std::string_view utf8);

} // namespace kiosk
