// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/readout.hpp"
#include "kiosk/decoder/glyph.hpp"
#include "kiosk/decoder/gray_picture.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk::decoder {

/// The machine-readable zone in a picture, if there is one that can be believed.
[[nodiscard]] std::optional<MrzFound> read_mrz_of(const GrayPicture& full, const GrayPicture& half);

/// From scores to lines. Each letter is the likeliest that may stand there; where a check digit is wrong, the likeliest
/// other letters are tried, two at most, and taken when exactly one way makes all checks right. A letter that is read
/// with less than confidence becomes '?', unless right checks vouch for it. None when fewer than two checks are right.
struct MrzReading {
    std::vector<std::string> lines;
    float score = 0; ///< mean logarithm of the letters' probabilities: nearer to 0 is better
};
[[nodiscard]] std::optional<MrzReading> decide(const std::vector<std::vector<GlyphScores>>& scores);

} // namespace kiosk::decoder
