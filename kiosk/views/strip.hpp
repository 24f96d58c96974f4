// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/canvas.hpp"

namespace kiosk {

/// Help, language, size, contrast, and "Esci subito": always there, always in the same place.
[[nodiscard]] float strip_height(Canvas& canvas, float width); ///< as a bar at the bottom of a tall panel
[[nodiscard]] float strip_width(Canvas& canvas);               ///< as a rail at the start of a wide one

} // namespace kiosk
