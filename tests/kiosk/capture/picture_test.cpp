// SPDX-License-Identifier: EUPL-1.2
// Pictures are judged by their content before a pixel is decoded.
#include "kiosk/decoder/picture_header.hpp"
#include "kiosk/decoder/pixels.hpp"
#include "tests/kiosk/capture/bombs.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace tests;
using kiosk::PictureFault;

namespace {

PictureFault refusal(const std::vector<std::byte>& bytes) {
    const auto decoded = kiosk::decoder::decode_picture(bytes);
    REQUIRE_FALSE(decoded.ok());
    return decoded.error();
}

} // namespace

TEST_CASE("picture: PNG and JPEG come back as they were drawn, whatever their name") {
    SeededChance chance(1);
    const GrayPicture drawn = picture_of_nothing(321, 123, chance);
    const auto png = kiosk::decoder::decode_picture(as_file(drawn, 0));
    REQUIRE(png.ok());
    CHECK(png.value().pixels == drawn.pixels);
    const auto jpeg = kiosk::decoder::decode_picture(as_file(drawn, 95));
    REQUIRE(jpeg.ok());
    CHECK(jpeg.value().width == 321);
    long difference = 0;
    for (std::size_t i = 0; i < drawn.pixels.size(); ++i)
        difference += std::abs(drawn.pixels[i] - jpeg.value().pixels[i]);
    CHECK(difference / static_cast<long>(drawn.pixels.size()) < 8);
}

TEST_CASE("picture: what is beyond the limits is refused for its reason, before it is decoded") {
    CHECK(refusal({}) == PictureFault::Empty);
    CHECK(refusal(some_bytes("GIF89a......................")) == PictureFault::UnknownType);
    CHECK(refusal(some_bytes("%PDF-1.7")) == PictureFault::UnknownType);
    CHECK(refusal(png_saying(20001, 10)) == PictureFault::TooManyPixels);
    CHECK(refusal(png_saying(20000, 2501)) == PictureFault::TooManyPixels);
    CHECK(refusal(png_saying(0, 10)) == PictureFault::BadHeader);
    CHECK(refusal(png_with_chunk("acTL", 8)) == PictureFault::Animated);
    CHECK(refusal(png_with_chunk("iCCP", (4u << 20) + 1)) == PictureFault::ProfileTooLarge);
    CHECK(refusal(jpeg_saying(65500, 65500)) == PictureFault::TooManyPixels);
    CHECK(refusal(jpeg_with_scans(101)) == PictureFault::TooManyScans);
    CHECK(refusal(jpeg_with_profile(5u << 20)) == PictureFault::ProfileTooLarge);
}

TEST_CASE("picture: cut short anywhere, it is no picture") {
    SeededChance chance(2);
    const GrayPicture drawn = picture_of_nothing(200, 100, chance);
    for (const int quality : {0, 80}) {
        const auto whole = as_file(drawn, quality);
        for (std::size_t keep = 0; keep + 3 < whole.size(); keep += whole.size() / 40 + 1) {
            CAPTURE(keep);
            CHECK_FALSE(kiosk::decoder::decode_picture(std::span(whole).first(keep)).ok());
        }
    }
}
