// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_find.hpp"

#include "kiosk/decoder/page_lines.hpp"
#include "kiosk/decoder/page_refine.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kiosk::decoder {
namespace {

constexpr double small_side = 600; // px of the longer side while searching
constexpr std::size_t most_lines = 80;
constexpr double least_area = 0.06; // of the picture
constexpr double least_trust = 0.62;
constexpr double darker_counts = 0.75, furrow_counts = 0.7;

using Point = cv::Point2d;
using Four = std::array<Point, 4>;

struct Pair { // two sides that face each other
    std::size_t a, b;
    double angle; ///< of their normals, 0 … 180 degrees
};

double degrees_between(double a, double b) { // of undirected lines
    const double apart = std::fmod(std::abs(a - b), 180);
    return std::min(apart, 180 - apart);
}

double angle_of(const EdgeLine& line) { return std::atan2(line.sine, line.cosine) * 180 / std::numbers::pi; }

std::vector<Pair> facing_pairs(const std::vector<EdgeLine>& lines, cv::Size size) {
    const Point middle(size.width / 2.0, size.height / 2.0);
    std::vector<Pair> pairs;
    for (std::size_t a = 0; a < lines.size(); ++a)
        for (std::size_t b = a + 1; b < lines.size(); ++b) {
            const double angle_a = angle_of(lines[a]), angle_b = angle_of(lines[b]);
            if (degrees_between(angle_a, angle_b) > 22) continue;
            // How far apart near the middle of the picture, whatever way round their normals are.
            const double da = lines[a].cosine * middle.x + lines[a].sine * middle.y - lines[a].rho;
            double db = lines[b].cosine * middle.x + lines[b].sine * middle.y - lines[b].rho;
            double angle = angle_b;
            if (lines[a].cosine * lines[b].cosine + lines[a].sine * lines[b].sine < 0) {
                db = -db;
                angle += 180;
            }
            if (std::abs(da - db) < 0.15 * size.height && std::abs(da - db) < 0.15 * size.width) continue;
            pairs.push_back({a, b, (angle_a + angle) / 2});
        }
    return pairs;
}

std::optional<Point> crossing(const EdgeLine& a, const EdgeLine& b) {
    const double det = a.cosine * b.sine - a.sine * b.cosine;
    if (std::abs(det) < 0.3) return std::nullopt;
    return Point((a.rho * b.sine - b.rho * a.sine) / det, (a.cosine * b.rho - b.cosine * a.rho) / det);
}

double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }

bool is_a_sheets_shape(const Four& corners, cv::Size size, double& area) {
    area = 0;
    const double margin_x = 0.15 * size.width, margin_y = 0.15 * size.height;
    for (std::size_t i = 0; i < 4; ++i) {
        const Point here = corners[i], next = corners[(i + 1) % 4], after = corners[(i + 2) % 4];
        if (here.x < -margin_x || here.y < -margin_y || here.x > size.width + margin_x ||
            here.y > size.height + margin_y)
            return false;
        const Point side = next - here, then = after - next;
        const double turn = cross(side, then) / (cv::norm(side) * cv::norm(then) + 1e-9);
        if (turn < 0.8) return false; // convex, clockwise on screen, corners of 53 to 127 degrees
        area += cross(here, next) / 2;
    }
    return area >= least_area * size.area();
}

/// How much of one side was seen as the edge of a sheet. Brighter than what it lies on counts most; where it lies on
/// another sheet it may be darker, on a white table there may be its own thin shadow alone.
struct SideSeen {
    double edge = 0, in_picture = 0;
};

SideSeen look_at_side(const EdgeLine& line, Point from, Point to, Point middle) {
    const EdgeShare share = share_between(line, line.along(from), line.along(to));
    const bool middle_is_plus = line.cosine * middle.x + line.sine * middle.y > line.rho;
    const double inner = middle_is_plus ? share.brighter_plus : share.brighter_minus;
    const double outer = middle_is_plus ? share.brighter_minus : share.brighter_plus;
    const double rest = std::max(0.0, 1 - inner - outer);
    return {inner + darker_counts * outer + furrow_counts * std::min(rest, share.furrow), share.in_picture};
}

struct Judged {
    double score = 0, trust = 0;
    bool cut_off = false;
};

Judged judge(const std::array<const EdgeLine*, 4>& sides, const Four& corners, double area_share) {
    const Point middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
    double least = 1, sum = 0;
    Judged judged;
    for (std::size_t i = 0; i < 4; ++i) {
        const SideSeen seen = look_at_side(*sides[i], corners[i], corners[(i + 1) % 4], middle);
        const double value = seen.edge * seen.in_picture + 0.3 * (1 - seen.in_picture);
        least = std::min(least, value);
        sum += value / 4;
        if (seen.in_picture < 0.9) judged.cut_off = true;
    }
    judged.trust = 0.7 * sum + 0.3 * least;
    const double across = (cv::norm(corners[1] - corners[0]) + cv::norm(corners[2] - corners[3])) / 2;
    const double down = (cv::norm(corners[3] - corners[0]) + cv::norm(corners[2] - corners[1])) / 2;
    const double ratio = std::max(across, down) / std::min(across, down);
    judged.score = judged.trust * std::pow(area_share, 0.35) * (ratio > 1.9 || ratio < 1.15 ? 0.92 : 1.0);
    return judged;
}

struct Best {
    Judged judged;
    Four corners{};
};

/// Corners in the order in which the lines a, c, b, d are met; clockwise on screen.
std::optional<Four> corners_of(const EdgeLine& a, const EdgeLine& c, const EdgeLine& b, const EdgeLine& d) {
    const auto p = crossing(d, a), q = crossing(a, c), r = crossing(c, b), s = crossing(b, d);
    if (!p || !q || !r || !s) return std::nullopt;
    return Four{*p, *q, *r, *s};
}

Best best_of(const std::vector<EdgeLine>& lines, cv::Size size) {
    const auto pairs = facing_pairs(lines, size);
    Best best;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        for (std::size_t k = i + 1; k < pairs.size(); ++k) {
            if (degrees_between(pairs[i].angle, pairs[k].angle) < 55) continue;
            std::array<const EdgeLine*, 4> sides = {&lines[pairs[i].a], &lines[pairs[k].a], &lines[pairs[i].b],
                                                    &lines[pairs[k].b]};
            auto corners = corners_of(*sides[0], *sides[1], *sides[2], *sides[3]);
            if (!corners) continue;
            if (cross((*corners)[1] - (*corners)[0], (*corners)[2] - (*corners)[1]) < 0) {
                std::swap(sides[1], sides[3]);
                corners = corners_of(*sides[0], *sides[1], *sides[2], *sides[3]);
            }
            double area = 0;
            if (!corners || !is_a_sheets_shape(*corners, size, area)) continue;
            const Judged judged = judge(sides, *corners, area / size.area());
            if (judged.score > best.judged.score) best = {judged, *corners};
        }
    return best;
}

/// From the corner nearest to the picture's upper left.
PageQuad in_order(const Four& corners, double scale) {
    std::size_t first = 0;
    for (std::size_t i = 1; i < 4; ++i)
        if (corners[i].x + corners[i].y < corners[first].x + corners[first].y) first = i;
    PageQuad quad;
    for (std::size_t i = 0; i < 4; ++i) {
        const Point& from = corners[(first + i) % 4];
        quad[i] = {(from.x + 0.5) * scale, (from.y + 0.5) * scale};
    }
    return quad;
}

/// A dark picture made brighter, but not so much that its noise looks like edges.
void stretch(cv::Mat& picture) {
    std::vector<std::uint8_t> all(picture.begin<std::uint8_t>(), picture.end<std::uint8_t>());
    const auto nearly_all = all.begin() + static_cast<std::ptrdiff_t>(all.size() * 98 / 100);
    std::nth_element(all.begin(), nearly_all, all.end());
    picture.convertTo(picture, -1, std::clamp(240.0 / std::max<int>(*nearly_all, 1), 1.0, 2.5));
}

} // namespace

std::optional<PagePlace> find_page(const GrayPicture& picture) {
    if (picture.width < 64 || picture.height < 64) return std::nullopt;
    const cv::Mat full(picture.height, picture.width, CV_8UC1, const_cast<std::uint8_t*>(picture.pixels.data()));
    const double scale = std::max(1.0, std::max(picture.width, picture.height) / small_side);
    cv::Mat small;
    cv::resize(full, small, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
    if (small.cols < 32 || small.rows < 32) return std::nullopt;
    stretch(small);
    const Best best = best_of(find_edge_lines(small, most_lines), small.size());
    if (best.judged.trust < least_trust) return std::nullopt;
    PagePlace place{in_order(best.corners, scale), best.judged.trust, best.judged.cut_off};
    place.quad = refined(picture, place.quad, 4 * scale);
    return place;
}

} // namespace kiosk::decoder
