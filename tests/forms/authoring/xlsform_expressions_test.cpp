// SPDX-License-Identifier: EUPL-1.2
// An imported form whose rules FHIR can only say in FHIRPath: does the engine work them out as XForms means them?
#include "tests/forms/authoring/workbooks.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using forms_in_tests::Filling;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* lists = R"(
        | choices |
        | | list_name | name | label |
        | | l | a | A |
        | | l | b | B |
        | | l | no | Nessuno |
        | | marks | 1 | Poco |
        | | marks | 5 | Molto |
)";

/// Filled in on 31 May 2026, at noon.
Filling filling_of(const std::string& survey) {
    Setting setting;
    setting.now = PartialDateTime::parse("2026-05-31T12:00:00+02:00");
    return Filling(Draft(workbooks::imported(survey + lists).definition, std::pmr::get_default_resource(),
                         Start::WithInitial, setting));
}

std::string answer(const Filling& filling, std::string_view path) {
    const auto answers = filling.draft.answers(filling.at(path));
    if (answers.empty() || !answers.front()->value) return "-";
    const Value& value = *answers.front()->value;
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return std::to_string(*whole);
    if (const auto* const decimal = std::get_if<Decimal>(&value)) return decimal->text();
    if (const auto* const text = std::get_if<AnswerText>(&value)) return std::string(*text);
    if (const auto* const date = std::get_if<PartialDate>(&value)) return date->text();
    if (const auto* const yes = std::get_if<bool>(&value)) return *yes ? "true" : "false";
    return "?";
}

} // namespace

TEST_CASE("imported form: calculations follow their questions, and conditions follow calculations") {
    Filling filling = filling_of(R"(
        | survey |
        | | type | name | label | relevant | calculation |
        | | integer | a | A? | | |
        | | decimal | b | B? | | |
        | | calculate | sum | | | ${a} + ${b} |
        | | calculate | words | | | concat('a=', ${a}, '; ', if(${sum} > 10, 'tanto', 'poco')) |
        | | calculate | half | | | round(${a} div 2) |
        | | note | big | Tanto | ${sum} > 10 and (${a} != 3 or ${b} = 8) | |
    )");
    CHECK(answer(filling, "sum") == "-");
    CHECK_FALSE(filling.asks("big"));
    filling.type("a", "3");
    filling.type("b", "7,5");
    CHECK(answer(filling, "sum") == "10.5");
    CHECK(answer(filling, "words") == "a=3; tanto");
    CHECK(answer(filling, "half") == "2");
    CHECK_FALSE(filling.asks("big"));
    filling.type("b", "8");
    CHECK(filling.asks("big"));
    filling.type("a", "4");
    filling.type("b", "6,5");
    CHECK(filling.asks("big"));
}

TEST_CASE("imported form: a comparison with nothing is false, and not() of it is true") {
    Filling filling = filling_of(R"(
        | survey |
        | | type | name | label | relevant |
        | | integer | a | A? | |
        | | select_one l | one | One? | |
        | | note | less | Less | ${a} + 1 < 5 and true() |
        | | note | other | Other | (${one} != 'a') and ${a} > 0 |
        | | note | notboth | Not both | not(${a} + 0 > 5 and ${one} = 'a') |
    )");
    CHECK(filling.enabled() == Lines{"a", "one", "notboth"});
    filling.type("a", "6");
    CHECK(filling.enabled() == Lines{"a", "one", "other", "notboth"});
    filling.choose("one", 0);
    CHECK(filling.enabled() == Lines{"a", "one"});
}

TEST_CASE("imported form: ages, scores and choices counted") {
    Filling filling = filling_of(R"(
        | survey |
        | | type | name | label | relevant | constraint | constraint_message | calculation |
        | | date | born | Nato? | | . <= today() | Nel futuro no | |
        | | calculate | age | | | | | int((today() - ${born}) div 365.25) |
        | | text | guardian | Tutore? | ${age} < 18 | | | |
        | | note | recent | Recente | today() - ${born} < 30 | | | |
        | | select_one marks | m1 | Voto? | | | | |
        | | select_one marks | m2 | Voto 2? | | | | |
        | | calculate | score | | | | | ${m1} + ${m2} |
        | | select_multiple l | many | Quali? | | not(selected(., 'no') and count-selected(.) > 1) | Nessuno sta da solo | |
        | | note | two | Due | count-selected(${many}) >= 2 | | | |
        | | note | only | Solo a | ${many} = 'a' | | | |
    )");
    filling.type("born", "1/6/2008"); // 18 tomorrow
    CHECK(answer(filling, "age") == "17");
    CHECK(filling.asks("guardian"));
    filling.type("born", "31/5/2008");
    CHECK(answer(filling, "age") == "18");
    CHECK_FALSE(filling.asks("guardian"));
    CHECK_FALSE(filling.asks("recent"));
    filling.type("born", "10/5/2026");
    CHECK(filling.asks("recent"));
    filling.type("born", "1/6/2026");
    CHECK(filling.issues() == Lines{"born constraint-broken"});
    filling.type("born", "1/6/2000");
    filling.choose("m1", 1);
    CHECK(answer(filling, "score") == "-");
    filling.choose("m2", 0);
    CHECK(answer(filling, "score") == "6");
    filling.choose("many", 0);
    CHECK(filling.asks("only"));
    filling.choose("many", 1);
    CHECK_FALSE(filling.asks("only"));
    CHECK(filling.asks("two"));
    CHECK(filling.issues().empty());
    filling.choose("many", 2);
    CHECK(filling.issues() == Lines{"many constraint-broken"});
}

TEST_CASE("imported form: expressions inside a repeat look at their own instance, totals at all of them") {
    Filling filling = filling_of(R"(
        | survey |
        | | type | name | label | relevant | calculation |
        | | integer | limit | Limite? | | |
        | | begin repeat | costs | Spese | | |
        | | integer | euro | Euro? | | |
        | | calculate | double | | | ${euro} * 2 |
        | | text | why | Perché? | ${double} + 1 > ${limit} | |
        | | end repeat | | | | |
        | | calculate | total | | | sum(${euro}) |
        | | calculate | most | | | max(${euro}) |
        | | note | several | Tante | count(${costs}) > 1 | |
    )");
    filling.type("limit", "100");
    filling.type("costs/euro", "20");
    REQUIRE(filling.draft.add_instance(filling.at("costs")).ok());
    filling.type("costs[1]/euro", "60");
    CHECK(answer(filling, "costs/double") == "40");
    CHECK(answer(filling, "costs[1]/double") == "120");
    CHECK_FALSE(filling.asks("costs/why"));
    CHECK(filling.asks("costs[1]/why"));
    CHECK(answer(filling, "total") == "80");
    CHECK(answer(filling, "most") == "60");
    CHECK(filling.asks("several"));
    filling.type("limit", "30");
    CHECK(filling.asks("costs/why"));
}

TEST_CASE("imported form: first answers that are worked out") {
    const Filling filling = filling_of(R"(
        | survey |
        | | type | name | label | default |
        | | date | day | Giorno? | today() |
        | | integer | n | N? | 2 + 3 |
    )");
    CHECK(answer(filling, "day") == "2026-05-31");
    CHECK(answer(filling, "n") == "5");
}
