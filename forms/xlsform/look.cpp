// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/look.hpp"

#include "forms/base/decimal.hpp"

#include <algorithm>
#include <sstream>

namespace forms::xlsform {
namespace {

/// What a terminal does anyway, or what means nothing on one.
bool is_without_effect(std::string_view word) {
    for (const std::string_view known :
         {"quick",       "quickcompact", "compact", "list", "no-buttons", "full",
          "no-calendar", "no-ticks",     "picker",  "new",  "new-front",  "thousands-sep",
          "bearing",     "w1",           "w2",      "w3",   "w4",         "w5",
          "w6",          "w7",           "w8",      "w9",   "w10",        "horizontal-compact"})
        if (word == known) return true;
    return false;
}

Json orientation() { return fhir::extension("questionnaire-choiceOrientation", "Code", "horizontal"); }

} // namespace

void write_look(const Entry& entry, Json& item, Json& extensions, Notes& notes) {
    std::istringstream words(entry.appearance.text);
    bool control = false;
    const auto set_control = [&](std::string_view code) {
        if (!std::exchange(control, true)) extensions.push_back(fhir::control(code));
    };
    const auto warn = [&](const std::string& word) {
        notes.warn(entry.appearance.place, Trouble::UnsupportedAppearance, "the look '" + word + "' is left aside");
    };
    for (std::string word; words >> word;) {
        if (entry.is_select() && (word == "minimal" || word == "spinner"))
            set_control("drop-down");
        else if (entry.is_select() && (word == "autocomplete" || word == "search"))
            set_control("autocomplete");
        else if (entry.is_select() &&
                 (word == "likert" || word.starts_with("columns") || word.starts_with("horizontal")))
            extensions.push_back(orientation());
        else if (entry.kind == EntryKind::Group && (word == "field-list" || word == "table-list"))
            set_control(word == "field-list" ? "page" : "table");
        else if (entry.kind == EntryKind::Text && word == "multiline")
            item["type"] = "text";
        else if (!is_without_effect(word))
            warn(word);
    }
    if (entry.is_select() && !control)
        extensions.push_back(fhir::control(entry.kind == EntryKind::SelectOne ? "radio-button" : "check-box"));
}

void write_range(const Entry& entry, Json& item, Json& extensions, Notes& notes) {
    std::optional<Decimal> start = Decimal(1);
    std::optional<Decimal> end = Decimal(10);
    std::optional<Decimal> step = Decimal(1);
    std::string text = entry.parameters.text;
    for (std::size_t at = text.find('='); at != std::string::npos; at = text.find('=', at)) { // "start = 1" too
        while (at > 0 && text[at - 1] == ' ')
            text.erase(--at, 1);
        while (at + 1 < text.size() && text[at + 1] == ' ')
            text.erase(at + 1, 1);
        ++at;
    }
    std::replace(text.begin(), text.end(), ',', ' ');
    std::replace(text.begin(), text.end(), ';', ' ');
    std::istringstream parts(text);
    bool understood = true;
    for (std::string part; parts >> part;) {
        const std::string name = part.substr(0, part.find('='));
        const auto number =
            part.find('=') == std::string::npos ? std::nullopt : Decimal::parse(part.substr(name.size() + 1));
        if (name == "start")
            start = number;
        else if (name == "end")
            end = number;
        else if (name == "step")
            step = number;
        else
            understood = false;
    }
    item["type"] = "decimal";
    if (!understood || !start || !end || !step || !is_exact_in_json(*start) || !is_exact_in_json(*end) ||
        !(*start < *end) || !(*step > Decimal(0))) {
        notes.refuse(entry.parameters.place, Trouble::BadValue, "a range needs numbers: start=1 end=10 step=1");
        return;
    }
    const bool whole = start->whole() && end->whole() && step->whole();
    item["type"] = whole ? "integer" : "decimal";
    const std::string type = whole ? "Integer" : "Decimal";
    extensions.push_back(fhir::control("slider"));
    extensions.push_back(fhir::extension("minValue", type, Json::parse(start->text())));
    extensions.push_back(fhir::extension("maxValue", type, Json::parse(end->text())));
    if (step->whole())
        extensions.push_back(fhir::extension("questionnaire-sliderStepValue", "Integer", *step->whole()));
    else
        notes.warn(entry.parameters.place, Trouble::UnsupportedAppearance,
                   "FHIR has whole steps only: the step is left aside");
}

} // namespace forms::xlsform
