// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/warm.hpp"

#include "kiosk/decoder/codes.hpp"
#include "kiosk/decoder/page_job.hpp"

#include <cstdio>

#include <opencv2/core.hpp>

namespace kiosk::decoder {

void be_silent() {
    // Tesseract and Leptonica write there by themselves, and writing there would be the end of a locked-in process.
    const cookie_io_functions_t nowhere{
        .read = nullptr,
        .write = [](void*, const char*, std::size_t size) { return static_cast<ssize_t>(size); },
        .seek = nullptr,
        .close = nullptr};
    if (std::FILE* const sink = ::fopencookie(nullptr, "w", nowhere)) stderr = sink;
}

void warm_up() {
    cv::setNumThreads(0); // this process can start no thread once it is locked in
    GrayPicture picture(320, 240, 255);
    for (int y = 60; y < 180; ++y)
        for (int x = 40; x < 280; ++x)
            picture.row(y)[x] = (x * 7 / 20) % 3 == 0 ? 0 : 255;
    (void)find_codes(picture, half_size(picture));

    GrayPicture sheet(640, 480, 40);
    for (int y = 20; y < 460; ++y)
        for (int x = 160; x < 480; ++x)
            sheet.row(y)[x] = static_cast<std::uint8_t>(y % 16 < 5 && x > 200 && x < 440 && x % 11 > 3 ? 60 : 220);
    (void)make_page(sheet, {});
}

} // namespace kiosk::decoder
