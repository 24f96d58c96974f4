// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include "forms/engine/pages.hpp"
#include "forms/engine/summary.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

/// "path", "path*" for a list of instances, "path!" for texts alone; the texts shown with it in brackets.
std::vector<std::string> pages_of(const Filling& filling, Reader reader = Reader::Citizen) {
    std::vector<std::string> lines;
    for (const Page& page : pages(filling.draft, reader)) {
        std::string line = filling.draft.definition().text_of(page.path);
        if (page.kind == PageKind::Repeat) line += "*";
        if (page.kind == PageKind::Notice) line += "!";
        for (const Path& text : page.texts)
            line += " (" + filling.draft.definition().text_of(text) + ")";
        lines.push_back(line);
    }
    return lines;
}

constexpr std::string_view household = R"({"linkId":"intro","type":"display","text":"Benvenuto"},
    {"linkId":"person","type":"group","text":"La persona","item":[
        {"linkId":"name","type":"string","text":"Nome","required":true,"item":[{"linkId":"note","type":"display","text":"Come sul documento"}]},
        {"linkId":"secret","type":"string","text":"x","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden","valueBoolean":true}]},
        {"linkId":"office","type":"string","text":"x","extension":[{"url":"https://sportello.example.org/fhir/StructureDefinition/filled-by","valueCode":"desk"}]}]},
    {"linkId":"alone","type":"boolean","text":"Vive da solo?"},
    {"linkId":"child","type":"group","repeats":true,"text":"Figli","enableWhen":[{"question":"alone","operator":"=","answerBoolean":false}],
        "item":[{"linkId":"child-name","type":"string","text":"Nome"},{"linkId":"age","type":"integer","text":"Età"}]},
    {"linkId":"need","type":"choice","text":"Bisogno","repeats":true,"answerOption":[{"valueCoding":{"code":"x","display":"Casa"}},{"valueCoding":{"code":"y","display":"Soldi"}}],
        "item":[{"linkId":"detail","type":"string","text":"Dica di più"}]},
    {"linkId":"thanks","type":"display","text":"Grazie"})";

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("pages: one question a page, with the texts before it and below it") {
    Filling filling(form(household));
    CHECK(pages_of(filling) == Lines{"person/name (intro) (person/name/note)", "alone", "need", "thanks! (thanks)"});
    CHECK(pages_of(filling, Reader::Desk) ==
          Lines{"person/name (intro) (person/name/note)", "person/office", "alone", "need", "thanks! (thanks)"});
    const auto all = pages(filling.draft);
    REQUIRE(all[0].section.size() == 1);
    CHECK(filling.draft.definition().text_of(all[0].section[0]) == "person");
}

TEST_CASE("pages: a repeating group is a list first, then the questions of what was begun") {
    Filling filling(form(household));
    (void)filling.set("alone", false);
    CHECK(pages_of(filling) ==
          Lines{"person/name (intro) (person/name/note)", "alone", "child*", "need", "thanks! (thanks)"});
    (void)filling.draft.add_instance(filling.at("child"));
    (void)filling.type("child/child-name", "Ada");
    (void)filling.draft.add_instance(filling.at("child"));
    CHECK(pages_of(filling) == Lines{"person/name (intro) (person/name/note)", "alone", "child*", "child/child-name",
                                     "child/age", "child[1]/child-name", "child[1]/age", "need", "thanks! (thanks)"});
    (void)filling.choose("need", 0);
    (void)filling.choose("need", 1);
    CHECK(pages_of(filling).size() == 11);
    CHECK(pages_of(filling)[9] == "need[1]/detail");
}

TEST_CASE("pages: the place of a page is found, and the next one when it is gone") {
    Filling filling(form(household));
    (void)filling.set("alone", false);
    (void)filling.draft.add_instance(filling.at("child"));
    auto all = pages(filling.draft);
    CHECK(position_of(all, filling.at("child/age")) == 4);
    (void)filling.set("alone", true);
    all = pages(filling.draft);
    CHECK_FALSE(position_of(all, filling.at("child/age")));
    CHECK(filling.draft.definition().text_of(all[nearest(filling.draft, all, filling.at("child/age"))].path) == "need");
    CHECK(nearest(filling.draft, all, filling.at("person")) == 0);
}

TEST_CASE("pages: the number to expect is never below the pages there are") {
    Filling filling(form(household));
    CHECK(expected_pages(filling.draft) >= pages(filling.draft).size());
    (void)filling.set("alone", false);
    (void)filling.draft.add_instance(filling.at("child"));
    CHECK(expected_pages(filling.draft) >= pages(filling.draft).size());
}

TEST_CASE("summary: questions stand under their section, with typed answers and the words of the options") {
    Filling filling(form(household));
    (void)filling.type("person/name", "Ada");
    (void)filling.set("alone", false);
    (void)filling.draft.add_instance(filling.at("child"));
    (void)filling.type("child/child-name", "Bruno");
    (void)filling.type("child/age", "sette");
    (void)filling.choose("need", 1);
    const auto sections = summary(filling.draft, "it");
    REQUIRE(sections.size() == 4);
    CHECK(sections[0].title == "La persona");
    REQUIRE(sections[0].lines.size() == 1);
    CHECK(sections[0].lines[0].question == "Nome");
    CHECK(sections[0].lines[0].required);
    CHECK(std::get<AnswerText>(*sections[0].lines[0].answers.at(0)) == "Ada");
    CHECK(sections[1].title.empty());
    CHECK(filling.draft.definition().text_of(sections[1].path) == "alone");
    CHECK(sections[2].title == "Figli");
    CHECK(sections[2].repeating);
    REQUIRE(sections[2].lines.size() == 2);
    CHECK(sections[2].lines[1].answers.empty());
    CHECK(*sections[2].lines[1].half_typed.at(0) == "sette");
    CHECK(sections[3].lines[0].option_words.at(0) == "Soldi");
    CHECK(sections[3].lines.size() == 2);
}

namespace {

std::string ctl(std::string_view code) {
    return R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl","valueCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/questionnaire-item-control","code":")" +
           std::string(code) + R"("}]}}])";
}

/// Each page with all its questions.
Lines together(const Filling& filling) {
    Lines lines;
    for (const Page& page : pages(filling.draft)) {
        std::string line = filling.draft.definition().text_of(page.path);
        for (const Path& other : page.together)
            line += " + " + filling.draft.definition().text_of(other);
        lines.push_back(line);
    }
    return lines;
}

} // namespace

TEST_CASE("pages: a group that its author wants as a page keeps its short questions together") {
    Filling filling(form(R"({"linkId":"g","type":"group","text":"Casa",)" + ctl("page") + R"(,"item":[
        {"linkId":"a","type":"string","text":"A"},{"linkId":"b","type":"boolean","text":"B"},
        {"linkId":"story","type":"text","text":"Racconta"},
        {"linkId":"c","type":"integer","text":"C","enableWhen":[{"question":"b","operator":"=","answerBoolean":true}]},
        {"linkId":"d","type":"string","text":"D"}]})"));
    CHECK(together(filling) == Lines{"g/a + g/b", "g/story", "g/d"});
    (void)filling.set("g/b", true);
    CHECK(together(filling) == Lines{"g/a + g/b", "g/story", "g/c + g/d"});
    const auto all = pages(filling.draft);
    CHECK(position_of(all, filling.at("g/d")) == 2);
    CHECK(questions_on(filling.draft, all[2]).size() == 2);
    (void)filling.set("g/b", false);
    CHECK(questions_on(filling.draft, all[2]).size() == 1); // the page as it was, the answers as they are
}

TEST_CASE("pages: more than eight questions of a group go on over another page") {
    std::string items;
    for (int i = 0; i < 11; ++i)
        items +=
            std::string(i == 0 ? "" : ",") + R"({"linkId":"q)" + std::to_string(i) + R"(","type":"string","text":"Q"})";
    Filling filling(form(R"({"linkId":"g","type":"group",)" + ctl("page") + R"(,"item":[)" + items + "]}"));
    const auto all = pages(filling.draft);
    REQUIRE(all.size() == 2);
    CHECK(all[0].together.size() + 1 == most_together);
    CHECK(all[1].together.size() + 1 == 3);
}

TEST_CASE("pages: one or two short follow-ups stand under the answer that brings them up, longer ones after it") {
    Filling filling(form(R"({"linkId":"q","type":"boolean","text":"Q","item":[
        {"linkId":"x","type":"string","text":"X"},{"linkId":"y","type":"integer","text":"Y"}]},
        {"linkId":"r","type":"boolean","text":"R","item":[{"linkId":"z","type":"text","text":"Z"}]})"));
    CHECK(together(filling) == Lines{"q", "r"});
    (void)filling.set("q", true);
    (void)filling.set("r", true);
    CHECK(together(filling) == Lines{"q + q/x + q/y", "r", "r/z"});
    CHECK(position_of(pages(filling.draft), filling.at("q/y")) == 0);
}

TEST_CASE("pages: headers and footers stand on every page of their group, and nowhere else") {
    Filling filling(form(R"({"linkId":"g","type":"group","item":[
        {"linkId":"h","type":"display","text":"Sopra",)" +
                         ctl("header") + R"(},{"linkId":"a","type":"string","text":"A"},
        {"linkId":"b","type":"string","text":"B"},{"linkId":"f","type":"display","text":"Sotto",)" +
                         ctl("footer") + R"(}]},
        {"linkId":"c","type":"string","text":"C"})"));
    const auto all = pages(filling.draft);
    REQUIRE(all.size() == 3);
    for (std::size_t i : {0U, 1U}) {
        CHECK(all[i].texts == std::vector<Path>{filling.at("g/h")});
        CHECK(all[i].footers == std::vector<Path>{filling.at("g/f")});
    }
    CHECK(all[2].texts.empty());
    CHECK(all[2].footers.empty());
}

TEST_CASE("pages: a read-only question without an answer is no page") {
    Filling filling(form(R"({"linkId":"a","type":"string","text":"A","readOnly":true},
        {"linkId":"b","type":"string","text":"B","readOnly":true,"initial":[{"valueString":"x"}]})"));
    CHECK(together(filling) == Lines{"b"});
}
