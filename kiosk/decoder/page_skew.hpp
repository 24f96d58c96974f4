// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <opencv2/core.hpp>

namespace kiosk::decoder {

/// By how many degrees, clockwise, a page must be turned for its lines of print to lie level; 0 where they do, where
/// there are none, or where the answer is not to be trusted. Up to 6 degrees either way.
[[nodiscard]] double skew_of(const cv::Mat& page);

} // namespace kiosk::decoder
