// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/glyph.hpp"

#include <vector>

namespace kiosk::decoder {

/// The middles of the first and the last letter of a line, to about half a letter. px of the full picture.
struct LineEnds {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};
/// Cuts each line of a zone into so many cells where there is least ink between them: pitch and its slow change along
/// the line (perspective) are fitted to the ink across the line, its middle and its height to the ink along it. The
/// lines of a zone begin and end together: one that would be cut more than half a letter away from the clearest one,
/// because something stands beside it, is cut as that one. Empty when a line is too short to be letters.
[[nodiscard]] std::vector<std::vector<CellPlace>> cut_lines(const GrayPicture& full, const std::vector<LineEnds>& lines,
                                                            int columns);

} // namespace kiosk::decoder
