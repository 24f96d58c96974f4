// SPDX-License-Identifier: EUPL-1.2
// The ways in which published SDC forms write scores, ages, measures and summaries.
#include "writing.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

namespace {

constexpr std::string_view scored =
    R"("answerOption":[{"valueCoding":{"system":"urn:s","code":"never","display":"Mai"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":0}]},
    {"valueCoding":{"system":"urn:s","code":"often","display":"Spesso"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":2}]}])";

} // namespace

TEST_CASE("a score: the ordinals of all answers, added up") {
    for (const std::string_view total :
         {"%resource.item.where(linkId='q1' or linkId='q2').answer.value.ordinal().sum()",
          "%resource.item.where(linkId.startsWith('q')).answer.value.weight().aggregate($this + $total, 0)",
          "%resource.item.answer.value.ofType(Coding).weight().sum()"}) {
        CAPTURE(std::string(total));
        Filling filling(form(item("q1", "choice", {}, scored) + "," + item("q2", "choice", {}, scored) + "," +
                             item("total", "decimal", calculated(total), R"("readOnly":true)")));
        CHECK(filling.choose("q1", 1) == Outcome::Accepted);
        CHECK(filling.choose("q2", 1) == Outcome::Accepted);
        CHECK(answer(filling, "total") == "4");
        CHECK(filling.choose("q2", 0) == Outcome::Accepted);
        CHECK(answer(filling, "total") == "2");
    }
}

TEST_CASE("a score read from the options of the questionnaire, through variables") {
    const std::string variables =
        variable("code", "%resource.item.where(linkId='q1').answer.value.code") + "," +
        variable("q1", "%questionnaire.item.where(linkId='q1').answerOption.where(value.code=%code).extension.where("
                       "url='http://hl7.org/fhir/StructureDefinition/ordinalValue').valueDecimal") +
        "," + variable("score", "iif(%q1.exists(), %q1, 0)");
    Filling filling(
        form(item("q1", "choice", {}, scored) + "," + item("total", "decimal", calculated("%score + 1")) + "," +
                 item("severity", "string", calculated("iif(%score > 1, 'alta', iif(%score > 0, 'media', 'bassa'))")),
             R"("extension":[)" + variables + "]"));
    CHECK(answer(filling, "severity") == "bassa");
    CHECK(filling.choose("q1", 1) == Outcome::Accepted);
    CHECK(answer(filling, "total") == "3");
    CHECK(answer(filling, "severity") == "alta");
}

TEST_CASE("body mass from two questions, in kilograms and metres, or from quantities") {
    const std::string variables = variable("weight", "%resource.item.where(linkId='w').answer.value") + "," +
                                  variable("height", "%resource.item.where(linkId='h').answer.value*0.01");
    Filling filling(
        form(item("w", "decimal") + "," + item("h", "decimal") + "," +
                 item("bmi", "decimal", calculated("(%weight/(%height.power(2))).round(1)"), R"("readOnly":true)"),
             R"("extension":[)" + variables + "]"));
    CHECK(filling.type("w", "70,5") == Outcome::Accepted);
    CHECK(answer(filling, "bmi") == "-");
    CHECK(filling.type("h", "180") == Outcome::Accepted);
    CHECK(answer(filling, "bmi") == "21.8");

    Filling quantities(form(
        item(
            "w", "quantity",
            R"({"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":{"system":"http://unitsofmeasure.org","code":"kg","display":"kg"}})") +
        "," + item("heavy", "boolean", calculated("%resource.item.where(linkId='w').answer.value > 100 'kg'")) + "," +
        item("grams", "decimal", calculated("%resource.item.where(linkId='w').answer.value.value * 1000"))));
    CHECK(quantities.type("w", "120") == Outcome::Accepted);
    CHECK(answer(quantities, "heavy") == "true");
    CHECK(answer(quantities, "grams") == "120000");
}

TEST_CASE("an age in years") {
    Setting setting;
    setting.now = PartialDateTime::parse("2026-11-22T14:00:00+01:00");
    Filling filling(Draft(
        form(
            item("born", "date") + "," +
                item(
                    "age", "integer",
                    calculated(
                        "today().toString().substring(0,4).toInteger() - %born.toString().substring(0,4).toInteger() - "
                        "iif(today().toString().substring(5) < %born.toString().substring(5), 1, 0)")) +
                "," + item("guardian", "string", enabled_when("%born > today() - 18 years")),
            R"("extension":[)" + variable("born", "%resource.item.where(linkId='born').answer.value") + "]"),
        std::pmr::get_default_resource(), Start::WithInitial, std::move(setting)));
    CHECK(filling.type("born", "23/11/2008") == Outcome::Accepted);
    CHECK(answer(filling, "age") == "17");
    CHECK(filling.asks("guardian"));
    CHECK(filling.type("born", "22/11/2008") == Outcome::Accepted);
    CHECK(answer(filling, "age") == "18");
    CHECK_FALSE(filling.asks("guardian"));
}

TEST_CASE("a summary of what was chosen, and counting") {
    Filling filling(form(
        item("q", "choice", {}, std::string(R"("repeats":true,)") + std::string(scored)) + "," +
        item("said", "text", calculated("%resource.item.where(linkId='q').answer.valueCoding.display.join(', ')")) +
        "," + item("count", "integer", calculated("%resource.item.where(linkId='q').answer.count()")) + "," +
        item("other", "string",
             enabled_when("%resource.item.where(linkId='q').answer.value.where(code='often').exists()"))));
    CHECK(answer(filling, "count") == "0");
    CHECK(filling.choose("q", 0) == Outcome::Accepted);
    CHECK(filling.choose("q", 1) == Outcome::Accepted);
    CHECK(answer(filling, "said") == "Mai, Spesso");
    CHECK(answer(filling, "count") == "2");
    CHECK(filling.asks("other"));
}

TEST_CASE("income of a household: one total over the instances of a group") {
    Filling filling(
        form(R"({"linkId":"person","type":"group","repeats":true,"item":[)" + item("income", "decimal") + "]}," +
             item("total", "decimal", calculated("%resource.repeat(item).where(linkId='income').answer.value.sum()")) +
             "," + item("help", "string", enabled_when("%resource.item.where(linkId='total').answer.value < 1000"))));
    CHECK(filling.draft.add_instance(filling.at("person")).ok());
    CHECK(filling.draft.add_instance(filling.at("person")).ok());
    CHECK(filling.type("person/income", "600,50") == Outcome::Accepted);
    CHECK(filling.asks("help"));
    CHECK(filling.type("person[1]/income", "500") == Outcome::Accepted);
    CHECK(answer(filling, "total") == "1100.50");
    CHECK_FALSE(filling.asks("help"));
}
