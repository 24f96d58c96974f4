// SPDX-License-Identifier: EUPL-1.2
// Who is shown when, and what is never used.
#include "forms/lint/linting.hpp"

#include <algorithm>
#include <set>

namespace forms {
namespace {

using Node = JsonDocument::Node;

std::string text_of(const Value& value) {
    if (const auto* const code = std::get_if<Coding>(&value)) return std::string(code->code);
    if (const auto* const text = std::get_if<AnswerText>(&value)) return std::string(*text);
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return std::to_string(*whole);
    if (const auto* const date = std::get_if<PartialDate>(&value)) return date->text();
    if (const auto* const time = std::get_if<TimeOfDay>(&value)) return time->text();
    return "this value";
}

void check_conditions(Linted& form, const Reach& reach, ItemIndex index) {
    const Definition& definition = form.definition();
    const Item& item = definition.item(index);
    for (std::size_t i = 0; i < item.conditions.size() && !form.is_full(); ++i) {
        const Condition& condition = item.conditions[i];
        const Item& source = definition.item(condition.source);
        const auto place = [&] { return form.condition_of(index, i); }; // walks the list: only when it is told
        if (reach.not_offered(condition))
            form.add(Remark::OptionNotOffered, place(),
                     "'" + source.link_id + "' does not offer " + named(text_of(condition.operand)), index);
        if (condition.source > index && !item.hidden && !source.hidden && !source.read_only)
            form.add(Remark::RuleLooksAhead, place(),
                     "'" + source.link_id + "' is asked later: when it is answered, this has already been passed",
                     index);
        if (source.filled_by_desk && !item.filled_by_desk && !item.hidden)
            form.add(Remark::WaitsForDesk, place(),
                     "'" + source.link_id + "' is filled in at the desk: a citizen never gets that far", index);
        constexpr std::size_t written_by_hand = 100;
        const auto before = item.conditions.begin() + static_cast<std::ptrdiff_t>(std::min(i, written_by_hand));
        if (std::any_of(item.conditions.begin(), before, [&](const Condition& other) {
                return other.source == condition.source && other.op == condition.op &&
                       same(other.operand, condition.operand);
            }))
            form.add(Remark::DoubledCondition, place(), "this condition is there twice", index);
    }
}

/// What an expression looks at, as the conditions above.
void check_expressions(Linted& form) {
    const Definition& definition = form.definition();
    for (const Rule& rule : definition.rules().rules()) {
        if (rule.kind != RuleKind::Enabled || rule.item >= definition.items().size()) continue;
        const Item& item = definition.item(rule.item);
        if (!item.conditions.empty() || item.hidden) continue;
        for (const RuleInput& input : rule.inputs) {
            const Item& source = definition.item(input.item);
            if (input.item < item.end || source.hidden || source.read_only || source.is_group()) continue;
            form.add(Remark::RuleLooksAhead, form.extension_of(rule.item, "enableWhenExpression"),
                     "'" + source.link_id + "' is asked later: when it is answered, this has already been passed",
                     rule.item);
            break; // one line an expression
        }
    }
}

/// A person may not answer it, the program has nothing to put there: "required" promises what nobody can keep.
bool is_required_of_nobody(const Item& item) {
    const bool chosen = std::any_of(item.options.begin(), item.options.end(),
                                    [](const Option& option) { return option.initially_chosen; });
    const bool computed = !item.calculated_by.empty() || !item.begins_with.empty();
    return item.is_question() && item.required && (item.hidden || item.read_only) && item.initial.empty() && !chosen &&
           !computed;
}

/// Options of `source` named by a condition that asks for one option; none when rules treat the options in another way.
std::optional<std::set<std::string>> options_with_rules(const Definition& definition, ItemIndex source) {
    std::set<std::string> named_ones;
    for (const RuleGraph::Reader& reader : definition.rules().readers(source, source + 1)) {
        const Rule& rule = definition.rules().rule(reader.rule);
        // An expression, or a calculation: which options it tells apart, nobody can say from outside.
        if (rule.kind != RuleKind::Enabled || definition.item(rule.item).conditions.empty()) return std::nullopt;
        for (const Condition& condition : definition.item(rule.item).conditions) {
            if (condition.source != source) continue;
            if (condition.op != Operator::Equal) return std::nullopt; // says something about all the other options
            named_ones.insert(text_of(condition.operand));
        }
    }
    if (named_ones.empty()) return std::nullopt;
    return named_ones;
}

void check_options_have_rules(Linted& form, ItemIndex index) {
    const Item& item = form.definition().item(index);
    if (item.options.empty()) return;
    const auto ruled = options_with_rules(form.definition(), index);
    if (!ruled) return;
    std::string others;
    for (const Option& option : item.options)
        if (const std::string text = text_of(option.value); !ruled->contains(text))
            others += (others.empty() ? "" : ", ") + text;
    if (!others.empty())
        form.add(Remark::OptionWithoutRule, form.options_of(index),
                 "rules look at other options of this question, but none at: " + others, index, Weight::Note);
}

/// Does any text but the resource's own id and url speak of it?
bool is_spoken_of(const JsonDocument& json, Node resource, std::string_view id, std::string_view url) {
    std::vector<Node> open{JsonDocument::root()};
    while (!open.empty()) {
        const Node node = open.back();
        open.pop_back();
        if (node == resource) continue;
        if (json.kind(node) == JsonKind::String) {
            const std::string_view text = json.text(node);
            if (text.find("#" + std::string(id)) != std::string_view::npos) return true;
            if (text.find("'" + std::string(id) + "'") != std::string_view::npos) return true; // in an expression
            if (!url.empty() && text.find(url) != std::string_view::npos) return true;
        }
        for (Node child = json.first(node); child != JsonDocument::none; child = json.next(child))
            open.push_back(child);
    }
    return false;
}

} // namespace

void lint_rules(Linted& form) {
    const Definition& definition = form.definition();
    if (definition.url().empty() || definition.version().empty())
        form.add(Remark::NoIdentity, JsonDocument::root(),
                 definition.url().empty() ? "without a url, no response can say which form it answers"
                                          : "without a version, no response can say which edition it answers");
    const Reach& reach = form.reach();
    check_expressions(form);
    for (ItemIndex i = 0; i < definition.items().size(); ++i) {
        const Item& item = definition.item(i);
        check_conditions(form, reach, i);
        if (reach.never_enabled(i) && !(item.parent && reach.never_enabled(*item.parent)))
            form.add(Remark::NeverShown, form.node_of(i, "enableWhen"), "no answers whatever switch this on", i);
        if (is_required_of_nobody(item) && item.definition.empty())
            form.add(Remark::RequiredNotAsked, form.node_of(i, "required"),
                     "required, but hidden or read-only and without a first value", i);
        check_options_have_rules(form, i);
    }
}

void lint_lists(Linted& form) {
    const JsonDocument& json = form.json();
    const Node contained = json.member(JsonDocument::root(), "contained");
    if (contained == JsonDocument::none) return;
    for (Node resource = json.first(contained); resource != JsonDocument::none; resource = json.next(resource)) {
        const auto text = [&](std::string_view key) {
            const Node member = json.member(resource, key);
            return member == JsonDocument::none ? std::string_view() : json.text(member);
        };
        if (text("resourceType") == "ValueSet" && !is_spoken_of(json, resource, text("id"), text("url")))
            form.add(Remark::UnusedList, resource, "no question uses the list " + named(text("id")));
    }
}

} // namespace forms
