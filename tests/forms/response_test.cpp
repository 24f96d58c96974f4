// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

constexpr std::string_view every_type = R"({"linkId":"g","text":"Tutto","type":"group","repeats":true,"item":[
    {"linkId":"boolean","type":"boolean"},{"linkId":"decimal","type":"decimal"},{"linkId":"integer","type":"integer"},{"linkId":"date","type":"date"},
    {"linkId":"dateTime","type":"dateTime"},{"linkId":"time","type":"time"},{"linkId":"string","type":"string","text":"Nome"},{"linkId":"text","type":"text"},
    {"linkId":"url","type":"url"},{"linkId":"choice","type":"choice","repeats":true,"answerOption":[{"valueCoding":{"system":"urn:x","code":"x","display":"Uno"}},{"valueString":"due"}]},
    {"linkId":"open","type":"open-choice","answerOption":[{"valueCoding":{"system":"urn:x","code":"x"}}]},
    {"linkId":"file","type":"attachment","repeats":true},{"linkId":"quantity","type":"quantity"},
    {"linkId":"parent","type":"string","repeats":true,"item":[{"linkId":"nested","type":"integer"}]}]})";

constexpr std::string_view every_answer =
    R"([{"linkId":"g","text":"Tutto","item":[{"linkId":"boolean","answer":[{"valueBoolean":true}]},{"linkId":"decimal","answer":[{"valueDecimal":1.50}]},)"
    R"({"linkId":"integer","answer":[{"valueInteger":-3}]},{"linkId":"date","answer":[{"valueDate":"1980-05"}]},{"linkId":"dateTime","answer":[{"valueDateTime":"2026-11-22T09:00:00Z"}]},)"
    R"({"linkId":"time","answer":[{"valueTime":"08:30:00"}]},{"linkId":"string","text":"Nome","answer":[{"valueString":"\"Ada\" \\ è"}]},{"linkId":"text","answer":[{"valueString":"a\nb"}]},)"
    R"({"linkId":"url","answer":[{"valueUri":"https://example.org"}]},{"linkId":"choice","answer":[{"valueString":"due"},{"valueCoding":{"system":"urn:x","code":"x","display":"Uno"}}]},)"
    R"({"linkId":"open","answer":[{"valueString":"altro"}]},{"linkId":"file","answer":[{"valueAttachment":{"contentType":"image/png","url":"Binary/1","size":69,"hash":"ubT9GmGCko4cNKVYMsejEkIq5N4=","title":"Fronte"}}]},)"
    R"({"linkId":"quantity","answer":[{"valueQuantity":{"value":70.10,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}]},)"
    R"({"linkId":"parent","answer":[{"valueString":"a"},{"valueString":"b","item":[{"linkId":"nested","answer":[{"valueInteger":7}]}]}]}]},)"
    R"({"linkId":"g","text":"Tutto","item":[{"linkId":"string","text":"Nome","answer":[{"valueString":"secondo"}]}]}])";

std::string response_with(std::string_view items, std::string_view more = "") {
    return R"({"resourceType":"QuestionnaireResponse","status":"in-progress",)" + std::string(more) + R"("item":)" +
           std::string(items) + "}";
}

/// "pointer code" for what could not be taken over.
std::vector<std::string> issues_of(const std::string& bytes, const std::shared_ptr<const Definition>& definition) {
    const auto read = read_response(bytes, definition, std::pmr::get_default_resource());
    std::vector<std::string> lines;
    for (const auto& issue : read.ok() ? read.value().issues : read.error())
        lines.push_back((issue.json_pointer.empty() ? "/" : issue.json_pointer) + " " +
                        std::string(code_of(issue.reason)));
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("response: every type of answer is read and written again, byte by byte") {
    const auto definition = form(every_type);
    auto read = read_response(response_with(every_answer), definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(read.value().issues.empty());
    CHECK(Filling(std::move(read.value().draft)).answers() == every_answer);
}

TEST_CASE("response: says which form, in which version, of which bytes, in which language") {
    Filling filling(form(R"({"linkId":"a","type":"boolean"})"));
    (void)filling.set("a", true);
    const auto done = complete(filling.draft, "fr");
    REQUIRE(done.ok());
    ResponseOptions options;
    options.authored = "2026-11-22T09:41:00+01:00";
    CHECK(
        std::string(write_response(done.value(), options)) ==
        R"({"resourceType":"QuestionnaireResponse","language":"fr","extension":[{"url":"https://sportello.example.org/fhir/StructureDefinition/questionnaire-sha256","valueString":")" +
            hex(filling.draft.definition().sha256()) +
            R"("}],"questionnaire":"https://example.org/q|2","status":"completed","authored":"2026-11-22T09:41:00+01:00","item":[{"linkId":"a","answer":[{"valueBoolean":true}]}]})");
}

TEST_CASE("response: texts and options are written as they were shown, with the form's own wording beside them") {
    const std::string french =
        R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[{"url":"lang","valueCode":"fr"},{"url":"content","valueString":"Un"}]}]})";
    Filling filling(form(R"({"linkId":"a","text":"Uno","_text":)" + french +
                         R"(,"type":"choice","answerOption":[{"valueCoding":{"code":"x","display":"Uno","_display":)" +
                         french + "}}]}"));
    (void)filling.choose("a", 0);
    const std::string italian =
        R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[{"url":"lang","valueCode":"it"},{"url":"content","valueString":"Uno"}]}]})";
    CHECK(filling.answers("fr") == R"([{"linkId":"a","text":"Un","_text":)" + italian +
                                       R"(,"answer":[{"valueCoding":{"code":"x","display":"Un","_display":)" + italian +
                                       "}}]}]");
    CHECK(filling.answers("it") ==
          R"([{"linkId":"a","text":"Uno","answer":[{"valueCoding":{"code":"x","display":"Uno"}}]}])");
}

TEST_CASE("response: an answer that was read from a paper says so, also when it is read again and written again") {
    Filling filling(form(R"({"linkId":"n","type":"string"},{"linkId":"m","type":"string"})"));
    auto* const memory = filling.draft.memory();
    (void)filling.set("n", AnswerText("ROSSI", memory));
    (void)filling.set("m", AnswerText("Mario", memory));
    filling.draft.note_origin(filling.at("n"), {Origin::Source::BarCode, true});
    const std::string written(write_response(filled_so_far(filling.draft, "it"), {}));
    const std::string origin =
        R"("answer":[{"extension":[{"url":"https://sportello.example.org/fhir/StructureDefinition/answer-origin",)"
        R"("extension":[{"url":"source","valueCode":"bar-code"},{"url":"checked","valueBoolean":true}]}],"valueString":"ROSSI"}])";
    CHECK(written.find(origin) != std::string::npos);
    CHECK(written.find(R"("answer":[{"valueString":"Mario"}])") != std::string::npos);
    const auto again = read_response(written, filling.draft.shared_definition(), memory);
    REQUIRE(again.ok());
    CHECK(again.value().issues.empty());
    CHECK(std::string(write_response(filled_so_far(again.value().draft, "it"), {})) == written);
    filling.draft.type(filling.at("n"), "ROSSI"); // walking through the page
    CHECK(filling.draft.answer(filling.at("n"))->origin.source == Origin::Source::BarCode);
    filling.draft.type(filling.at("n"), "ROSSO");
    CHECK(filling.draft.answer(filling.at("n"))->origin.source == Origin::Source::Person);
}

TEST_CASE("response: fresh scans get the address they will have") {
    Filling filling(form(R"({"linkId":"f","type":"attachment"})"));
    auto* const memory = filling.draft.memory();
    (void)filling.set("f", AttachmentRef{AnswerText("image/png", memory), AnswerText("Fronte", memory),
                                         AnswerText("2026-11-22T09:41:00+01:00", memory),
                                         AnswerText("aGFzaA==", memory), 69, 0, AnswerText(memory)});
    ResponseOptions options;
    options.attachment_urls = {"Binary/dcd38196-b08f-5df8-8814-51953fac67c1"};
    CHECK(
        std::string(write_response(filled_so_far(filling.draft, "it"), options))
            .find(
                R"({"contentType":"image/png","url":"Binary/dcd38196-b08f-5df8-8814-51953fac67c1","size":69,"hash":"aGFzaA==","title":"Fronte","creation":"2026-11-22T09:41:00+01:00"})") !=
        std::string::npos);
}

TEST_CASE("response: what does not fit is told by place, and the rest is taken") {
    const auto definition = form(
        R"({"linkId":"a","type":"integer"},{"linkId":"g","type":"group","item":[{"linkId":"b","type":"date"},{"linkId":"c","type":"string"}]})");
    const std::string mixed =
        response_with(R"([{"linkId":"a","answer":[{"valueString":"x"}]},{"linkId":"zz"},{"linkId":"b"},
        {"linkId":"g","item":[{"linkId":"b","answer":[{"valueDate":"2023-02-29"}]},{"linkId":"c","answer":[{"valueString":"ok"},{"valueString":"due"}]}]},
        {"linkId":"g","item":[{"linkId":"c","answer":[{"valueString":"x"}]}]},{"answer":[]},"x"])");
    CHECK(issues_of(mixed, definition) == Lines{"/item/0/answer/0/valueString wrong-type", "/item/1 unknown-item",
                                                "/item/2 wrong-place", "/item/3/item/0/answer/0/valueDate bad-value",
                                                "/item/3/item/1/answer/1/valueString too-many", "/item/4 too-many",
                                                "/item/5 bad-value", "/item/6 bad-value"});
    auto read = read_response(mixed, definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(Filling(std::move(read.value().draft)).answers() ==
          R"([{"linkId":"g","item":[{"linkId":"c","answer":[{"valueString":"ok"}]}]}])");
}

TEST_CASE("response: to another form or version, or no response at all, is refused") {
    const auto definition = form(R"({"linkId":"a","type":"integer"})");
    CHECK(issues_of(response_with("[]", R"("questionnaire":"https://example.org/q|2",)"), definition).empty());
    CHECK(issues_of(response_with("[]", R"("questionnaire":"https://example.org/q",)"), definition).empty());
    CHECK(issues_of(response_with("[]", R"("questionnaire":"https://example.org/q|1",)"), definition) ==
          Lines{"/questionnaire other-definition"});
    CHECK(issues_of(response_with("[]", R"("questionnaire":"https://example.org/other|2",)"), definition) ==
          Lines{"/questionnaire other-definition"});
    CHECK(issues_of(R"({"resourceType":"Bundle"})", definition) == Lines{"/ not-a-response"});
    CHECK(issues_of("<html>", definition) == Lines{"/ not-json"});
    CHECK(issues_of(response_with("[]", R"("modifierExtension":[],)"), definition) ==
          Lines{"/modifierExtension not-supported"});
    CHECK(issues_of(std::string((8u << 20) + 1, ' '), definition) == Lines{"/ too-big"});
}

TEST_CASE("response: one without items is a new one and gets the initial answers") {
    const auto definition = form(R"({"linkId":"a","type":"integer","initial":[{"valueInteger":4}]})");
    auto fresh = read_response(R"({"resourceType":"QuestionnaireResponse","status":"in-progress"})", definition,
                               std::pmr::get_default_resource());
    REQUIRE(fresh.ok());
    CHECK(Filling(std::move(fresh.value().draft)).answers() == R"([{"linkId":"a","answer":[{"valueInteger":4}]}])");
    auto stored = read_response(response_with("[]"), definition, std::pmr::get_default_resource());
    REQUIRE(stored.ok());
    CHECK(Filling(std::move(stored.value().draft)).answers().empty());
}

TEST_CASE("response: an answer below an unanswered question keeps its place") {
    Filling filling(form(R"({"linkId":"p","type":"string","item":[{"linkId":"n","type":"integer"}]})"));
    (void)filling.type("p/n", "7");
    const std::string expected =
        R"([{"linkId":"p","answer":[{"item":[{"linkId":"n","answer":[{"valueInteger":7}]}]}]}])";
    CHECK(filling.answers() == expected);
    auto read =
        read_response(response_with(expected), filling.draft.shared_definition(), std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(Filling(std::move(read.value().draft)).answers() == expected);
}

TEST_CASE("response: a draft from which every answer was taken away stays empty when it is read again") {
    Filling filling(form(R"({"linkId":"q","type":"string","initial":[{"valueString":"x"}]})"));
    (void)filling.type("q", "");
    auto read = read_response(filling.response(), filling.draft.shared_definition(), std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(Filling(std::move(read.value().draft)).answers() == "");
}

TEST_CASE("response: what stands below an emptied line of a list keeps its line") {
    Filling filling(
        form(R"({"linkId":"q","type":"string","repeats":true,"item":[{"linkId":"below","type":"string"}]})"));
    (void)filling.type("q", "first");
    (void)filling.type("q[1]", "second");
    (void)filling.type("q[1]/below", "kept");
    (void)filling.type("q[1]", "");
    auto read = read_response(filling.response(), filling.draft.shared_definition(), std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(read.value().issues.empty());
    const Filling again(std::move(read.value().draft));
    CHECK(again.response() == filling.response());
    CHECK(again.answers().find("kept") != std::string::npos);
}
