// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/json_value.hpp"
#include "forms/fhir/loading.hpp"

/// Patterns and units: what an answer must look like.
namespace forms {
namespace {

/// What making a pattern costs that is refused in the end: RE2 tells no size of it, and some are refused for theirs.
constexpr int steps_of_a_refused_pattern = 4'000;
constexpr std::size_t most_units = 500;

} // namespace

void ItemReader::read_pattern(Node extension, Item& item) {
    const auto text = members_.text(extension, "valueString");
    if (!text || text->empty()) {
        mistakes_.add(Reason::MalformedExtension, extension, "a pattern is missing");
        return;
    }
    if (const auto known = patterns_.find(*text); known != patterns_.end()) {
        item.pattern = known->second;
        return;
    }
    if (pattern_steps_ > Pattern::most_steps) return; // told already
    auto compiled = Pattern::compile(*text);
    if (!compiled.ok()) {
        pattern_steps_ += steps_of_a_refused_pattern;
        mistakes_.add(Reason::BadPattern, json_.member(extension, "valueString"), shown_text(compiled.error()));
        return;
    }
    item.pattern = std::move(compiled).value();
    pattern_steps_ += item.pattern->size();
    if (pattern_steps_ > Pattern::most_steps)
        mistakes_.add(Reason::BadPattern, extension, "the patterns of this form take more room than a form may");
    else
        patterns_.emplace(*text, item.pattern);
}

void ItemReader::read_unit(Node extension, Item& item) {
    const Node member = json_.member(extension, "valueCoding");
    const auto value = member != JsonDocument::none
                           ? value_from(json_, member, "Coding", std::pmr::get_default_resource())
                           : std::nullopt;
    if (!value) {
        mistakes_.add(Reason::MalformedExtension, extension, "a unit needs valueCoding");
        return;
    }
    Words words = members_.words(member, "display");
    if (words.empty()) words.base = shown_text(std::get<Coding>(*value).code);
    item.units.push_back(std::get<Coding>(*value));
    item.unit_words.push_back(std::move(words));
}

void ItemReader::read_unit_list(Node extension, Item& item) {
    const auto reference = members_.text(extension, "valueCanonical");
    if (!reference || reference->empty()) {
        mistakes_.add(Reason::MalformedExtension, extension, "a list of units needs valueCanonical");
        return;
    }
    const Lists::Made& made = lists_.make(*reference);
    if (made.problem) {
        mistakes_.add(made.problem->reason, extension, made.problem->words);
        return;
    }
    if (item.units.size() + made.entries.size() > most_units) {
        mistakes_.add(Reason::TooManyOptions, extension, "more units than one question can need");
        return;
    }
    for (const auto& entry : made.entries) {
        item.units.push_back(std::get<Coding>(entry.option.value));
        item.unit_words.push_back(entry.option.words);
    }
}

void ItemReader::read_unit_open(Node extension, Item& item) {
    const auto code = members_.text(extension, "valueCode");
    if (code == "optionsOrType" || code == "optionsOrString")
        item.open_units = true;
    else if (code != "optionsOnly")
        mistakes_.add(Reason::BadCode, extension, "unitOpen is optionsOnly, optionsOrType or optionsOrString");
}

} // namespace forms
