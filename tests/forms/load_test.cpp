// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include "forms/fhir/extensions.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

TEST_CASE("loader: a form knows its name, version, bytes and languages") {
    const std::string french =
        R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[
        {"url":"lang","valueCode":"fr"},{"url":"content","valueString":"Prénom"}]}]})";
    const std::string german =
        R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[
        {"url":"lang","valueCode":"de-IT"},{"url":"content","valueString":"Vorname"}]}]})";
    const auto definition = form(R"({"linkId":"a","text":"Nome","_text":)" + french + R"(,"type":"string"},
        {"linkId":"b","text":"Nome","_text":)" +
                                 german + R"(,"type":"string"},
        {"linkId":"c","type":"choice","text":"Nome","_text":)" +
                                 french + R"(,"answerOption":[
            {"valueCoding":{"system":"urn:x","code":"x","display":"Uno","_display":)" +
                                 french + R"(}}]})");
    CHECK(definition->canonical() == "https://example.org/q|2");
    CHECK(definition->language() == "it");
    CHECK(definition->item(0).text.in("fr") == "Prénom");
    CHECK(definition->item(0).text.in("fr-CH") == "Prénom");
    CHECK(definition->item(0).text.in("en") == "Nome");
    CHECK(definition->item(1).text.in("de") == "Vorname");
    CHECK(definition->item(2).options.at(0).words.in("fr") == "Prénom");
    CHECK(definition->complete_languages() == std::vector<std::string>{"it"});
    CHECK(definition->missing_translations().at("fr") == 1);
    CHECK(hex(definition->sha256()).size() == 64);
}

TEST_CASE("loader: a contained value set brings its words, by compose or by expansion") {
    const auto definition = form(
        R"({"linkId":"a","type":"choice","answerValueSet":"#v"},{"linkId":"b","type":"choice","answerValueSet":"https://example.org/vs|3"})",
        R"("contained":[{"resourceType":"ValueSet","id":"v","compose":{"include":[{"system":"urn:x","concept":[
            {"code":"x","display":"Uno","designation":[{"language":"fr","value":"Un"}]}]}]}},
           {"resourceType":"ValueSet","id":"w","url":"https://example.org/vs","expansion":{"contains":[
            {"abstract":true,"display":"Gruppo","contains":[{"system":"urn:y","code":"y","display":"Due"}]}]}}])");
    REQUIRE(definition->item(0).options.size() == 1);
    CHECK(definition->item(0).options[0].words.in("fr") == "Un");
    REQUIRE(definition->item(1).options.size() == 1);
    CHECK(std::get<Coding>(definition->item(1).options[0].value) == coding("urn:y", "y"));
}

TEST_CASE("loader: a list that the terminal serves is accepted by its canonical") {
    LoadOptions options;
    const std::string bytes =
        questionnaire(R"({"linkId":"a","type":"open-choice","answerValueSet":"https://example.org/places|2026"})");
    CHECK_FALSE(load_definition(bytes, options).ok());
    options.known_value_sets = {"https://example.org/places"};
    const auto loaded = load_definition(bytes, options);
    REQUIRE(loaded.ok());
    CHECK(loaded.value()->item(0).value_set == "https://example.org/places");
}

TEST_CASE("loader: help, why and unit belong to the question they stand under, unless they have a condition") {
    const auto control = [](std::string_view system, std::string_view code) {
        return R"("extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl","valueCodeableConcept":
            {"coding":[{"system":")" +
               std::string(system) + R"(","code":")" + std::string(code) + R"("}]}}])";
    };
    const std::string standard = "http://hl7.org/fhir/questionnaire-item-control";
    const std::string own = "https://sportello.example.org/fhir/CodeSystem/item-control";
    const auto definition = form(R"({"linkId":"a","type":"integer","item":[
        {"linkId":"h","type":"display","text":"Aiuto",)" +
                                 control(standard, "help") + R"(},
        {"linkId":"h2","type":"display","text":"Altro aiuto",)" +
                                 control(standard, "help") + R"(},
        {"linkId":"w","type":"display","text":"Perché",)" +
                                 control(own, "why") + R"(},
        {"linkId":"u","type":"display","text":"euro",)" +
                                 control(standard, "unit") + R"(},
        {"linkId":"c","type":"display","text":"A volte",)" +
                                 control(standard, "help") + R"(,
            "enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}]}]})");
    CHECK(definition->item(0).help.base == "Aiuto\nAltro aiuto");
    CHECK(definition->item(0).why.base == "Perché");
    CHECK(definition->item(0).unit_text.base == "euro");
    CHECK(definition->item(*definition->find("h")).attached_text);
    CHECK_FALSE(definition->item(*definition->find("c")).attached_text);
}

TEST_CASE("loader: items for the desk are marked, with everything below them") {
    const auto definition = form(
        R"({"linkId":"g","type":"group","extension":[{"url":"https://sportello.example.org/fhir/StructureDefinition/filled-by","valueCode":"desk"}],
        "item":[{"linkId":"a","type":"string"}]},{"linkId":"b","type":"string"})");
    CHECK(definition->item(*definition->find("a")).filled_by_desk);
    CHECK_FALSE(definition->item(*definition->find("b")).filled_by_desk);
}

TEST_CASE("loader: texts are cleaned, a definition key loses its version") {
    const auto definition =
        form(R"({"linkId":"a","type":"string","text":"Nome\u202e\u200b","definition":"http://x.org/P|4.0.1#P.name"})");
    CHECK(definition->item(0).text.base == "Nome");
    CHECK(definition->item(0).definition == "http://x.org/P#P.name");
}

TEST_CASE("loader: a condition may name a code without its system where only one option can be meant") {
    const auto definition = form(
        R"({"linkId":"a","type":"choice","answerOption":[{"valueCoding":{"system":"urn:x","code":"si"}},{"valueCoding":{"system":"urn:x","code":"no"}}]},
        {"linkId":"b","type":"string","enableWhen":[{"question":"a","operator":"=","answerCoding":{"code":"si"}}]})");
    Filling filling(definition);
    CHECK_FALSE(filling.asks("b"));
    CHECK(filling.choose("a", 0) == Outcome::Accepted);
    CHECK(filling.asks("b"));
}

TEST_CASE("loader: an extension of another publisher is left aside, one that carries rules is refused wherever it is "
          "published") {
    const auto with = [](std::string_view url) {
        return mistakes_in(questionnaire(R"({"linkId":"a","type":"string","extension":[{"url":")" + std::string(url) +
                                         R"(","valueBoolean":true}]})"));
    };
    CHECK(with("https://example.org/fhir/StructureDefinition/colour").empty());
    CHECK(with("http://hl7.org/fhir/StructureDefinition/something-new") ==
          std::vector<std::string>{"/item/0/extension/0 unsupported-extension"});
    CHECK(with("http://example.org/fhir/uv/sdc/StructureDefinition/x") ==
          std::vector<std::string>{"/item/0/extension/0 unsupported-extension"});
    CHECK(with("https://sportello.example.org/fhir/StructureDefinition/unknown") ==
          std::vector<std::string>{"/item/0/extension/0 unsupported-extension"});
}

TEST_CASE("loader: every extension it accepts is listed in forms/README.md") {
    const std::string page = read_file(std::filesystem::path(SPORTELLO_ROOT) / "forms/README.md");
    for (const KnownExtension& known : known_extensions()) {
        const std::string name(known.url.substr(known.url.rfind('/') + 1));
        CHECK_MESSAGE(page.find("`" + name + "`") != std::string::npos, name);
    }
}

TEST_CASE("definition: a path is written as linkIds with instances and read again, also when linkIds hold slashes") {
    const auto definition = form(
        R"({"linkId":"/9/","type":"group","repeats":true,"item":[{"linkId":"/9//8","type":"string"},{"linkId":"a[1]","type":"string"}]},
        {"linkId":"children","type":"group","repeats":true,"item":[{"linkId":"name","type":"string"}]})");
    for (const std::string_view text :
         {"children[1]/name", "children", "children[12]", "/9/[2]//9//8", "/9//a[1]", "/9//a[1][3]"}) {
        const auto path = definition->path_of(text);
        REQUIRE_MESSAGE(path.has_value(), std::string(text));
        CHECK(definition->text_of(*path) == text);
    }
    for (const std::string_view text :
         {"", "name", "children/", "children[]", "children[x]/name", "children[1]/name/x", "children[99999999999]"})
        CHECK_FALSE(definition->path_of(text));
}
