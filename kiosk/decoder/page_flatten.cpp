// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_flatten.hpp"

#include "kiosk/capture/page.hpp"
#include "kiosk/decoder/page_skew.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace kiosk::decoder {
namespace {

constexpr double a4 = 297.0 / 210.0;
constexpr double even_paper = 245; // grey level that paper becomes: white, and still a picture of paper
constexpr double most_gain = 3;    // a dark photograph on the paper stays dark

cv::Mat seen_as(const GrayPicture& picture) {
    return {picture.height, picture.width, CV_8UC1, const_cast<std::uint8_t*>(picture.pixels.data())};
}

struct PageSize {
    double across = 0, down = 0; ///< px of the page
    double dots = page_dots_per_inch;
};

PageSize size_of(const PageQuad& q, int picture_dots) {
    const auto length = [](PagePoint a, PagePoint b) { return std::hypot(a.x - b.x, a.y - b.y); };
    double across = (length(q[0], q[1]) + length(q[3], q[2])) / 2, down = (length(q[1], q[2]) + length(q[0], q[3])) / 2;
    if (picture_dots > 0) {
        const double scale = std::min(1.0, static_cast<double>(page_dots_per_inch) / picture_dots);
        return {across * scale, down * scale, picture_dots * scale};
    }
    // A camera sees a tilted sheet shortened: near the ratio of A4, it is that of A4.
    const double ratio = std::max(across, down) / std::min(across, down);
    if (ratio > a4 / 1.12 && ratio < a4 * 1.12) (across > down ? across : down) = std::min(across, down) * a4;
    const double longest = std::max(across, down), scale = std::min(1.0, full_page_side / longest);
    return {across * scale, down * scale, page_dots_per_inch * std::max(longest * scale, 1.0) / full_page_side};
}

/// Turned about the middle of the page by so many degrees, clockwise positive.
cv::Matx33d turned(double degrees, double across, double down) {
    const double angle = degrees * CV_PI / 180, c = std::cos(angle), s = std::sin(angle);
    const cv::Matx33d there(1, 0, across / 2, 0, 1, down / 2, 0, 0, 1),
        back(1, 0, -across / 2, 0, 1, -down / 2, 0, 0, 1);
    return there * cv::Matx33d(c, -s, 0, s, c, 0, 0, 0, 1) * back;
}

/// Each pixel divided by the paper around it, which is what stays when everything dark and small is taken away.
void even_out(cv::Mat& page) {
    cv::Mat small, paper;
    const double shrink = 8;
    cv::resize(page, small, {}, 1 / shrink, 1 / shrink, cv::INTER_AREA);
    cv::morphologyEx(small, small, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {13, 13}));
    cv::GaussianBlur(small, small, {0, 0}, 4);
    cv::resize(small, paper, page.size(), 0, 0, cv::INTER_LINEAR);
    for (int y = 0; y < page.rows; ++y) {
        std::uint8_t* const row = page.ptr<std::uint8_t>(y);
        const std::uint8_t* const light = paper.ptr<std::uint8_t>(y);
        for (int x = 0; x < page.cols; ++x) {
            const double gain = std::min(most_gain, even_paper / std::max<double>(light[x], 1));
            row[x] = cv::saturate_cast<std::uint8_t>(row[x] * gain);
        }
    }
}

} // namespace

FlatPage flattened(const GrayPicture& picture, const PageQuad& quad, int picture_dots, int turns) {
    PageSize size = size_of(quad, picture_dots);
    const double too_long = std::max(size.across, size.down) / longest_page_side;
    if (too_long > 1) size = {size.across / too_long, size.down / too_long, size.dots / too_long};
    const cv::Size pixels(std::max(16, static_cast<int>(std::lround(size.across))),
                          std::max(16, static_cast<int>(std::lround(size.down))));

    // Shrinking must not skip pixels: a picture with far more of them is halved first.
    cv::Mat source = seen_as(picture), halved;
    double reduced = 1;
    const double longest = std::max(std::hypot(quad[0].x - quad[1].x, quad[0].y - quad[1].y),
                                    std::hypot(quad[1].x - quad[2].x, quad[1].y - quad[2].y));
    while (longest / reduced > 2 * std::max(pixels.width, pixels.height)) {
        cv::resize(source, halved, cv::Size(source.cols / 2, source.rows / 2), 0, 0, cv::INTER_AREA);
        source = halved;
        halved = cv::Mat();
        reduced *= 2;
    }
    std::array<cv::Point2f, 4> from, to;
    const auto w = static_cast<float>(pixels.width), h = static_cast<float>(pixels.height);
    to = {cv::Point2f(-0.5f, -0.5f), {w - 0.5f, -0.5f}, {w - 0.5f, h - 0.5f}, {-0.5f, h - 0.5f}};
    for (std::size_t i = 0; i < 4; ++i)
        from[i] =
            cv::Point2f(static_cast<float>(quad[i].x / reduced - 0.5), static_cast<float>(quad[i].y / reduced - 0.5));
    const cv::Matx33d straight = cv::getPerspectiveTransform(from, to);

    cv::Mat page;
    cv::warpPerspective(source, page, straight, pixels, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    if (const double skew = skew_of(page); skew != 0)
        cv::warpPerspective(source, page, turned(skew, w, h) * straight, pixels, cv::INTER_LINEAR,
                            cv::BORDER_REPLICATE);
    even_out(page);
    if (turns > 0)
        cv::rotate(page, page,
                   turns == 1   ? cv::ROTATE_90_CLOCKWISE
                   : turns == 2 ? cv::ROTATE_180
                                : cv::ROTATE_90_COUNTERCLOCKWISE);

    FlatPage flat;
    flat.picture = GrayPicture(page.cols, page.rows);
    for (int y = 0; y < page.rows; ++y)
        std::copy_n(page.ptr<std::uint8_t>(y), page.cols, flat.picture.row(y));
    flat.dots_per_inch = static_cast<std::uint16_t>(std::clamp(std::lround(size.dots), 1l, 1200l));
    return flat;
}

} // namespace kiosk::decoder
