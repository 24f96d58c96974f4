// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_judge.hpp"

#include "kiosk/decoder/page_flatten.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace kiosk::decoder {
namespace {

constexpr double small_side = 600;
constexpr int dark_paper = 80;                  // grey level of the paper itself
constexpr double most_softness = 2.5;           // px: small print runs together
constexpr double least_area = 0.2;              // of the picture
constexpr double least_long_side = 1000;        // px, of a picture that could give more: 85 dpi of an A4 sheet
constexpr double picture_could_give_more = 2e6; // pixels
constexpr double least_glare = 0.003;           // of the sheet

double length(PagePoint a, PagePoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

double long_side(const PageQuad& q) {
    return std::max(length(q[0], q[1]) + length(q[2], q[3]), length(q[1], q[2]) + length(q[3], q[0])) / 2;
}

double area(const PageQuad& q) {
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i)
        sum += q[i].x * q[(i + 1) % 4].y - q[i].y * q[(i + 1) % 4].x;
    return std::abs(sum) / 2;
}

int percentile(const cv::Mat& picture, const cv::Mat& mask, double part) {
    std::array<std::size_t, 256> count{};
    std::size_t all = 0;
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x)
            if (mask.at<std::uint8_t>(y, x) != 0) {
                ++count[picture.at<std::uint8_t>(y, x)];
                ++all;
            }
    std::size_t below = 0;
    for (int level = 0; level < 256; ++level) {
        below += count[static_cast<std::size_t>(level)];
        if (static_cast<double>(below) >= part * static_cast<double>(all)) return level;
    }
    return 255;
}

/// The largest spot that is as white as the camera knows, on paper that is not.
std::optional<PictureBox> mirrored_lamp(const cv::Mat& small, const cv::Mat& mask, double sheet_area, double scale) {
    if (percentile(small, mask, 0.5) > 228) return std::nullopt; // the paper itself is as white
    cv::Mat spots = (small >= 250) & mask, labels, stats, middles;
    const int count = cv::connectedComponentsWithStats(spots, labels, stats, middles);
    int largest = 0;
    for (int i = 1; i < count; ++i)
        if (largest == 0 || stats.at<int>(i, cv::CC_STAT_AREA) > stats.at<int>(largest, cv::CC_STAT_AREA)) largest = i;
    if (largest == 0 || stats.at<int>(largest, cv::CC_STAT_AREA) < least_glare * sheet_area) return std::nullopt;
    const auto scaled = [&](int value) { return static_cast<std::int32_t>(std::lround(value * scale)); };
    const int x = stats.at<int>(largest, cv::CC_STAT_LEFT), y = stats.at<int>(largest, cv::CC_STAT_TOP);
    return PictureBox{{scaled(x), scaled(y)},
                      {scaled(x + stats.at<int>(largest, cv::CC_STAT_WIDTH)) + 1,
                       scaled(y + stats.at<int>(largest, cv::CC_STAT_HEIGHT)) + 1}};
}

} // namespace

std::optional<double> softness(const GrayPicture& picture, const PageQuad& quad) {
    constexpr int tiles = 10, side = 40;
    std::vector<double> steepest;
    for (int row = 0; row < tiles; ++row)
        for (int column = 0; column < tiles; ++column) {
            const double u = 0.08 + 0.84 * (column + 0.5) / tiles, v = 0.08 + 0.84 * (row + 0.5) / tiles;
            const auto mix = [&](double PagePoint::*part) {
                return (quad[0].*part * (1 - u) + quad[1].*part * u) * (1 - v) +
                       (quad[3].*part * (1 - u) + quad[2].*part * u) * v;
            };
            const cv::Rect tile(static_cast<int>(mix(&PagePoint::x)) - side / 2,
                                static_cast<int>(mix(&PagePoint::y)) - side / 2, side, side);
            if ((tile & cv::Rect(0, 0, picture.width, picture.height)) != tile) continue;
            const cv::Mat full(picture.height, picture.width, CV_8UC1,
                               const_cast<std::uint8_t*>(picture.pixels.data()));
            cv::Mat soft, dx, dy, slope;
            cv::GaussianBlur(full(tile), soft, {3, 3}, 0.7);
            double low = 0, high = 0;
            cv::minMaxLoc(soft, &low, &high);
            if (high - low < 45) continue;
            cv::Sobel(soft, dx, CV_32F, 1, 0, 3, 0.125);
            cv::Sobel(soft, dy, CV_32F, 0, 1, 3, 0.125);
            cv::magnitude(dx, dy, slope);
            std::vector<float> all(slope.begin<float>(), slope.end<float>());
            const auto at = all.begin() + static_cast<std::ptrdiff_t>(all.size() * 98 / 100);
            std::nth_element(all.begin(), at, all.end());
            steepest.push_back(*at / (high - low));
        }
    if (steepest.size() < 4) return std::nullopt;
    const auto at = steepest.begin() + static_cast<std::ptrdiff_t>(steepest.size() * 3 / 4);
    std::nth_element(steepest.begin(), at, steepest.end());
    const double sigma = 0.4 / std::max(*at, 0.01); // the slope of a blurred step is 1 / (sigma √2π) of its height
    return sigma * std::min(1.0, full_page_side / std::max(long_side(quad), 1.0));
}

PageSeen judge_page(const GrayPicture& picture, const std::optional<PagePlace>& place) {
    const cv::Mat full(picture.height, picture.width, CV_8UC1, const_cast<std::uint8_t*>(picture.pixels.data()));
    const double scale = std::max(1.0, std::max(picture.width, picture.height) / small_side);
    cv::Mat small;
    cv::resize(full, small,
               cv::Size(std::max(1, static_cast<int>(picture.width / scale)),
                        std::max(1, static_cast<int>(picture.height / scale))),
               0, 0, cv::INTER_AREA);
    PageSeen seen;
    const auto add = [&](PageTrouble trouble, bool there) {
        if (there) seen.troubles.push_back(trouble);
    };
    add(PageTrouble::NoPage, !place);
    cv::Mat mask(small.size(), CV_8UC1, cv::Scalar(place ? 0 : 255));
    if (place) {
        std::vector<cv::Point> outline;
        seen.corners.emplace();
        for (std::size_t i = 0; i < 4; ++i) {
            const PagePoint& corner = place->quad[i];
            (*seen.corners)[i] = {static_cast<std::int32_t>(std::lround(corner.x)),
                                  static_cast<std::int32_t>(std::lround(corner.y))};
            outline.emplace_back(static_cast<int>(corner.x / scale), static_cast<int>(corner.y / scale));
        }
        cv::fillConvexPoly(mask, outline, cv::Scalar(255));
    }
    add(PageTrouble::TooDark, percentile(small, mask, 0.85) < dark_paper);
    if (!place) return seen;
    seen.glare = mirrored_lamp(small, mask, area(place->quad) / (scale * scale), scale);
    add(PageTrouble::Glare, seen.glare.has_value());
    const auto soft = softness(picture, place->quad);
    add(PageTrouble::Blurred, soft && *soft > most_softness);
    const double pixels = static_cast<double>(picture.width) * picture.height;
    add(PageTrouble::TooFar, area(place->quad) < least_area * pixels ||
                                 (pixels >= picture_could_give_more && long_side(place->quad) < least_long_side));
    add(PageTrouble::CutOff, place->cut_off);
    return seen;
}

} // namespace kiosk::decoder
