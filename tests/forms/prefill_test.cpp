// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/patient.hpp"
#include "forms/fhir/prefill.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

std::string bound(const std::string& link_id, const std::string& type, const std::string& key,
                  const std::string& more = "") {
    return R"({"linkId":")" + link_id + R"(","type":")" + type + R"(","definition":")" + key + "\"" + more + "}";
}

const std::string patient = "http://hl7.org/fhir/StructureDefinition/Patient#Patient.";
const std::string core = "http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient";

std::string person_form() {
    const std::string genders =
        R"(,"answerOption":[{"valueCoding":{"system":"http://hl7.org/fhir/administrative-gender","code":"female","display":"F"}},
            {"valueCoding":{"system":"http://hl7.org/fhir/administrative-gender","code":"male","display":"M"}}])";
    return R"({"linkId":"person","type":"group","definition":")" + core + R"(","item":[)" +
           bound("family", "string", patient + "name.family") + "," + bound("given", "string", patient + "name.given") +
           "," + bound("birth", "date", patient + "birthDate") + "," +
           bound("sex", "choice", patient + "gender", genders) + "," +
           bound("code", "string", core + ".identifier:codiceFiscale.value") + "," +
           bound("stp", "string", core + ".identifier:codiceSTP.value",
                 R"(,"enableWhen":[{"question":"code","operator":"exists","answerBoolean":false}])") +
           R"(]},{"linkId":"home","type":"group","definition":"http://hl7.org/fhir/StructureDefinition/RelatedPerson#RelatedPerson","item":[)" +
           bound("h-given", "string", patient + "name.given") + "]}";
}

KnownPerson maria() {
    KnownPerson person(std::pmr::get_default_resource());
    person.family = "Rossi";
    person.given = "Maria";
    person.gender = "female";
    person.stp = "STP0123456789012";
    person.birth_date = PartialDate::parse("1980-04-02");
    return person;
}

std::string places(const Draft& draft, const std::vector<ProposedAnswer>& proposals) {
    std::string text;
    for (const ProposedAnswer& proposal : proposals)
        text += (text.empty() ? "" : " ") + draft.definition().text_of(proposal.question);
    return text;
}

} // namespace

TEST_CASE("prefill: what a document says becomes proposals for the questions bound to it, of the person only") {
    Filling filling(form(person_form()));
    const auto proposals = propose_answers(filling.draft, maria());
    CHECK(places(filling.draft, proposals) == "person/family person/given person/birth person/sex person/stp");
    for (const ProposedAnswer& proposal : proposals)
        CHECK(filling.draft.set(proposal.question, proposal.value, Writer::Program) == Outcome::Accepted);
    CHECK(filling.draft.is_chosen(filling.at("person/sex"), 0));
    CHECK(propose_answers(filling.draft, maria()).empty());
}

TEST_CASE("prefill: what a person wrote, also half, is never replaced; what is not asked is not proposed") {
    Filling filling(form(person_form()));
    CHECK(filling.type("person/family", "Bianchi") == Outcome::Accepted);
    CHECK(filling.type("person/birth", "02/") == Outcome::NotYetAValue);
    CHECK(filling.type("person/code", "RSSMRA80D42H501X") == Outcome::Accepted);
    CHECK(places(filling.draft, propose_answers(filling.draft, maria())) == "person/given person/sex");
}

TEST_CASE("prefill: a value that the question does not take is not proposed") {
    Filling filling(form(person_form()));
    KnownPerson person(std::pmr::get_default_resource());
    person.gender = "unknown";
    CHECK(propose_answers(filling.draft, person).empty());
}

TEST_CASE("prefill: the answers say again what the person is known by") {
    Filling filling(form(person_form()));
    for (const ProposedAnswer& proposal : propose_answers(filling.draft, maria()))
        (void)filling.draft.set(proposal.question, proposal.value, Writer::Program);
    CHECK(filling.type("home/h-given", "Luca") == Outcome::Accepted);
    const KnownPerson found = known_person(filling.draft);
    CHECK(found.family == "Rossi");
    CHECK(found.given == "Maria");
    CHECK(found.gender == "female");
    CHECK(found.stp == "STP0123456789012");
    CHECK(found.birth_date == PartialDate::parse("1980-04-02"));
    CHECK(found.fiscal_code.empty());
}

TEST_CASE("prefill: what is known of a person is written as a Patient, and read back the same") {
    KnownPerson person = maria();
    person.fiscal_code = "RSSMRA80D42H501X";
    person.given = "Maria \"Luisa\"";
    const std::pmr::string json = write_patient(person);
    CHECK(json == R"({"resourceType":"Patient","identifier":[{"system":"urn:oid:2.16.840.1.113883.2.9.4.3.2",)"
                  R"("value":"RSSMRA80D42H501X"},{"system":"urn:oid:2.16.840.1.113883.2.9.4.3.17",)"
                  R"("value":"STP0123456789012"}],"name":[{"use":"official","family":"Rossi",)"
                  R"("given":["Maria \"Luisa\""]}],"gender":"female","birthDate":"1980-04-02"})");
    const auto again = read_patient(json, std::pmr::get_default_resource());
    REQUIRE(again);
    CHECK(write_patient(*again) == json);
    CHECK(write_patient(KnownPerson(std::pmr::get_default_resource())) == R"({"resourceType":"Patient"})");
}

TEST_CASE("prefill: of several names the official one counts; what is no Patient is none") {
    auto* const memory = std::pmr::get_default_resource();
    const auto person = read_patient(
        R"({"resourceType":"Patient","name":[{"use":"usual","family":"A"},{"use":"official","family":"B","given":["C","D"]}],"birthDate":"1980-13"})",
        memory);
    REQUIRE(person);
    CHECK(person->family == "B");
    CHECK(person->given == "C D");
    CHECK_FALSE(person->birth_date);
    for (const char* none : {"", "{}", "[1]", R"({"resourceType":"Person"})", R"({"resourceType":["Patient"]})"})
        CHECK_FALSE(read_patient(none, memory));
    for (const char* odd : {R"({"resourceType":"Patient","name":"x","identifier":{"system":1},"gender":[]})",
                            R"({"resourceType":"Patient","name":[],"identifier":[]})",
                            R"({"resourceType":"Patient","name":[{"given":"x"}]})"})
        CHECK(read_patient(odd, memory)); // nothing is known, and nothing goes wrong
}
