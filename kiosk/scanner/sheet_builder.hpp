// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/pixels.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kiosk {

/// How a scanner lays out what it sends.
struct SheetLayout {
    int width = 0;          ///< px
    int lines = 0;          ///< -1: known at the end
    int bytes_per_line = 0; ///< rows may be padded
    int depth = 8;          ///< bits a sample: 1 (then 1 is black, highest bit first), 8, or 16 in the machine's order
    int channels = 1;       ///< 1, or 3 interleaved

    /// Within the limits of threat-model §4 (50 megapixels, 20,000 px a side), and rows that hold their pixels.
    [[nodiscard]] bool sound() const;
};

/// Puts a sheet together from pieces of any size: grey, one byte a pixel.
class SheetBuilder {
public:
    explicit SheetBuilder(const SheetLayout& layout); ///< requires `sound`

    /// Bytes past the last line are thrown away. False: more lines than a sheet may have.
    [[nodiscard]] bool add(std::span<const std::uint8_t> bytes);
    /// 0 … 1; 0 while the number of lines is not known.
    [[nodiscard]] double share() const;
    /// The sheet; nothing if no whole line came. Lines that were announced and did not come are left out.
    [[nodiscard]] std::optional<Pixels> finish() &&;

private:
    void add_line(std::span<const std::uint8_t> line);

    SheetLayout layout_;
    Pixels sheet_;
    std::vector<std::uint8_t> rest_; ///< the beginning of a line
};

} // namespace kiosk
