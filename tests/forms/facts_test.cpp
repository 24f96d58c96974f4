// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include "forms/fhir/facts.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

std::string role(std::string_view code) {
    return R"("code":[{"system":"https://sportello.example.org/fhir/CodeSystem/item-role","code":")" +
           std::string(code) + R"("}])";
}

std::shared_ptr<const Definition> access_form() {
    const std::string patient = "http://hl7.org/fhir/StructureDefinition/Patient#Patient.";
    const std::string core = "http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient";
    const std::string contact = "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona";
    return form(
        R"({"linkId":"who","type":"choice",)" + role("speaks-for") +
        R"(,"answerOption":[{"valueCoding":{"code":"utente"}},{"valueCoding":{"code":"parente"}}]},
        {"linkId":"urgent","type":"boolean",)" +
        role("urgent") + R"(},{"linkId":"anonymous","type":"boolean",)" + role("anonymous") + R"(},
        {"linkId":"consent","type":"boolean",)" +
        role("consent-sharing") + R"(},{"linkId":"notice","type":"boolean",)" + role("privacy-notice") + R"(},
        {"linkId":"declarant","type":"group","definition":")" +
        contact + R"(","enableWhen":[{"question":"who","operator":"=","answerCoding":{"code":"parente"}}],"item":[
            {"linkId":"d-name","type":"string","definition":")" +
        contact + R"(.nome"},{"linkId":"d-code","type":"string","definition":")" + core +
        R"(.identifier:codiceFiscale.value"},
            {"linkId":"d-phone","type":"string","definition":")" +
        contact + R"(.recapiti.cellulare"},
            {"linkId":"d-rel","type":"open-choice","definition":")" +
        contact + R"(.tipoRelazione","answerOption":[{"valueCoding":{"code":"figlia","display":"Figlia"}}]}]},
        {"linkId":"person","type":"group","definition":")" +
        core + R"(","item":[
            {"linkId":"family","type":"string","definition":")" +
        patient + R"(name.family"},{"linkId":"given","type":"string","definition":")" + patient + R"(name.given"},
            {"linkId":"birth","type":"date","definition":")" +
        patient + R"(birthDate"},{"linkId":"code","type":"string","definition":")" + core +
        R"(|0.1.0.identifier:codiceFiscale.value"},
            {"linkId":"cf","type":"string","definition":")" +
        core + R"(.identifier:codiceFiscale.value"},{"linkId":"stp","type":"string","definition":")" + core +
        R"(.identifier:codiceSTP.value"}]},
        {"linkId":"home","type":"group","repeats":true,"definition":"http://hl7.org/fhir/StructureDefinition/RelatedPerson#RelatedPerson","item":[
            {"linkId":"h-given","type":"string","definition":")" +
        patient + R"(name.given"}]})");
}

} // namespace

TEST_CASE("facts: names and numbers belong to the person of the nearest group") {
    Filling filling(access_form());
    (void)filling.choose("who", 1);
    (void)filling.type("declarant/d-name", "Bianca Rossi");
    (void)filling.type("declarant/d-code", "RSSBNC04A41H501X");
    (void)filling.type("declarant/d-phone", "+39 333 0000000");
    (void)filling.choose("declarant/d-rel", 0);
    (void)filling.type("home/h-given", "Luca");
    (void)filling.type("person/family", "Rossi");
    (void)filling.type("person/given", "Mario");
    (void)filling.type("person/birth", "1/1/1980");
    (void)filling.type("person/stp", "STP0512345678901");
    (void)filling.set("urgent", true);
    (void)filling.set("consent", false);
    const Facts facts = read_facts(filling.draft);
    CHECK(facts.person.family == "Rossi");
    CHECK(facts.person.given == "Mario");
    CHECK(facts.person.birth_date == PartialDate::of(1980, 1, 1));
    CHECK(facts.person.stp == "STP0512345678901");
    CHECK(facts.person.fiscal_code.empty());
    CHECK(facts.has_declarant);
    CHECK(facts.declarant.full_name == "Bianca Rossi");
    CHECK(facts.declarant.fiscal_code == "RSSBNC04A41H501X");
    CHECK(facts.declarant.mobile == "+39 333 0000000");
    CHECK(facts.declarant.relationship == "Figlia");
    REQUIRE(facts.declarant.relationship_coding);
    CHECK(facts.urgent);
    REQUIRE(facts.consents.size() == 1);
    CHECK(facts.consents[0].purpose == "consent-sharing");
    CHECK_FALSE(facts.consents[0].given);
    CHECK_FALSE(facts.anonymous);
    CHECK_FALSE(facts.privacy_notice_read);
}

TEST_CASE("facts: hidden answers tell nothing, and the person may speak for itself") {
    Filling filling(access_form());
    (void)filling.choose("who", 1);
    (void)filling.type("declarant/d-name", "Bianca Rossi");
    (void)filling.choose("who", 0);
    (void)filling.type("person/cf", "RSSMRA80A01H501U");
    (void)filling.set("anonymous", false);
    const Facts facts = read_facts(filling.draft);
    CHECK_FALSE(facts.has_declarant);
    CHECK(facts.declarant.full_name.empty());
    CHECK(facts.anonymous == false);
    CHECK(facts.person.fiscal_code == "RSSMRA80A01H501U");
    CHECK(facts.consents.empty());
}
