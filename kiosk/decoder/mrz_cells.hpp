// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/glyph.hpp"

#include <vector>

namespace kiosk::decoder {

/// The middles of the first and the last letter of a line, to about half a letter. px of the full picture.
struct LineEnds {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};
/// Cuts a line into so many cells where there is least ink between them: pitch and its slow change along the line
/// (perspective) are fitted to the ink across the line, its middle and its height to the ink along it. Empty when the
/// line is too short to be letters.
[[nodiscard]] std::vector<CellPlace> cut_line(const GrayPicture& full, const LineEnds& ends, int columns);

} // namespace kiosk::decoder
