// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/gray_picture.hpp"

#include <vector>

namespace kiosk::decoder {

/// A piece of the full picture that may hold a code: nearly a rectangle. Its rows run along `along_x`, `along_y`; its
/// columns lean from the upright to them, from one end to the other more and more, as perspective makes them.
struct Region {
    double centre_x = 0, centre_y = 0; ///< px
    double along_x = 1, along_y = 0;   ///< unit vector
    double length = 0, height = 0;     ///< px, along that vector and across it; quiet zones included
    double lean = 0;                   ///< px along for each px across, in the middle
    double lean_change = 0;            ///< of `lean`, for each px along
    [[nodiscard]] double area() const { return length * height; }

    /// A point of the region's own picture (`cut_out`, steps `step_x`, `step_y`) in pixels of the full one.
    void back(double x, double y, double step_x, double step_y, double& full_x, double& full_y) const {
        const double b = y * step_y - height / 2, from_middle = x * step_x - length / 2,
                     a = from_middle + (lean + lean_change * from_middle) * b;
        full_x = centre_x + a * along_x - b * along_y;
        full_y = centre_y + a * along_y + b * along_x;
    }
};

/// So much so that looking into both shows nothing more.
[[nodiscard]] bool nearly_the_same(const Region& one, const Region& other);

struct Regions {
    std::vector<Region> bars;    ///< gradients run one way: linear codes and PDF417; largest first
    std::vector<Region> squares; ///< they run two ways, across each other: matrix codes, and print; likeliest first
};
/// By the structure tensor of small cells of the half-size picture. At most 8 of each kind, turned upright roughly.
/// `least_of_strongest`, 0 to 1: cells with less energy than this part of the strongest are left out. A code is the
/// strongest thing on most papers: it comes apart from the print and the edges that stand close to it.
[[nodiscard]] Regions find_regions(const GrayPicture& half, float least_of_strongest = 0);

[[nodiscard]] Region turned(Region region, double radians); ///< about its middle

/// Turns and leans the region so that its edges stand upright: what is fine looks more diagonal at half size than it
/// is, and codes are read to a degree or two.
void straighten_bars(const GrayPicture& full, Region& region);
void straighten_square(const GrayPicture& full, Region& region);

/// The region's picture, upright, one pixel every `step_x` by `step_y` full pixels. Each is the mean of `rows` samples
/// one pixel apart along the bars, which takes noise away and leaves the bars as sharp as they were.
[[nodiscard]] GrayPicture cut_out(const GrayPicture& full, const Region& region, double step_x, double step_y,
                                  int rows);

/// Paper becomes white and ink black everywhere, whatever light and shadow lie over them: by the brightest and darkest
/// of blocks of that size and their neighbours. Where there is no ink it stays white.
void even_light(GrayPicture& picture, int block_x, int block_y);

} // namespace kiosk::decoder
