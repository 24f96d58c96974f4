// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_skew.hpp"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <memory>

#include <leptonica/allheaders.h>

namespace kiosk::decoder {
namespace {

constexpr float least_trust = 4; // of Leptonica: steepest against flattest profile
constexpr float least_turn = 0.1f, most_turn = 6;

struct Destroy {
    void operator()(PIX* pix) const noexcept { pixDestroy(&pix); }
};

} // namespace

double skew_of(const cv::Mat& page) {
    cv::Mat ink;
    cv::adaptiveThreshold(page, ink, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV, 31, 18);
    // The border of the sheet is no print.
    const int margin_x = ink.cols / 30, margin_y = ink.rows / 30;
    const std::unique_ptr<PIX, Destroy> bits(pixCreate(ink.cols, ink.rows, 1));
    if (!bits) return 0;
    for (int y = margin_y; y < ink.rows - margin_y; ++y) {
        const std::uint8_t* const row = ink.ptr<std::uint8_t>(y);
        l_uint32* const line = pixGetData(bits.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(bits.get());
        for (int x = margin_x; x < ink.cols - margin_x; ++x)
            if (row[x] != 0) SET_DATA_BIT(line, x);
    }
    l_float32 degrees = 0, trust = 0;
    if (pixFindSkew(bits.get(), &degrees, &trust) != 0 || trust < least_trust) return 0;
    return std::abs(degrees) < least_turn || std::abs(degrees) > most_turn ? 0 : degrees;
}

} // namespace kiosk::decoder
