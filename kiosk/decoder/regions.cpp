// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/regions.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kiosk::decoder {
namespace {

constexpr int cell_side = 16;           // px of the half-size picture
constexpr float least_energy = 400;     // mean squared gradient: above noise of 10 levels, below print in deep shadow
constexpr float least_coherence = 0.6f; // 1 = all gradients one way
constexpr float same_way = 0.85f;       // cosine of twice the angle between neighbours
constexpr std::size_t most_regions = 12;

/// Sums of products of gradients over one cell, or over many.
struct Tensor {
    float xx = 0, yy = 0, xy = 0;
    [[nodiscard]] float energy() const { return xx + yy; }
    [[nodiscard]] float twice_cos() const { return xx - yy; } ///< of the double angle, times energy and coherence
    [[nodiscard]] float twice_sin() const { return 2 * xy; }
    [[nodiscard]] float coherence() const { return std::hypot(twice_cos(), twice_sin()) / std::max(energy(), 1.0f); }
    void add(const Tensor& other) {
        xx += other.xx;
        yy += other.yy;
        xy += other.xy;
    }
};

bool run_the_same_way(const Tensor& a, const Tensor& b) {
    const float dot = a.twice_cos() * b.twice_cos() + a.twice_sin() * b.twice_sin();
    return dot > same_way * std::hypot(a.twice_cos(), a.twice_sin()) * std::hypot(b.twice_cos(), b.twice_sin());
}

struct Cells {
    int across = 0, down = 0;
    std::vector<Tensor> all;
    [[nodiscard]] const Tensor& at(int x, int y) const { return all[static_cast<std::size_t>(y * across + x)]; }
};

Cells cells_of(const GrayPicture& half) {
    Cells cells;
    cells.across = half.width / cell_side;
    cells.down = half.height / cell_side;
    cells.all.resize(static_cast<std::size_t>(cells.across * cells.down));
    for (int cy = 0; cy < cells.down; ++cy)
        for (int cx = 0; cx < cells.across; ++cx) {
            int xx = 0, yy = 0, xy = 0;
            const int right = std::min((cx + 1) * cell_side, half.width - 1),
                      low = std::min((cy + 1) * cell_side, half.height - 1);
            for (int y = std::max(cy * cell_side, 1); y < low; ++y) {
                const std::uint8_t* const row = half.row(y);
                for (int x = std::max(cx * cell_side, 1); x < right; ++x) {
                    const int gx = row[x + 1] - row[x - 1], gy = row[x + half.width] - row[x - half.width];
                    xx += gx * gx;
                    yy += gy * gy;
                    xy += gx * gy;
                }
            }
            constexpr float mean = 1.0f / (cell_side * cell_side);
            cells.all[static_cast<std::size_t>(cy * cells.across + cx)] = {
                static_cast<float>(xx) * mean, static_cast<float>(yy) * mean, static_cast<float>(xy) * mean};
        }
    return cells;
}

/// The rectangle round cells, along the way given, with `quiet` cells more on each end.
Region around(const std::vector<std::pair<int, int>>& cells, double along_x, double along_y, double quiet) {
    double least_a = 1e9, most_a = -1e9, least_b = 1e9, most_b = -1e9;
    constexpr double full_cell = 2 * cell_side;
    for (const auto& [cx, cy] : cells) {
        const double x = (cx + 0.5) * full_cell, y = (cy + 0.5) * full_cell;
        const double a = x * along_x + y * along_y, b = -x * along_y + y * along_x;
        least_a = std::min(least_a, a);
        most_a = std::max(most_a, a);
        least_b = std::min(least_b, b);
        most_b = std::max(most_b, b);
    }
    const double a = (least_a + most_a) / 2, b = (least_b + most_b) / 2;
    return {.centre_x = a * along_x - b * along_y,
            .centre_y = a * along_y + b * along_x,
            .along_x = along_x,
            .along_y = along_y,
            .length = most_a - least_a + (1 + 2 * quiet) * full_cell,
            .height = most_b - least_b + full_cell};
}

/// Groups of neighbouring cells that `belong`, and that `joins` with the neighbour they were reached from.
template <class Belongs, class Joins, class Use>
void groups(const Cells& cells, const Belongs& belongs, const Joins& joins, const Use& use) {
    std::vector<bool> seen(cells.all.size());
    std::vector<std::pair<int, int>> group;
    for (int y = 0; y < cells.down; ++y)
        for (int x = 0; x < cells.across; ++x) {
            if (seen[static_cast<std::size_t>(y * cells.across + x)] || !belongs(cells.at(x, y))) continue;
            group.assign(1, {x, y});
            seen[static_cast<std::size_t>(y * cells.across + x)] = true;
            for (std::size_t next = 0; next < group.size(); ++next) {
                const auto [gx, gy] = group[next];
                for (int dy = -1; dy <= 1; ++dy)
                    for (int dx = -1; dx <= 1; ++dx) {
                        const int nx = gx + dx, ny = gy + dy;
                        if (nx < 0 || ny < 0 || nx >= cells.across || ny >= cells.down) continue;
                        const auto at = static_cast<std::size_t>(ny * cells.across + nx);
                        if (seen[at] || !belongs(cells.all[at]) || !joins(cells.at(gx, gy), cells.all[at])) continue;
                        seen[at] = true;
                        group.emplace_back(nx, ny);
                    }
            }
            use(group);
        }
}

void keep_largest(std::vector<Region>& regions) {
    std::sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) { return a.area() > b.area(); });
    if (regions.size() > most_regions) regions.resize(most_regions);
}

/// How much the columns of the region differ from their neighbours when it is turned so.
double sharpness(const GrayPicture& full, const Region& region) {
    constexpr int rows = 12;
    const GrayPicture look = cut_out(full, region, 1, region.height / rows, 1);
    double sum = 0;
    int before = 0;
    for (int x = 0; x < look.width; ++x) {
        int column = 0;
        for (int y = 2; y < look.height - 2; ++y) // the quiet edge above and below is no part of the bars
            column += look.at(x, y);
        if (x > 0) sum += static_cast<double>(column - before) * (column - before);
        before = column;
    }
    return sum;
}

} // namespace

void straighten(const GrayPicture& full, Region& region) {
    const double start = std::atan2(region.along_y, region.along_x);
    double best = -1, turn = 0;
    const auto attempt = [&](double degrees) {
        Region turned = region;
        turned.along_x = std::cos(start + degrees * std::numbers::pi / 180);
        turned.along_y = std::sin(start + degrees * std::numbers::pi / 180);
        if (const double sharp = sharpness(full, turned); sharp > best) {
            best = sharp;
            turn = degrees;
        }
    };
    for (double degrees = -12; degrees <= 12; degrees += 2)
        attempt(degrees);
    const double coarse = turn;
    for (const double more : {-1.3, -0.7, 0.7, 1.3})
        attempt(coarse + more);
    region.along_x = std::cos(start + turn * std::numbers::pi / 180);
    region.along_y = std::sin(start + turn * std::numbers::pi / 180);
}

Regions find_regions(const GrayPicture& half) {
    const Cells cells = cells_of(half);
    Regions found;
    groups(
        cells, [](const Tensor& t) { return t.energy() > least_energy && t.coherence() > least_coherence; },
        run_the_same_way,
        [&](const std::vector<std::pair<int, int>>& group) {
            if (group.size() < 6) return;
            Tensor whole;
            for (const auto& [x, y] : group)
                whole.add(cells.at(x, y));
            const double angle = std::atan2(whole.twice_sin(), whole.twice_cos()) / 2;
            const Region region = around(group, std::cos(angle), std::sin(angle), 1.5);
            if (region.length > 4 * cell_side) found.bars.push_back(region);
        });
    groups(
        cells, [](const Tensor& t) { return t.energy() > least_energy; },
        [](const Tensor&, const Tensor&) { return true; },
        [&](const std::vector<std::pair<int, int>>& group) {
            const Region region = around(group, 1, 0, 0.5);
            // A matrix code is as busy on one side as on the other, so its middle is the middle of the energy.
            double x = 0, y = 0, sum = 0;
            for (const auto& [cx, cy] : group) {
                const double weight = cells.at(cx, cy).energy();
                x += weight * (cx + 0.5);
                y += weight * (cy + 0.5);
                sum += weight;
            }
            Region square = region;
            square.centre_x = x / sum * 2 * cell_side;
            square.centre_y = y / sum * 2 * cell_side;
            square.height += cell_side * 2;
            const double slim = std::max(region.length, region.height) / std::min(region.length, region.height);
            if (slim < 3) found.grains.push_back(square);
        });
    keep_largest(found.bars);
    keep_largest(found.grains);
    return found;
}

GrayPicture cut_out(const GrayPicture& full, const Region& region, double step_x, double step_y, int rows) {
    GrayPicture out(std::max(1, static_cast<int>(region.length / step_x)),
                    std::max(1, static_cast<int>(region.height / step_y)), 255);
    const double last_x = full.width - 1.001, last_y = full.height - 1.001;
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            double sum = 0;
            for (int r = 0; r < rows; ++r) {
                double fx = 0, fy = 0;
                region.back(x + 0.5, y + 0.5 + (r - (rows - 1) / 2.0) / step_y, step_x, step_y, fx, fy);
                fx = std::clamp(fx - 0.5, 0.0, last_x);
                fy = std::clamp(fy - 0.5, 0.0, last_y);
                const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
                const double wx = fx - ix, wy = fy - iy;
                const std::uint8_t* const above = full.row(iy) + ix;
                const std::uint8_t* const below = above + full.width;
                sum += (above[0] * (1 - wx) + above[1] * wx) * (1 - wy) + (below[0] * (1 - wx) + below[1] * wx) * wy;
            }
            out.row(y)[x] = static_cast<std::uint8_t>(sum / rows + 0.5);
        }
    return out;
}

} // namespace kiosk::decoder
