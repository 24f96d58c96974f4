// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/gray_picture.hpp"

#include <vector>

namespace kiosk::decoder {

/// A connected piece of ink about as large as a letter. px of the picture it was found in.
struct Blob {
    float x = 0, y = 0; ///< middle of its box
    float size = 0;     ///< the longer side of its box
};
/// What is darker than its surroundings, in pieces of 3 to 48 px. At most 6000, else none: that is no card.
[[nodiscard]] std::vector<Blob> find_blobs(const GrayPicture& picture);

} // namespace kiosk::decoder
