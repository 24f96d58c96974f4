// SPDX-License-Identifier: EUPL-1.2
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

std::string control(const std::string& code) {
    return extension(
        hl7 + "questionnaire-itemControl",
        R"("valueCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/questionnaire-item-control","code":")" +
            code + R"("}]})");
}

std::string item(const std::string& type, const std::string& extensions, const std::string& more = "") {
    return R"({"linkId":"a","type":")" + type + R"(","extension":[)" + extensions + "]" + more + "}";
}

} // namespace

TEST_CASE("look: tables, grids, pages and tabs are told apart, and a control without a look of its own still works") {
    const std::string inside = R"(,"item":[{"linkId":"b","type":"string"}])";
    const auto look = [&](const std::string& code) {
        return form(item("group", control(code), inside))->item(0).control;
    };
    CHECK(look("table") == Control::Table);
    CHECK(look("htable") == Control::HTable);
    CHECK(look("gtable") == Control::GTable);
    CHECK(look("atable") == Control::ATable);
    CHECK(look("grid") == Control::Grid);
    CHECK(look("page") == Control::Page);
    CHECK(look("tab-container") == Control::TabContainer);
    CHECK(look("of-next-year") == Control::None);
}

TEST_CASE("look: what the form wishes about options, sliders, keys and folding is read") {
    const auto slider =
        form(item("integer",
                  control("slider") + "," + extension(hl7 + "questionnaire-sliderStepValue", R"("valueInteger":5)") +
                      "," + extension(hl7 + "minValue", R"("valueInteger":0)") + "," +
                      extension(hl7 + "maxValue", R"("valueInteger":100)"),
                  R"(,"item":[{"linkId":"l","type":"display","text":"poco","extension":[)" + control("lower") +
                      R"(]},{"linkId":"u","type":"display","text":"molto","extension":[)" + control("upper") + "]}]"));
    CHECK(slider->item(0).slider_step == Decimal(5));
    CHECK(slider->item(0).lower_text.base == "poco");
    CHECK(slider->item(0).upper_text.base == "molto");
    CHECK(slider->item(1).attached_text);

    const auto text = form(
        item("string", extension(sdc + "sdc-questionnaire-keyboard", R"("valueCoding":{"code":"phone"})") + "," +
                           extension(sdc + "sdc-questionnaire-shortText", R"("valueString":"Tel.")") + "," +
                           extension(hl7 + "questionnaire-supportLink", R"("valueUri":"https://example.org/aiuto")")));
    CHECK(text->item(0).keyboard == Keyboard::Phone);
    CHECK(text->item(0).short_text.base == "Tel.");
    CHECK(text->item(0).support_links == std::vector<std::string>{"https://example.org/aiuto"});

    const auto choice = form(item("open-choice",
                                  extension(hl7 + "questionnaire-choiceOrientation", R"("valueCode":"horizontal")") +
                                      "," + extension(sdc + "sdc-questionnaire-openLabel", R"("valueString":"Altro")"),
                                  R"(,"answerOption":[{"valueCoding":{"code":"x","display":"Uno","extension":[)" +
                                      extension(hl7 + "ordinalValue", R"("valueDecimal":2.5)") + R"(]},"extension":[)" +
                                      extension(hl7 + "questionnaire-optionPrefix", "\"valueString\":\"a)\"") + "]}]"));
    CHECK(choice->item(0).orientation == Orientation::Horizontal);
    CHECK(choice->item(0).open_label.base == "Altro");
    CHECK(choice->item(0).options.at(0).prefix.base == "a)");
    CHECK(choice->item(0).options.at(0).score == Decimal::parse("2.5"));

    const auto group =
        form(item("group", extension(sdc + "sdc-questionnaire-collapsible", R"("valueCode":"default-closed")"),
                  R"(,"item":[{"linkId":"b","type":"string"}])"));
    CHECK(group->item(0).collapsible == Collapsible::Closed);
}

TEST_CASE("look: a text for help belongs to its question also when only its category says so") {
    const auto definition = form(
        R"({"linkId":"a","type":"string","item":[{"linkId":"h","type":"display","text":"Aiuto","extension":[)" +
        extension(
            hl7 + "questionnaire-displayCategory",
            R"("valueCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/questionnaire-display-category","code":"help"}]})") +
        "]}]}");
    CHECK(definition->item(1).category == DisplayCategory::Help);
    CHECK(definition->item(0).help.base == "Aiuto");
}

TEST_CASE("look: kinds and size of a file are read, the size in millions of bytes") {
    const auto definition =
        form(item("attachment", extension(hl7 + "mimeType", R"("valueCode":"image/PNG")") + "," +
                                    extension(hl7 + "mimeType", R"("valueCode":"application/pdf")") + "," +
                                    extension(hl7 + "maxSize", R"("valueDecimal":1.5)")));
    CHECK(definition->item(0).mime_types == std::vector<std::string>{"image/png", "application/pdf"});
    CHECK(definition->item(0).max_bytes == 1'500'000);
    CHECK(
        mistakes_in(questionnaire(item("string", extension(hl7 + "mimeType", R"("valueCode":"image/png")")))).size() ==
        1);
    CHECK(mistakes_in(questionnaire(item("attachment", extension(hl7 + "mimeType", R"("valueCode":"a picture")"))))
              .size() == 1);
    CHECK(mistakes_in(questionnaire(item("attachment", extension(hl7 + "maxSize", R"("valueDecimal":0)")))).size() ==
          1);
}

TEST_CASE("look: a picture may stand beside words, but not in their place") {
    const std::string media = R"("extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/)"
                              R"(sdc-questionnaire-itemMedia","valueAttachment":{"url":"http://example.org/a.png"}}])";
    const std::string mute = R"({"linkId":"a","type":"string",)" + media;
    CHECK(form(mute + R"(,"text":"Che cosa vedi?"})")->item(0).text.base == "Che cosa vedi?");
    const auto mistakes = mistakes_in(questionnaire(mute + "}"));
    CHECK(mistakes == std::vector<std::string>{"/item/0/extension/0 unsupported-extension"});
}

TEST_CASE("look: what is only for reading a finished form is not asked while filling it") {
    const auto definition =
        form(item("string", extension(hl7 + "questionnaire-usageMode", R"("valueCode":"display-non-empty")"),
                  R"(,"required":true)"));
    CHECK(definition->item(0).usage == Usage::DisplayNonEmpty);
    CHECK(definition->item(0).hidden);
    CHECK(Filling(definition).draft.issues().empty());
    CHECK_FALSE(
        form(item("string", extension(hl7 + "questionnaire-usageMode", R"("valueCode":"capture")")))->item(0).hidden);
}

TEST_CASE("look: a wish that cannot be read is refused by place") {
    CHECK(mistakes_in(questionnaire(
              item("choice", extension(hl7 + "questionnaire-choiceOrientation", R"("valueCode":"diagonal")"),
                   R"(,"answerOption":[{"valueCoding":{"code":"x"}}])"))) ==
          std::vector<std::string>{"/item/0/extension/0 bad-code"});
    CHECK(mistakes_in(questionnaire(
              item("integer", extension(hl7 + "questionnaire-sliderStepValue", R"("valueInteger":0)")))) ==
          std::vector<std::string>{"/item/0/extension/0 bad-value"});
    CHECK(
        mistakes_in(questionnaire(item("string", extension(hl7 + "questionnaire-supportLink", R"("valueUri":"")")))) ==
        std::vector<std::string>{"/item/0/extension/0 malformed-extension"});
}

TEST_CASE("words: a marked wording stands beside the plain one, language by language") {
    const std::string french =
        R"("extension":[{"url":")" + hl7 +
        R"(translation","extension":[{"url":"lang","valueCode":"fr"},{"url":"content","valueMarkdown":"**Nom** de famille"}]}])";
    const auto definition =
        form(R"({"linkId":"a","type":"string","text":"Cognome","_text":{"extension":[{"url":")" + hl7 +
             R"(rendering-markdown","valueMarkdown":"Il **cognome**","_valueMarkdown":{)" + french + "}}]}}");
    const Words& text = definition->item(0).text;
    CHECK(text.in("it") == "Cognome");
    CHECK(text.markdown_in("it") == "Il **cognome**");
    CHECK(text.in("fr") == "Nom de famille");
    CHECK(text.markdown_in("fr-CH") == "**Nom** de famille");
    CHECK(definition->complete_languages() == std::vector<std::string>{"it", "fr"});
}

TEST_CASE("words: a translation without marks is not shown with the marks of another language") {
    const auto definition =
        form(R"({"linkId":"a","type":"string","text":"Cognome","_text":{"extension":[{"url":")" + hl7 +
             R"(rendering-markdown","valueMarkdown":"Il **cognome**"},{"url":")" + hl7 +
             R"(translation","extension":[{"url":"lang","valueCode":"fr"},{"url":"content","valueString":"Nom"}]}]}})");
    CHECK(definition->item(0).text.in("fr") == "Nom");
    CHECK(definition->item(0).text.markdown_in("fr").empty());
}

TEST_CASE("words: a form that has its text in markup only is read as plain text") {
    const auto definition = form(
        R"({"linkId":"a","type":"display","_text":{"extension":[{"url":")" + hl7 +
        R"(rendering-xhtml","valueString":"<div><p>Si pu&ograve; <b>scrivere</b></p><script>x()</script><ul><li>uno</li><li>due</li></ul></div>"}]}},
        {"linkId":"b","type":"display","_text":{"extension":[{"url":")" +
        hl7 + R"(rendering-markdown","valueMarkdown":"# Nota\n\n- uno\n- due"}]}})");
    CHECK(definition->item(0).text.base == "Si può scrivere\n• uno\n• due");
    CHECK(definition->item(1).text.base == "Nota\n• uno\n• due");
}
