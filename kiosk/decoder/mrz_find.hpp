// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/readout.hpp"
#include "kiosk/decoder/glyph.hpp"
#include "kiosk/decoder/gray_picture.hpp"

#include <vector>

namespace kiosk::decoder {

/// Lines of letters at even distances, as many and as long as a machine-readable zone has: where each letter stands.
/// Which way up they are read is not known yet.
struct MrzCandidate {
    std::vector<std::vector<CellPlace>> lines; ///< 3 of 30, or 2 of 36 or 44; places in pixels of the full picture
    PictureCorners corners{};
};
/// At any rotation; the likeliest first, at most 4. `half` is the picture at half size.
[[nodiscard]] std::vector<MrzCandidate> find_mrz(const GrayPicture& full, const GrayPicture& half);

} // namespace kiosk::decoder
