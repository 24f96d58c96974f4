// SPDX-License-Identifier: EUPL-1.2
// Bar codes in pictures: found at any rotation, several at once, and nothing where there is nothing.
#include "kiosk/decoder/codes.hpp"
#include "tests/kiosk/capture/measuring_set.hpp"

#include <doctest/doctest.h>

using namespace tests;
using kiosk::Symbology;

namespace {

std::vector<kiosk::CodeFound> codes_in(const GrayPicture& picture) {
    return kiosk::decoder::find_codes(picture, kiosk::decoder::half_size(picture));
}

/// A card as wide as 1300 px with the codice fiscale in Code 39.
GrayPicture health_card(std::string_view code) {
    GrayPicture card(1370, 864, 235);
    draw_print(card, "TESSERA EUROPEA DI ASSICURAZIONE MALATTIA", 60, 80, 32, 60);
    draw_print(card, "COGNOME  ROSSI   NOME  MARIO", 60, 300, 36, 40);
    draw_onto(card, drawn_code(Symbology::Code39, code, 4), 60, 480);
    return card;
}

} // namespace

TEST_CASE("bar codes: a picture without damage gives back what was drawn, in each symbology") {
    for (const auto& [symbology, bytes] :
         {std::pair(Symbology::Code39, "RSSMRA80A01H501U"), std::pair(Symbology::Code128, "RSSMRA80A01H501U"),
          std::pair(Symbology::QrCode, "SPORTELLO:1:A-00042:x"),
          std::pair(Symbology::DataMatrix, "DC02FR000001123F1636"), std::pair(Symbology::Pdf417, "PERMESSO 123 ABC"),
          std::pair(Symbology::Aztec, "BIGLIETTO 12")}) {
        GrayPicture paper(1280, 960, 240);
        draw_onto(paper, drawn_code(symbology, bytes, 4), 100, 100);
        const auto found = codes_in(paper);
        CAPTURE(name_of(symbology));
        REQUIRE(found.size() == 1);
        CHECK(found[0].symbology == symbology);
        CHECK(found[0].bytes == bytes);
        CHECK(found[0].corners[0].x > 90);
        CHECK(found[0].corners[2].x < 1200);
    }
}

TEST_CASE("bar codes: a health card is read at every angle") {
    SeededChance chance(4);
    for (int degrees = 0; degrees < 360; degrees += 15) {
        const GrayPicture frame =
            photographed(health_card("RSSMRA80A01H501U"), 1920, 1080,
                         {.degrees = degrees * 1.0, .fill = 0.95, .blur = 0.5, .noise = 2}, chance);
        const auto found = codes_in(frame);
        CAPTURE(degrees);
        REQUIRE(found.size() == 1);
        CHECK(found[0].bytes == "RSSMRA80A01H501U");
    }
}

TEST_CASE("bar codes: several on one paper are all found, each once") {
    GrayPicture paper(1600, 1200, 245);
    draw_onto(paper, drawn_code(Symbology::QrCode, "PAGOPA|002|001340000013900808|12345678901|5000", 5), 60, 60);
    draw_onto(paper, drawn_code(Symbology::Code128, "80380003001234567893", 3), 600, 100);
    draw_onto(paper, drawn_code(Symbology::DataMatrix, "SECOND", 6), 700, 700);
    auto found = codes_in(paper);
    CHECK(found.size() == 3);
}

// Of the tuning pictures, those that were missed: print and edges of the paper within ten modules, blur, any way up.
TEST_CASE("bar codes: print and edges close beside a code do not hide it") {
    for (const auto& [symbology, number] :
         {std::pair(Symbology::Pdf417, 37u), std::pair(Symbology::Pdf417, 68u), std::pair(Symbology::Pdf417, 172u),
          std::pair(Symbology::DataMatrix, 116u), std::pair(Symbology::DataMatrix, 133u),
          std::pair(Symbology::Aztec, 43u), std::pair(Symbology::Aztec, 110u)}) {
        const auto picture = measured_picture(SeedUse::Tuning, Hardness::Moderate, symbology, number);
        const auto found = codes_in(picture.frame);
        CAPTURE(name_of(symbology));
        CAPTURE(number);
        REQUIRE(found.size() == 1);
        CHECK(found[0].bytes == picture.bytes);
    }
}

TEST_CASE("bar codes: where there is none, none is seen") {
    for (std::uint64_t seed = 0; seed < 24; ++seed) {
        SeededChance chance(900 + seed);
        const auto found = codes_in(picture_of_nothing(960, 640, chance));
        CAPTURE(seed);
        CHECK(found.empty());
    }
}

TEST_CASE("bar codes: tiny and odd pictures are looked at without harm") {
    for (const auto& [width, height] :
         {std::pair(1, 1), std::pair(1, 500), std::pair(500, 1), std::pair(17, 15), std::pair(33, 3)})
        CHECK(codes_in(GrayPicture(width, height, 90)).empty());
}
