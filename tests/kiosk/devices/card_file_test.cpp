// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/card_file.hpp"
#include "kiosk/capture/document.hpp"
#include "tests/kiosk/devices/card_sample.hpp"

#include <doctest/doctest.h>

using card_sample::bytes_of;
using card_sample::file_of;
using card_sample::rossi;
using forms::PartialDate;
using kiosk::CardFileFault;

namespace {

kiosk::CardFile read(const std::string& file) {
    const auto card = kiosk::read_card_file(bytes_of(file));
    REQUIRE(card.ok());
    return card.value();
}
CardFileFault fault_of(const std::string& file) {
    const auto card = kiosk::read_card_file(bytes_of(file));
    REQUIRE_FALSE(card.ok());
    return card.error();
}
const PartialDate today{2026, 11, 22};

} // namespace

TEST_CASE("the personal data file of a card gives who its holder is") {
    // The example of the format, letter by letter: what a card keeps, not what our own writer makes of it.
    const auto card = read("00007004603008150620220814062028"
                           "05ROSSI05MARIO080101198001M0010RSSMRA80A01H501U0310004H501000004H5010EVIA DI PROVA 100");
    CHECK(card.issuer == "6030");
    CHECK(card.issued_on == PartialDate{2022, 6, 15});
    CHECK(card.expires_on == PartialDate{2028, 6, 14});
    CHECK(card.family == "ROSSI");
    CHECK(card.given == "MARIO");
    CHECK(card.birth_date == PartialDate{1980, 1, 1});
    CHECK(card.sex == "M");
    CHECK(card.fiscal_code == "RSSMRA80A01H501U");
    CHECK(card.citizenship == "100");
    CHECK(card.birth_place == "H501");
    CHECK(card.birth_state.empty());
    CHECK(card.residence_place == "H501");
    CHECK(card.residence == "VIA DI PROVA 1");
}

TEST_CASE("what a card says is proposed, a codice fiscale only when its check letter is right") {
    const auto person = kiosk::person_of(read(file_of(rossi())), today);
    CHECK(person.fiscal_code == "RSSMRA80A01H501U");
    CHECK(person.family == "ROSSI");
    CHECK(person.birth_date == PartialDate{1980, 1, 1});
    CHECK(person.document_expiry == PartialDate{2028, 6, 14});
    auto wrong = rossi();
    wrong[8] = "RSSMRA80A01H501A";
    CHECK(kiosk::person_of(read(file_of(wrong)), today).fiscal_code.empty());
    wrong[8] = "rssmra80a01h501u";
    CHECK(kiosk::person_of(read(file_of(wrong)), today).fiscal_code.empty());
}

TEST_CASE("names with accents are read in either of the two ways that cards write them") {
    auto fields = rossi();
    fields[3] = "NICOL\xD2";
    CHECK(read(file_of(fields)).family == "NICOLÒ");
    fields[3] = "NICOLÒ";
    CHECK(read(file_of(fields)).family == "NICOLÒ");
}

TEST_CASE("padding behind the declared length and fields behind the known ones are passed over") {
    CHECK(read(file_of(rossi()) + std::string(100, '\0')).family == "ROSSI");
    auto more = rossi();
    more.emplace_back("LATER");
    CHECK(read(file_of(more)).family == "ROSSI");
    auto fewer = rossi();
    fewer.resize(9);
    CHECK(read(file_of(fewer)).fiscal_code == "RSSMRA80A01H501U");
}

TEST_CASE("a length is measured against the bytes that are there, never against what is declared") {
    const std::string good = file_of(rossi());
    CHECK(fault_of("0FFFFF" + good.substr(6)) == CardFileFault::Truncated);
    CHECK(fault_of("FFFFFF" + good.substr(6)) == CardFileFault::Truncated);
    CHECK(fault_of(good.substr(0, 6) + "FF" + good.substr(8)) == CardFileFault::Truncated);
    for (std::size_t size = 0; size < good.size(); ++size)
        CHECK(fault_of(good.substr(0, size)) == CardFileFault::Truncated);
}

TEST_CASE("a length that is no hexadecimal number, a file too long and another file are refused") {
    const std::string good = file_of(rossi());
    for (const char* const length : {"0000+1", " 00070", "-00001", "0x0070"})
        CHECK(fault_of(length + good.substr(6)) == CardFileFault::BadLength);
    CHECK(fault_of(good.substr(0, 6) + "0G" + good.substr(8)) == CardFileFault::BadLength);
    CHECK(fault_of(good + std::string(300, '\0')) == CardFileFault::TooLong);
    CHECK(fault_of("000000") == CardFileFault::TooShort);
    CHECK(fault_of(file_of({"6030", "15062022"})) == CardFileFault::TooShort);
}

TEST_CASE("texts with control or hidden characters are refused as a whole") {
    for (const char* const name : {"RO\nSSI", "RO\x1B[2J", "RO\x7FSSI", "RO\u202ESSI", "RO\u200BSSI", "RO\x9BSSI"}) {
        auto fields = rossi();
        fields[3] = name;
        CHECK(fault_of(file_of(fields)) == CardFileFault::BadText);
    }
}

TEST_CASE("a date that does not exist stays empty, and the rest is read") {
    for (const char* const date : {"30021980", "0101198", "ABCDEFGH", "00001980", ""}) {
        auto fields = rossi();
        fields[5] = date;
        const auto card = read(file_of(fields));
        CHECK_FALSE(card.birth_date.has_value());
        CHECK(card.family == "ROSSI");
    }
}
