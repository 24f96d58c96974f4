// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/gray_picture.hpp"

#include <array>
#include <optional>

namespace kiosk::decoder {

/// Where the modules of an Aztec code lie in a picture: module (column, row), counted from the middle of the bull's
/// eye, at ((x + a·column + b·row) / w, (y + c·column + d·row) / w), w = 1 + g·column + h·row. px.
struct ModuleGrid {
    enum : std::size_t { X, Y, A, B, C, D, G, H };
    std::array<double, 8> values{};
    int reach = 0; ///< modules from the middle to each side

    void at(double column, double row, double& x, double& y) const {
        const double w = 1 + values[G] * column + values[H] * row;
        x = (values[X] + values[A] * column + values[B] * row) / w;
        y = (values[Y] + values[C] * column + values[D] * row) / w;
    }
};
/// Looks for the concentric squares of an Aztec code (ISO/IEC 24778, 4.3) near the middle of a picture with evened
/// light that stands upright to about 10°, and lays a grid over it, from the middle outwards, so that every module is
/// as dark or as bright as can be.
[[nodiscard]] std::optional<ModuleGrid> find_aztec(const GrayPicture& picture);

inline constexpr int drawn_module = 12, drawn_margin = 48; ///< px
/// The modules of the grid drawn anew, black and white and square: what ZXing 1.4 reads, which a photograph is not.
[[nodiscard]] GrayPicture drawn_anew(const GrayPicture& picture, const ModuleGrid& grid);

} // namespace kiosk::decoder
