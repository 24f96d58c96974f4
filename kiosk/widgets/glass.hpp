// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/a11y/tree.hpp"

namespace kiosk {

/// The panel: its pixels, and how many of them make a millimetre (from the site profile; a ruler is part of setting a
/// terminal up). Everything is designed in millimetres.
struct Glass {
    float width_px = 1080;
    float height_px = 1920;
    float px_per_mm = 4.0F;

    [[nodiscard]] float px(float mm) const { return mm * px_per_mm; }
    [[nodiscard]] float mm(float px) const { return px / px_per_mm; }
    [[nodiscard]] bool tall() const { return height_px > width_px; }
};

/// Distances of the national design tokens (4, 8, 12, 16 … units), where 4 units are 2 mm: a kiosk is read from twice
/// the distance of a laptop.
namespace space {
inline constexpr float hair = 2, small = 4, medium = 6, normal = 8, wide = 12, section = 16, page = 20;
} // namespace space

/// Sizes of things a finger has to hit, in millimetres.
namespace touch_size {
inline constexpr float minimum = 12.7F;     ///< VVSG 2.0 7.2-I
inline constexpr float minimum_gap = 2.54F; ///< VVSG 2.0 7.2-I
inline constexpr float button = 20;
inline constexpr float row = 24;
inline constexpr float gap = 4;
} // namespace touch_size

inline constexpr float corner_mm = 2; ///< the 4 px radius of the national kit
inline constexpr float thin_mm = 0.5F, line_mm = 0.7F, thick_mm = 1.2F;

} // namespace kiosk
