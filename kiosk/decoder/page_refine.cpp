// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_refine.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kiosk::decoder {
namespace {

constexpr int places_along = 64;

struct Line { // x·nx + y·ny = d
    double nx, ny, d;
};

double brightness(const GrayPicture& picture, double x, double y) {
    const double px = x - 0.5, py = y - 0.5;
    const int ix = static_cast<int>(std::floor(px)), iy = static_cast<int>(std::floor(py));
    if (ix < 0 || iy < 0 || ix + 1 >= picture.width || iy + 1 >= picture.height) return -1;
    const double fx = px - ix, fy = py - iy;
    const double upper = picture.at(ix, iy) * (1 - fx) + picture.at(ix + 1, iy) * fx;
    const double lower = picture.at(ix, iy + 1) * (1 - fx) + picture.at(ix + 1, iy + 1) * fx;
    return upper * (1 - fy) + lower * fy;
}

/// Where along its normal the brightness changes most at one place of a side; `off` in px, outwards.
struct Change {
    double at, off, strength;
};

std::vector<Change> changes_along(const GrayPicture& picture, PagePoint from, PagePoint to, double reach) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const double ux = (to.x - from.x) / length, uy = (to.y - from.y) / length; // clockwise: outwards is (uy, −ux)
    const double stride = std::max(0.5, reach / 16);
    const int steps = static_cast<int>(std::ceil(reach / stride));
    std::vector<Change> changes;
    std::vector<double> profile(static_cast<std::size_t>(2 * steps + 1));
    for (int i = 0; i < places_along; ++i) {
        const double at = length * (0.04 + 0.92 * (i + 0.5) / places_along);
        bool whole = true;
        for (int k = -steps; k <= steps; ++k) {
            double sum = 0;
            for (const double beside : {-2.0, -1.0, 0.0, 1.0, 2.0}) { // along the edge: against noise
                const double t = at + beside * stride;
                const double value =
                    brightness(picture, from.x + ux * t + uy * k * stride, from.y + uy * t - ux * k * stride);
                if (value < 0) whole = false;
                sum += value;
            }
            profile[static_cast<std::size_t>(k + steps)] = sum / 5;
        }
        if (!whole) continue;
        Change best{at, 0, 0};
        for (int k = 2; k + 2 < static_cast<int>(profile.size()); ++k) {
            const auto p = [&](int j) { return profile[static_cast<std::size_t>(j)]; };
            const double change = std::abs(p(k + 2) + p(k + 1) - p(k - 1) - p(k - 2)) / 2;
            if (change > best.strength) best = {at, (k - steps) * stride, change};
        }
        if (best.strength >= 4) changes.push_back(best);
    }
    return changes;
}

/// The straight line off = a + b·at that most changes agree with; none when fewer than a third do.
bool fit(const std::vector<Change>& changes, double tolerance, double& a, double& b) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < changes.size(); ++i)
        for (std::size_t k = i + changes.size() / 4 + 1; k < changes.size(); ++k) {
            const double slope = (changes[k].off - changes[i].off) / (changes[k].at - changes[i].at);
            if (std::abs(slope) > 0.06) continue;
            const double base = changes[i].off - slope * changes[i].at;
            const auto agree =
                static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), [&](const Change& c) {
                    return std::abs(c.off - base - slope * c.at) <= tolerance;
                }));
            if (agree > most) {
                most = agree;
                a = base;
                b = slope;
            }
        }
    if (most < places_along / 3) return false;
    double n = 0, st = 0, so = 0, stt = 0, sto = 0;
    for (const Change& c : changes)
        if (std::abs(c.off - a - b * c.at) <= tolerance) {
            n += 1;
            st += c.at;
            so += c.off;
            stt += c.at * c.at;
            sto += c.at * c.off;
        }
    const double det = n * stt - st * st;
    if (det < 1e-6) return false;
    b = (n * sto - st * so) / det;
    a = (so - b * st) / n;
    return true;
}

Line refined_side(const GrayPicture& picture, PagePoint from, PagePoint to, double reach) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const double ux = (to.x - from.x) / length, uy = (to.y - from.y) / length;
    double a = 0, b = 0;
    if (fit(changes_along(picture, from, to, reach), std::max(1.0, reach / 8), a, b)) {
        to = {to.x + uy * (a + b * length), to.y - ux * (a + b * length)};
        from = {from.x + uy * a, from.y - ux * a};
    }
    const double nx = to.y - from.y, ny = from.x - to.x, norm = std::hypot(nx, ny);
    return {nx / norm, ny / norm, (nx * from.x + ny * from.y) / norm};
}

} // namespace

PageQuad refined(const GrayPicture& picture, const PageQuad& quad, double reach) {
    std::array<Line, 4> sides{};
    for (std::size_t i = 0; i < 4; ++i)
        sides[i] = refined_side(picture, quad[i], quad[(i + 1) % 4], reach);
    PageQuad better = quad;
    for (std::size_t i = 0; i < 4; ++i) {
        const Line &a = sides[(i + 3) % 4], &b = sides[i];
        const double det = a.nx * b.ny - a.ny * b.nx;
        if (std::abs(det) < 0.3) return quad;
        better[i] = {(a.d * b.ny - b.d * a.ny) / det, (a.nx * b.d - b.nx * a.d) / det};
    }
    return better;
}

} // namespace kiosk::decoder
