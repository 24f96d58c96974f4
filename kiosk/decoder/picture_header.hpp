// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/readout.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace kiosk::decoder {

enum class PictureType { Png, Jpeg };

/// What a picture says about itself before a single pixel is decoded.
struct PictureHeader {
    PictureType type = PictureType::Png;
    std::uint32_t width = 0, height = 0; ///< px, both at least 1
    std::uint32_t scans = 1;             ///< JPEG: how often the decoder passes over the picture
};

/// The limits of threat-model §4 on a picture's sides and pixels; none: within them.
[[nodiscard]] std::optional<PictureFault> beyond_limits(std::uint32_t width, std::uint32_t height);

/// Follows the chunks of a PNG or the segments of a JPEG to their end and applies the limits of threat-model §4, so
/// that no library meets a picture that is beyond them. The type is told by content, never by a name. Never allocates.
[[nodiscard]] forms::Result<PictureHeader, PictureFault> read_picture_header(std::span<const std::byte> bytes);

} // namespace kiosk::decoder
