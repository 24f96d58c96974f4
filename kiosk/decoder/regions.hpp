// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/gray_picture.hpp"

#include <vector>

namespace kiosk::decoder {

/// A rectangle of the full picture that may hold a code; `along_x`, `along_y` is the way its lines run across the bars.
struct Region {
    double centre_x = 0, centre_y = 0; ///< px
    double along_x = 1, along_y = 0;   ///< unit vector
    double length = 0, height = 0;     ///< px, along that vector and across it; quiet zones included
    [[nodiscard]] double area() const { return length * height; }

    /// A point of the region's own picture (`cut_out`, steps `step_x`, `step_y`) in pixels of the full one.
    void back(double x, double y, double step_x, double step_y, double& full_x, double& full_y) const {
        const double a = x * step_x - length / 2, b = y * step_y - height / 2;
        full_x = centre_x + a * along_x - b * along_y;
        full_y = centre_y + a * along_y + b * along_x;
    }
};

struct Regions {
    std::vector<Region> bars;   ///< gradients run one way: linear codes and PDF417, turned upright; largest first
    std::vector<Region> grains; ///< they run all ways: matrix codes, and text; not turned; largest first
};
/// By the structure tensor of cells of 16 by 16 pixels of the half-size picture. At most 12 of each kind.
[[nodiscard]] Regions find_regions(const GrayPicture& half);

/// Turns a region of bars by up to 12° so that its columns differ most: fine bars at half size look more diagonal than
/// they are, and linear codes are read to a degree or two.
void straighten(const GrayPicture& full, Region& region);

/// The region's picture, upright, one pixel every `step_x` by `step_y` full pixels. Each is the mean of `rows` samples
/// one pixel apart across the bars, which takes noise away and leaves the bars as sharp as they were.
[[nodiscard]] GrayPicture cut_out(const GrayPicture& full, const Region& region, double step_x, double step_y,
                                  int rows);

} // namespace kiosk::decoder
