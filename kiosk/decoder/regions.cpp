// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kiosk::decoder {
namespace {

constexpr int fine_side = 4;            // px of the half-size picture
constexpr float least_coherence = 0.5f; // 1 = all gradients one way
constexpr float most_coherence = 0.8f;
constexpr float same_way = 0.8f; // cosine of twice the angle between neighbours
constexpr std::size_t most_regions = 8;

/// Sums of products of gradients over one cell, or over many.
struct Tensor {
    float xx = 0, yy = 0, xy = 0;
    float four_cos = 0, four_sin = 0; ///< of the fourfold angle, times energy: large where edges cross at right angles
    [[nodiscard]] float energy() const { return xx + yy; }
    [[nodiscard]] float twice_cos() const { return xx - yy; } ///< of the double angle, times energy and coherence
    [[nodiscard]] float twice_sin() const { return 2 * xy; }
    [[nodiscard]] float coherence() const { return std::hypot(twice_cos(), twice_sin()) / std::max(energy(), 1.0f); }
    void add(const Tensor& other) {
        xx += other.xx;
        yy += other.yy;
        xy += other.xy;
        four_cos += other.four_cos;
        four_sin += other.four_sin;
    }
};

bool run_the_same_way(const Tensor& a, const Tensor& b) {
    const float dot = a.twice_cos() * b.twice_cos() + a.twice_sin() * b.twice_sin();
    return dot > same_way * std::hypot(a.twice_cos(), a.twice_sin()) * std::hypot(b.twice_cos(), b.twice_sin());
}

struct Cells {
    int across = 0, down = 0, side = fine_side;
    std::vector<Tensor> all = {};
    float least_energy = 0; ///< mean squared gradient of what is not the noise of the camera
    [[nodiscard]] const Tensor& at(int x, int y) const { return all[static_cast<std::size_t>(y * across + x)]; }
};

/// A quarter of nearly every picture shows nothing but noise, at most: print in deep shadow is well above four times
/// it.
float four_times_quiet(const std::vector<Tensor>& cells) {
    constexpr float least = 300, most = 1500;
    std::vector<float> energies;
    for (std::size_t i = 0; i < cells.size(); i += 7) // a sample is enough
        energies.push_back(cells[i].energy());
    if (energies.empty()) return least;
    const auto quarter = energies.begin() + static_cast<std::ptrdiff_t>(energies.size() / 4);
    std::nth_element(energies.begin(), quarter, energies.end());
    return std::clamp(4 * *quarter, least, most);
}

/// Differences of two by two pixels: they turn fine bars less than those of pixels two apart.
Cells cells_of(const GrayPicture& half) {
    Cells cells{.across = (half.width - 1) / fine_side, .down = (half.height - 1) / fine_side};
    cells.all.resize(static_cast<std::size_t>(cells.across * cells.down));
    for (int cy = 0; cy < cells.down; ++cy)
        for (int cx = 0; cx < cells.across; ++cx) {
            int xx = 0, yy = 0, xy = 0;
            for (int y = cy * fine_side; y < (cy + 1) * fine_side; ++y) {
                const std::uint8_t* const row = half.row(y) + cx * fine_side;
                const std::uint8_t* const next = row + half.width;
                for (int x = 0; x < fine_side; ++x) {
                    const int down = next[x] - row[x + 1], up = next[x + 1] - row[x];
                    const int gx = up - down, gy = up + down; // each the sum of two differences
                    xx += gx * gx;
                    yy += gy * gy;
                    xy += gx * gy;
                }
            }
            constexpr float mean = 1.0f / (fine_side * fine_side);
            Tensor& cell = cells.all[static_cast<std::size_t>(cy * cells.across + cx)];
            cell = {static_cast<float>(xx) * mean, static_cast<float>(yy) * mean, static_cast<float>(xy) * mean, 0, 0};
            const float c = cell.twice_cos(), s = cell.twice_sin(), energy = std::max(cell.energy(), 1.0f);
            cell.four_cos = (c * c - s * s) / energy;
            cell.four_sin = 2 * c * s / energy;
        }
    cells.least_energy = four_times_quiet(cells.all);
    return cells;
}

Cells coarser(const Cells& fine) {
    Cells cells{
        .across = fine.across / 2, .down = fine.down / 2, .side = fine.side * 2, .least_energy = fine.least_energy};
    cells.all.resize(static_cast<std::size_t>(cells.across * cells.down));
    for (int y = 0; y < cells.down; ++y)
        for (int x = 0; x < cells.across; ++x) {
            Tensor& cell = cells.all[static_cast<std::size_t>(y * cells.across + x)];
            for (const auto& [dx, dy] : {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1), std::pair(1, 1)})
                cell.add(fine.at(2 * x + dx, 2 * y + dy));
            for (float* const sum : {&cell.xx, &cell.yy, &cell.xy, &cell.four_cos, &cell.four_sin})
                *sum /= 4;
        }
    return cells;
}

/// The energy that a few cells of a picture are above.
float strongest(const Cells& cells) {
    constexpr std::size_t few = 20;
    std::vector<float> energies;
    for (const Tensor& cell : cells.all)
        energies.push_back(cell.energy());
    if (energies.size() <= few) return 0;
    const auto place = energies.end() - 1 - static_cast<std::ptrdiff_t>(few);
    std::nth_element(energies.begin(), place, energies.end());
    return *place;
}

using Group = std::vector<std::pair<int, int>>;

/// The rectangle round cells, along the way given, with `quiet` px more on each end and side.
Region around(const Group& cells, int side, double along_x, double along_y, double quiet_along, double quiet_across) {
    double least_a = 1e9, most_a = -1e9, least_b = 1e9, most_b = -1e9;
    const double full_cell = 2.0 * side;
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
            .length = most_a - least_a + full_cell + 2 * quiet_along,
            .height = most_b - least_b + full_cell + 2 * quiet_across};
}

/// Groups of neighbouring cells that `belong` (by their index), and that `joins` with the one they were reached from.
template <class Belongs, class Joins, class Use>
void groups(const Cells& cells, const Belongs& belongs, const Joins& joins, const Use& use) {
    std::vector<bool> seen(cells.all.size());
    Group group;
    for (int y = 0; y < cells.down; ++y)
        for (int x = 0; x < cells.across; ++x) {
            if (seen[static_cast<std::size_t>(y * cells.across + x)] ||
                !belongs(static_cast<std::size_t>(y * cells.across + x)))
                continue;
            group.assign(1, {x, y});
            seen[static_cast<std::size_t>(y * cells.across + x)] = true;
            for (std::size_t next = 0; next < group.size(); ++next) {
                const auto [gx, gy] = group[next];
                for (int ny = std::max(gy - 1, 0); ny <= std::min(gy + 1, cells.down - 1); ++ny)
                    for (int nx = std::max(gx - 1, 0); nx <= std::min(gx + 1, cells.across - 1); ++nx) {
                        const auto at = static_cast<std::size_t>(ny * cells.across + nx);
                        if (seen[at] || !belongs(at) || !joins(cells.at(gx, gy), cells.all[at])) continue;
                        seen[at] = true;
                        group.emplace_back(nx, ny);
                    }
            }
            use(group);
        }
}

Tensor sum_of(const Cells& cells, const Group& group) {
    Tensor sum;
    for (const auto& [x, y] : group)
        sum.add(cells.at(x, y));
    return sum;
}

void find_bars(const Cells& cells, std::vector<Region>& found) {
    constexpr std::size_t fewest_cells = 12;
    groups(
        cells,
        [&](std::size_t at) {
            return cells.all[at].energy() > cells.least_energy && cells.all[at].coherence() > least_coherence;
        },
        run_the_same_way,
        [&](const Group& group) {
            if (group.size() < fewest_cells) return;
            const Tensor whole = sum_of(cells, group);
            const double angle = std::atan2(whole.twice_sin(), whole.twice_cos()) / 2;
            const Region region = around(group, cells.side, std::cos(angle), std::sin(angle), 40, 0);
            // Edges of paper and lines of a table are slim the other way.
            if (region.height > 2 * (region.length - 80)) return;
            found.push_back(region);
        });
    std::sort(found.begin(), found.end(), [](const Region& a, const Region& b) { return a.area() > b.area(); });
    if (found.size() > most_regions) found.resize(most_regions);
}

/// Edges of paper and labels run one way even over several cells; those of codes and of print cross each other.
std::vector<bool> crossed(const Cells& cells) {
    std::vector<bool> yes(cells.all.size());
    for (int y = 0; y < cells.down; ++y)
        for (int x = 0; x < cells.across; ++x) {
            if (cells.at(x, y).energy() < cells.least_energy) continue;
            Tensor sum;
            for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, cells.down - 1); ++ny)
                for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, cells.across - 1); ++nx)
                    sum.add(cells.at(nx, ny));
            yes[static_cast<std::size_t>(y * cells.across + x)] = sum.coherence() < most_coherence;
        }
    return yes;
}

void find_squares(const Cells& cells, std::vector<std::pair<double, Region>>& found) {
    constexpr std::size_t fewest_cells = 16;
    const std::vector<bool> in_question = crossed(cells);
    groups(
        cells, [&](std::size_t at) { return in_question[at]; }, [](const Tensor&, const Tensor&) { return true; },
        [&](const Group& group) {
            if (group.size() < fewest_cells) return;
            const Tensor whole = sum_of(cells, group);
            const double angle = std::atan2(whole.four_sin, whole.four_cos) / 4;
            Region region = around(group, cells.side, std::cos(angle), std::sin(angle), 0, 0);
            const double least = std::min(region.length, region.height),
                         slim = std::max(region.length, region.height) / least,
                         full = static_cast<double>(group.size()) * 4 * cells.side * cells.side / region.area();
            if (slim > 2.6 || full < 0.4) return;
            const double crossing = std::hypot(whole.four_cos, whole.four_sin) / std::max(whole.energy(), 1.0f);
            const double likely = full / slim * (0.1 + crossing) * std::sqrt(region.area());
            const double quiet = std::clamp(0.12 * least, 12.0, 60.0);
            region.length += 2 * quiet;
            region.height += 2 * quiet;
            found.emplace_back(likely, region);
        });
}

} // namespace

bool nearly_the_same(const Region& one, const Region& other) {
    const double apart = std::hypot(other.centre_x - one.centre_x, other.centre_y - one.centre_y);
    return apart < 0.06 * one.length && other.area() < 1.25 * one.area() && one.area() < 1.25 * other.area();
}

Regions find_regions(const GrayPicture& half, float least_of_strongest) {
    Regions found;
    Cells fine = cells_of(half);
    if (least_of_strongest > 0)
        fine.least_energy = std::max(fine.least_energy, least_of_strongest * strongest(coarser(fine)));
    const Cells middle = coarser(fine), coarse = coarser(middle);
    find_bars(middle, found.bars);
    std::vector<std::pair<double, Region>> squares;
    for (const Cells* const cells : std::array<const Cells*, 3>{&fine, &middle, &coarse})
        find_squares(*cells, squares);
    std::sort(squares.begin(), squares.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& square : squares) {
        const Region& region = square.second;
        const bool again = std::any_of(found.squares.begin(), found.squares.end(),
                                       [&](const Region& other) { return nearly_the_same(other, region); });
        if (!again && found.squares.size() < most_regions) found.squares.push_back(region);
    }
    return found;
}

} // namespace kiosk::decoder
