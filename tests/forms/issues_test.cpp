// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

using Lines = std::vector<std::string>;

TEST_CASE("issues: a required question is missing only while it is enabled") {
    Filling filling(form(R"({"linkId":"a","type":"boolean"},
        {"linkId":"b","type":"string","required":true,"enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]})"));
    CHECK(filling.issues().empty());
    (void)filling.set("a", true);
    CHECK(filling.issues() == Lines{"b required-missing"});
    (void)filling.type("b", "   ");
    CHECK(filling.issues() == Lines{"b required-missing"});
    (void)filling.type("b", "ciao");
    CHECK(filling.issues().empty());
    CHECK(complete(filling.draft, "it").ok());
}

TEST_CASE("issues: bounds tell the limit that was passed") {
    Filling filling(form(
        R"({"linkId":"n","type":"integer","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":18},
            {"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":120}]},
        {"linkId":"d","type":"date","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDate":"2026-11-22"}]},
        {"linkId":"m","type":"decimal","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces","valueInteger":2}]},
        {"linkId":"s","type":"string","maxLength":4,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minLength","valueInteger":2}]})"));
    (void)filling.type("n", "17");
    (void)filling.type("d", "23/11/2026");
    (void)filling.type("m", "1,234,567");
    (void)filling.type("m", "1,2345");
    (void)filling.type("s", "perchè");
    CHECK(filling.issues() == Lines{"n below-minimum", "d above-maximum", "m too-many-decimals", "s too-long"});
    const auto issues = filling.draft.issues_of(filling.at("n"));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].limit == Value(std::int32_t{18}));
    (void)filling.type("n", "121");
    (void)filling.type("d", "22/11/2026");
    (void)filling.type("m", "1,23");
    (void)filling.type("s", "è");
    CHECK(filling.issues() == Lines{"n above-maximum", "s too-short"});
    (void)filling.type("s", "però");
    CHECK(filling.issues() == Lines{"n above-maximum"});
}

TEST_CASE("issues: what nobody began is not missing, what the form demands is") {
    Filling filling(form(
        R"({"linkId":"optional","type":"group","repeats":true,"item":[{"linkId":"o","type":"string","required":true}]},
        {"linkId":"demanded","type":"group","repeats":true,"required":true,"item":[{"linkId":"d","type":"string"}]},
        {"linkId":"section","type":"group","item":[{"linkId":"s","type":"string","required":true}]},
        {"linkId":"parent","type":"string","item":[{"linkId":"nested","type":"string","required":true}]})"));
    CHECK(filling.issues() == Lines{"demanded required-missing", "section/s required-missing"});
    (void)filling.type("demanded/d", "x");
    (void)filling.type("section/s", "x");
    CHECK(filling.issues().empty());
    (void)filling.type("parent", "x");
    CHECK(filling.issues() == Lines{"parent/nested required-missing"});
}

TEST_CASE("issues: too few and too many answers or instances") {
    const std::string two_to_three =
        R"("repeats":true,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs","valueInteger":2},
        {"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs","valueInteger":3}])";
    Filling filling(form(R"({"linkId":"q","type":"string",)" + two_to_three + R"(},{"linkId":"g","type":"group",)" +
                         two_to_three + R"(,"item":[{"linkId":"x","type":"string"}]})"));
    CHECK(filling.issues() == Lines{"g too-few"});
    (void)filling.type("q", "1");
    CHECK(filling.issues() == Lines{"q too-few", "g too-few"});
    for (std::uint32_t i = 1; i < 4; ++i)
        (void)filling.draft.type(filling.at("q").with_instance(i), "x");
    for (std::uint32_t i = 0; i < 4; ++i)
        (void)filling.draft.add_instance(filling.at("g"));
    CHECK(filling.issues() == Lines{"q too-many", "g too-many"});
}

TEST_CASE("issues: a stored answer that is no option is shown, not lost") {
    const auto definition =
        form(R"({"linkId":"c","type":"choice","answerOption":[{"valueCoding":{"system":"urn:x","code":"x"}}]},
        {"linkId":"w","type":"quantity","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":{"system":"urn:u","code":"kg"}}]})");
    auto read = read_response(
        R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"c","answer":[{"valueCoding":{"system":"urn:x","code":"old"}}]},
        {"linkId":"w","answer":[{"valueQuantity":{"value":1,"system":"urn:u","code":"g"}}]}]})",
        definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(read.value().issues.empty());
    Filling filling(std::move(read.value().draft));
    CHECK(filling.issues() == Lines{"c not-an-option", "w wrong-unit"});
}

TEST_CASE("issues: exclusive options beside others are told") {
    const auto definition = form(
        R"({"linkId":"c","type":"choice","repeats":true,"answerOption":[{"valueCoding":{"code":"x"}},{"valueCoding":{"code":"none"},
        "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive","valueBoolean":true}]}]})");
    auto read = read_response(
        R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"c","answer":[{"valueCoding":{"code":"x"}},{"valueCoding":{"code":"none"}}]}]})",
        definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(Filling(std::move(read.value().draft)).issues() == Lines{"c exclusive-mixed"});
}

TEST_CASE("issues: a citizen is not asked for what the desk fills in") {
    const auto definition = form(
        R"({"linkId":"g","type":"group","extension":[{"url":"https://sportello.example.org/fhir/StructureDefinition/filled-by","valueCode":"desk"}],
        "item":[{"linkId":"a","type":"string","required":true}]},{"linkId":"b","type":"string"})");
    Filling filling(definition);
    CHECK(filling.issues().empty());
    CHECK(filling.draft.issues(Reader::Desk).size() == 1);
    CHECK(complete(filling.draft, "it").ok());
    CHECK_FALSE(complete(filling.draft, "it", Reader::Desk).ok());
}

TEST_CASE("issues: nobody is asked for what they cannot see or write") {
    Filling filling(form(
        R"({"linkId":"g","type":"group","required":true,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden","valueBoolean":true}],
        "item":[{"linkId":"h","type":"string","required":true}]},{"linkId":"r","type":"string","required":true,"readOnly":true})"));
    CHECK(filling.draft.definition().item(1).hidden);
    CHECK(filling.issues().empty());
}
