// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/gray_picture.hpp"

#include <array>
#include <optional>

namespace kiosk::decoder {

struct PagePoint {
    double x = 0, y = 0; ///< px; the middle of the first pixel is 0.5, 0.5
};
using PageQuad = std::array<PagePoint, 4>; ///< from the upper left as it lies, clockwise

struct PagePlace {
    PageQuad quad{};
    double trust = 0;     ///< 0 … 1: how much of its outline was seen
    bool cut_off = false; ///< a side of it lies outside the picture, or on its border
};

/// The sheet of paper that lies on top and is the largest, if there is one. Its outline must be seen for the most part;
/// a hand, a shadow or another sheet may hide some of it.
[[nodiscard]] std::optional<PagePlace> find_page(const GrayPicture& picture);

} // namespace kiosk::decoder
