// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstdint>

namespace kiosk {

/// In pixels of the picture, from its upper left corner; may lie a little outside.
struct PicturePoint {
    std::int32_t x = 0, y = 0;
    bool operator==(const PicturePoint&) const = default;
};
using PictureCorners = std::array<PicturePoint, 4>; ///< in the order they are met going round

struct PictureBox {
    PicturePoint from, to; ///< upper left, and just beyond lower right
    bool operator==(const PictureBox&) const = default;
};

} // namespace kiosk
