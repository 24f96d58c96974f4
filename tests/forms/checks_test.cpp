// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/pattern.hpp"
#include "forms/fhir/response.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

const std::string hl7 = "http://hl7.org/fhir/StructureDefinition/";
const std::string sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

std::string extension(const std::string& url, const std::string& value) {
    return R"({"url":")" + url + R"(",)" + value + "}";
}

std::string item(const std::string& type, const std::string& extensions, const std::string& more = "") {
    return R"({"linkId":"a","type":")" + type + R"(","extension":[)" + extensions + "]" + more + "}";
}

std::string pattern(const std::string& text) { return extension(hl7 + "regex", R"("valueString":")" + text + "\""); }

/// The codes of all issues, one after the other.
std::string issues(const Draft& draft) {
    std::string codes;
    for (const Issue& issue : draft.issues())
        codes += (codes.empty() ? "" : " ") + std::string(code_of(issue.code));
    return codes;
}

bool matches(std::string_view pattern, std::string_view text) {
    const auto compiled = Pattern::compile(pattern);
    REQUIRE_MESSAGE(compiled.ok(), std::string(pattern));
    return compiled.value()->matches(text);
}

} // namespace

TEST_CASE("pattern: the whole text must match, in code points, also with the escapes of JavaScript") {
    CHECK(matches("[a-z]+", "abc"));
    CHECK_FALSE(matches("[a-z]+", "abc1"));
    CHECK(matches("^[a-z]{3}$", "abc"));
    CHECK(matches("a|ab", "ab"));
    CHECK(matches(".", "è"));
    CHECK(matches("[\\u00E0-\\u00FC]+", "èé"));
    CHECK(matches("\\p{L}+", "Ωé"));
    CHECK(matches("\\d{2}\\/\\d{2}", "02/03"));
    CHECK(matches(".+", "due\nrighe"));
}

TEST_CASE("pattern: what cannot be run in linear time is refused") {
    for (const char* const bad :
         {"(?=a)b", "(a)\\1", "(?<!a)b", "a**", "[", "(", "a{2,1}", "((a{1000}){1000}){1000}", "\\"})
        CHECK_FALSE_MESSAGE(Pattern::compile(bad).ok(), bad);
    CHECK_FALSE(Pattern::compile(std::string(3'000, 'a')).ok());
    CHECK_FALSE(Pattern::compile("").ok());
}

TEST_CASE("pattern: a catastrophic one costs no more than the text is long") {
    const std::string text(60'000, 'a');
    for (const char* const hostile : {"(a+)+b", "(a|a)*b", "(a*)*b", "(.*a){20}b", "([a-zA-Z]+)*b"}) {
        CHECK_FALSE(matches(hostile, text));
    }
}

TEST_CASE("checks: an answer that is not written as the form wants it is an issue; an empty one is not") {
    Filling filling(form(item("string", pattern("[A-Z]{2}[0-9]{3}"))));
    CHECK(issues(filling.draft).empty());
    CHECK(filling.type("a", "AB12") == Outcome::Accepted);
    CHECK(issues(filling.draft) == "pattern-mismatch");
    CHECK(filling.type("a", "AB123") == Outcome::Accepted);
    CHECK(issues(filling.draft).empty());
}

TEST_CASE("checks: numbers and dates match as FHIR writes them") {
    Filling number(form(item("decimal", pattern("[0-9]+\\\\.[0-9]{2}"))));
    CHECK(number.type("a", "12,5") == Outcome::Accepted);
    CHECK(issues(number.draft) == "pattern-mismatch");
    CHECK(number.type("a", "12,50") == Outcome::Accepted);
    CHECK(issues(number.draft).empty());
    Filling date(form(item("date", pattern("19..-.*"))));
    CHECK(date.type("a", "03/02/1985") == Outcome::Accepted);
    CHECK(issues(date.draft).empty());
}

TEST_CASE("checks: a pattern belongs to what is written, not to choices and groups") {
    CHECK(mistakes_in(questionnaire(item("boolean", pattern("x")))) ==
          std::vector<std::string>{"/item/0/extension/0 unsupported-extension"});
}

TEST_CASE("checks: patterns that take too much room together are refused") {
    std::string items;
    for (int i = 0; i < 200; ++i)
        items += (i > 0 ? "," : "") + (R"({"linkId":"i)" + std::to_string(i) + R"(","type":"string","extension":[)" +
                                       pattern("(abcdefghij" + std::to_string(i) + "){900}") + "]}");
    const auto found = mistakes_in(questionnaire(items));
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().ends_with(" bad-pattern"));
}

TEST_CASE("checks: an attachment of another kind, or a larger one, is an issue") {
    Filling filling(form(item("attachment", extension(hl7 + "mimeType", R"("valueCode":"image/*")") + "," +
                                                extension(hl7 + "mimeType", R"("valueCode":"application/pdf")") + "," +
                                                extension(hl7 + "maxSize", R"("valueDecimal":0.001)"))));
    const auto file = [](std::string_view type, std::int64_t size) {
        return AttachmentRef{AnswerText(type), {}, {}, {}, size, 0, {}};
    };
    CHECK(filling.set("a", file("image/png", 1'000)) == Outcome::Accepted);
    CHECK(issues(filling.draft).empty());
    CHECK(filling.set("a", file("IMAGE/JPEG; q=1", 1'001)) == Outcome::Accepted);
    CHECK(issues(filling.draft) == "file-too-big");
    CHECK(filling.set("a", file("text/plain", 10)) == Outcome::Accepted);
    CHECK(issues(filling.draft) == "wrong-file-type");
}

TEST_CASE("checks: the bounds of a quantity are quantities; bounds that contradict each other are refused") {
    const auto bound = [](const std::string& name, int value, const std::string& code = "kg") {
        return extension(sdc + "sdc-questionnaire-" + name, R"("valueQuantity":{"value":)" + std::to_string(value) +
                                                                R"(,"system":"http://unitsofmeasure.org","code":")" +
                                                                code + R"("})");
    };
    Filling filling(form(item("quantity", bound("minQuantity", 10) + "," + bound("maxQuantity", 90))));
    const auto weight = [](int value) {
        return Quantity{Decimal(value), AnswerText("kg"), AnswerText("http://unitsofmeasure.org"), AnswerText("kg")};
    };
    CHECK(filling.set("a", weight(9)) == Outcome::Accepted);
    CHECK(issues(filling.draft) == "below-minimum");
    CHECK(filling.set("a", weight(91)) == Outcome::Accepted);
    CHECK(issues(filling.draft) == "above-maximum");
    CHECK(filling.set("a", weight(90)) == Outcome::Accepted);
    CHECK(issues(filling.draft).empty());
    CHECK(mistakes_in(questionnaire(item("quantity", bound("minQuantity", 9) + "," + bound("maxQuantity", 8)))) ==
          std::vector<std::string>{"/item/0/extension/0 min-above-max"});
}

TEST_CASE("checks: units come from a list, and others may be written where the form says so") {
    const std::string list = extension(hl7 + "questionnaire-unitValueSet", R"("valueCanonical":"#u")");
    const std::string contained =
        R"("contained":[{"resourceType":"ValueSet","id":"u","compose":{"include":[{"system":"http://unitsofmeasure.org",
            "concept":[{"code":"kg","display":"chilogrammi"},{"code":"g"}]}]}}])";
    Filling closed(form(item("quantity", list), contained));
    CHECK(closed.draft.definition().item(0).units.size() == 2);
    CHECK(closed.draft.definition().item(0).unit_words.at(0).base == "chilogrammi");
    CHECK(closed.type("a", "3 libbre") == Outcome::NotYetAValue);
    Filling open(
        form(item("quantity",
                  list + "," + extension(sdc + "sdc-questionnaire-unitOpen", R"("valueCode":"optionsOrString")")),
             contained));
    CHECK(open.type("a", "3 libbre") == Outcome::Accepted);
    CHECK(issues(open.draft).empty());
}

TEST_CASE("checks: a reference is answered by name, and comes back from a stored response") {
    const auto definition = form(R"({"linkId":"a","type":"reference","text":"Medico di base"})");
    Filling filling(definition);
    CHECK(filling.type("a", "Dott.ssa Bianchi") == Outcome::Accepted);
    const std::string written(write_response(filled_so_far(filling.draft, "it"), ResponseOptions{}));
    CHECK(written.find(R"("valueReference":{"display":"Dott.ssa Bianchi"})") != std::string::npos);
    const auto read = read_response(written, definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(read.value().issues.empty());
    CHECK(std::get<AnswerText>(*read.value().draft.answer(definition->path_to(0))->value) == "Dott.ssa Bianchi");
    // An address would be lost: it is not taken over as if it were a name.
    const auto other = read_response(
        R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"a","answer":[{"valueReference":{"reference":"Practitioner/1","display":"X"}}]}]})",
        definition, std::pmr::get_default_resource());
    REQUIRE(other.ok());
    CHECK(other.value().issues.size() == 1);
}

TEST_CASE("checks: a reference with a list of its own takes the names on that list, each once") {
    const auto definition =
        form(R"({"linkId":"a","type":"reference","answerValueSet":"#v"})",
             R"("contained":[{"resourceType":"ValueSet","id":"v","compose":{"include":[{"system":"urn:x","concept":[
            {"code":"1","display":"Ambulatorio Nord"},{"code":"2","display":"Ambulatorio Sud"},{"code":"3","display":"Ambulatorio Sud"}]}]}}])");
    REQUIRE(definition->item(0).options.size() == 2);
    Filling filling(definition);
    CHECK(filling.choose("a", 1) == Outcome::Accepted);
    const std::string written(write_response(filled_so_far(filling.draft, "it"), ResponseOptions{}));
    CHECK(written.find(R"("valueReference":{"display":"Ambulatorio Sud"})") != std::string::npos);
}

TEST_CASE("checks: what a form wants from others than the person is refused by place, with what to do") {
    const auto refused = [](const std::string& extensions) {
        const auto loaded = load_definition(R"({"resourceType":"Questionnaire","status":"active","extension":[)" +
                                            extensions + R"(],"item":[{"linkId":"a","type":"string"}]})");
        return loaded.ok() ? std::string() : loaded.error().front().json_pointer + " " + loaded.error().front().words;
    };
    CHECK(refused(extension(sdc + "sdc-questionnaire-assemble-expectation", R"("valueCode":"assemble-root")"))
              .starts_with("/extension/0 this form is made of modules"));
    CHECK(
        refused(extension(sdc + "sdc-questionnaire-assemble-expectation", R"("valueCode":"independent-root-or-child")"))
            .empty());
    CHECK(refused(extension(sdc + "sdc-questionnaire-questionnaireAdaptive", R"("valueUrl":"https://example.org")"))
              .starts_with("/extension/0 each question"));
    CHECK(refused(extension(sdc + "sdc-questionnaire-questionnaireAdaptive", R"("valueBoolean":false)")).empty());
    CHECK(refused(extension(sdc + "sdc-questionnaire-targetStructureMap", R"("valueCanonical":"urn:map")")).empty());
    const auto module = load_definition(
        questionnaire(R"({"linkId":"a","type":"display","text":"x","extension":[)" +
                      extension(sdc + "sdc-questionnaire-subQuestionnaire", R"("valueCanonical":"urn:q")") + "]}"));
    REQUIRE_FALSE(module.ok());
    CHECK(module.error().front().words.starts_with("a module stands here"));
}

TEST_CASE("checks: a display item may say what goes without saying, but not that it is owed") {
    CHECK(mistakes_in(
              questionnaire(
                  R"({"linkId":"a","type":"display","text":"x","required":false,"repeats":false,"readOnly":true})"))
              .empty());
    CHECK(mistakes_in(questionnaire(R"({"linkId":"a","type":"display","text":"x","required":true})")).size() == 1);
    CHECK(mistakes_in(questionnaire(R"({"linkId":"a","type":"display","text":"x","repeats":true})")).size() == 1);
}
