// SPDX-License-Identifier: EUPL-1.2
// Straight edges in a picture, and how much of each looks like the edge of a sheet.
#pragma once
#include <opencv2/core.hpp>

#include <vector>

namespace kiosk::decoder {

/// A line x·cos + y·sin = rho, and along it, in steps of one pixel, what was seen so far from its beginning. "Plus" is
/// the side its normal points to.
struct EdgeLine {
    double cosine = 1, sine = 0, rho = 0;
    double first = 0;                                 ///< where the sums begin, along (−sin, cos), in pixels
    std::vector<float> brighter_plus, brighter_minus; ///< steps with a clear step of brightness, summed up
    std::vector<float> furrow; ///< steps on a thin dark line without one: white sheet on white table
    std::vector<float> inside; ///< steps that lie in the picture at all

    [[nodiscard]] double along(cv::Point2d point) const { return -sine * point.x + cosine * point.y - first; }
};

/// A line's share, between two places along it, of steps that lie in the picture and of what was seen there (0 … 1).
struct EdgeShare {
    double in_picture = 0, brighter_plus = 0, brighter_minus = 0, furrow = 0;
};
[[nodiscard]] EdgeShare share_between(const EdgeLine& line, double from, double to);

/// The straightest edges of a grey picture (8 bits, at most some 700 px long), longest first, at most `most`.
[[nodiscard]] std::vector<EdgeLine> find_edge_lines(const cv::Mat& picture, std::size_t most);

} // namespace kiosk::decoder
