// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace kiosk {

/// The dark squares of a QR code, rows from the top, the quiet border of four squares included.
struct QrModules {
    std::size_t size = 0; ///< 0: nothing to show
    std::vector<bool> dark;
    [[nodiscard]] bool at(std::size_t x, std::size_t y) const { return dark[y * size + x]; }
};

/// Error correction level M: a kiosk's glass is dirty. Empty when the text is empty or longer than a code can hold.
[[nodiscard]] QrModules qr_modules(std::string_view text);

} // namespace kiosk
