// SPDX-License-Identifier: EUPL-1.2
// Blobs → the direction in which most stand beside their next → rows of blobs → rows that belong together → the cells.
#include "kiosk/decoder/mrz_find.hpp"

#include "kiosk/decoder/blobs.hpp"
#include "kiosk/decoder/mrz_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace kiosk::decoder {
namespace {

constexpr std::size_t fewest_in_row = 16, most_candidates = 4;

/// Neighbours are looked up by squares of the picture.
class Near {
public:
    Near(const std::vector<Blob>& blobs, int width, int height)
        : across_(width / side + 1), squares_(static_cast<std::size_t>(across_ * (height / side + 1))) {
        for (std::size_t i = 0; i < blobs.size(); ++i)
            squares_[square(blobs[i].x, blobs[i].y)].push_back(i);
    }
    template <class Use>
    void around(const Blob& blob, const Use& use) const {
        const int cx = static_cast<int>(blob.x) / side, cy = static_cast<int>(blob.y) / side;
        for (int y = std::max(0, cy - 1); y <= cy + 1; ++y)
            for (int x = std::max(0, cx - 1); x <= std::min(cx + 1, across_ - 1); ++x) {
                const auto at = static_cast<std::size_t>(y * across_ + x);
                if (at >= squares_.size()) continue;
                for (const std::size_t other : squares_[at])
                    use(other);
            }
    }

private:
    static constexpr int side = 48;
    [[nodiscard]] std::size_t square(float x, float y) const {
        return static_cast<std::size_t>(static_cast<int>(y) / side * across_ + static_cast<int>(x) / side);
    }
    int across_;
    std::vector<std::vector<std::size_t>> squares_;
};

bool alike(const Blob& a, const Blob& b) { return a.size < 2.2f * b.size && b.size < 2.2f * a.size; }

/// The one or two directions, in radians, 0 ≤ … < π, in which nearest neighbours stand.
std::vector<double> directions(const std::vector<Blob>& blobs, const Near& near) {
    constexpr int bins = 180;
    std::array<double, bins> votes{};
    for (std::size_t i = 0; i < blobs.size(); ++i) {
        double nearest = 1e9, angle = 0;
        near.around(blobs[i], [&](std::size_t j) {
            if (j == i || !alike(blobs[i], blobs[j])) return;
            const double dx = blobs[j].x - blobs[i].x, dy = blobs[j].y - blobs[i].y, far = std::hypot(dx, dy);
            if (far < nearest && far < 2.5 * std::max(blobs[i].size, blobs[j].size)) {
                nearest = far;
                angle = std::atan2(dy, dx);
            }
        });
        if (nearest > 1e8) continue;
        const double degrees = angle * 180 / std::numbers::pi + 360;
        for (int spread = -3; spread <= 3; ++spread)
            votes[static_cast<std::size_t>(static_cast<int>(degrees + 0.5) + spread) % bins] += 4 - std::abs(spread);
    }
    std::vector<double> found;
    for (int round = 0; round < 2; ++round) {
        const auto best = static_cast<int>(std::max_element(votes.begin(), votes.end()) - votes.begin());
        if (votes[static_cast<std::size_t>(best)] < 40) break;
        found.push_back(best * std::numbers::pi / 180);
        for (int clear = -15; clear <= 15; ++clear)
            votes[static_cast<std::size_t>(best + clear + bins) % bins] = 0;
    }
    return found;
}

/// Blobs beside each other, in a picture turned so that rows run along u: v = offset + slope · u.
struct Row {
    std::vector<std::array<double, 2>> members; ///< u, v; by u
    double offset = 0, slope = 0, pitch = 0, left = 0, right = 0;
    [[nodiscard]] double v(double u) const { return offset + slope * u; }
    [[nodiscard]] double length() const { return right - left; }

    void fit() {
        double n = 0, su = 0, sv = 0, suu = 0, suv = 0;
        for (const auto& [u, w] : members)
            n += 1, su += u, sv += w, suu += u * u, suv += u * w;
        const double bottom = n * suu - su * su;
        slope = bottom > 0 ? (n * suv - su * sv) / bottom : 0;
        offset = (sv - slope * su) / n;
    }
    void measure() {
        std::vector<double> steps;
        for (std::size_t i = 1; i < members.size(); ++i)
            steps.push_back(members[i][0] - members[i - 1][0]);
        std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
        pitch = steps[steps.size() / 2];
        left = members.front()[0];
        right = members.back()[0];
    }
};

struct Turn {
    double cosine, sine;
    [[nodiscard]] std::array<double, 2> to(double x, double y) const {
        return {x * cosine + y * sine, -x * sine + y * cosine};
    }
    [[nodiscard]] std::array<double, 2> back(double u, double v) const {
        return {u * cosine - v * sine, u * sine + v * cosine};
    }
};

std::vector<Row> rows_along(const std::vector<Blob>& blobs, const Turn& turn) {
    struct Spot {
        double u, v, size;
    };
    std::vector<Spot> spots;
    for (const Blob& blob : blobs) {
        const auto [u, v] = turn.to(blob.x, blob.y);
        spots.push_back({u, v, blob.size});
    }
    std::sort(spots.begin(), spots.end(), [](const Spot& a, const Spot& b) { return a.u < b.u; });
    constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    std::vector<std::size_t> next(spots.size(), nobody);
    std::vector<bool> has_before(spots.size());
    for (std::size_t i = 0; i < spots.size(); ++i) {
        double best = 1e9;
        for (std::size_t j = i + 1; j < spots.size(); ++j) {
            const double du = spots[j].u - spots[i].u, dv = std::abs(spots[j].v - spots[i].v),
                         size = std::max(spots[i].size, spots[j].size);
            if (du > 60) break;
            if (du < 2 || du > 2.8 * size || dv > 0.16 * du + 0.25 * size) continue;
            if (spots[i].size > 2.5 * spots[j].size || spots[j].size > 2.5 * spots[i].size) continue;
            if (const double cost = du + 3 * dv; cost < best) {
                best = cost;
                next[i] = j;
            }
        }
        if (next[i] != nobody) has_before[next[i]] = true;
    }
    std::vector<Row> rows;
    for (std::size_t start = 0; start < spots.size(); ++start) {
        if (has_before[start]) continue;
        Row row;
        for (std::size_t at = start; at != nobody; at = next[at])
            row.members.push_back({spots[at].u, spots[at].v});
        if (row.members.size() < 7) continue;
        row.fit();
        row.measure();
        // What lies on the line too but was reached by nobody: behind a gap, beside a speck.
        for (int again = 0; again < 2; ++again) {
            const double near = 0.35 * row.pitch;
            const Row before = row;
            row.members.clear();
            for (const Spot& spot : spots)
                if (std::abs(spot.v - before.v(spot.u)) < near && spot.size < 2.2 * before.pitch &&
                    spot.size > 0.25 * before.pitch)
                    row.members.push_back({spot.u, spot.v});
            // The longest stretch without a gap of five letters.
            std::size_t from = 0, best_from = 0, best_count = 0;
            for (std::size_t i = 1; i <= row.members.size(); ++i)
                if (i == row.members.size() || row.members[i][0] - row.members[i - 1][0] > 5 * before.pitch) {
                    if (i - from > best_count) {
                        best_count = i - from;
                        best_from = from;
                    }
                    from = i;
                }
            if (best_count < 7) break;
            row.members = {row.members.begin() + static_cast<std::ptrdiff_t>(best_from),
                           row.members.begin() + static_cast<std::ptrdiff_t>(best_from + best_count)};
            row.fit();
            row.measure();
        }
        if (row.members.size() < fewest_in_row || row.length() < 18 * row.pitch) continue;
        const double middle = (row.left + row.right) / 2;
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& other) {
            return std::abs(other.v(middle) - row.v(middle)) < 0.6 * row.pitch && other.left < row.right &&
                   row.left < other.right;
        });
        if (same == rows.end())
            rows.push_back(std::move(row));
        else if (same->members.size() < row.members.size())
            *same = std::move(row);
    }
    return rows;
}

bool belong_together(const Row& above, const Row& below) {
    const double pitch = (above.pitch + below.pitch) / 2, middle = (above.left + above.right) / 2,
                 apart = below.v(middle) - above.v(middle);
    return apart > 1.2 * pitch && apart < 3.6 * pitch && std::abs(above.left - below.left) < 5 * pitch &&
           std::abs(above.right - below.right) < 5 * pitch && std::abs(above.pitch - below.pitch) < 0.3 * pitch;
}

/// Cells of the rows given, or none when one does not fit.
std::vector<std::vector<CellPlace>> cells_of(const GrayPicture& full, const std::vector<const Row*>& rows,
                                             const Turn& turn, double scale, int columns) {
    // All lines of a zone begin and end together. One row may lack its end in glare, another may have caught something
    // beside the zone: the extent that has the right number of letters is taken.
    double left = 0, right = 0, misfit = 1e9;
    for (const Row* const first : rows)
        for (const Row* const last : rows) {
            const double pitch = (first->pitch + last->pitch) / 2,
                         off = std::abs((last->right - first->left) / pitch + 1 - columns);
            if (off < misfit) {
                misfit = off;
                left = first->left;
                right = last->right;
            }
        }
    std::vector<LineEnds> ends;
    for (const Row* const row : rows) {
        const auto [x0, y0] = turn.back(left, row->v(left));
        const auto [x1, y1] = turn.back(right, row->v(right));
        ends.push_back({x0 * scale, y0 * scale, x1 * scale, y1 * scale});
    }
    return cut_lines(full, ends, columns);
}

PictureCorners corners_of(const std::vector<std::vector<CellPlace>>& lines) {
    const auto corner = [](const CellPlace& cell, double right, double down) {
        return PicturePoint{static_cast<std::int32_t>(std::lround(cell.x + right * cell.right_x + down * cell.down_x)),
                            static_cast<std::int32_t>(std::lround(cell.y + right * cell.right_y + down * cell.down_y))};
    };
    return {corner(lines.front().front(), -0.5, -0.5), corner(lines.front().back(), 0.5, -0.5),
            corner(lines.back().back(), 0.5, 0.5), corner(lines.back().front(), -0.5, 0.5)};
}

} // namespace

std::vector<MrzCandidate> find_mrz(const GrayPicture& full, const GrayPicture& half) {
    // Letters of 8 to 40 px wanted: a frame of a camera at half size, a scan of a page at a quarter.
    const GrayPicture* work = &half;
    GrayPicture smaller;
    double scale = 2;
    if (std::max(full.width, full.height) < 900) {
        work = &full;
        scale = 1;
    }
    while (std::max(work->width, work->height) > 1500) {
        smaller = half_size(*work);
        work = &smaller;
        scale *= 2;
    }
    const std::vector<Blob> blobs = find_blobs(*work);
    std::vector<MrzCandidate> found;
    if (blobs.size() < 2 * fewest_in_row) return found;
    for (const double angle : directions(blobs, Near(blobs, work->width, work->height))) {
        const Turn turn{std::cos(angle), std::sin(angle)};
        std::vector<Row> rows = rows_along(blobs, turn);
        std::sort(rows.begin(), rows.end(),
                  [](const Row& a, const Row& b) { return a.v((a.left + a.right) / 2) < b.v((a.left + a.right) / 2); });
        const auto add = [&](const std::vector<const Row*>& members, int columns) {
            if (found.size() >= most_candidates) return;
            auto lines = cells_of(full, members, turn, scale, columns);
            if (lines.empty()) return;
            const PictureCorners corners = corners_of(lines);
            found.push_back({std::move(lines), corners});
        };
        for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
            if (!belong_together(rows[i], rows[i + 1])) continue;
            const double letters =
                std::max(rows[i].length() / rows[i].pitch, rows[i + 1].length() / rows[i + 1].pitch) + 1;
            if (i + 2 < rows.size() && belong_together(rows[i + 1], rows[i + 2]) && letters > 24 && letters < 35)
                add({&rows[i], &rows[i + 1], &rows[i + 2]}, 30);
            if (letters > 30 && letters < 40.5) add({&rows[i], &rows[i + 1]}, 36);
            if (letters > 38.5 && letters < 50) add({&rows[i], &rows[i + 1]}, 44);
        }
    }
    return found;
}

} // namespace kiosk::decoder
