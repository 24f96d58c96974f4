// SPDX-License-Identifier: EUPL-1.2
// The text of machine-readable zones: fields, checks, and nothing guessed.
#include "kiosk/capture/mrz.hpp"

#include <doctest/doctest.h>

using namespace kiosk;

namespace {

const forms::PartialDate today{2026, 11, 22};
using Lines = std::vector<std::string>;

const Lines utopia_card = {"I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                           "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"};
const Lines utopia_passport = {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                               "L898902C36UTO7408122F1204159ZE184226B<<<<<10"};

Mrz read(const Lines& lines) {
    auto mrz = read_mrz(lines, today);
    REQUIRE(mrz.has_value());
    return *mrz;
}
bool right(const Mrz& mrz, MrzCheck::What what) {
    for (const MrzCheck& check : mrz.checks)
        if (check.what == what) return check.right;
    FAIL("no such check");
    return false;
}

} // namespace

TEST_CASE("mrz: the specimens of ICAO and of the Italian cards are read field by field, all checks right") {
    const Mrz card = read(utopia_card);
    CHECK(card.format == MrzFormat::Td1);
    CHECK(card.all_checks_right());
    CHECK(card.number == "D23145890");
    CHECK(card.family == "ERIKSSON");
    CHECK(card.given == "ANNA MARIA");
    CHECK(card.birth == forms::PartialDate{1974, 8, 12});
    CHECK(card.expiry == forms::PartialDate{2012, 4, 15});
    CHECK(card.sex == "F");
    const Mrz passport = read(utopia_passport);
    CHECK(passport.format == MrzFormat::Td3);
    CHECK(passport.all_checks_right());
    CHECK(passport.number == "L898902C3");
    CHECK(passport.optional_data == "ZE184226B");
    for (const Lines& lines :
         {Lines{"C<ITACA00000AA4<<<<<<<<<<<<<<<", "6412308F2212304ITA<<<<<<<<<<<0", "ROSSI<<BIANCA<<<<<<<<<<<<<<<<<"},
          Lines{"C<ITACA99999ZZ5<<<<<<<<<<<<<<<", "8001014M3401011ITA<<<<<<<<<<<2", "ROSSI<<MARIO<<<<<<<<<<<<<<<<<<"},
          Lines{"P<ITAROSSI<<MARIO<<<<<<<<<<<<<<<<<<<<<<<<<<<", "YA99999995ITA8001014M3401011<<<<<<<<<<<<<<<2"}}) {
        const Mrz mrz = read(lines);
        CHECK(mrz.all_checks_right());
        CHECK(mrz.issuer == "ITA");
        CHECK(mrz.family == "ROSSI");
    }
}

TEST_CASE("mrz: a field whose check is wrong stays empty, the others do not suffer") {
    Lines lines = utopia_passport;
    lines[1][14] = '5'; // in the birth date
    const Mrz mrz = read(lines);
    CHECK_FALSE(right(mrz, MrzCheck::What::Birth));
    CHECK_FALSE(right(mrz, MrzCheck::What::Whole));
    CHECK_FALSE(mrz.birth.has_value());
    CHECK(mrz.number == "L898902C3");
    CHECK(mrz.expiry.has_value());
}

TEST_CASE("mrz: what was not read leaves its field empty") {
    Lines lines = utopia_card;
    lines[2][3] = '?';
    lines[0][2] = '?';
    lines[1][9] = '?';
    const Mrz mrz = read(lines);
    CHECK(mrz.family.empty());
    CHECK(mrz.given.empty());
    CHECK(mrz.issuer.empty());
    CHECK_FALSE(mrz.expiry.has_value());
    CHECK(mrz.birth.has_value());
}

TEST_CASE("mrz: letters that go on behind the end of the names leave the names empty, and nothing else") {
    for (const char* names : {"ERIKSSON<<ANNA<<<<<<<<<<<<<OOO", "ERIKSSON<<ANNA<MARIA<<<<<<<<<K", "ERIKSSON<<<<<<<<<<<<<<<<<<<OO<"}) {
        CAPTURE(names);
        Lines lines = utopia_card;
        lines[2] = names;
        const Mrz card = read(lines);
        CHECK(card.family.empty());
        CHECK(card.given.empty());
        CHECK(card.number == "D23145890");
        CHECK(card.birth == forms::PartialDate{1974, 8, 12});
    }
}

TEST_CASE("mrz: a number of more than nine characters goes on in the optional field") {
    const Mrz mrz =
        read({"I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"});
    CHECK(mrz.number == "D23145890734");
    CHECK(right(mrz, MrzCheck::What::Number));
    CHECK(mrz.birth == forms::PartialDate{1934, 7, 12});
}

TEST_CASE("mrz: the old French card has its own places and its own sum") {
    const Mrz mrz = read({"IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"});
    CHECK(mrz.format == MrzFormat::FrenchCard);
    CHECK(mrz.all_checks_right());
    CHECK(mrz.number == "880692310285");
    CHECK(mrz.family == "BERTHIER");
    CHECK(mrz.given == "CORINNE");
    CHECK(mrz.birth == forms::PartialDate{1965, 12, 6});
}

TEST_CASE("mrz: a single name, an unknown day, a birth this century") {
    Lines lines = {"P<UTOSUKARNO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "L898902C36UTO0502<<6F1204159ZE184226B<<<<<10"};
    lines[1][19] = *mrz_check_digit("0502<<");
    const Mrz mrz = read(lines);
    CHECK(mrz.family == "SUKARNO");
    CHECK(mrz.given.empty());
    CHECK(mrz.birth == forms::PartialDate{2005, 2, 0});
}

TEST_CASE("mrz: other shapes and letters are no zone") {
    CHECK_FALSE(read_mrz(Lines{}, today).has_value());
    CHECK_FALSE(read_mrz(Lines{utopia_card[0], utopia_card[1]}, today).has_value());
    CHECK_FALSE(read_mrz(Lines{std::string(44, 'a'), std::string(44, '<')}, today).has_value());
    CHECK(mrz_check_digit("L898902C3") == '6');
    CHECK_FALSE(mrz_check_digit("L8?").has_value());
}
