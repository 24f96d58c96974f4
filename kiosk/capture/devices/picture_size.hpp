// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/pixels.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace kiosk {

/// YUYV (4:2:2) as cameras send it, to red, green, blue (ITU-R BT.601, limited range). Nothing: fewer bytes than `height`
/// rows of `stride`, or a width that is odd.
[[nodiscard]] std::optional<Pixels> from_yuyv(std::span<const std::uint8_t> bytes, std::uint32_t width,
                                              std::uint32_t height, std::uint32_t stride);

inline constexpr std::uint32_t most_preview_side = 960; ///< px: enough for a frame to fit a card into

/// At most `most_side` on the longer side, each pixel the average of those it stands for. Never larger.
[[nodiscard]] Pixels made_smaller(const Pixels& from, std::uint32_t most_side = most_preview_side);

} // namespace kiosk
