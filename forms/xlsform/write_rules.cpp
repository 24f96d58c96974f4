// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/calendar.hpp"
#include "forms/base/decimal.hpp"
#include "forms/xlsform/write.hpp"

#include <algorithm>
#include <sstream>

namespace forms::xlsform {
namespace {

/// A number as JSON, exactly as it was written.
Json number_of(const std::string& text) {
    Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() ? parsed : Json(nullptr);
}

std::string_view value_type_of(PieceKind kind, const std::string& text) {
    switch (kind) { // no default: the compiler names the one we forgot
    case PieceKind::Boolean:
        return "Boolean";
    case PieceKind::Whole:
        return text.find('.') == std::string::npos ? "Integer" : "Decimal";
    case PieceKind::Number:
        return "Decimal";
    case PieceKind::Date:
        return "Date";
    case PieceKind::DateTime:
        return "DateTime";
    case PieceKind::Time:
        return "Time";
    case PieceKind::Codes:
        return "Coding";
    case PieceKind::Text:
    case PieceKind::Files:
    case PieceKind::Days:
    case PieceKind::Years:
        return "String";
    }
    return "String";
}

/// Is this something to compute? A text may hold anything that happens to look so: there, only ${…} and calls count.
bool is_dynamic(const std::string& text, PieceKind kind) {
    if (text.find("${") != std::string::npos) return true;
    if (kind == PieceKind::Text && text.find('(') == std::string::npos) return false;
    const auto tree = parse_xpath(text);
    return tree.ok() && tree.value().at(tree.value().root()).kind != XKind::Text;
}

} // namespace

std::string RuleWriter::system_of(const std::string& list) const {
    const std::size_t slash = base_.rfind("/Questionnaire/");
    return base_.substr(0, slash) + "/CodeSystem/" + base_.substr(slash + 15) + "." + list;
}

Json RuleWriter::coding(const std::string& list, const std::string& name) const {
    return Json{{"system", system_of(list)}, {"code", name}};
}

std::optional<XTree> RuleWriter::parsed(const CellText& cell) {
    auto tree = parse_xpath(cell.text);
    if (tree.ok()) return std::move(tree).value();
    notes_.refuse(cell.place, Trouble::BadExpression, tree.error());
    return std::nullopt;
}

void RuleWriter::refuse(const CellText& cell, const Translator::Flaw& flaw) {
    notes_.refuse(cell.place, flaw.trouble, flaw.words);
}

Json RuleWriter::operand(const Simple& simple) const {
    const std::string type(value_type_of(simple.kind, simple.operand));
    Json value = simple.operand;
    if (simple.kind == PieceKind::Boolean) value = simple.operand == "true";
    if (simple.kind == PieceKind::Whole || simple.kind == PieceKind::Number) value = number_of(simple.operand);
    if (simple.kind == PieceKind::Codes) value = coding(survey_.entries[simple.question].list, simple.operand);
    return Json{{"question", survey_.entries[simple.question].name}, {"operator", simple.op}, {"answer" + type, value}};
}

void RuleWriter::write_relevant(EntryIndex index, Json& item, Json& extensions) {
    const CellText& cell = survey_.entries[index].relevant;
    if (cell.empty()) return;
    std::string lowered = cell.text;
    if (lowered == "yes" || lowered == "true" || lowered == "TRUE" || lowered == "true()") return;
    const auto tree = parsed(cell);
    if (!tree) return;
    if (const auto enabling = as_conditions(*tree, index, survey_, translator_)) {
        for (const Simple& simple : enabling->conditions)
            item["enableWhen"].push_back(operand(simple));
        if (enabling->conditions.size() > 1) item["enableBehavior"] = enabling->any ? "any" : "all";
        return;
    }
    const auto condition = translator_.condition(*tree, index);
    if (!condition.ok()) return refuse(cell, condition.error());
    extensions.push_back(fhir::expression("enableWhenExpression", condition.value().text));
}

void RuleWriter::write_constraint(EntryIndex index, Json& item, Json& extensions) {
    const Entry& entry = survey_.entries[index];
    const CellText& cell = entry.constraint;
    if (cell.empty()) return;
    const auto tree = parsed(cell);
    if (!tree) return;
    const PieceKind kind = translator_.kind_of(index);
    // The author's own words come with an expression alone; without them the engine says what the bound is.
    const auto bounds = entry.constraint_message.empty() && entry.kind != EntryKind::Range
                            ? as_bounds(*tree, kind) // a range has its bounds already
                            : std::nullopt;
    if (bounds) {
        const std::string type(value_type_of(kind, ""));
        const auto value = [&](const std::string& text) {
            return kind == PieceKind::Date ? Json(text) : number_of(text);
        };
        if (bounds->smallest) extensions.push_back(fhir::extension("minValue", type, value(*bounds->smallest)));
        if (bounds->largest) extensions.push_back(fhir::extension("maxValue", type, value(*bounds->largest)));
        if (bounds->shortest) extensions.push_back(fhir::extension("minLength", "Integer", *bounds->shortest));
        if (bounds->longest) item["maxLength"] = *bounds->longest;
        if (bounds->pattern) extensions.push_back(fhir::extension("regex", "String", *bounds->pattern));
        return;
    }
    const auto condition = translator_.condition(*tree, index);
    if (!condition.ok()) return refuse(cell, condition.error());
    const Piece& rule = condition.value();
    const std::string holds = rule.always ? rule.text : "iif(" + rule.text + ", true, false)";
    Json parts = Json::array();
    parts.push_back({{"url", "key"}, {"valueId", "constraint-" + std::to_string(index)}});
    parts.push_back({{"url", "severity"}, {"valueCode", "error"}});
    parts.push_back({{"url", "expression"}, {"valueString", "%context.answer.empty() or (" + holds + ")"}});
    Json human{{"url", "human"}};
    Wording words = entry.constraint_message;
    if (words.empty()) { // FHIR wants a text here, and a person must be told something
        words = entry.hint.empty() ? entry.label : entry.hint;
        notes_.warn(cell.place, Trouble::MissingValue,
                    "when this does not hold, a person reads the question again: write a constraint_message");
    }
    fhir::put_words(human, "valueString", words);
    parts.push_back(std::move(human));
    extensions.push_back(
        {{"url", "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint"}, {"extension", std::move(parts)}});
}

/// The expression, as a value of the entry's own kind.
std::optional<std::string> RuleWriter::computed(const CellText& cell, EntryIndex index) {
    const auto tree = parsed(cell);
    if (!tree) return std::nullopt;
    const auto found = translator_.value_as(*tree, index, translator_.kind_of(index));
    if (!found.ok()) {
        refuse(cell, found.error());
        return std::nullopt;
    }
    return found.value().text;
}

void RuleWriter::write_calculation(EntryIndex index, Json& extensions) {
    const Entry& entry = survey_.entries[index];
    if (entry.calculation.empty()) {
        if (entry.kind == EntryKind::Calculate)
            notes_.refuse(entry.calculation.place, Trouble::MissingValue, "a calculation needs an expression");
        return;
    }
    if (const auto text = computed(entry.calculation, index))
        extensions.push_back(fhir::expression("calculatedExpression", *text));
}

bool RuleWriter::write_literal(EntryIndex index, Json& item) {
    const Entry& entry = survey_.entries[index];
    const std::string& text = entry.initial.text;
    const PieceKind kind = translator_.kind_of(index);
    Json values = Json::array();
    const auto put = [&](std::string_view type, Json value) {
        values.push_back({{"value" + std::string(type), std::move(value)}});
    };
    switch (kind) { // no default: the compiler names the one we forgot
    case PieceKind::Whole:
        if (const auto number = Decimal::parse(text); number && number->whole()) put("Integer", *number->whole());
        break;
    case PieceKind::Number:
        if (const auto number = Decimal::parse(text); number && is_exact_in_json(*number)) {
            const bool whole = entry.kind == EntryKind::Range && item.at("type") == "integer";
            if (!whole || number->whole()) put(whole ? "Integer" : "Decimal", number_of(number->text()));
        }
        break;
    case PieceKind::Boolean:
        if (text == "OK" || text == "yes" || text == "true" || text == "TRUE") put("Boolean", true);
        break;
    case PieceKind::Date:
        if (PartialDate::parse(text)) put("Date", text);
        break;
    case PieceKind::Time:
        if (const auto time = TimeOfDay::parse_typed(text)) put("Time", time->text());
        break;
    case PieceKind::DateTime:
        if (const auto moment = PartialDateTime::parse(text)) put("DateTime", moment->text());
        break;
    case PieceKind::Text:
        put("String", text);
        break;
    case PieceKind::Codes: {
        const auto list = survey_.lists.find(entry.list);
        std::istringstream names(text);
        for (std::string name; list != survey_.lists.end() && names >> name;) {
            const bool known = std::any_of(list->second.begin(), list->second.end(),
                                           [&](const Choice& choice) { return choice.name == name; });
            if (!known) return false;
            put("Coding", coding(entry.list, name));
        }
        if (values.size() > 1 && entry.kind == EntryKind::SelectOne) return false;
        break;
    }
    case PieceKind::Files:
    case PieceKind::Days:
    case PieceKind::Years:
        break;
    }
    if (values.empty()) return false;
    item["initial"] = std::move(values);
    return true;
}

void RuleWriter::write_default(EntryIndex index, Json& item, Json& extensions) {
    const Entry& entry = survey_.entries[index];
    if (entry.initial.empty()) return;
    if (entry.is_container() || entry.kind == EntryKind::Note) {
        notes_.refuse(entry.initial.place, Trouble::BadValue, "a group or a note has no first answer");
        return;
    }
    if (!entry.calculation.empty()) {
        notes_.warn(entry.initial.place, Trouble::UnsupportedExpression,
                    "left aside: what is calculated has no first answer of its own");
        return;
    }
    const PieceKind kind = translator_.kind_of(index);
    if (kind != PieceKind::Text && write_literal(index, item)) return;
    if (is_dynamic(entry.initial.text, kind)) {
        if (const auto text = computed(entry.initial, index))
            extensions.push_back(fhir::expression("initialExpression", *text));
        return;
    }
    if (kind != PieceKind::Text || !write_literal(index, item))
        notes_.refuse(entry.initial.place, Trouble::BadValue, "this is no answer to the question");
}

} // namespace forms::xlsform
