// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/direction.hpp"

#include <string>
#include <string_view>

namespace kiosk {

/// Appends to a sentence what may run against it: a value, or words of a form in another language. It would pull its
/// neighbours along: "0165 123456" in an Arabic sentence would be read from its second half, and an Italian question would
/// lose its sign. FIRST STRONG ISOLATE … POP DIRECTIONAL ISOLATE (UAX #9) keep it in one piece; where it runs as the
/// sentence does, nothing is added.
void append_in_one_piece(std::string& out, std::string_view value, Direction sentence);

} // namespace kiosk
