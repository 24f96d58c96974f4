// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/jobs.hpp"
#include "kiosk/capture/readout.hpp"
#include "kiosk/decoder/gray_picture.hpp"

#include <cstddef>
#include <span>

namespace kiosk::decoder {

/// The header first, with its limits; then the pixels. Metadata is thrown away, transparency laid on white. A picture
/// that is damaged or ends early is refused as a whole: half a code reads as no code or, worse, as another.
[[nodiscard]] forms::Result<GrayPicture, PictureFault> decode_picture(std::span<const std::byte> bytes);

/// Pixels of a camera or page scanner, within the same limits. Refused when they are not as many as they say.
[[nodiscard]] forms::Result<GrayPicture, PictureFault> gray_of(const PixelsView& pixels);

} // namespace kiosk::decoder
