// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/readout.hpp"
#include "kiosk/decoder/gray_picture.hpp"

#include <vector>

namespace kiosk::decoder {

/// The bar codes in a picture, at any rotation, each once. `half` is the same picture at half size, where large modules
/// in a noisy picture are read best. Then every region whose texture is that of a code is cut out of the full picture,
/// turned upright and read by itself; and when all that gave nothing, the full picture as it is.
[[nodiscard]] std::vector<CodeFound> find_codes(const GrayPicture& full, const GrayPicture& half);

} // namespace kiosk::decoder
