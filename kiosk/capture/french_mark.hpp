// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/code_meaning.hpp"

#include <optional>
#include <string_view>

namespace kiosk {

/// The header of a 2D-Doc (C40 or text, versions 01 to 04). None when the bytes are something else, or hold control
/// characters other than the format's separators (1D, 1E, 1F).
[[nodiscard]] std::optional<FrenchMark> read_french_mark(std::string_view bytes);

} // namespace kiosk
