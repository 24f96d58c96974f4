// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/places.hpp"
#include "forms/lint/lint.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace forms;
using forms_in_tests::questionnaire;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* whole = R"("url":"https://example.org/f","version":"1","language":"it",)";

LintReport report_of(const std::string& bytes) {
    const auto loaded = load_definition(bytes);
    if (!loaded.ok())
        for (const Mistake& mistake : loaded.error())
            MESSAGE(mistake.json_pointer << " " << mistake.words);
    REQUIRE(loaded.ok());
    return lint(*loaded.value(), bytes);
}

std::string form_of(std::string_view items, std::string_view more = {}) {
    return "{\"resourceType\":\"Questionnaire\",\"status\":\"active\"," + std::string(whole) + std::string(more) +
           "\"item\":[" + std::string(items) + "]}";
}

/// "pointer code" of every warning, and of every note with a question mark behind it.
Lines lint_of(std::string_view items, std::string_view more = {}) {
    Lines lines;
    for (const Finding& finding : report_of(form_of(items, more)).findings)
        lines.push_back(finding.json_pointer + " " + std::string(code_of(finding.remark)) +
                        (finding.weight == Weight::Note ? "?" : ""));
    return lines;
}

constexpr const char* colour =
    R"({"linkId":"colour","type":"choice","text":"Colore?","answerOption":[{"valueCoding":{"system":"s","code":"red","display":"Rosso"}},{"valueCoding":{"system":"s","code":"blue","display":"Blu"}}]})";

std::string when(std::string_view question, std::string_view op, std::string_view operand) {
    return R"({"question":")" + std::string(question) + R"(","operator":")" + std::string(op) + R"(",)" +
           std::string(operand) + "}";
}

std::string asked(std::string_view link_id, std::string_view conditions, std::string_view behavior = {}) {
    std::string item = R"({"linkId":")" + std::string(link_id) + R"(","type":"string","text":"Testo )" +
                       std::string(link_id) + R"(?","enableWhen":[)" + std::string(conditions) + "]";
    if (!behavior.empty()) item += R"(,"enableBehavior":")" + std::string(behavior) + '"';
    return item + "}";
}

const std::string red = when("colour", "=", R"("answerCoding":{"system":"s","code":"red"})");
const std::string blue = when("colour", "=", R"("answerCoding":{"system":"s","code":"blue"})");
const std::string green = when("colour", "=", R"("answerCoding":{"system":"s","code":"green"})");
constexpr const char* years = R"({"linkId":"years","type":"integer","text":"Anni?"})";

} // namespace

TEST_CASE("lint: a form with nothing to mend gives no finding") {
    CHECK(lint_of(std::string(colour) + "," + asked("a", red) + "," + asked("b", blue)).empty());
}

TEST_CASE("lint: a form that cannot be named in a response") {
    CHECK(report_of(questionnaire(colour)).findings.size() <= 1);
    const std::string bare =
        R"({"resourceType":"Questionnaire","status":"active","item":[{"linkId":"a","type":"string","text":"A?"}]})";
    REQUIRE(report_of(bare).findings.size() == 1);
    CHECK(report_of(bare).findings.front().remark == Remark::NoIdentity);
}

TEST_CASE("lint: an item whose conditions can never hold is named, what lies below it is not") {
    CHECK(lint_of(std::string(colour) + "," + asked("both", red + "," + blue, "all")) ==
          Lines{"/item/1/enableWhen never-shown"});
    const std::string group = R"({"linkId":"g","type":"group","text":"Gruppo","enableWhen":[)" + red + "," + blue +
                              R"(],"enableBehavior":"all","item":[{"linkId":"in","type":"string","text":"Dentro?"}]})";
    CHECK(lint_of(std::string(colour) + "," + group) == Lines{"/item/1/enableWhen never-shown"});
    const std::string more = when("years", ">", R"("answerInteger":17)");
    const std::string less = when("years", "<", R"("answerInteger":10)");
    CHECK(lint_of(std::string(years) + "," + asked("gap", more + "," + less, "all")) ==
          Lines{"/item/1/enableWhen never-shown"});
    CHECK(lint_of(std::string(years) + "," + asked("gap", more + "," + less, "any")).empty());
}

TEST_CASE("lint: of a question that takes several answers, two can be asked for at once") {
    std::string several = colour;
    several.insert(several.size() - 1, R"(,"repeats":true)");
    CHECK(lint_of(several + "," + asked("both", red + "," + blue, "all")).empty());
}

TEST_CASE("lint: a condition beyond the bounds of its source never holds") {
    const std::string bounded =
        R"({"linkId":"years","type":"integer","text":"Anni?","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":17}]})";
    CHECK(lint_of(bounded + "," + asked("a", when("years", ">", R"("answerInteger":17)"))) ==
          Lines{"/item/1/enableWhen never-shown"});
    CHECK(lint_of(bounded + "," + asked("a", when("years", ">=", R"("answerInteger":17)"))).empty());
}

TEST_CASE("lint: a condition on an option that its source does not offer, also where others can hold") {
    CHECK(lint_of(std::string(colour) + "," + asked("a", red + "," + green, "any")) ==
          Lines{"/item/0/answerOption option-without-rule?", "/item/1/enableWhen/1 option-not-offered"});
}

TEST_CASE("lint: options at which no rule looks while rules look at others are worth a note") {
    CHECK(lint_of(std::string(colour) + "," + asked("a", red)) == Lines{"/item/0/answerOption option-without-rule?"});
    const std::string not_red = when("colour", "!=", R"("answerCoding":{"system":"s","code":"red"})");
    CHECK(lint_of(std::string(colour) + "," + asked("a", not_red)).empty()); // that looks at blue
    CHECK(lint_of(colour).empty());                                          // no rule looks at any
}

TEST_CASE("lint: a rule that looks ahead comes too late for who goes page by page") {
    CHECK(lint_of(asked("a", when("years", "exists", R"("answerBoolean":true)")) + "," + years) ==
          Lines{"/item/0/enableWhen/0 rule-looks-ahead"});
}

TEST_CASE("lint: what waits for the desk is never asked of a citizen") {
    const std::string desk =
        R"({"linkId":"d","type":"boolean","text":"Visto?","extension":[{"url":"https://sportello.example.org/fhir/StructureDefinition/filled-by","valueCode":"desk"}]})";
    CHECK(lint_of(desk + "," + asked("a", when("d", "=", R"("answerBoolean":true)"))) ==
          Lines{"/item/1/enableWhen/0 waits-for-desk"});
}

TEST_CASE("lint: the same condition twice") {
    CHECK(lint_of(std::string(colour) + "," + asked("a", red + "," + red, "any") + "," + asked("b", blue)) ==
          Lines{"/item/1/enableWhen/1 doubled-condition"});
}

TEST_CASE("lint: required of nobody") {
    const std::string read_only = R"({"linkId":"a","type":"string","text":"A?","required":true,"readOnly":true})";
    CHECK(lint_of(read_only) == Lines{"/item/0/required required-not-asked"});
    std::string filled = read_only;
    filled.insert(filled.size() - 1, R"(,"initial":[{"valueString":"x"}])");
    CHECK(lint_of(filled).empty());
}

TEST_CASE("lint: expressions are judged by what they read") {
    const auto ruled = [](std::string_view link_id, std::string_view rule, std::string_view text) {
        return R"({"linkId":")" + std::string(link_id) + R"(","type":"string","text":"Testo )" + std::string(link_id) +
               R"(?","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-)" +
               std::string(rule) + R"(","valueExpression":{"language":"text/fhirpath","expression":")" +
               std::string(text) + R"("}}])";
    };
    const std::string of_years = "%resource.item.where(linkId='years').answer.value";
    CHECK(lint_of(ruled("a", "enableWhenExpression", of_years + " > 3") + "}," + years) ==
          Lines{"/item/0/extension/0 rule-looks-ahead"});
    CHECK(lint_of(std::string(years) + "," + ruled("a", "enableWhenExpression", of_years + " > 3") + "}").empty());
    CHECK(lint_of(std::string(years) + "," + ruled("a", "calculatedExpression", of_years + ".toString()") +
                  R"(,"required":true,"readOnly":true})")
              .empty());
    const std::string of_colour = "%resource.item.where(linkId='colour').answer.value.code = 'blue'";
    CHECK(
        lint_of(std::string(colour) + "," + asked("a", red) + "," + ruled("b", "enableWhenExpression", of_colour) + "}")
            .empty()); // which options an expression tells apart, the lint does not judge
}

TEST_CASE("lint: a list that no question uses") {
    const std::string lists =
        R"("contained":[{"resourceType":"ValueSet","id":"used","compose":{"include":[{"system":"s","concept":[{"code":"a","display":"A"}]}]}},)"
        R"({"resourceType":"ValueSet","id":"spare","compose":{"include":[{"system":"s","concept":[{"code":"b","display":"B"}]}]}}],)";
    CHECK(lint_of(R"({"linkId":"q","type":"choice","text":"Quale?","answerValueSet":"#used"})", lists) ==
          Lines{"/contained/1 unused-list"});
}

TEST_CASE("lint: each language that is begun and not finished is told once, with the count and the first places") {
    const auto translated = [](std::string_view text) {
        return R"("_text":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[{"url":"lang","valueCode":"fr"},{"url":"content","valueString":")" +
               std::string(text) + R"("}]}]})";
    };
    const auto report = report_of(form_of(R"({"linkId":"a","type":"string","text":"Nome?",)" + translated("Nom ?") +
                                          R"(},{"linkId":"b","type":"string","text":"Via?"},)" +
                                          R"({"linkId":"c","type":"string","text":"Città?"})"));
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].remark == Remark::MissingTranslation);
    CHECK(report.findings[0].json_pointer == "/item/1/text");
    CHECK(report.findings[0].words == "fr: 2 texts are missing, so the form is not offered in it; also /item/2/text");
}

TEST_CASE("lint: hard Italian is named with its index, other languages are not judged by it") {
    const std::string text =
        "Il sottoscritto dichiara consapevolmente l'insussistenza di incompatibilità professionali";
    const std::string item = R"({"linkId":"a","type":"boolean","text":")" + text + R"("})";
    CHECK(lint_of(item) == Lines{" form-hard-to-read", "/item/0/text hard-to-read"});
    std::string german = form_of(item);
    german.replace(german.find("\"it\""), 4, "\"de\"");
    CHECK(report_of(german).findings.empty());
    CHECK(report_of(german).italian.words == 0);
}

TEST_CASE("lint: a sentence of more than twenty words, a text of more than a page, capitals, no words at all") {
    std::string sentence = "Qui";
    for (int i = 0; i < 20; ++i)
        sentence += " e qui";
    CHECK(lint_of(R"({"linkId":"a","type":"string","text":")" + sentence + R"("})") ==
          Lines{"/item/0/text long-sentence"});
    std::string words;
    while (words.size() < 161)
        words += "Dove sei? ";
    CHECK(lint_of(R"({"linkId":"a","type":"string","text":")" + words + R"("})") == Lines{"/item/0/text long-text"});
    CHECK(lint_of(R"({"linkId":"a","type":"display","text":")" + words + R"("})").empty());
    CHECK(lint_of(R"({"linkId":"a","type":"string","text":"SCRIVI IL NOME"})") == Lines{"/item/0/text all-capitals"});
    CHECK(lint_of(R"({"linkId":"a","type":"string","text":"ISEE?"})").empty());
    CHECK(lint_of(R"({"linkId":"a","type":"string"})") == Lines{"/item/0 no-words"});
}

TEST_CASE("lint: a picture beside the words is not shown, so they must be enough") {
    const std::string media = R"("extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-)";
    const std::string at = R"(","valueAttachment":{"url":"http://example.org/a.png"}}])";
    CHECK(lint_of(R"({"linkId":"a","type":"string","text":"Che cosa vedi?",)" + media + "itemMedia" + at + "}") ==
          Lines{"/item/0/extension/0 picture-not-shown"});
    CHECK(lint_of(R"({"linkId":"a","type":"choice","text":"Quale?","answerOption":[{"valueString":"Uno"},)"
                  R"({"valueString":"Due",)" +
                  media + "itemAnswerMedia" + at + "}]}") ==
          Lines{"/item/0/answerOption/1/extension/0 picture-not-shown"});
}

TEST_CASE("lint: two questions of one group in the same words, unless only one of them can be asked") {
    const std::string twins = asked("a", red) + "," + asked("b", red);
    std::string same = twins;
    same.replace(same.find("Testo b?"), 8, "Testo a?");
    CHECK(lint_of(std::string(colour) + "," + same + "," + asked("c", blue)) == Lines{"/item/2/text same-words"});
    std::string either = asked("a", red) + "," + asked("b", blue);
    either.replace(either.find("Testo b?"), 8, "Testo a?");
    CHECK(lint_of(std::string(colour) + "," + either).empty());
}

TEST_CASE("lint: options in the same words, and a list too long to leaf through") {
    std::string twice = colour;
    twice.replace(twice.find("Blu\""), 3, "Rosso");
    CHECK(lint_of(twice) == Lines{"/item/0/answerOption same-option-words"});
    std::string options;
    for (int i = 0; i < 13; ++i)
        options += std::string(i ? "," : "") + R"({"valueString":"o)" + std::to_string(i) + "\"}";
    const std::string list = R"({"linkId":"a","type":"choice","text":"Quale?","answerOption":[)" + options + "]";
    CHECK(lint_of(list + "}") == Lines{"/item/0/answerOption long-list"});
    CHECK(
        lint_of(
            list +
            R"(,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl","valueCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/questionnaire-item-control","code":"autocomplete"}]}}]})")
            .empty());
}

TEST_CASE("lint: what a citizen never sees is not judged by its words") {
    CHECK(
        lint_of(
            R"({"linkId":"a","type":"string","text":"NUMERO DI PROTOCOLLO","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden","valueBoolean":true}]})")
            .empty());
}

TEST_CASE("lint: the shipped forms have nothing to mend") {
    for (const char* name : {"primo-accesso", "informazioni"}) {
        const std::string bytes = forms_in_tests::read_file(std::filesystem::path(SPORTELLO_ROOT) /
                                                            "forms/definitions" / name / "questionnaire.json");
        LoadOptions options;
        options.known_value_sets = place_value_sets();
        const auto loaded = load_definition(bytes, options);
        REQUIRE(loaded.ok());
        for (const Finding& finding : lint(*loaded.value(), bytes).findings)
            CHECK_MESSAGE(finding.weight == Weight::Note, finding.json_pointer << " " << finding.words);
    }
}
