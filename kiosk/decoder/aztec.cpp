// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/aztec.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace kiosk::decoder {
namespace {

/// Seven runs of one width, white first and last: what any line through the middle meets inside the third ring.
constexpr std::size_t rings = 7;
struct Crossing {
    double middle = 0, module = 0;
};

/// `dark(i)` for 0 ≤ i < length.
template <class Dark>
void crossings(int length, const Dark& dark, std::vector<Crossing>& into) {
    into.clear();
    std::array<int, rings + 1> starts{}; // of the last runs, the newest last
    bool was_dark = dark(0);
    for (int i = 1; i < length; ++i) {
        if (dark(i) == was_dark) continue;
        was_dark = !was_dark;
        std::rotate(starts.begin(), starts.begin() + 1, starts.end());
        starts.back() = i;
        if (!was_dark || starts.front() == 0) continue; // the seventh was white: what begins is dark
        const double module = (starts.back() - starts.front()) / static_cast<double>(rings);
        bool even = module >= 2;
        for (std::size_t k = 0; k < rings && even; ++k)
            even = std::abs(starts[k + 1] - starts[k] - module) < 0.6 * module;
        if (even) into.push_back({(starts.back() + starts.front()) / 2.0, module});
    }
}

struct BullsEye {
    double x = 0, y = 0, module = 0; ///< px
};
/// Of several the one nearest to the middle.
std::optional<BullsEye> find_bulls_eye(const GrayPicture& picture) {
    const auto dark = [&](int x, int y) { return picture.at(x, y) < 128; };
    const double middle_x = picture.width / 2.0, middle_y = picture.height / 2.0;
    std::optional<BullsEye> best;
    double nearest = 0.3 * std::min(picture.width, picture.height); // further out it is no code's middle
    std::vector<Crossing> across, down;
    for (int y = picture.height / 4; y < picture.height * 3 / 4; ++y) {
        crossings(
            picture.width, [&](int x) { return dark(x, y); }, across);
        for (const Crossing& row : across) {
            crossings(
                picture.height, [&](int other) { return dark(static_cast<int>(row.middle), other); }, down);
            for (const Crossing& column : down) {
                if (std::abs(column.middle - y) > row.module || std::abs(column.module - row.module) > 0.4 * row.module)
                    continue;
                const double far = std::hypot(row.middle - middle_x, column.middle - middle_y);
                if (far >= nearest) continue;
                nearest = far;
                best = BullsEye{row.middle, column.middle, (row.module + column.module) / 2};
            }
        }
    }
    return best;
}

/// Brightness of a place in the grid, 0 to 255. Outside the picture is paper.
double light_at(const GrayPicture& picture, const ModuleGrid& grid, double column, double row) {
    double x = 0, y = 0;
    grid.at(column, row, x, y);
    if (!(x > 0 && y > 0 && x < picture.width - 1.01 && y < picture.height - 1.01)) return 255;
    const int ix = static_cast<int>(x), iy = static_cast<int>(y);
    const double wx = x - ix, wy = y - iy;
    return (picture.at(ix, iy) * (1 - wx) + picture.at(ix + 1, iy) * wx) * (1 - wy) +
           (picture.at(ix, iy + 1) * (1 - wx) + picture.at(ix + 1, iy + 1) * wx) * wy;
}

/// Of a whole module: the mean of its middle.
double module_light(const GrayPicture& picture, const ModuleGrid& grid, int column, int row) {
    double sum = light_at(picture, grid, column, row);
    for (const double dx : {-0.2, 0.2})
        for (const double dy : {-0.2, 0.2})
            sum += light_at(picture, grid, column + dx, row + dy);
    return sum / 5;
}

constexpr int rings_known = 4;

/// How clear the modules within `reach` are. Of the bull's eye it is known which are dark.
double clearness(const GrayPicture& picture, const ModuleGrid& grid, int reach) {
    double sum = 0;
    for (int row = -reach; row <= reach; ++row)
        for (int column = -reach; column <= reach; ++column) {
            const double light = light_at(picture, grid, column, row) - 127.5;
            const int ring = std::max(std::abs(row), std::abs(column));
            sum += ring > rings_known ? std::abs(light) : ring % 2 == 0 ? -light : light;
        }
    return sum;
}

/// Each value in turn a little up and down, as long as it helps, then smaller steps.
void fit(const GrayPicture& picture, ModuleGrid& grid, int reach) {
    const double module = grid.values[ModuleGrid::A];
    std::array<double, 8> steps{};
    steps.fill(0.2 * module / reach); // moves the outermost module by a fifth
    steps[ModuleGrid::X] = steps[ModuleGrid::Y] = 0.15 * module;
    steps[ModuleGrid::G] = steps[ModuleGrid::H] = 0.2 / reach / reach;
    double best = clearness(picture, grid, reach);
    for (int round = 0; round < 3; ++round) {
        for (int again = 0; again < 2; ++again)
            for (std::size_t i = 0; i < steps.size(); ++i)
                for (const double way : {1.0, -1.0}) {
                    ModuleGrid other = grid;
                    other.values[i] += way * steps[i];
                    if (const double clear = clearness(picture, other, reach); clear > best) {
                        best = clear;
                        grid = other;
                        break;
                    }
                }
        for (double& step : steps)
            step /= 2;
    }
}

} // namespace

std::optional<ModuleGrid> find_aztec(const GrayPicture& picture) {
    const auto eye = find_bulls_eye(picture);
    if (!eye) return std::nullopt;
    ModuleGrid grid;
    grid.values = {eye->x, eye->y, eye->module, 0, 0, eye->module, 0, 0};
    constexpr int largest = 40; // of 151 by 151 there is none on paper
    grid.reach = static_cast<int>(std::max(picture.width, picture.height) / 2.0 / eye->module);
    if (grid.reach > largest || grid.reach < rings_known) return std::nullopt;
    fit(picture, grid, rings_known + 1);
    constexpr double clear_enough = 0.4 * 127.5 * (2 * rings_known + 1) * (2 * rings_known + 1);
    if (clearness(picture, grid, rings_known) < clear_enough) return std::nullopt;
    for (int reach = 8; reach < grid.reach; reach = reach * 3 / 2)
        fit(picture, grid, reach);
    return grid;
}

GrayPicture drawn_anew(const GrayPicture& picture, const ModuleGrid& grid) {
    const int modules = 2 * grid.reach + 1, side = modules * drawn_module + 2 * drawn_margin;
    GrayPicture drawn(side, side, 255);
    for (int row = 0; row < modules; ++row)
        for (int column = 0; column < modules; ++column) {
            if (module_light(picture, grid, column - grid.reach, row - grid.reach) >= 127.5) continue;
            for (int y = 0; y < drawn_module; ++y)
                std::fill_n(drawn.row(drawn_margin + row * drawn_module + y) + drawn_margin + column * drawn_module,
                            drawn_module, std::uint8_t{0});
        }
    return drawn;
}

} // namespace kiosk::decoder
