// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/answer_text.hpp"

#include "net/sandbox/fhir_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace net::sandbox {
namespace {

int two_digits(std::string_view text, std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); }

const std::string& month_name(const Words& words, int month) {
    static constexpr std::array months = {Word::month_1, Word::month_2,  Word::month_3,  Word::month_4,
                                          Word::month_5, Word::month_6,  Word::month_7,  Word::month_8,
                                          Word::month_9, Word::month_10, Word::month_11, Word::month_12};
    return words[months.at(static_cast<std::size_t>(month - 1))];
}

std::string in_their_language(const Words& words, std::string digits) {
    std::replace(digits.begin(), digits.end(), '.', words[Word::decimal_mark].front());
    return digits;
}

std::string quantity_text(const Words& words, const Json& quantity) {
    std::string out = text_of(quantity, "comparator");
    if (!out.empty()) out += ' ';
    if (const Json* value = member_of(quantity, "value")) out += in_their_language(words, decimal_text(*value));
    const std::string unit = text_of(quantity, "unit");
    const std::string code = text_of(quantity, "code");
    if (!unit.empty()) return out + ' ' + unit;
    return code.empty() ? out : out + ' ' + code;
}

} // namespace

std::string date_text(const Words& words, std::string_view fhir) {
    if (!read_time(fhir, TimeKind::Any)) return std::string(fhir);
    const std::string year(fhir.substr(0, 4));
    if (fhir.size() < 7) return year;
    const std::string month = month_name(words, two_digits(fhir, 5));
    if (fhir.size() < 10) return month + ' ' + year;
    std::string out = std::to_string(two_digits(fhir, 8)) + ' ' + month + ' ' + year;
    if (fhir.size() < 16) return out;
    return out + ", " + words[Word::at_time] + ' ' + std::string(fhir.substr(11, 5));
}

std::string short_date_text(std::string_view fhir) {
    if (fhir.size() < 10 || !read_time(fhir, TimeKind::Any)) return std::string(fhir);
    std::string out =
        std::string(fhir.substr(8, 2)) + '/' + std::string(fhir.substr(5, 2)) + '/' + std::string(fhir.substr(0, 4));
    if (fhir.size() >= 16) out += ' ' + std::string(fhir.substr(11, 5));
    return out;
}

std::string value_text(const Words& words, const Json& answer) {
    for (const auto& [name, value] : answer.items()) {
        if (!name.starts_with("value")) continue;
        if (value.is_boolean()) return words[value.get<bool>() ? Word::yes : Word::no];
        if (is_number(value)) return in_their_language(words, decimal_text(value));
        if (value.is_string()) {
            const auto text = value.get<std::string>();
            return name == "valueDate" || name == "valueDateTime" ? date_text(words, text) : text;
        }
        if (name == "valueQuantity") return quantity_text(words, value);
        if (name == "valueReference") return reference_text(&value);
        if (name == "valueAttachment") return text_of(value, "title");
        const std::string display = text_of(value, "display");
        return display.empty() ? text_of(value, "code") : display;
    }
    return {};
}

std::string translation_of(const Json& owner, std::string_view element, std::string_view language) {
    const Json* const beside = member_of(owner, "_" + std::string(element));
    const Json* const extensions = beside == nullptr ? nullptr : member_of(*beside, "extension");
    if (extensions == nullptr || !extensions->is_array()) return {};
    for (const Json& extension : *extensions) {
        if (text_of(extension, "url") != "http://hl7.org/fhir/StructureDefinition/translation") continue;
        const Json* const parts = member_of(extension, "extension");
        if (parts == nullptr || !parts->is_array()) continue;
        std::string said;
        std::string content;
        for (const Json& part : *parts) {
            if (text_of(part, "url") == "lang") said = text_of(part, "valueCode");
            if (text_of(part, "url") == "content") content = text_of(part, "valueString");
        }
        if (said == language) return content;
    }
    return {};
}

std::string reference_text(const Json* reference) {
    if (reference == nullptr) return {};
    const std::string display = text_of(*reference, "display");
    if (!display.empty()) return display;
    const Json* identifier = member_of(*reference, "identifier");
    return identifier == nullptr ? std::string() : text_of(*identifier, "value");
}

std::string concept_text(const Json* value) {
    if (value == nullptr) return {};
    std::string text = text_of(*value, "text");
    const Json* codings = member_of(*value, "coding");
    if (!text.empty() || codings == nullptr || !codings->is_array() || codings->empty()) return text;
    text = text_of(codings->front(), "display");
    return text.empty() ? text_of(codings->front(), "code") : text;
}

} // namespace net::sandbox
