// SPDX-License-Identifier: EUPL-1.2
#include "assets/places/embedded.hpp"
#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/fiscal_code_beside.hpp"
#include "forms/italian/places.hpp"
#include "forms/italian/stp_eni.hpp"

#include <doctest/doctest.h>

#include <array>
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
const forms::Places& places() {
    static const auto all = forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv());
    REQUIRE(all.ok());
    return all.value();
}
forms::CodeDisagreement disagreement(std::string_view code, const forms::SaidBeside& said) {
    return forms::compare_with_code(code, said, today, &places());
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
        CHECK_FALSE(
            disagreement(known.code, {.family = known.family, .given = known.given, .birth = code.birth_date}).any());
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
    CHECK(forms::place_is_known(read("RSSMRA80A01H501U"), places()));
    CHECK(forms::place_is_known(read("KVLLNO85L55Z138J"), places()));
    CHECK_FALSE(forms::place_is_known(read("RSSMRA80A01Z999Y"), places()));
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

TEST_CASE("codice fiscale: any of the 127 ways to replace digits gives the same date and place, and its own letter") {
    // The letters of the decree, and the values of the check in odd and even places, once more and by themselves.
    constexpr std::string_view for_digits = "LMNPQRSTUV", plain = "KVLLNO85L55Z138";
    constexpr std::array<std::size_t, 7> where = {6, 7, 9, 10, 12, 13, 14};
    for (unsigned chosen = 1; chosen < 128; ++chosen) {
        std::string code(plain);
        int replaced = 0;
        for (std::size_t i = 0; i < where.size(); ++i)
            if (chosen >> i & 1u) {
                code[where[i]] = for_digits[static_cast<std::size_t>(code[where[i]] - '0')];
                ++replaced;
            }
        int right_letters = 0;
        for (char letter = 'A'; letter <= 'Z'; ++letter) {
            const auto one = read(code + letter);
            right_letters += one.check_matches ? 1 : 0;
            CHECK(one.place() == "Z138");
            CHECK(one.birth_date == forms::PartialDate{1985, 7, 15});
            CHECK(one.replaced_digits == replaced);
            CHECK_FALSE(disagreement(code + letter, {.family = "Kovalenko",
                                                     .given = "Olena",
                                                     .birth = forms::PartialDate{1985, 7, 15},
                                                     .sex = forms::RegistrySex::Female,
                                                     .birth_place = "Z138"})
                            .any());
        }
        CHECK(right_letters == 1);
    }
}

TEST_CASE("codice fiscale: beside typed data, each thing that cannot be is told by itself") {
    using Said = forms::SaidBeside;
    const Said right{.family = "Rossi",
                     .given = "Mario",
                     .birth = forms::PartialDate{1980, 1, 1},
                     .sex = forms::RegistrySex::Male,
                     .birth_place = "H501"};
    constexpr const char* code = "RSSMRA80A01H501U";
    const auto with = [&](auto change) {
        Said said = right;
        change(said);
        return disagreement(code, said);
    };
    using D = forms::CodeDisagreement;
    CHECK(disagreement(code, right) == D{});
    CHECK(with([](Said& s) { s.family = "Bianchi"; }) == D{.family = true});
    CHECK(with([](Said& s) { s.given = "Maria Luisa"; }) == D{.given = true});
    CHECK(with([](Said& s) { s.birth = forms::PartialDate{1980, 1, 2}; }) == D{.birth = true});
    CHECK(with([](Said& s) { s.sex = forms::RegistrySex::Female; }) == D{.sex = true});
    CHECK(with([](Said& s) { s.birth_place = "F205"; }) == D{.birth_place = true});
    CHECK(with([](Said& s) { s.birth_place = "Z138"; }) == D{.birth_place = true});
    CHECK(disagreement("KVLLNO85L55Z138J", right) ==
          D{.family = true, .given = true, .birth = true, .sex = true, .birth_place = true});
    CHECK(disagreement("RSSMRA80F01H501G", right) == D{.birth = true}); // a month that is none is no date of anybody
}

TEST_CASE("codice fiscale: what is not said, half said, or written in another way disagrees with nothing") {
    constexpr const char* code = "RSSMRA80A01H501U";
    CHECK_FALSE(disagreement(code, {}).any());
    CHECK_FALSE(disagreement(code, {.family = " rossi ", .given = "MÀRIO"}).any());
    CHECK_FALSE(disagreement(code, {.birth = forms::PartialDate{1980}}).any());
    CHECK_FALSE(disagreement(code, {.birth = forms::PartialDate{1980, 1}}).any());
    CHECK_FALSE(
        disagreement(code, {.family = "Росси", .given = "مريم"}).any()); // who knows how the registry spelled it
    CHECK_FALSE(disagreement("GTHHNS80A01H501G", {.family = "Goethe", .given = "Hans"}).any());
    CHECK_FALSE(disagreement("GTHHNS80A01H501G", {.family = "Göthe", .given = "Hans"}).any());
    CHECK_FALSE(disagreement("12345678903", {.family = "Rossi", .birth = forms::PartialDate{1980}}).any());
    CHECK_FALSE(disagreement("STP0540010000123", {.family = "Rossi"}).any());
    CHECK_FALSE(disagreement("", {.family = "Rossi"}).any());
    CHECK_FALSE(disagreement("FOXBOX24B69A326R", {.birth = forms::PartialDate{1924, 2, 29}}).any()); // both centuries
}

TEST_CASE("codice fiscale: a birthplace that is no more is confirmed by what it is called today") {
    const auto born_in = [](std::string_view code, std::string_view said) {
        return disagreement(code, {.birth_place = said}).birth_place;
    };
    constexpr const char *soviet = "KVLLNO85L55Z135D", *ukraine = "KVLLNO85L55Z138J", *fiume = "RSSMRA40A01D620L";
    CHECK_FALSE(born_in(soviet, "Z138"));
    CHECK_FALSE(born_in(soviet, "Z252"));
    CHECK_FALSE(born_in(ukraine, "Z135"));
    CHECK(born_in(ukraine, "Z252"));
    CHECK_FALSE(born_in(fiume, "Z149"));              // Fiume, Italian until 1947, is in Croatia
    CHECK_FALSE(born_in("RSSMRA80A01Z999Y", "H501")); // in none of our tables
    CHECK_FALSE(forms::compare_with_code(ukraine, {.birth_place = "Z252"}, today, nullptr).any());
}

TEST_CASE("codice fiscale: the birthplace is named as it was called when the person was born") {
    const auto name = [](const char* code) {
        const auto read_code = read(code);
        const auto place = places().by_belfiore(read_code.place(), "it", read_code.birth_date->year);
        return place ? place->display() : std::string();
    };
    CHECK(name("RSSMRA40A01D620L") == "Fiume (FU, 1924–1947)");
    CHECK(name("KVLLNO85L55Z135D") == "Unione Sovietica");
    CHECK(name("RSSMRA80A01H501U") == "Roma (RM)");
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
