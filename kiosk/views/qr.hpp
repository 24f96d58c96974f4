// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <string_view>

namespace kiosk {

/// A QR code with its words beside it. Always dark on white, whatever the theme: readers want it so.
Piece& add_code(Flow& flow, std::string_view key, std::string_view text, std::string_view label);

} // namespace kiosk
