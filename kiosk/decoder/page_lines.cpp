// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_lines.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace kiosk::decoder {
namespace {

constexpr int angles = 360;     // bins of half a degree; the normal of a line, not told apart from its opposite
constexpr int sector = 24;      // bins; of lines in one direction (print, boards) not all can be of use,
constexpr int most_in_one = 16; // or they crowd out the rest
constexpr double step = 4;      // px from the line to where both sides are looked at
// Grey levels, and a part of the brightness where that is more: shadow lowers light and contrast alike.
constexpr float clear_step = 3, clear_part = 0.015f, clear_furrow = 2.5f;
constexpr double weak_edge = 4, strong_edge = 9; // of Sobel: eight times the slope

struct Direction {
    double cosine, sine;
};
const std::array<Direction, angles>& directions() {
    static const std::array<Direction, angles> all = [] {
        std::array<Direction, angles> made{};
        for (int i = 0; i < angles; ++i)
            made[static_cast<std::size_t>(i)] = {std::cos(i * std::numbers::pi / angles),
                                                 std::sin(i * std::numbers::pi / angles)};
        return made;
    }();
    return all;
}

/// Votes of edge pixels for the lines they may lie on: each for those whose normal is its own gradient, ± 2 degrees.
class Votes {
public:
    Votes(int width, int height)
        : reach_(static_cast<int>(std::ceil(std::hypot(width, height)))),
          votes_(cv::Mat::zeros(angles, 2 * reach_ + 1, CV_32F)) {}

    void add_edges(const cv::Mat& picture) {
        cv::Mat dx, dy, edges;
        cv::Sobel(picture, dx, CV_16S, 1, 0);
        cv::Sobel(picture, dy, CV_16S, 0, 1);
        cv::Canny(dx, dy, edges, weak_edge, strong_edge, true);
        for (int y = 0; y < edges.rows; ++y)
            for (int x = 0; x < edges.cols; ++x)
                if (edges.at<std::uint8_t>(y, x) != 0) add(x, y, dx.at<short>(y, x), dy.at<short>(y, x));
    }

    struct Peak {
        int angle, rho;
        float votes;
    };
    [[nodiscard]] std::vector<Peak> peaks(std::size_t most) const {
        cv::Mat smooth;
        cv::GaussianBlur(votes_, smooth, {5, 3}, 1.0, 0.8);
        std::vector<Peak> all;
        const float least = 12;
        for (int a = 0; a < angles; ++a)
            for (int r = 1; r < smooth.cols - 1; ++r) {
                const float v = smooth.at<float>(a, r);
                if (v >= least && v >= smooth.at<float>(a, r - 1) && v > smooth.at<float>(a, r + 1))
                    all.push_back({a, r - reach_, v});
            }
        std::sort(all.begin(), all.end(), [](const Peak& a, const Peak& b) { return a.votes > b.votes; });
        std::vector<Peak> kept;
        for (const Peak& peak : all) {
            if (kept.size() == most) break;
            const auto alike = std::count_if(kept.begin(), kept.end(), [&](const Peak& other) {
                const int turn = std::abs(peak.angle - other.angle);
                return std::min(turn, angles - turn) <= sector;
            });
            if (alike >= most_in_one) continue;
            if (std::none_of(kept.begin(), kept.end(), [&](const Peak& other) { return near(peak, other); }))
                kept.push_back(peak);
        }
        return kept;
    }

    /// The line through the edge pixels that lie on a peak's and point its way (least squares across it, twice).
    [[nodiscard]] EdgeLine line_at(const Peak& peak) const {
        const Direction& d = directions()[static_cast<std::size_t>(peak.angle)];
        EdgeLine line;
        line.cosine = d.cosine;
        line.sine = d.sine;
        line.rho = peak.rho;
        for (const double reach : {2.5, 1.5}) {
            double n = 0, st = 0, so = 0, stt = 0, sto = 0;
            for (const EdgePixel& pixel : pixels_) {
                const double off = pixel.x * line.cosine + pixel.y * line.sine - line.rho;
                if (std::abs(off) > reach) continue;
                const double turn = std::abs(pixel.angle - static_cast<float>(peak.angle));
                if (std::min(turn, angles - turn) > 16) continue;
                const double t = -line.sine * pixel.x + line.cosine * pixel.y;
                n += 1;
                st += t;
                so += off;
                stt += t * t;
                sto += t * off;
            }
            const double det = n * stt - st * st;
            if (n < 10 || det < 1) break;
            const double slope = (n * sto - st * so) / det, base = (so - slope * st) / n;
            if (std::abs(slope) > 0.03) break;
            // off = base + slope·t: turn the normal against the slope.
            const double length = std::hypot(1, slope), c = line.cosine, s = line.sine;
            line.cosine = (c + slope * s) / length;
            line.sine = (s - slope * c) / length;
            line.rho = (line.rho + base) / length;
        }
        return line;
    }

private:
    void add(int x, int y, int dx, int dy) {
        double angle = std::atan2(dy, dx) * angles / std::numbers::pi;
        if (angle < 0) angle += angles;
        pixels_.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(angle)});
        for (int spread = -4; spread <= 4; ++spread) {
            const int bin = (static_cast<int>(std::lround(angle)) + spread + angles) % angles;
            const Direction& d = directions()[static_cast<std::size_t>(bin)];
            const int rho = static_cast<int>(std::lround(x * d.cosine + y * d.sine));
            votes_.at<float>(bin, rho + reach_) += 1 - 0.15f * static_cast<float>(std::abs(spread));
        }
    }
    static bool near(const Peak& a, const Peak& b) {
        int turn = std::abs(a.angle - b.angle), apart = std::abs(a.rho - b.rho);
        if (turn > angles / 2) { // the same line, its normal the other way round
            turn = angles - turn;
            apart = std::abs(a.rho + b.rho);
        }
        return turn <= 8 && apart <= 6;
    }

    struct EdgePixel {
        float x, y, angle;
    };
    int reach_;
    cv::Mat votes_;
    std::vector<EdgePixel> pixels_;
};

float at(const cv::Mat& picture, double x, double y) {
    return picture.at<std::uint8_t>(static_cast<int>(y + 0.5), static_cast<int>(x + 0.5));
}

bool within(const cv::Mat& picture, double x, double y) {
    return x >= 0 && y >= 0 && x < picture.cols - 1 && y < picture.rows - 1;
}

/// `plain`: the picture. `closed`: without its letters and thin lines.
void look_along(EdgeLine& line, const cv::Mat& plain, const cv::Mat& closed) {
    const double reach = std::hypot(plain.cols, plain.rows);
    line.first = -reach;
    const auto steps = static_cast<std::size_t>(2 * reach);
    for (auto* const sums : {&line.brighter_plus, &line.brighter_minus, &line.furrow, &line.inside})
        sums->assign(steps + 1, 0);
    for (std::size_t i = 0; i < steps; ++i) {
        const double t = line.first + static_cast<double>(i);
        const double x = line.cosine * line.rho - line.sine * t, y = line.sine * line.rho + line.cosine * t;
        const double px = x + step * line.cosine, py = y + step * line.sine, mx = x - step * line.cosine,
                     my = y - step * line.sine;
        float plus = 0, minus = 0, furrow = 0, inside = 0;
        if (within(plain, x, y) && within(plain, px, py) && within(plain, mx, my)) {
            inside = 1;
            const float there = at(closed, px, py), here = at(closed, mx, my), difference = there - here;
            const float clear = std::max(clear_step, clear_part * std::max(there, here));
            if (difference >= clear)
                plus = 1;
            else if (difference <= -clear)
                minus = 1;
            float lowest = 255;
            for (const double off : {-1.5, 0.0, 1.5})
                if (within(plain, x + off * line.cosine, y + off * line.sine))
                    lowest = std::min(lowest, at(plain, x + off * line.cosine, y + off * line.sine));
            if (std::min(at(plain, px, py), at(plain, mx, my)) - lowest >= clear_furrow) furrow = 1;
        }
        line.brighter_plus[i + 1] = line.brighter_plus[i] + plus;
        line.brighter_minus[i + 1] = line.brighter_minus[i] + minus;
        line.furrow[i + 1] = line.furrow[i] + furrow;
        line.inside[i + 1] = line.inside[i] + inside;
    }
}

} // namespace

EdgeShare share_between(const EdgeLine& line, double from, double to) {
    if (from > to) std::swap(from, to);
    const auto last = static_cast<double>(line.inside.size() - 1);
    const auto a = static_cast<std::size_t>(std::clamp(from, 0.0, last)),
               b = static_cast<std::size_t>(std::clamp(to, 0.0, last));
    const double length = std::max(1.0, to - from), seen = std::max(1.0f, line.inside[b] - line.inside[a]);
    return {.in_picture = std::min(1.0, (line.inside[b] - line.inside[a]) / length),
            .brighter_plus = (line.brighter_plus[b] - line.brighter_plus[a]) / seen,
            .brighter_minus = (line.brighter_minus[b] - line.brighter_minus[a]) / seen,
            .furrow = (line.furrow[b] - line.furrow[a]) / seen};
}

std::vector<EdgeLine> find_edge_lines(const cv::Mat& picture, std::size_t most) {
    cv::Mat plain, closed;
    cv::GaussianBlur(picture, plain, {5, 5}, 1.0);
    cv::morphologyEx(plain, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
    Votes votes(picture.cols, picture.rows);
    votes.add_edges(closed);
    votes.add_edges(plain);
    std::vector<EdgeLine> lines;
    for (const auto& peak : votes.peaks(most)) {
        EdgeLine line = votes.line_at(peak);
        look_along(line, plain, closed);
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace kiosk::decoder
