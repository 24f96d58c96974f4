// SPDX-License-Identifier: EUPL-1.2
#include "assets/places/embedded.hpp"
#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/places.hpp"
#include "forms/italian/stp_eni.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

// All persons are invented. The codes were computed from the public algorithm.
namespace {

const forms::PartialDate today{2026, 11, 22};

forms::FiscalCode read(std::string_view code) {
    auto read = forms::read_fiscal_code(code, today);
    REQUIRE_MESSAGE(read.ok(), std::string(code));
    return read.value();
}
forms::FiscalCodeFlaw flaw(std::string_view code) {
    auto read = forms::read_fiscal_code(code, today);
    REQUIRE_MESSAGE(!read.ok(), std::string(code));
    return read.error();
}

} // namespace

TEST_CASE("codice fiscale: says birth date and place of those who have one") {
    struct Known {
        const char* code;
        const char* born;
        const char* place;
        const char* family;
        const char* given;
    };
    const std::vector<Known> all = {
        {"RSSMRA80A01H501U", "1980-01-01", "H501", "ROSSI", "MARIO"},
        {"KVLLNO85L55Z138J", "1985-07-15", "Z138", "Kovalenko", "Olena"},
        {"LIXYUX92T03Z210U", "1992-12-03", "Z210", "Li", "Yu"},
        {"LDRFMZ78C71Z330G", "1978-03-31", "Z330", "El Idrissi", "Fatima Zahra"},
        {"RHMMDX99E20Z249Q", "1999-05-20", "Z249", "Rahman", "Md"},
        {"DNGGFR49P09A326H", "1949-09-09", "A326", "D'Angelo", "Gianfranco"},
        {"FOXBOX04B69A326N", "2004-02-29", "A326", "Fo", "Bo"},
        {"LLAVEA33R45H501X", "1933-10-05", "H501", "Aiello", "Eva"},
    };
    for (const auto& known : all) {
        CAPTURE(known.code);
        const auto code = read(known.code);
        CHECK(code.kind == forms::FiscalCode::Kind::Person);
        CHECK(code.check_matches);
        CHECK(code.date_exists);
        REQUIRE(code.birth_date);
        CHECK(code.birth_date->text() == known.born);
        CHECK(code.place() == known.place);
        CHECK(code.replaced_digits == 0);
        CHECK(forms::agrees_with_name(known.code, known.family, known.given));
    }
}

TEST_CASE("codice fiscale: letters that the Agency put for digits are undone, in any of the seven places") {
    const std::vector<std::pair<const char*, int>> all = {
        {"RSSMRA80A01H50MM", 1}, {"RSSMRA80A01H5LMX", 2}, {"RSSMRA80A01HRLMS", 3}, {"RSSMRAULALMHRLMD", 7}};
    for (const auto& [text, replaced] : all) {
        CAPTURE(text);
        const auto code = read(text);
        CHECK(code.check_matches);
        CHECK(code.replaced_digits == replaced);
        CHECK(code.place() == "H501");
        REQUIRE(code.birth_date);
        CHECK(code.birth_date->text() == "1980-01-01");
    }
}

TEST_CASE("codice fiscale: each level fails by itself") {
    SUBCASE("the check letter alone") {
        const auto code = read("RSSMRA80A01H501A");
        CHECK_FALSE(code.check_matches);
        CHECK(code.date_exists);
        CHECK(code.place() == "H501");
    }
    SUBCASE("a day that no calendar has, with the right check letter") {
        for (const char* text : {"RSSMRA80B30H501X", "RSSMRA80A72H501G", "RSSMRA80F01H501G", "RSSMRA80A00H501V"}) {
            CAPTURE(text);
            const auto code = read(text);
            CHECK(code.check_matches);
            CHECK_FALSE(code.date_exists);
            CHECK_FALSE(code.birth_date);
        }
    }
    SUBCASE("the shape") {
        using Flaw = forms::FiscalCodeFlaw;
        CHECK(flaw("") == Flaw::Empty);
        CHECK(flaw("  ") == Flaw::Empty);
        CHECK(flaw("RSSMRA80A41H501") == Flaw::TooShort);
        CHECK(flaw("RSS") == Flaw::TooShort);
        CHECK(flaw("RSSMRA80A01H501UU") == Flaw::TooLong);
        CHECK(flaw("RSSMRA80A01H501U RSSMRA80A01H501U") == Flaw::TooLong);
        CHECK(flaw("RSSMR380A01H501U") == Flaw::WrongCharacter);
        CHECK(flaw("RSSMRA8AA01H501U") == Flaw::WrongCharacter); // A stands for no digit
        CHECK(flaw("RSSMRA80A01H501è") == Flaw::WrongCharacter);
        CHECK(flaw("*") == Flaw::WrongCharacter);
    }
}

TEST_CASE("codice fiscale: the place is told apart from the shape, and an unknown one is no flaw") {
    const auto places = forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv());
    REQUIRE(places.ok());
    CHECK(forms::place_is_known(read("RSSMRA80A01H501U"), places.value()));
    CHECK(forms::place_is_known(read("KVLLNO85L55Z138J"), places.value()));
    CHECK_FALSE(forms::place_is_known(read("RSSMRA80A01Z999Y"), places.value()));
}

TEST_CASE("codice fiscale: the century is chosen by what can be, and the other one is offered") {
    const auto child = read("FOXBOX24B69A326R");
    CHECK(child.check_matches);
    REQUIRE(child.birth_date);
    CHECK(child.birth_date->text() == "2024-02-29");
    REQUIRE(child.hundred_years_earlier);
    CHECK(child.hundred_years_earlier->text() == "1924-02-29");
    const auto not_yet_born = read("FOXBOX26T63A326T"); // 23 December 2026 is still to come
    REQUIRE(not_yet_born.birth_date);
    CHECK(not_yet_born.birth_date->text() == "1926-12-23");
    CHECK_FALSE(not_yet_born.hundred_years_earlier);
    CHECK_FALSE(read("RSSMRA80A01H501U").hundred_years_earlier); // 1880: nobody is 146
}

TEST_CASE("codice fiscale: blanks, small letters and hyphens are as good") {
    CHECK(read(" rss mra 80a01 h501u ").check_matches);
    CHECK(read("RSS-MRA-80A01-H501U").check_matches);
    CHECK(read("RSSMRA\xC2\xA0"
               "80A01H501U")
              .check_matches);
}

TEST_CASE("codice fiscale: eleven digits are a provisional code, which says nothing about birth") {
    for (const char* text : {"12345678903", "00123450157", "99999990015", "00000000018"}) {
        CAPTURE(text);
        const auto code = read(text);
        CHECK(code.kind == forms::FiscalCode::Kind::Provisional);
        CHECK(code.check_matches);
        CHECK(code.place().empty());
        CHECK_FALSE(code.birth_date);
    }
    CHECK_FALSE(read("12345678904").check_matches);
    CHECK(flaw("1234567890") == forms::FiscalCodeFlaw::TooShort);
    CHECK(flaw("123456789012") == forms::FiscalCodeFlaw::TooLong);
}

TEST_CASE("codice fiscale: a name that cannot give these letters is told") {
    CHECK_FALSE(forms::agrees_with_name("RSSMRA80A01H501U", "Bianchi", "Mario"));
    CHECK_FALSE(forms::agrees_with_name("RSSMRA80A01H501U", "Rossi", "Maria Luisa"));
    CHECK(forms::agrees_with_name("RSSMRA80A01H501U", " rossi ", "MÀRIO"));
    CHECK(forms::agrees_with_name("GTHHNS", "Goethe", "Hans"));
    CHECK(forms::agrees_with_name("GTHHNS", "Göthe", "Hans"));
    CHECK(forms::agrees_with_name("12345678903", "Rossi", "Mario"));
}

TEST_CASE("codice fiscale: an STP or ENI code is not taken for one, and the reverse") {
    CHECK(forms::health_code_of("STP0540010000123") == forms::HealthCode::Stp);
    CHECK(forms::health_code_of("eni 054 001 0000123") == forms::HealthCode::Eni);
    CHECK_FALSE(forms::health_code_of("STP054001000012"));
    CHECK_FALSE(forms::health_code_of("STP05400100001234"));
    CHECK_FALSE(forms::health_code_of("STP054001000012X"));
    CHECK_FALSE(forms::health_code_of("RSSMRA80A01H501U"));
    CHECK(flaw("STP0540010000123") == forms::FiscalCodeFlaw::HealthCode);
    CHECK(flaw("ENI0540010000123") == forms::FiscalCodeFlaw::HealthCode);
    CHECK(read("STPMRA80A01H501Q").kind == forms::FiscalCode::Kind::Person); // somebody named Stoppa
    CHECK(forms::begins_like_health_code("stp05"));
}
