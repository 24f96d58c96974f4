// SPDX-License-Identifier: EUPL-1.2
#include "writing.hpp"

#include "forms/fhir/json_tree.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

namespace {

constexpr std::string_view launch =
    R"("extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext","extension":[
    {"url":"name","valueCoding":{"system":"http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext","code":"patient"}},{"url":"type","valueCode":"Patient"}]}])";

constexpr std::string_view patient = R"({"resourceType":"Patient","birthDate":"1950-02-01","gender":"female",
    "name":[{"family":"Rossi","given":["Ada","Maria"]}]})";

Setting with_patient() {
    auto tree = read_launched("patient", patient, std::pmr::get_default_resource());
    REQUIRE(tree.has_value());
    Setting setting;
    setting.launched.push_back(*tree);
    setting.now = PartialDateTime::parse("2026-11-22T14:00:00+01:00");
    return setting;
}

} // namespace

TEST_CASE("a patient handed in at the start fills in the first answers") {
    const auto definition =
        form(item("name", "string",
                  initially("%patient.name.first().given.join(' ') & ' ' & %patient.name.first().family")) +
                 "," + item("born", "date", initially("%patient.birthDate")) + "," +
                 item("age", "integer",
                      calculated("iif(%resource.item.where(linkId='born').answer.value + 70 years <= today(), 70, 0)")),
             launch);
    Filling filling(Draft(definition, std::pmr::get_default_resource(), Start::WithInitial, with_patient()));
    CHECK(answer(filling, "name") == "Ada Maria Rossi");
    CHECK(answer(filling, "born") == "1950-02-01");
    CHECK(answer(filling, "age") == "70");
    CHECK(filling.type("name", "Ada Rossi") == Outcome::Accepted); // a first answer is a person's to change
    CHECK(answer(filling, "name") == "Ada Rossi");
    Filling nobody(definition);
    CHECK(answer(nobody, "name") == " "); // & takes nothing for an empty text
    CHECK(answer(nobody, "born") == "-");
}

TEST_CASE("initialExpression is worked out once, and again for each new instance") {
    Filling filling(form(item("a", "integer", {}, R"("initial":[{"valueInteger":3}])") +
                         R"(,{"linkId":"g","type":"group","repeats":true,"item":[)" +
                         item("b", "integer", initially("%resource.item.where(linkId='a').answer.value + 1")) + "]}"));
    CHECK(answer(filling, "g/b") == "4");
    CHECK(filling.type("a", "10") == Outcome::Accepted);
    CHECK(answer(filling, "g/b") == "4");
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(answer(filling, "g[1]/b") == "11");
}

TEST_CASE("a stored draft is not started anew") {
    const auto definition = form(item("a", "integer", initially("1 + 1")) + "," + item("b", "string"));
    auto read = read_response(
        R"({"resourceType":"QuestionnaireResponse","status":"in-progress","item":[{"linkId":"b","answer":[{"valueString":"x"}]}]})",
        definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    Filling again(std::move(std::move(read).value().draft));
    CHECK(answer(again, "a") == "-");
}

TEST_CASE("without a clock what needs today stays empty, and is named") {
    const Filling filling(form(item("a", "date", calculated("today()"))));
    CHECK(answer(filling, "a") == "-");
    REQUIRE(filling.draft.troubles().size() == 1);
    CHECK(filling.draft.troubles()[0].trouble == fhirpath::Trouble::NotKnown);
}

TEST_CASE("what is no resource is not handed in") {
    CHECK_FALSE(read_launched("patient", "{", std::pmr::get_default_resource()).has_value());
    CHECK_FALSE(read_launched("patient", "[]", std::pmr::get_default_resource()).has_value());
    CHECK_FALSE(read_launched("patient", R"({"name":"x"})", std::pmr::get_default_resource()).has_value());
}
