// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/terminology.hpp"
#include "kiosk/lists/terminology_folder.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

using namespace forms;
using namespace forms_in_tests;

namespace {

const std::string animals = R"({"resourceType":"CodeSystem","url":"urn:animals","content":"complete","concept":[
    {"code":"animal","display":"Animale","property":[{"code":"notSelectable","valueBoolean":true}],"concept":[
        {"code":"dog","display":"Cane","designation":[{"language":"fr","value":"Chien"}],"property":[{"code":"legs","valueInteger":4}],
         "concept":[{"code":"poodle","display":"Barboncino","property":[{"code":"legs","valueInteger":4}]}]},
        {"code":"hen","display":"Gallina","property":[{"code":"legs","valueInteger":2}]}]},
    {"code":"stone","display":"Pietra"},
    {"code":"pebble","display":"Ciottolo","property":[{"code":"parent","valueCode":"stone"}]}]})";

std::string value_set(const std::string& url, const std::string& compose) {
    return R"({"resourceType":"ValueSet","url":")" + url + R"(","compose":{)" + compose + "}}";
}

std::shared_ptr<Terminology> terminology(std::initializer_list<std::string> resources) {
    auto made = std::make_shared<Terminology>();
    for (const std::string& resource : resources)
        CHECK(made->add(resource).empty());
    return made;
}

/// The codes of a list, one after the other; or why there are none.
std::string codes_of(const Terminology& terminology, std::string_view canonical) {
    std::string text;
    const auto options = terminology.expand(canonical, text);
    if (!options) return "refused: " + text;
    for (const Option& option : *options)
        text += (text.empty() ? "" : " ") + std::string(std::get<Coding>(option.value).code);
    return text;
}

std::string codes_by(const std::string& compose) {
    return codes_of(*terminology({animals, value_set("urn:v", compose)}), "urn:v");
}

} // namespace

TEST_CASE("terminology: a whole code system gives every code that is no heading, children after their parent") {
    CHECK(codes_by(R"("include":[{"system":"urn:animals"}])") == "dog poodle hen stone pebble");
}

TEST_CASE("terminology: filters look at the place in the hierarchy, nested or by property, and at properties") {
    const auto filtered = [](const std::string& property, const std::string& op, const std::string& value) {
        return codes_by(R"("include":[{"system":"urn:animals","filter":[{"property":")" + property + R"(","op":")" +
                        op + R"(","value":")" + value + R"("}]}])");
    };
    CHECK(filtered("concept", "is-a", "dog") == "dog poodle");
    CHECK(filtered("concept", "descendent-of", "animal") == "dog poodle hen");
    CHECK(filtered("concept", "is-not-a", "animal") == "stone pebble");
    CHECK(filtered("concept", "is-a", "stone") == "stone pebble");
    CHECK(filtered("legs", "=", "2") == "hen");
    CHECK(filtered("code", "in", "hen,stone") == "hen stone");
    CHECK(filtered("concept", "is-a", "cat").starts_with("refused: the code system has no code cat"));
    CHECK(filtered("constraint", "=", "<< 1").starts_with("refused: no code of the code system has the property"));
    CHECK(filtered("display", "regex", "C.*").starts_with("refused: a filter 'regex'"));
}

TEST_CASE("terminology: a list that names codes takes their words from the code system where it gives none") {
    const auto made = terminology({animals, value_set("urn:v", R"("include":[{"system":"urn:animals","concept":[
        {"code":"dog"},{"code":"hen","display":"Pollo"}]}])")});
    std::string why;
    const auto options = made->expand("urn:v|3", why);
    REQUIRE(options.has_value());
    CHECK(options->at(0).words.in("it") == "Cane");
    CHECK(options->at(0).words.in("fr") == "Chien");
    CHECK(options->at(1).words.in("it") == "Pollo");
}

TEST_CASE("terminology: lists are put together from others, intersected and lessened") {
    const auto made = terminology(
        {animals,
         value_set("urn:four",
                   R"("include":[{"system":"urn:animals","filter":[{"property":"legs","op":"=","value":"4"}]}])"),
         value_set(
             "urn:some",
             R"("include":[{"valueSet":["urn:four"]},{"system":"urn:animals","concept":[{"code":"dog"},{"code":"stone"}]}])"),
         value_set(
             "urn:both",
             R"("include":[{"system":"urn:animals","concept":[{"code":"dog"},{"code":"stone"}],"valueSet":["urn:four"]}])"),
         value_set("urn:less", R"("include":[{"system":"urn:animals"}],"exclude":[{"valueSet":["urn:four"]}])")});
    CHECK(codes_of(*made, "urn:some") == "dog poodle stone");
    CHECK(codes_of(*made, "urn:both") == "dog");
    CHECK(codes_of(*made, "urn:less") == "hen stone pebble");
}

TEST_CASE("terminology: what cannot be listed here says why") {
    CHECK(codes_by(R"("include":[{"system":"http://snomed.info/sct"}])") ==
          "refused: the code system http://snomed.info/sct is not here; list the codes instead");
    CHECK(codes_by(R"("include":[{"valueSet":["urn:v"]}])") == "refused: value sets name each other without end");
    CHECK(codes_of(Terminology(), "urn:nothing").starts_with("refused: the list urn:nothing is neither"));
    const auto part =
        terminology({R"({"resourceType":"CodeSystem","url":"urn:part","content":"fragment","concept":[{"code":"a"}]})",
                     value_set("urn:w", R"("include":[{"system":"urn:part"}])")});
    CHECK(codes_of(*part, "urn:w") == "refused: the code system urn:part is not complete here; list the codes instead");
}

TEST_CASE("terminology: a broken resource is not taken, and is told by place; others are left aside") {
    Terminology made;
    const auto found = made.add(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},
        {"resource":{"resourceType":"ValueSet","url":"urn:a","expansion":{"contains":[{"display":"senza codice"}]}}},
        {"resource":{"resourceType":"ValueSet","url":"urn:b","expansion":{"contains":[{"code":"x"}]}}}]})");
    REQUIRE(found.size() == 1);
    CHECK(found[0].json_pointer == "/entry/1/resource/expansion/contains/0");
    CHECK(made.value_sets() == 1);
    CHECK(made.add("{").size() == 1);
    CHECK(made.add(R"({"resourceType":"ValueSet","url":"urn:b","expansion":{"contains":[]}})").size() == 1);
}

TEST_CASE("terminology: lists that multiply each other end in a refusal, not in waiting") {
    auto made = std::make_shared<Terminology>();
    std::string concepts;
    for (int i = 0; i < 5'000; ++i)
        concepts += (i > 0 ? "," : "") + std::string(R"({"code":"c)") + std::to_string(i) + R"("})";
    CHECK(
        made->add(R"({"resourceType":"CodeSystem","url":"urn:many","content":"complete","concept":[)" + concepts + "]}")
            .empty());
    CHECK(made->add(value_set("urn:0", R"("include":[{"system":"urn:many"}])")).empty());
    for (int level = 1; level <= 12; ++level) {
        const std::string below = R"({"valueSet":["urn:)" + std::to_string(level - 1) + R"("]})";
        CHECK(made->add(value_set("urn:" + std::to_string(level),
                                  R"("include":[)" + below + "," + below + "," + below + "," + below + "]"))
                  .empty());
    }
    CHECK(codes_of(*made, "urn:12").starts_with("refused: this value set takes more work"));
}

TEST_CASE("loader: an answer list by address comes from the terminology, one that is missing is refused by place") {
    LoadOptions options;
    options.terminology = terminology({animals, value_set("urn:v", R"("include":[{"system":"urn:animals"}])")});
    const std::string bytes = questionnaire(R"({"linkId":"a","type":"choice","answerValueSet":"urn:v|2"},
        {"linkId":"b","type":"string","enableWhen":[{"question":"a","operator":"=","answerCoding":{"code":"hen"}}]})");
    const auto loaded = load_definition(bytes, options);
    REQUIRE(loaded.ok());
    CHECK(loaded.value()->item(0).options.size() == 5);
    Filling filling(loaded.value());
    CHECK(filling.choose("a", 2) == Outcome::Accepted);
    CHECK(filling.asks("b"));
    CHECK(mistakes_in(bytes) == std::vector<std::string>{"/item/0/answerValueSet unknown-value-set"});
}

TEST_CASE("loader: a contained list that no question uses is not judged, one that is used may stand on a contained "
          "code system") {
    const auto definition = form(
        R"({"linkId":"a","type":"choice","answerValueSet":"#v"})",
        R"("contained":[{"resourceType":"ValueSet","id":"unused","compose":{"include":[{"system":"http://snomed.info/sct"}]}},
            {"resourceType":"CodeSystem","id":"c","url":"urn:c","content":"complete","concept":[{"code":"x","display":"Uno"}]},
            {"resourceType":"ValueSet","id":"v","compose":{"include":[{"system":"urn:c"}]}}])");
    REQUIRE(definition->item(0).options.size() == 1);
    CHECK(definition->item(0).options[0].words.base == "Uno");
}

TEST_CASE(
    "terminology folder: every file at any depth is read, whatever is no list is left aside, what is wrong is told") {
    const auto folder = std::filesystem::temp_directory_path() / "sportello-terminology-test";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "below");
    const auto write = [&](const char* name, const std::string& text) { std::ofstream(folder / name) << text; };
    write("animals.json", animals);
    write("below/v.json", value_set("urn:v", R"("include":[{"system":"urn:animals"}])"));
    write("patient.json", R"({"resourceType":"Patient"})");
    write("broken.json", "{");
    write("readme.txt", "not read");
    const auto found = kiosk::load_terminology(folder);
    REQUIRE(found.terminology != nullptr);
    CHECK(found.terminology->value_sets() == 1);
    CHECK(found.terminology->code_systems() == 1);
    REQUIRE(found.refused.size() == 1);
    CHECK(found.refused[0].find("broken.json") != std::string::npos);
    std::filesystem::remove_all(folder);
    CHECK(kiosk::load_terminology(folder).terminology == nullptr);
}
