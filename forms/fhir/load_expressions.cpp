// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/loading.hpp"

#include <algorithm>

namespace forms {

/// What all expressions of a form may take together.
bool ItemReader::take_expression(Node place, std::string_view text) {
    ++expressions_;
    expression_bytes_ += text.size();
    if (expressions_ <= options_.limits.expressions && expression_bytes_ <= options_.limits.expression_bytes)
        return true;
    mistakes_.add(Reason::TooManyConditions, place, "more expressions than allowed, or longer ones");
    return false;
}

/// The text of `valueExpression`, empty with a mistake; also its name.
std::string ItemReader::read_expression(Node extension, std::string* name) {
    const Node value = json_.member(extension, "valueExpression");
    if (value == JsonDocument::none || json_.kind(value) != JsonKind::Object) {
        mistakes_.add(Reason::MalformedExtension, extension, "an expression needs valueExpression");
        return {};
    }
    members_.only(value, {"description", "name", "language", "expression", "reference"});
    members_.each_extension(value, [](Node, ExtensionUse) {});
    const auto language = members_.text(value, "language");
    if (language != "text/fhirpath") {
        const Node place = json_.member(value, "language");
        mistakes_.add(language ? Reason::UnsupportedLanguage : Reason::MissingElement,
                      place == JsonDocument::none ? value : place,
                      "expressions are run when their language is text/fhirpath");
        return {};
    }
    const auto text = members_.text(value, "expression");
    if (!text || text->empty()) {
        mistakes_.add(Reason::MissingElement, value, "the expression is missing");
        return {};
    }
    if (name != nullptr) *name = members_.text(value, "name").value_or("");
    return take_expression(value, *text) ? std::string(*text) : std::string();
}

/// A query for the codes of a value set is answered from the lists that are here: then the address of that value set,
/// else nothing. Other parameters than `url` (a filter, a count) would ask for another list.
std::string ItemReader::expansion_of(Node extension) const {
    const Node value = json_.member(extension, "valueExpression");
    const std::string_view query = members_.text(value, "expression").value_or("");
    constexpr std::string_view asks = "ValueSet/$expand?url=";
    const std::size_t at = query.find(asks);
    if (at == std::string_view::npos || (at > 0 && query[at - 1] != '/')) return {};
    const std::string_view address = query.substr(at + asks.size());
    return address.find_first_of("&{}%' \\") == std::string_view::npos ? std::string(address) : std::string();
}

/// cqf-expression on the text of an item.
void ItemReader::read_wording(Node extension, ItemIndex index) {
    Item& item = items_[index];
    if (item.is_group() && item.repeats) {
        mistakes_.add(Reason::NotAllowedHere, extension, "the heading of a repeating group is the same for all of it");
        return;
    }
    item.worded_by = read_expression(extension);
    places_.keep(index, "/textExpression", extension);
}

/// An expression that only a server can answer.
bool ItemReader::is_query(Node extension) const {
    const Node value = json_.member(extension, "valueExpression");
    return value != JsonDocument::none && members_.text(value, "language") == "application/x-fhir-query";
}

/// itemPopulationContext and sourceQueries (SDC, population): the names under which expressions expect what a server
/// with the patient's record found. Nothing was found here.
void ItemReader::read_fetched(Node extension, std::vector<Variable>& variables) {
    std::string name;
    if (const Node value = json_.member(extension, "valueExpression"); value != JsonDocument::none)
        name = members_.text(value, "name").value_or("");
    if (const Node value = json_.member(extension, "valueReference"); value != JsonDocument::none) {
        const std::string_view reference = members_.text(value, "reference").value_or("");
        if (reference.starts_with('#')) name = reference.substr(1);
    }
    const auto has_it = [&](const Variable& other) { return other.name == name; };
    if (name.empty() || name.size() > 256 || std::any_of(variables.begin(), variables.end(), has_it)) return;
    if (take_expression(extension, name)) variables.push_back({std::move(name), "{}", true});
}

void ItemReader::read_item_expression(Node extension, ExtensionUse use, ItemIndex index) {
    Item& item = items_[index];
    const auto read = [&](std::string& text, const char* place) {
        std::string again = read_expression(extension);
        // Written twice in the same words it says one thing.
        if (!text.empty() && again != text) mistakes_.add(Reason::RuleTwice, extension, "this is there twice");
        text = std::move(again);
        places_.keep(index, place, extension);
    };
    if (use == ExtensionUse::Variable) return read_variable(extension, index, item.variables);
    if (use == ExtensionUse::Constraint) {
        if (item.type != ItemType::Display) return read_constraint(extension, index, item.constraints);
    } else if (use == ExtensionUse::EnabledBy) {
        return read(item.enabled_by, "/enableWhenExpression");
    } else if (use == ExtensionUse::OfferedBy) {
        has_offers_.insert(index);
        if (may_offer(item)) {
            // What only a server could list: a person who may write the answer writes it, nobody can choose.
            if (!is_query(extension) || item.type != ItemType::OpenChoice) read(item.offered_by, "/answerExpression");
            return;
        }
        mistakes_.add(Reason::NotAllowedHere, extension, "an item of this type has no list of answers (que-5)");
        return;
    } else if (item.is_question() && item.type != ItemType::Attachment) {
        if (use == ExtensionUse::BeginsWith && is_query(extension)) return; // the person answers
        if (use == ExtensionUse::CalculatedBy) return read(item.calculated_by, "/calculatedExpression");
        return read(item.begins_with, "/initialExpression");
    }
    mistakes_.add(Reason::NotAllowedHere, extension, "this item has no answer that an expression could be about");
}

void ItemReader::read_variable(Node extension, ItemIndex index, std::vector<Variable>& variables) {
    Variable variable;
    if (is_query(extension)) {
        variable.name = members_.text(json_.member(extension, "valueExpression"), "name").value_or("");
        const std::string address = expansion_of(extension);
        variable.text = address.empty() ? "{}" : "%terminologies.expand('" + address + "')";
        variable.fetched = address.empty();
    } else {
        variable.text = read_expression(extension, &variable.name);
        variable.refused = variable.text.empty();
        if (variable.refused)
            variable.name = members_.text(json_.member(extension, "valueExpression"), "name").value_or("");
        if (variable.name.empty() && variable.refused) return;
    }
    if (variable.name.empty() || variable.name.size() > 256) {
        mistakes_.add(Reason::MissingElement, extension, "a variable needs a name");
        return;
    }
    places_.keep(index, "/variable", extension, variables.size());
    variables.push_back(std::move(variable));
}

/// questionnaire-constraint (R4) and targetConstraint (its successor) say the same in the same parts; only the
/// expression is a string in one and an Expression in the other.
void ItemReader::read_constraint(Node extension, ItemIndex index, std::vector<Constraint>& constraints) {
    Constraint constraint;
    bool complete = true;
    bool has_severity = false;
    for (const Node part : members_.objects(extension, "extension")) {
        const std::string_view url = members_.text(part, "url").value_or("");
        if (url == "key") {
            constraint.key = members_.text(part, "valueId").value_or("");
        } else if (url == "severity") {
            const auto severity = members_.text(part, "valueCode");
            has_severity = severity == "error" || severity == "warning";
            if (!has_severity) mistakes_.add(Reason::BadCode, part, "severity is error or warning");
            complete = complete && has_severity;
            constraint.warning = severity == "warning";
        } else if (url == "expression") {
            if (const auto text = members_.text(part, "valueString"))
                constraint.text = take_expression(part, *text) ? std::string(*text) : std::string();
            else
                constraint.text = read_expression(part);
            complete = complete && !constraint.text.empty();
        } else if (url == "human") {
            constraint.human = members_.words(part, "valueString");
        } else if (url == "location") {
            const auto text = members_.text(part, "valueString");
            if (text && constraint.location.empty() && take_expression(part, *text)) constraint.location = *text;
        } else if (url != "requirements") {
            mistakes_.add(Reason::MalformedExtension, part, "a constraint has no such part");
        }
    }
    if (!complete) return;
    if (constraint.text.empty() || constraint.human.empty() || !has_severity) {
        mistakes_.add(Reason::MalformedExtension, extension, "a constraint needs severity, expression and human");
        return;
    }
    places_.keep(index, "/constraint", extension, constraints.size());
    constraints.push_back(std::move(constraint));
}

void ItemReader::read_launch_context(Node extension) {
    std::string name;
    for (const Node part : members_.objects(extension, "extension")) {
        if (members_.text(part, "url") != "name") continue;
        if (const Node coding = json_.member(part, "valueCoding"); coding != JsonDocument::none)
            name = members_.text(coding, "code").value_or("");
        if (const auto id = members_.text(part, "valueId")) name = *id;
    }
    if (name.empty() || name.size() > 256) {
        mistakes_.add(Reason::MalformedExtension, extension, "a launch context needs a name");
        return;
    }
    if (launch_contexts_.size() < 20)
        launch_contexts_.push_back(std::move(name));
    else
        mistakes_.add(Reason::TooManyConditions, extension, "more launch contexts than allowed");
}

void ItemReader::read_form_extension(Node extension, ExtensionUse use) {
    if (use == ExtensionUse::Variable) read_variable(extension, Formula::whole_form, variables_);
    if (use == ExtensionUse::Constraint) read_constraint(extension, Formula::whole_form, constraints_);
    if (use == ExtensionUse::Fetched) read_fetched(extension, variables_);
    if (use == ExtensionUse::LaunchContext) read_launch_context(extension);
    if (use == ExtensionUse::EnabledBy || use == ExtensionUse::CalculatedBy || use == ExtensionUse::BeginsWith)
        mistakes_.add(Reason::NotAllowedHere, extension, "this belongs on an item");
}

/// What would be decided twice.
void ItemReader::check_expressions(Node node, const Item& item) {
    if (!item.enabled_by.empty() && json_.member(node, "enableWhen") != JsonDocument::none)
        mistakes_.add(Reason::RuleTwice, json_.member(node, "enableWhen"),
                      "an item has enableWhen or enableWhenExpression, not both");
    if (!item.offered_by.empty() && !item.calculated_by.empty())
        mistakes_.add(Reason::NotAllowedHere, node,
                      "a calculated answer is not chosen: answerExpression has no place beside it");
    if (item.calculated_by.empty() && item.begins_with.empty()) return;
    if (const Node initial = json_.member(node, "initial"); initial != JsonDocument::none)
        mistakes_.add(Reason::InitialNotAllowed, initial, "the first answer is worked out by an expression already");
    if (!item.calculated_by.empty() && !item.begins_with.empty())
        mistakes_.add(Reason::RuleTwice, node, "an item has calculatedExpression or initialExpression, not both");
}

} // namespace forms
