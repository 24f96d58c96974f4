// SPDX-License-Identifier: EUPL-1.2
// What rows, columns and sheets become.
#include "tests/forms/authoring/workbooks.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace forms;
using namespace workbooks;
using Lines = std::vector<std::string>;

namespace {

const Item& item_of(const Form& form, std::string_view link_id) {
    const auto index = form.definition->find(link_id);
    REQUIRE_MESSAGE(index.has_value(), std::string(link_id));
    return form.definition->item(*index);
}

} // namespace

TEST_CASE("import: every type of question becomes the type that holds its answers") {
    const Form form = imported(R"(
        | survey |
        | | type       | name | label  | parameters | calculation |
        | | text       | a    | A?     | | |
        | | integer    | b    | B?     | | |
        | | decimal    | c    | C?     | | |
        | | range      | d    | D?     | start=0 end=20 step=5 | |
        | | range      | d2   | D2?    | start=0 end=1 step=0.1 | |
        | | select_one l | e  | E?     | | |
        | | select_multiple l | f | F? | | |
        | | select_one l or_other | g | G? | | |
        | | date       | h    | H?     | | |
        | | time       | i    | I?     | | |
        | | dateTime   | j    | J?     | | |
        | | note       | k    | K      | | |
        | | acknowledge | m   | M?     | | |
        | | barcode    | o    | O?     | | |
        | | hidden     | p    |        | | |
        | | file       | n    | N?     | | |
        | | image      | q    | Q?     | | |
        | choices |
        | | list_name | name | label |
        | | l         | x    | Ics   |
        | | l         | y    | Ipsilon |
    )");
    const std::vector<std::pair<const char*, ItemType>> expected{
        {"a", ItemType::String},    {"b", ItemType::Integer}, {"c", ItemType::Decimal},  {"d", ItemType::Integer},
        {"d2", ItemType::Decimal},  {"e", ItemType::Choice},  {"f", ItemType::Choice},   {"g", ItemType::OpenChoice},
        {"h", ItemType::Date},      {"i", ItemType::Time},    {"j", ItemType::DateTime}, {"k", ItemType::Display},
        {"m", ItemType::Boolean},   {"o", ItemType::String},  {"p", ItemType::String},   {"n", ItemType::Attachment},
        {"q", ItemType::Attachment}};
    CHECK(form.definition->items().size() == expected.size());
    for (const auto& [name, type] : expected)
        CHECK_MESSAGE(item_of(form, name).type == type, name);
    CHECK(item_of(form, "f").repeats);
    CHECK_FALSE(item_of(form, "e").repeats);
    CHECK(item_of(form, "p").hidden);
    CHECK(item_of(form, "q").mime_types == Lines{"image/jpeg", "image/png"});
    CHECK(item_of(form, "d").control == Control::Slider);
    CHECK(item_of(form, "d").max_value == Value(std::int32_t{20}));
    REQUIRE(item_of(form, "e").options.size() == 2);
    CHECK(item_of(form, "e").options[1].words.base == "Ipsilon");
    CHECK(form.warnings == Lines{"survey!D6 unsupported-appearance"}); // the step of 0.1
}

TEST_CASE("import: groups and repeats hold their questions, at any depth") {
    const Form form = imported(R"(
        | survey |
        | | type         | name | label | repeat_count | relevant |
        | | begin group  | g    | G     | | |
        | | begin_repeat | r    | R     | 3 | |
        | | text         | a    | A?    | | |
        | | end repeat   |      |       | | |
        | | end_group    |      |       | | |
        | | text         | b    | B?    | | |
    )");
    CHECK(form.definition->text_of(form.definition->path_to(*form.definition->find("a"))) == "g/r/a");
    CHECK(item_of(form, "r").repeats);
    CHECK(item_of(form, "r").min_occurs == 3);
    CHECK(item_of(form, "r").max_occurs == 3);
    CHECK(item_of(form, "b").depth == 0);
}

TEST_CASE("import: labels and hints in several languages, the base first") {
    const Form form = imported(R"(
        | survey |
        | | type | name | label::English (en) | label::Italiano (it) | hint::Italiano (it) | hint::English |
        | | select_one l | a | Who? | Chi? | Come vuoi | As you like |
        | choices |
        | | list_name | name | label::it | label::English (en) |
        | | l         | x    | Io        | Me |
        | settings |
        | | form_title | form_title::English (en) | form_id | version | default_language |
        | | Prova      | Trial                    | p_1     | 7       | Italiano (it)    |
    )");
    CHECK(form.definition->language() == "it");
    CHECK(form.definition->complete_languages() == Lines{"it", "en"});
    CHECK(form.definition->title().in("en") == "Trial");
    CHECK(item_of(form, "a").text.base == "Chi?");
    CHECK(item_of(form, "a").text.in("en") == "Who?");
    CHECK(item_of(form, "a").help.in("en") == "As you like");
    CHECK(item_of(form, "a").options[0].words.in("en") == "Me");
    CHECK(form.definition->canonical() == "https://sportello.example.org/fhir/Questionnaire/p-1|7");
    CHECK(form.warnings.empty());
}

TEST_CASE(
    "import: a title that is not in the languages of the questions is told, since it keeps them from being offered") {
    const Form form = imported(R"(
        | survey |
        | | type | name | label::Italiano (it) | label::French (fr) |
        | | text | a    | Chi?                 | Qui ? |
        | settings |
        | | form_title | default_language |
        | | Prova      | Italiano (it) |
    )");
    CHECK(form.warnings == Lines{"settings!A1 missing-value"});
}

TEST_CASE("import: marks in labels are taken away, line breaks stay") {
    const Form form =
        imported("| survey |\n| | type | name | label |\n"
                 "| | note | a | **Attento:** <span style=\"color:red\">qui</span><br/>C'è #1 e 2 < 3 |\n");
    CHECK(item_of(form, "a").text.base == "Attento: qui\nC'è #1 e 2 < 3");
}

TEST_CASE("import: required, read-only, first answers") {
    const Form form = imported(R"(
        | survey |
        | | type | name | label | required | read_only | default |
        | | text | a    | A?    | yes      | | ciao (ancora) |
        | | integer | b | B?    | TRUE     | true() | 5 |
        | | select_multiple l | c | C? | no | | x y |
        | | date | d    | D?    |          | | 2026-05-31 |
        | | acknowledge | e | E? | 1       | | OK |
        | choices |
        | | list_name | name | label |
        | | l | x | X |
        | | l | y | Y |
    )");
    CHECK(item_of(form, "a").required);
    CHECK(item_of(form, "b").required);
    CHECK(item_of(form, "b").read_only);
    CHECK_FALSE(item_of(form, "c").required);
    CHECK(item_of(form, "a").initial == std::vector<Value>{Value(AnswerText("ciao (ancora)"))});
    CHECK(item_of(form, "b").initial == std::vector<Value>{Value(std::int32_t{5})});
    CHECK(item_of(form, "c").initial.size() == 2);
    CHECK(item_of(form, "d").initial == std::vector<Value>{Value(*PartialDate::parse("2026-05-31"))});
    CHECK(item_of(form, "e").initial == std::vector<Value>{Value(true)});
}

TEST_CASE("import: looks that a terminal has are kept, others are told") {
    const Form form = imported(R"(
        | survey |
        | | type | name | label | appearance |
        | | select_one l | a | A? | minimal |
        | | select_one l | b | B? | likert |
        | | select_multiple l | c | C? | autocomplete w4 |
        | | text | d | D? | multiline |
        | | text | e | E? | rainbow |
        | | begin group | f | F | field-list |
        | | text | g | G? | |
        | | end group | | | |
        | choices |
        | | list_name | name | label |
        | | l | x | X |
    )");
    CHECK(item_of(form, "a").control == Control::DropDown);
    CHECK(item_of(form, "b").control == Control::RadioButton);
    CHECK(form.json.find("questionnaire-choiceOrientation") != std::string::npos);
    CHECK(item_of(form, "c").control == Control::Autocomplete);
    CHECK(item_of(form, "d").type == ItemType::Text);
    CHECK(form.warnings == Lines{"survey!D6 unsupported-appearance"});
}

TEST_CASE("import: columns in any order and spelling, blank rows and columns of one's own") {
    const Form form = imported(R"(
        | survey |
        | | Label | | TYPE | Name | my notes | Relevance |
        | | | | | | | |
        | | Sì? | | select one from l | a | check this | |
        | | E? | | text | b | | ${a} = 'x' |
        | choices |
        | | list name | value | label |
        | | l | x | X |
    )");
    CHECK(form.definition->items().size() == 2);
    CHECK(item_of(form, "b").conditions.size() == 1);
    CHECK(form.warnings == Lines{"survey!E1 unsupported-column"});
}

TEST_CASE("import: what a telephone would add by itself is left aside, and told") {
    const Form form = imported(R"(
        | survey |
        | | type | name | label | relevant |
        | | start | start | | |
        | | deviceid | deviceid | | |
        | | today | today | | |
        | | text | a | A? | |
    )");
    CHECK(form.definition->items().size() == 1);
    CHECK(form.warnings == Lines{"survey!A2 not-needed", "survey!A3 not-needed", "survey!A4 not-needed"});
}

TEST_CASE("import: every flaw is told, in the order of the cells") {
    CHECK(refused(R"(
        | survey |
        | | type | name | label | relevant | constraint | default |
        | | geopoint | a | A? | | | |
        | | wizard | b | B? | | | |
        | | select_one none | c | C? | | | |
        | | text | c | D? | ${nobody} = 1 | | |
        | | integer | 1e | E? | | . >> 1 | five |
        | | text | | F? | | | |
        | | end group | | | | | |
        | | begin group | g | G | | | |
        | | text | h | Ciao ${c} | pulldata('x') = 1 | | |
    )") == Lines{"survey!A2 unsupported-type", "survey!A3 unknown-type", "survey!A4 unknown-list",
                 "survey!B5 duplicate-name", "survey!D5 unknown-name", "survey!B6 bad-name", "survey!E6 bad-expression",
                 "survey!F6 bad-value", "survey!B7 missing-value", "survey!A8 unbalanced-group",
                 "survey!A9 unbalanced-group", "survey!C10 unsupported-text", "survey!D10 unsupported-expression"});
}

TEST_CASE("import: sheets and columns that are missing, doubled, or in no known language") {
    CHECK(refused("| choices |\n| | list_name | name |\n") == Lines{" missing-sheet"});
    CHECK(refused("| survey |\n| | type | label |\n| | note | x |\n") == Lines{"survey!A1 missing-column"});
    CHECK(refused("| survey |\n| | type | name | label | label |\n| | text | a | A? | |\n") ==
          Lines{"survey!D1 duplicate-column"});
    CHECK(refused("| survey |\n| | type | name | label::Klingon |\n| | text | a | A? |\n") ==
          Lines{"survey!C1 unknown-language"});
    CHECK(refused("| survey |\n| | type | name | label | media::image |\n| | text | a | A? | cat.png |\n") ==
          Lines{"survey!D2 unsupported-column"});
    CHECK(refused("| survey |\n| | type | name | label | bind::orx:x |\n| | text | a | A? | y |\n") ==
          Lines{"survey!D1 unsupported-column"});
}

TEST_CASE("import: a note or a group has no answer for a rule to be about") {
    CHECK(refused(R"(
        | survey |
        | | type | name | label | required | constraint | calculation |
        | | note | a | A | yes | | |
        | | note | b | B | | false() | |
        | | begin group | c | C | | | 1 + 1 |
        | | end group | | | | | |
    )") == Lines{"survey!A2 bad-value", "survey!E3 bad-value", "survey!F4 bad-value"});
}

TEST_CASE("import: words and first answers that find no place are told") {
    CHECK(imported(R"(
        | survey |
        | | type | name | label | required | required_message | guidance_hint |
        | | text | a | A? | yes | Scrivi! | Spiega |
    )")
              .warnings == Lines{"survey!F2 unsupported-column", "survey!E2 unsupported-column"});
}

TEST_CASE("import: flaws on the other sheets have their cells too") {
    CHECK(refused(R"(
        | survey |
        | | type | name | label |
        | | select_one l | a | A? |
        | choices |
        | | list_name | name | label |
        | | l | x | X |
        | | l | x | Y |
        | | | z | Z |
        | settings |
        | | default_language |
        | | Klingon |
    )") == Lines{"choices!B3 duplicate-name", "choices!A4 missing-value", "settings!A2 unknown-language"});
}

TEST_CASE("import: what the engine would refuse is told at the row it came from") {
    CHECK(refused(R"(
        | survey |
        | | type | name | label | relevant |
        | | text | a | A? | ${b} = 'x' |
        | | text | b | B? | ${a} = 'x' |
    )") == Lines{"survey!A2 refused", "survey!A3 refused"});
}
