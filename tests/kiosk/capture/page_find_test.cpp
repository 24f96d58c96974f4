// SPDX-License-Identifier: EUPL-1.2
// Where a sheet lies, and what a person is told about its picture.
#include "kiosk/decoder/page_find.hpp"
#include "kiosk/decoder/page_flatten.hpp"
#include "kiosk/decoder/page_judge.hpp"
#include "tests/kiosk/capture/sheets.hpp"

#include <doctest/doctest.h>

using namespace tests;
using namespace kiosk::decoder;
using kiosk::PageTrouble;

namespace {

constexpr std::uint64_t test_seeds = 8'000'000; // neither for tuning nor for measuring

Corners corners_of(const PageQuad& quad) {
    Corners corners{};
    for (std::size_t i = 0; i < 4; ++i)
        corners[i] = {quad[i].x, quad[i].y};
    return corners;
}

/// How many of `pictures` have all corners within 2 % of the sheet's longer side.
int found(Trouble trouble, int pictures) {
    int right = 0;
    for (int i = 0; i < pictures; ++i) {
        SeededChance chance(test_seeds + 100'000 * static_cast<std::uint64_t>(trouble) + static_cast<std::uint64_t>(i));
        const DrawnSheet drawn = sheet_on_a_table(trouble, 1200, 900, chance);
        const auto place = find_page(drawn.picture);
        if (place && corner_error(drawn.corners, corners_of(place->quad)) <= 0.02) ++right;
    }
    return right;
}

/// A sheet on a dark table that fills most of a picture of 5 megapixels.
GrayPicture good_picture() {
    SeededChance chance(test_seeds + 42);
    Damage damage;
    damage.fill = 0.92;
    damage.degrees = 3;
    damage.noise = 2;
    return photographed(letter(chance), 1900, 2500, damage, chance);
}

kiosk::PageSeen judged(const GrayPicture& picture) { return judge_page(picture, find_page(picture)); }

} // namespace

TEST_CASE("sheet: found on a table, in shadow, under a hand, in little light, with a lamp in it, among other things") {
    for (const Trouble trouble :
         {Trouble::Nothing, Trouble::Shadow, Trouble::Hand, Trouble::DarkLight, Trouble::Glare, Trouble::Clutter}) {
        CAPTURE(name_of(trouble));
        CHECK(found(trouble, 6) >= 5);
    }
}

TEST_CASE("sheet: mostly found on other sheets and on a white table") {
    for (const Trouble trouble : {Trouble::OtherSheets, Trouble::WhiteTable}) {
        CAPTURE(name_of(trouble));
        CHECK(found(trouble, 8) >= 5);
    }
}

TEST_CASE("sheet: an empty table, a picture of one grey and a very small picture have none") {
    CHECK_FALSE(find_page(GrayPicture(800, 600, 0)));
    CHECK_FALSE(find_page(GrayPicture(800, 600, 255)));
    CHECK_FALSE(find_page(GrayPicture(20, 20, 90)));
    CHECK_FALSE(find_page(GrayPicture(20000, 1, 90)));
    CHECK_FALSE(find_page(GrayPicture(20000, 70, 90)));
    int none = 0;
    for (int i = 0; i < 10; ++i) {
        SeededChance chance(test_seeds + 5'000'000 + static_cast<std::uint64_t>(i));
        none += find_page(table_without_sheet(1200, 900, chance)) ? 0 : 1;
    }
    CHECK(none >= 7);
}

TEST_CASE("sheet: a good picture has nothing to be told") { CHECK(judged(good_picture()).troubles.empty()); }

TEST_CASE("sheet: what is wrong with a picture is told by name") {
    const GrayPicture good = good_picture();
    CHECK(judged(blurred(good, 4)).has(PageTrouble::Blurred));

    GrayPicture dark = good;
    for (std::uint8_t& pixel : dark.pixels)
        pixel = static_cast<std::uint8_t>(pixel / 4);
    CHECK(judged(dark).has(PageTrouble::TooDark));

    GrayPicture far(1900, 2500, 40);
    draw_onto(far, half_size(half_size(good)), 600, 900);
    CHECK(judged(far).has(PageTrouble::TooFar));

    GrayPicture lamp = good;
    for (std::uint8_t& pixel : lamp.pixels)
        pixel = static_cast<std::uint8_t>(pixel * 4 / 5);
    for (int y = 1000; y < 1250; ++y)
        for (int x = 800; x < 1100; ++x)
            lamp.row(y)[x] = 255;
    const auto seen = judged(lamp);
    CHECK(seen.has(PageTrouble::Glare));
    REQUIRE(seen.glare);
    CHECK(seen.glare->from.x == doctest::Approx(800).epsilon(0.02));
    CHECK(seen.glare->to.y == doctest::Approx(1250).epsilon(0.02));

    CHECK(judged(GrayPicture(800, 600, 20)).troubles == std::vector{PageTrouble::NoPage, PageTrouble::TooDark});
}

TEST_CASE("page: print that lies askew on the sheet is turned level, uneven light is evened") {
    SeededChance chance(test_seeds + 77);
    const GrayPicture paper = letter(chance);
    Damage damage;
    damage.degrees = 3;
    damage.fill = 0.9;
    damage.shadow = 0.5;
    const GrayPicture scanned = photographed(paper, 1654, 2339, damage, chance);
    // The whole picture as a page: its print is askew by three degrees.
    const double w = scanned.width, h = scanned.height;
    const PageQuad whole = {{{0, 0}, {w, 0}, {w, h}, {0, h}}};
    const FlatPage flat = flattened(scanned, whole, 200, 0);
    CHECK(flat.dots_per_inch == 200);
    CHECK(flat.picture.width == 1654);
    // Level print has rows that are full and rows that are empty: between the letters of a line and the next.
    const auto unevenness = [](const GrayPicture& picture) {
        double sum = 0, last = 0;
        for (int y = picture.height / 4; y < picture.height * 3 / 4; ++y) {
            double ink = 0;
            for (int x = picture.width / 4; x < picture.width * 3 / 4; ++x)
                ink += 255 - picture.at(x, y);
            sum += std::abs(ink - last);
            last = ink;
        }
        return sum;
    };
    CHECK(unevenness(flat.picture) > 2 * unevenness(scanned));
    const FlatPage turned = flattened(scanned, whole, 200, 1);
    CHECK(turned.picture.width == flat.picture.height);
    CHECK(turned.picture.at(turned.picture.width - 1 - 500, 700) == flat.picture.at(700, 500));
}
