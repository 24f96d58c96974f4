// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kiosk::decoder {

/// Brightness alone, 0 = black, rows without padding.
struct GrayPicture {
    int width = 0, height = 0; ///< px
    std::vector<std::uint8_t> pixels;

    GrayPicture() = default;
    GrayPicture(int w, int h, std::uint8_t fill = 0)
        : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), fill) {}

    [[nodiscard]] std::uint8_t* row(int y) {
        return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }
    [[nodiscard]] const std::uint8_t* row(int y) const {
        return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
    }
    [[nodiscard]] int at(int x, int y) const { return row(y)[x]; }
};

/// Each pixel the average of two by two; an odd last row or column is left out.
[[nodiscard]] inline GrayPicture half_size(const GrayPicture& from) {
    GrayPicture to(from.width / 2, from.height / 2);
    for (int y = 0; y < to.height; ++y) {
        const std::uint8_t* const above = from.row(2 * y);
        const std::uint8_t* const below = from.row(2 * y + 1);
        std::uint8_t* const out = to.row(y);
        for (int x = 0; x < to.width; ++x)
            out[x] =
                static_cast<std::uint8_t>((above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1] + 2) / 4);
    }
    return to;
}

} // namespace kiosk::decoder
