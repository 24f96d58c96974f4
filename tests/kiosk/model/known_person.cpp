// SPDX-License-Identifier: EUPL-1.2
// A document that says who the person is, and expressions of a form that have no result.
#include "forms/fhir/load.hpp"
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

namespace {

PersonRead maria(Filling& filling) {
    forms::KnownPerson person(&filling.memory);
    person.family = "Bianchi";
    person.given = "Maria";
    person.birth_date = forms::PartialDate::parse("1975-03-01");
    return {std::make_shared<const forms::KnownPerson>(std::move(person))};
}

std::string text_in_field(Filling& filling) {
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    return std::get<TextControl>(question->control).content.text;
}

} // namespace

TEST_CASE("known person: nothing is written before the person has seen it and said yes") {
    Filling filling;
    filling.open("known-person");
    filling.visit.hear(maria(filling));
    const auto* panel = filling.panel<KnownPanel>();
    REQUIRE(panel);
    REQUIRE(panel->rows.size() == 3);
    CHECK(panel->rows[0].question == "Qual è il tuo cognome?");
    CHECK(panel->rows[0].answer == "Bianchi");
    CHECK(panel->rows[2].answer == "1º marzo 1975");
    CHECK(text_in_field(filling).empty());
    filling.tap(ConfirmKnown{true});
    CHECK_FALSE(filling.panel<KnownPanel>());
    CHECK(text_in_field(filling) == "Bianchi");
    filling.go_on();
    CHECK(text_in_field(filling) == "Maria");
    filling.visit.hear(maria(filling)); // there is nothing left to propose
    CHECK_FALSE(filling.panel<KnownPanel>());
}

TEST_CASE("known person: whoever says no writes for themselves and is not asked again") {
    Filling filling;
    filling.open("known-person");
    filling.visit.hear(maria(filling));
    REQUIRE(filling.panel<KnownPanel>());
    filling.tap(OpenHelp{}); // the question waits for its answer
    REQUIRE(filling.panel<KnownPanel>());
    filling.tap(ConfirmKnown{false});
    CHECK(text_in_field(filling).empty());
    filling.go_back();
    filling.tap(ChooseService{"known-person"});
    CHECK_FALSE(filling.panel<KnownPanel>());
}

TEST_CASE("known person: what was written is kept, the rest is proposed in the language of the visit") {
    Filling filling;
    filling.open("known-person", "ar");
    filling.type("Rossi");
    filling.visit.hear(maria(filling));
    const auto* panel = filling.panel<KnownPanel>();
    REQUIRE(panel);
    CHECK(panel->rows.size() == 2);
    CHECK(panel->rows[0].question == "ما اسمك؟");
    CHECK(panel->language == "ar");
    filling.tap(ConfirmKnown{true});
    CHECK(text_in_field(filling) == "Rossi");
}

TEST_CASE("known person: a form opened after the document was read has its launchContext") {
    Filling filling;
    filling.tap(StartVisit{"it"});
    filling.visit.hear(maria(filling));
    CHECK_FALSE(filling.panel<KnownPanel>()); // no form is open yet
    filling.tap(AcceptNotice{});
    filling.tap(ChooseService{"known-person"});
    REQUIRE(filling.panel<KnownPanel>());
    filling.tap(ConfirmKnown{false});
    filling.go_to("benvenuto");
    CHECK(text_in_field(filling) == "Maria");
}

TEST_CASE("known person: a document before the first touch is nobody's, and the wipe takes what it said") {
    Filling filling;
    filling.visit.hear(maria(filling));
    filling.open("known-person");
    CHECK_FALSE(filling.panel<KnownPanel>());
    auto read = maria(filling);
    filling.visit.hear(read);
    filling.tap(ConfirmKnown{true});
    read.person.reset();
    CHECK(filling.memory.holds("Bianchi"));
    filling.tap(ExitNow{});
    CHECK_FALSE(filling.memory.holds("Bianchi"));
}

TEST_CASE("troubles: an expression without a result is told once for the log, by its place") {
    auto loaded = forms::load_definition(
        R"form({"resourceType":"Questionnaire","url":"https://a.example/f","status":"draft","language":"it","title":"Prova","item":[
            {"linkId":"a","type":"string","repeats":true,"text":"Quali?"},
            {"linkId":"b","type":"string","readOnly":true,"text":"Una","extension":[
              {"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
               "valueExpression":{"language":"text/fhirpath","expression":"%resource.item.where(linkId='a').answer.value.upper()"}}]}]})form",
        {});
    REQUIRE(loaded.ok());
    tests::HandClock clock;
    tests::MemoryLink link;
    VisitPorts ports;
    ports.clock = &clock;
    ports.memory = std::pmr::get_default_resource();
    ports.new_id = [] { return forms::Uuid::from_random({}); };
    Visit visit({}, {{"prova", loaded.value()}}, ports);
    const auto act = [&](const Intent& intent) {
        visit.apply(intent);
        link.work(visit);
    };
    link.work(visit);
    for (const Intent& intent : {Intent(StartVisit{"it"}), Intent(AcceptNotice{}), Intent(ChooseService{"prova"}),
                                 Intent(TypeText{"q:a", "uno"})})
        act(intent);
    CHECK(visit.take_troubles().empty());
    for (const Intent& intent : {Intent(Continue{}), Intent(AddInstance{}), Intent(TypeText{"q:a", "due"})})
        act(intent);
    const auto troubles = visit.take_troubles();
    REQUIRE(troubles.size() == 1);
    CHECK(troubles[0].form == loaded.value()->sha256());
    CHECK(troubles[0].what.kind == forms::FormulaKind::Calculated);
    CHECK(troubles[0].what.item == 1);
    CHECK(troubles[0].what.trouble == forms::fhirpath::Trouble::NotSingle);
    act(TypeText{"q:a", "!"});
    CHECK(visit.take_troubles().empty());
}
