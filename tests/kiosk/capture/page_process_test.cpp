// SPDX-License-Identifier: EUPL-1.2
// Pages and their words, through the real decoder process.
#include "kiosk/capture/decoder_process.hpp"
#include "kiosk/capture/page_jpeg.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

using namespace tests;
using namespace std::chrono_literals;
using kiosk::Decoders;
using kiosk::PageArea;
using kiosk::PaperLanguage;
using Kind = kiosk::ReadFault::Kind;

namespace {

/// An A4 sheet at 200 dpi with a few lines of print.
GrayPicture sheet() {
    GrayPicture paper(1654, 2339, 245);
    int y = 300;
    for (const std::string_view line : {"Domanda di assistenza economica", "La sottoscritta chiede un contributo",
                                        "per le spese di riscaldamento", "dichiara di essere residente nel comune"}) {
        draw_print(paper, line, 200, y, 44, 20);
        y += 120;
    }
    return paper;
}

GrayPicture on_a_table(const GrayPicture& paper) {
    SeededChance chance(77);
    Damage damage;
    damage.degrees = 4;
    damage.perspective = 0.02;
    damage.fill = 0.9;
    return photographed(paper, 2400, 3000, damage, chance);
}

kiosk::Pixels pixels_of(const GrayPicture& picture, std::uint8_t channels) {
    kiosk::Pixels pixels{
        static_cast<std::uint32_t>(picture.width), static_cast<std::uint32_t>(picture.height), channels, {}};
    for (const std::uint8_t value : picture.pixels)
        pixels.bytes.insert(pixels.bytes.end(), channels, value);
    return pixels;
}

bool has(const kiosk::PageText& text, std::string_view word) {
    return std::any_of(text.words.begin(), text.words.end(),
                       [&](const kiosk::PageWord& one) { return one.text == word; });
}

} // namespace

TEST_CASE("page: a photographed sheet becomes a grey page of A4 at 200 dpi, and its words are read") {
    Decoders decoders(SPORTELLO_DECODER);
    const auto page = decoders.page(pixels_of(on_a_table(sheet()), 3));
    REQUIRE(page.ok());
    const auto& made = page.value();
    CHECK(made.seen.troubles.empty());
    CHECK(made.dots_per_inch == 200);
    CHECK(made.width == doctest::Approx(1654).epsilon(0.02));
    CHECK(made.height == 2339);
    CHECK(made.jpeg.size() < 200'000);
    const auto jpeg = kiosk::read_page_jpeg(made.jpeg);
    REQUIRE(jpeg);
    CHECK(jpeg->width == made.width);

    const auto text = decoders.text_of(made, {PaperLanguage::Italian});
    REQUIRE(text.ok());
    for (const char* const word : {"assistenza", "contributo", "riscaldamento", "residente"})
        CHECK(has(text.value(), word));
}

TEST_CASE("page: without a sheet nothing is cut, and the whole picture can be taken") {
    Decoders decoders(SPORTELLO_DECODER);
    const GrayPicture table(800, 600, 90);
    const auto none = decoders.page(as_file(table, 85));
    REQUIRE(none.ok());
    CHECK(none.value().jpeg.empty());
    CHECK(none.value().seen.has(kiosk::PageTrouble::NoPage));
    const auto whole = decoders.page(as_file(table, 85), {.area = PageArea::Whole, .dots_per_inch = 100, .turns = 1});
    REQUIRE(whole.ok());
    CHECK(whole.value().width == 600);
    CHECK(whole.value().height == 800);
    CHECK(whole.value().dots_per_inch == 100);
}

TEST_CASE("page: corners set by a person are obeyed, impossible ones refused") {
    Decoders decoders(SPORTELLO_DECODER);
    const auto file = as_file(GrayPicture(800, 600, 90), 0);
    kiosk::PageWish wish{.area = PageArea::Corners, .corners = {{{100, 50}, {500, 50}, {500, 550}, {100, 550}}}};
    const auto page = decoders.page(file, wish);
    REQUIRE(page.ok());
    CHECK(page.value().seen.corners == wish.corners);
    for (const kiosk::PictureCorners& impossible :
         {kiosk::PictureCorners{}, kiosk::PictureCorners{{{100, 50}, {500, 550}, {500, 50}, {100, 550}}},
          kiosk::PictureCorners{{{100, 50}, {100, 550}, {500, 550}, {500, 50}}},
          kiosk::PictureCorners{{{-9000, 50}, {500, 50}, {500, 550}, {100, 550}}}}) {
        wish.corners = impossible;
        const auto refused = decoders.page(file, wish);
        REQUIRE_FALSE(refused.ok());
        CHECK(kiosk::name_of(refused.error()) == "bad-corners");
    }
}

TEST_CASE("page: pixels that are not as many as they say are refused, and the next page is made") {
    Decoders decoders(SPORTELLO_DECODER);
    kiosk::Pixels lying{1000, 1000, 3, std::vector<std::uint8_t>(1000)};
    auto refused = decoders.page(lying);
    REQUIRE_FALSE(refused.ok());
    CHECK(kiosk::name_of(refused.error()) == "wrong-size");
    lying.width = 60000;
    refused = decoders.page(lying);
    REQUIRE_FALSE(refused.ok());
    CHECK(kiosk::name_of(refused.error()) == "too-many-pixels");
    CHECK(decoders.page(pixels_of(GrayPicture(300, 200, 90), 1), {.area = PageArea::Whole}).ok());
}

TEST_CASE("page: 50 megapixels in three colours fit into the decoder's memory and time") {
    Decoders decoders(SPORTELLO_DECODER);
    kiosk::Pixels large{8000, 6250, 3, std::vector<std::uint8_t>(150'000'000, 200)};
    for (std::size_t y = 500; y < 5500; ++y)
        std::fill_n(large.bytes.begin() + static_cast<std::ptrdiff_t>((y * 8000 + 2000) * 3), 3600 * 3,
                    std::uint8_t{60});
    const auto page = decoders.page(large);
    REQUIRE(page.ok());
    CHECK_FALSE(page.value().jpeg.empty());
    CHECK(decoders.read(large).ok());
}

TEST_CASE("page: an interrupted look ends at once, and the next one is done") {
    Decoders decoders(SPORTELLO_DECODER);
    const auto page = decoders.page(as_file(GrayPicture(800, 600, 90), 0), {.area = PageArea::Whole});
    REQUIRE(page.ok());
    decoders.interrupt(); // before it begins: touches nothing
    CHECK(decoders.text_of(page.value(), {PaperLanguage::French}).ok());
    std::thread other([&] {
        std::this_thread::sleep_for(100ms);
        decoders.interrupt();
    });
    kiosk::PagePicture long_to_read = page.value();
    const auto text = decoders.page(pixels_of(GrayPicture(7000, 7000, 200), 3));
    other.join();
    CHECK((text.ok() || text.error().kind == Kind::Stopped));
    CHECK(decoders.page(as_file(GrayPicture(800, 600, 90), 0)).ok());
}

TEST_CASE("page: whose words take too long is a page without words, and the next one has them") {
    Decoders hasty(SPORTELLO_DECODER, {.text = 1ms});
    const auto page = hasty.page(as_file(sheet(), 80), {.area = PageArea::Whole, .dots_per_inch = 200});
    REQUIRE(page.ok());
    const auto text = hasty.text_of(page.value(), {PaperLanguage::Italian});
    REQUIRE_FALSE(text.ok());
    CHECK(text.error().kind == Kind::TimedOut);
    Decoders patient(SPORTELLO_DECODER);
    const auto again = patient.text_of(page.value(), {PaperLanguage::Italian});
    REQUIRE(again.ok());
    CHECK(has(again.value(), "assistenza"));
}
