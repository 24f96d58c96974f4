// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/wipe.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kiosk {

/// One code point and where it came from.
struct Decoded {
    char32_t character = 0;
    std::uint32_t byte = 0; ///< of its first byte
    std::uint32_t length = 0;
};

/// The code point that starts at `byte`. Malformed UTF-8 gives U+FFFD for one byte.
[[nodiscard]] Decoded decode_at(std::string_view utf8, std::size_t byte);
[[nodiscard]] WipingVector<Decoded> decode(std::string_view utf8);

/// Ends a paragraph: line feed, carriage return, U+0085, U+2028, U+2029.
[[nodiscard]] bool breaks_line(char32_t character);
/// Takes no place and has no say in the order: controls, bidi marks, overrides and directed isolates, zero-width
/// characters (save the two joiners, which Persian and Indic spelling needs), private use, soft hyphen, tags.
/// "First strong isolate" and its end stay: they keep a name or a number in one piece and cannot turn anything round.
[[nodiscard]] bool is_hidden(char32_t character);
[[nodiscard]] bool is_space(char32_t character);
/// Belongs to the character before it: combining marks, joiners, variation selectors.
[[nodiscard]] bool is_mark(char32_t character);

/// Between two neighbours, without what lies further back (regional indicators and emoji sequences need that).
/// UAX #29, rules GB3 to GB11; `odd_regional`: an odd number of regional indicators ends with `before`.
[[nodiscard]] bool grapheme_break(char32_t before, char32_t after, bool odd_regional);

} // namespace kiosk
