// SPDX-License-Identifier: EUPL-1.2
#include "writing.hpp"

#include "forms/fhir/json.hpp"
#include "forms/fhirpath/evaluate.hpp"

namespace in_tests {
namespace {

std::string quoted(std::string_view text) {
    std::pmr::string out;
    forms::append_json_string(out, text);
    return std::string(out);
}

std::string text_of(const forms::Value& value) {
    if (const auto* const truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return std::to_string(*whole);
    if (const auto* const number = std::get_if<forms::Decimal>(&value)) return number->text();
    if (const auto* const date = std::get_if<forms::PartialDate>(&value)) return date->text();
    if (const auto* const moment = std::get_if<forms::PartialDateTime>(&value)) return moment->text();
    if (const auto* const time = std::get_if<forms::TimeOfDay>(&value)) return time->text();
    if (const auto* const text = std::get_if<forms::AnswerText>(&value)) return std::string(*text);
    if (const auto* const code = std::get_if<forms::Coding>(&value)) return std::string(code->code);
    if (const auto* const amount = std::get_if<forms::Quantity>(&value))
        return amount->value.text() + " " + std::string(amount->unit);
    return "?";
}

} // namespace

std::string expression(std::string_view name, std::string_view text) {
    const std::string base = name.starts_with("sdc-") ? "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
                                                      : "http://hl7.org/fhir/StructureDefinition/";
    return R"({"url":")" + base + std::string(name) +
           R"(","valueExpression":{"language":"text/fhirpath","expression":)" + quoted(text) + "}}";
}

std::string calculated(std::string_view text) { return expression("sdc-questionnaire-calculatedExpression", text); }
std::string enabled_when(std::string_view text) { return expression("sdc-questionnaire-enableWhenExpression", text); }
std::string initially(std::string_view text) { return expression("sdc-questionnaire-initialExpression", text); }

std::string variable(std::string_view name, std::string_view text) {
    return R"({"url":"http://hl7.org/fhir/StructureDefinition/variable","valueExpression":{"name":")" +
           std::string(name) + R"(","language":"text/fhirpath","expression":)" + quoted(text) + "}}";
}

std::string constraint(std::string_view key, std::string_view severity, std::string_view text, std::string_view human,
                       std::string_view more) {
    return R"({"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-constraint","extension":[{"url":"key","valueId":")" +
           std::string(key) + R"("},{"url":"severity","valueCode":")" + std::string(severity) +
           R"("},{"url":"expression","valueString":)" + quoted(text) + R"(},{"url":"human","valueString":)" +
           quoted(human) + std::string(more) + "}]}";
}

std::string item(std::string_view link_id, std::string_view type, std::string_view extensions, std::string_view more) {
    return R"({"linkId":")" + std::string(link_id) + R"(","type":")" + std::string(type) + "\"" +
           (extensions.empty() ? "" : R"(,"extension":[)" + std::string(extensions) + "]") +
           (more.empty() ? "" : "," + std::string(more)) + "}";
}

std::string answer(const forms_in_tests::Filling& filling, std::string_view path) {
    std::string all;
    for (const forms::Answer* const one : filling.draft.answers(filling.at(path)))
        all += (all.empty() ? "" : " | ") + (one->value ? text_of(*one->value) : std::string("~"));
    return all.empty() ? "-" : all;
}

} // namespace in_tests
