// SPDX-License-Identifier: EUPL-1.2
#include "writing.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

namespace {

constexpr std::string_view query =
    R"({"url":"http://hl7.org/fhir/StructureDefinition/variable","valueExpression":{"name":"weights",
    "language":"application/x-fhir-query","expression":"Observation?code=29463-7&patient={{%patient.id}}"}})";
constexpr std::string_view context =
    R"({"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemPopulationContext","valueExpression":{
    "name":"weights","language":"application/x-fhir-query","expression":"Observation?code=29463-7"}})";

std::string group(std::string_view extension, std::string_view items) {
    return item("g", "group", extension, R"("item":[)" + std::string(items) + "]");
}

} // namespace

TEST_CASE("what a server would have fetched is nothing here: a first answer from it is left to the person") {
    for (const std::string_view source : {query, context}) {
        const auto definition =
            form(group(source, item("a", "decimal", initially("%weights.entry.resource.value.value")) + "," +
                                   item("b", "string", initially("iif(%weights.exists(), 'noto', 'da chiedere')"))));
        Filling filling(definition);
        CHECK(answer(filling, "g/a") == "-");
        CHECK(answer(filling, "g/b") == "da chiedere");
    }
}

TEST_CASE("a rule that hangs on what a server would have fetched is refused by place, also through a variable") {
    CHECK(mistakes_in(questionnaire(group(query, item("a", "decimal", calculated("%weights.count()"))))) ==
          std::vector<std::string>{"/item/0/item/0/extension/0 bad-expression"});
    CHECK(mistakes_in(questionnaire(group(std::string(query) + "," + variable("last", "%weights.last()"),
                                          item("a", "string", enabled_when("%last.exists()"))))) ==
          std::vector<std::string>{"/item/0/item/0/extension/0 bad-expression"});
    CHECK(mistakes_in(questionnaire(group(std::string(query) + "," + variable("last", "%weights.last()"),
                                          item("a", "string", initially("%last.id")))))
              .empty());
}

TEST_CASE("a first answer by a query of its own is left to the person") {
    const std::string by_query =
        R"({"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression",
        "valueExpression":{"language":"application/x-fhir-query","expression":"Patient?_id=1"}})";
    CHECK(mistakes_in(questionnaire(item("a", "string", by_query))).empty());
}
