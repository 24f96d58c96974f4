// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace kiosk::decoder {
namespace {

/// How far columns of the picture lean: −Σ gx·gy / Σ gx², over its left and its right half.
struct Slants {
    double left = 0, right = 0;
};
Slants slants_of(const GrayPicture& look) {
    // What is weaker than the mean is noise, and noise has no direction: it would make every slant look smaller.
    std::vector<std::array<int, 2>> gradients(look.pixels.size());
    double energy = 0;
    for (int y = 0; y + 1 < look.height; ++y) {
        const std::uint8_t* const row = look.row(y);
        const std::uint8_t* const next = row + look.width;
        for (int x = 0; x + 1 < look.width; ++x) {
            const int down = next[x] - row[x + 1], up = next[x + 1] - row[x], gx = up - down, gy = up + down;
            gradients[static_cast<std::size_t>(y * look.width + x)] = {gx, gy};
            energy += gx * gx + gy * gy;
        }
    }
    const int mean = static_cast<int>(energy / static_cast<double>(look.pixels.size()));
    std::array<double, 2> xy{}, xx{1, 1};
    for (int y = 0; y + 1 < look.height; ++y)
        for (int x = 0; x + 1 < look.width; ++x) {
            const auto [gx, gy] = gradients[static_cast<std::size_t>(y * look.width + x)];
            if (gx * gx + gy * gy <= mean) continue;
            if (std::abs(gx) <= std::abs(gy)) continue;
            const std::size_t side = x < look.width / 2 ? 0 : 1;
            xy[side] += gx * gy;
            xx[side] += gx * gx;
        }
    return {-xy[0] / xx[0], -xy[1] / xx[1]};
}

/// By how far the differences between one column and the next vary: most when the edges of modules stand upright. And
/// the same of rows.
struct Upright {
    double columns = 0, rows = 0;
};
Upright uprightness_of(const GrayPicture& look) {
    std::vector<int> columns(static_cast<std::size_t>(look.width)), rows(static_cast<std::size_t>(look.height));
    for (int y = 0; y + 1 < look.height; ++y) {
        const std::uint8_t* const row = look.row(y);
        const std::uint8_t* const next = row + look.width;
        int sum = 0;
        for (int x = 0; x + 1 < look.width; ++x) {
            columns[static_cast<std::size_t>(x)] += std::abs(row[x + 1] - row[x]);
            sum += std::abs(next[x] - row[x]);
        }
        rows[static_cast<std::size_t>(y)] = sum;
    }
    const auto variation = [](const std::vector<int>& sums) { // from one to the next: slow change is light
        double sum = 0;
        for (std::size_t i = 3; i + 1 < sums.size(); ++i)
            sum += std::abs(2.0 * sums[i] - sums[i - 3] - sums[i - 1]);
        return sum;
    };
    return {variation(columns), variation(rows)};
}

} // namespace

Region turned(Region region, double radians) {
    const double c = std::cos(radians), s = std::sin(radians), x = region.along_x;
    region.along_x = x * c - region.along_y * s;
    region.along_y = x * s + region.along_y * c;
    return region;
}

void straighten_bars(const GrayPicture& full, Region& region) {
    for (int round = 0; round < 3; ++round) {
        const Slants slants = slants_of(cut_out(full, region, 1, region.area() > 90000 ? 2 : 1, 1));
        // The halves' middles are half a length apart. The rows follow, so that nothing leans in the middle.
        region.lean_change += (slants.right - slants.left) / (region.length / 2);
        region = turned(region, -(slants.left + slants.right) / 2);
    }
    const double most = 0.3 / std::max(region.length, 1.0);
    region.lean_change = std::clamp(region.lean_change, -most, most);
}

void straighten_square(const GrayPicture& full, Region& region) {
    constexpr double degree = std::numbers::pi / 180;
    const double step = std::max(1.0, std::max(region.length, region.height) / 140);
    const Region start = region;
    double best = -1;
    const auto attempt = [&](const Region& one, double columns, double rows) {
        const Upright upright = uprightness_of(cut_out(full, one, step, step, 1));
        const double score = columns * upright.columns + rows * upright.rows;
        if (score <= best) return;
        best = score;
        region = one;
    };
    for (double turn = -12; turn <= 12; turn += 1.5)
        attempt(turned(start, turn * degree), 1, 1);
    // Perspective: columns lean on the rows. First the columns, then the rows under them.
    const Region together = region;
    best = -1;
    for (double lean = -4; lean <= 4; lean += 1) {
        Region one = together;
        one.lean = lean * degree;
        attempt(one, 1, 0);
    }
    const Region columns = region;
    best = -1;
    for (double turn = -4; turn <= 4; turn += 1) {
        Region one = turned(columns, turn * degree);
        one.lean = columns.lean + turn * degree;
        attempt(one, 0, 1);
    }
}

GrayPicture cut_out(const GrayPicture& full, const Region& region, double step_x, double step_y, int rows) {
    GrayPicture out(std::max(1, static_cast<int>(region.length / step_x)),
                    std::max(1, static_cast<int>(region.height / step_y)), 255);
    const float last_x = static_cast<float>(full.width) - 1.001f, last_y = static_cast<float>(full.height) - 1.001f;
    std::vector<float> sums(static_cast<std::size_t>(out.width));
    for (int y = 0; y < out.height; ++y) {
        std::fill(sums.begin(), sums.end(), 0.0f);
        for (int r = 0; r < rows; ++r) {
            // Along one row the place moves evenly.
            const double row = y + 0.5 + (r - (rows - 1) / 2.0) / step_y;
            double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
            region.back(0.5, row, step_x, step_y, x0, y0);
            region.back(1.5, row, step_x, step_y, x1, y1);
            const float start_x = static_cast<float>(x0) - 0.5f, start_y = static_cast<float>(y0) - 0.5f,
                        move_x = static_cast<float>(x1 - x0), move_y = static_cast<float>(y1 - y0);
            for (int x = 0; x < out.width; ++x) {
                const float fx = std::clamp(start_x + move_x * static_cast<float>(x), 0.0f, last_x),
                            fy = std::clamp(start_y + move_y * static_cast<float>(x), 0.0f, last_y);
                const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
                const float wx = fx - static_cast<float>(ix), wy = fy - static_cast<float>(iy);
                const std::uint8_t* const above = full.row(iy) + ix;
                const std::uint8_t* const below = above + full.width;
                const float upper = static_cast<float>(above[0]) + wx * static_cast<float>(above[1] - above[0]),
                            lower = static_cast<float>(below[0]) + wx * static_cast<float>(below[1] - below[0]);
                sums[static_cast<std::size_t>(x)] += upper + wy * (lower - upper);
            }
        }
        for (int x = 0; x < out.width; ++x)
            out.row(y)[x] =
                static_cast<std::uint8_t>(sums[static_cast<std::size_t>(x)] / static_cast<float>(rows) + 0.5f);
    }
    return out;
}

void even_light(GrayPicture& picture, int block_x, int block_y) {
    const int across = std::max(1, picture.width / block_x), down = std::max(1, picture.height / block_y);
    GrayPicture dark(across, down, 255), bright(across, down, 0);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const int bx = std::min(x / block_x, across - 1), by = std::min(y / block_y, down - 1);
            dark.row(by)[bx] = std::min(dark.row(by)[bx], picture.row(y)[x]);
            bright.row(by)[bx] = std::max(bright.row(by)[bx], picture.row(y)[x]);
        }
    int most_contrast = 1;
    for (std::size_t i = 0; i < dark.pixels.size(); ++i)
        most_contrast = std::max(most_contrast, bright.pixels[i] - dark.pixels[i]);
    GrayPicture low = dark, high = bright;
    for (int y = 0; y < down; ++y)
        for (int x = 0; x < across; ++x)
            for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, down - 1); ++ny)
                for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, across - 1); ++nx) {
                    low.row(y)[x] = std::min(low.row(y)[x], dark.row(ny)[nx]);
                    high.row(y)[x] = std::max(high.row(y)[x], bright.row(ny)[nx]);
                }
    const float least = std::max(8.0f, static_cast<float>(most_contrast) * 0.2f);
    for (int y = 0; y < picture.height; ++y) {
        const float fy = std::clamp((static_cast<float>(y) + 0.5f) / static_cast<float>(block_y) - 0.5f, 0.0f,
                                    static_cast<float>(down - 1));
        const int y0 = static_cast<int>(fy), y1 = std::min(y0 + 1, down - 1);
        const float wy = fy - static_cast<float>(y0);
        for (int x = 0; x < picture.width; ++x) {
            const float fx = std::clamp((static_cast<float>(x) + 0.5f) / static_cast<float>(block_x) - 0.5f, 0.0f,
                                        static_cast<float>(across - 1));
            const int x0 = static_cast<int>(fx), x1 = std::min(x0 + 1, across - 1);
            const float wx = fx - static_cast<float>(x0);
            const auto between = [&](const GrayPicture& grid) {
                const float upper = static_cast<float>(grid.at(x0, y0)) * (1 - wx) +
                                    static_cast<float>(grid.at(x1, y0)) * wx,
                            lower = static_cast<float>(grid.at(x0, y1)) * (1 - wx) +
                                    static_cast<float>(grid.at(x1, y1)) * wx;
                return upper * (1 - wy) + lower * wy;
            };
            const float paper = between(high), ink = std::min(between(low), paper - least);
            const float value = (static_cast<float>(picture.at(x, y)) - ink) / (paper - ink) * 255;
            picture.row(y)[x] = static_cast<std::uint8_t>(std::clamp(value, 0.0f, 255.0f));
        }
    }
}

} // namespace kiosk::decoder
