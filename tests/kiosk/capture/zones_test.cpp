// SPDX-License-Identifier: EUPL-1.2
// Machine-readable zones in pictures: exact at any rotation, and never somebody else.
#include "kiosk/capture/document.hpp"
#include "kiosk/decoder/mrz_read.hpp"
#include "tests/kiosk/capture/papers.hpp"

#include <doctest/doctest.h>

using namespace tests;
using kiosk::MrzFormat;
using Lines = std::vector<std::string>;

namespace {

const forms::PartialDate today{2026, 11, 22};

Lines read(const GrayPicture& picture) {
    const auto found = kiosk::decoder::read_mrz_of(picture, kiosk::decoder::half_size(picture));
    return found ? found->lines : Lines{};
}

kiosk::decoder::GlyphScores certain(char letter) {
    kiosk::decoder::GlyphScores scores{};
    scores.fill(-12);
    scores[kiosk::decoder::glyph_letters.find(letter)] = -0.001f;
    return scores;
}
std::vector<std::vector<kiosk::decoder::GlyphScores>> certain(const Lines& lines) {
    std::vector<std::vector<kiosk::decoder::GlyphScores>> all;
    for (const std::string& line : lines) {
        all.emplace_back();
        for (const char letter : line)
            all.back().push_back(certain(letter));
    }
    return all;
}
/// As if the eye had taken `seen` for what is `other`, with some doubt.
void mistake(kiosk::decoder::GlyphScores& scores, char seen, char other, float doubt) {
    scores.fill(-12);
    scores[kiosk::decoder::glyph_letters.find(seen)] = -0.1f;
    scores[kiosk::decoder::glyph_letters.find(other)] = -0.1f - doubt;
}

const Lines utopia = {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};

} // namespace

TEST_CASE("zones: the specimens are read exactly, every 15 degrees") {
    for (const Lines& lines :
         {utopia,
          Lines{"I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"},
          Lines{"C<ITACA00000AA4<<<<<<<<<<<<<<<", "6412308F2212304ITA<<<<<<<<<<<0", "ROSSI<<BIANCA<<<<<<<<<<<<<<<<<"},
          Lines{"I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"},
          Lines{"P<ITAROSSI<<MARIO<<<<<<<<<<<<<<<<<<<<<<<<<<<", "YA99999995ITA8001014M3401011<<<<<<<<<<<<<<<2"}}) {
        SeededChance chance(31);
        CAPTURE(lines[0]);
        const GrayPicture paper = paper_with_zone(lines, chance);
        for (int degrees = 0; degrees < 360; degrees += 15) {
            CAPTURE(degrees);
            CHECK(read(photographed(paper, 1920, 1080, {.degrees = degrees * 1.0, .fill = 0.9, .blur = 0.4, .noise = 2},
                                    chance)) == lines);
        }
    }
}

// At some angles a line of these is cut a little beside its letters (kiosk/decoder/README.md, Limits).
TEST_CASE("zones: a specimen that is not read exactly at some angle is never read as somebody else there") {
    for (const Lines& lines :
         {Lines{"C<ITACA99999ZZ5<<<<<<<<<<<<<<<", "8001014M3401011ITA<<<<<<<<<<<2", "ROSSI<<MARIO<<<<<<<<<<<<<<<<<<"},
          Lines{"IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"}}) {
        SeededChance chance(31);
        const GrayPicture paper = paper_with_zone(lines, chance);
        int exact = 0;
        for (int degrees = 0; degrees < 360; degrees += 15) {
            CAPTURE(lines[0]);
            CAPTURE(degrees);
            const Lines seen = read(photographed(
                paper, 1920, 1080, {.degrees = degrees * 1.0, .fill = 0.9, .blur = 0.4, .noise = 2}, chance));
            exact += seen == lines ? 1 : 0;
            if (seen.empty()) continue;
            REQUIRE(seen.size() == lines.size());
            for (std::size_t line = 0; line < lines.size(); ++line) {
                REQUIRE(seen[line].size() == lines[line].size());
                for (std::size_t column = 0; column < lines[line].size(); ++column)
                    CHECK((seen[line][column] == lines[line][column] || seen[line][column] == '?'));
            }
        }
        CHECK(exact >= 22); // of 24
    }
}

TEST_CASE("zones: a picture without a zone has none") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        SeededChance chance(7000 + seed);
        CAPTURE(seed);
        CHECK(read(picture_of_nothing(1280, 720, chance)).empty());
    }
    for (const auto& [width, height] : {std::pair(1, 1), std::pair(3, 900), std::pair(900, 3), std::pair(40, 40)})
        CHECK(read(GrayPicture(width, height, 128)).empty());
}

TEST_CASE("zones: one letter mistaken is put right by the check digits, when only one way fits") {
    auto scores = certain(utopia);
    mistake(scores[1][1], 'B', '8', 2);
    const auto reading = kiosk::decoder::decide(scores);
    REQUIRE(reading.has_value());
    CHECK(reading->lines == utopia);
}

TEST_CASE("zones: where two ways fit, nothing is chosen and the field stays empty") {
    auto scores = certain(utopia);
    mistake(scores[1][1], 'B', '8', 2);                            // right: L8…
    scores[1][1][kiosk::decoder::glyph_letters.find('I')] = -2.1f; // worth the same for every check digit
    scores[1][1][kiosk::decoder::glyph_letters.find('S')] = -2.1f;
    const auto reading = kiosk::decoder::decide(scores);
    REQUIRE(reading.has_value());
    const auto mrz = kiosk::read_mrz(reading->lines, today);
    REQUIRE(mrz.has_value());
    CHECK(mrz->number.empty());
    CHECK(mrz->birth.has_value());
}

TEST_CASE("zones: of two ways to put a check right, one far likelier than the other is taken") {
    auto scores = certain(utopia);
    mistake(scores[1][1], 'B', '8', 0.1f);                      // hardly told apart
    scores[1][1][kiosk::decoder::glyph_letters.find('I')] = -5; // worth the same as 8 for every check digit
    const auto reading = kiosk::decoder::decide(scores);
    REQUIRE(reading.has_value());
    CHECK(reading->lines == utopia);
}

TEST_CASE("zones: a faint filler behind the names is a filler, one among them may be a letter") {
    auto scores = certain(utopia);
    mistake(scores[0][40], '<', 'K', 0.1f);
    auto reading = kiosk::decoder::decide(scores);
    REQUIRE(reading.has_value());
    CHECK(reading->lines == utopia);
    mistake(scores[0][19], '<', 'K', 0.1f); // between ANNA and MARIA
    reading = kiosk::decoder::decide(scores);
    REQUIRE(reading.has_value());
    CHECK(reading->lines[0][19] == '?');
}

TEST_CASE("zones: a name that is not seen clearly is left out, not guessed") {
    auto scores = certain(utopia);
    mistake(scores[0][7], 'I', 'T', 0.1f);
    const auto reading = kiosk::decoder::decide(scores);
    REQUIRE(reading.has_value());
    CHECK(reading->lines[0][7] == '?');
    CHECK(kiosk::read_mrz(reading->lines, today)->family.empty());
}

TEST_CASE("document: bar code and zone of a card are compared, and a stranger's code is a conflict") {
    const Lines card = {"C<ITACA99999ZZ5<<<<<<<<<<<<<<<", "8001014M3401011ITA<<<<<<<<<<<2",
                        "ROSSI<<MARIO<<<<<<<<<<<<<<<<<<"};
    kiosk::Readout readout{.width = 10,
                           .height = 10,
                           .codes = {{kiosk::Symbology::Code39, "RSSMRA80A01H501U", {}}},
                           .mrz = kiosk::MrzFound{card, {}}};
    const auto good = kiosk::understand(readout, today);
    CHECK(good.kind == kiosk::DocumentKind::ItalianCard);
    REQUIRE(good.person.has_value());
    CHECK(good.person->fiscal_code == "RSSMRA80A01H501U");
    CHECK(good.person->family == "ROSSI");
    CHECK(good.person->document_number == "CA99999ZZ");
    CHECK(good.conflicts.empty());
    readout.codes[0].bytes = "KVLLNO85L55Z138J";
    const auto bad = kiosk::understand(readout, today);
    CHECK_FALSE(bad.person.has_value());
    CHECK(bad.conflicts == std::vector{kiosk::Conflict::BirthDate, kiosk::Conflict::Name});
}
