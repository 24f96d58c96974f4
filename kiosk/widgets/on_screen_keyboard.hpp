// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"
#include "kiosk/widgets/key_layouts.hpp"

namespace kiosk {

/// A kiosk has no keyboard of its own. Keys are at least 12.7 mm high and, where the panel allows, 15 mm wide; they
/// never repeat, and write into the field that was touched last.
/// `height`: as it should be; `least`: as small as it may become; `draw` fills the box it is given.
[[nodiscard]] KeyPanel on_screen_keyboard(Canvas& canvas, Keyboard kind, bool lines, float width);

/// Are keys of at least 15 mm possible in that width?
[[nodiscard]] bool keyboard_is_comfortable(Canvas& canvas, Keyboard kind, float width);

} // namespace kiosk
