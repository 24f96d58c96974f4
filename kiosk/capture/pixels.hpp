// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <vector>

namespace kiosk {

/// Pixels in rows without padding: `channels` 1 (grey) or 3 (red, green, blue), one byte each.
struct Pixels {
    std::uint32_t width = 0, height = 0; ///< px
    std::uint8_t channels = 1;
    std::vector<std::uint8_t> bytes; ///< width × height × channels
    bool operator==(const Pixels&) const = default;
};

} // namespace kiosk
