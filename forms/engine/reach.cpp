// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/reach.hpp"

#include <algorithm>

namespace forms {
namespace {

/// Pairs of conditions are looked at up to this many; nobody writes a longer list by hand.
constexpr std::size_t most_pairs_of = 100;

bool is_lower_bound(Operator op) { return op == Operator::Greater || op == Operator::GreaterOrEqual; }
bool is_upper_bound(Operator op) { return op == Operator::Less || op == Operator::LessOrEqual; }
bool is_strict(Operator op) { return op == Operator::Greater || op == Operator::Less; }

bool wants_no_answer(const Condition& condition) {
    return condition.op == Operator::Exists && condition.operand == Value(false);
}

/// At least `low`, and at most `high`: is there nothing between?
bool nothing_between(const Condition& low, const Condition& high) {
    const auto order = compare(low.operand, high.operand);
    if (!order) return false;
    return *order == Order::Greater || (*order == Order::Equal && (is_strict(low.op) || is_strict(high.op)));
}

} // namespace

Reach::Reach(const Definition& definition) : definition_(definition), never_(definition.items().size(), false) {
    for (const Rule& rule : definition.rules().rules()) {
        if (rule.kind != RuleKind::Enabled || rule.item == Rule::whole_form) continue;
        if (never_[rule.item] || !cannot_hold(rule.item)) continue;
        const auto from = never_.begin() + static_cast<std::ptrdiff_t>(rule.item);
        std::fill(from, never_.begin() + static_cast<std::ptrdiff_t>(definition.item(rule.item).end), true);
    }
}

bool Reach::not_offered(const Condition& condition) const {
    const Item& source = definition_.item(condition.source);
    if (condition.op != Operator::Equal && condition.op != Operator::NotEqual) return false;
    if (source.options.empty()) return false;
    if (source.type == ItemType::OpenChoice && !std::holds_alternative<Coding>(condition.operand)) return false;
    return !offers(condition.source, condition.operand);
}

bool Reach::offers(ItemIndex source, const Value& value) const {
    constexpr std::size_t is_long = 64;
    const auto* const code = std::get_if<Coding>(&value);
    const auto& options = definition_.item(source).options;
    if (options.size() > is_long && code != nullptr) {
        Codes& codes = long_lists_[source];
        if (codes.empty())
            for (const Option& option : options)
                if (const auto* const listed = std::get_if<Coding>(&option.value))
                    codes.emplace(listed->code, listed->system);
        return codes.contains({code->code, code->system});
    }
    return std::any_of(options.begin(), options.end(), [&](const Option& option) { return same(option.value, value); });
}

bool Reach::out_of_bounds(const Condition& condition) const {
    const Item& source = definition_.item(condition.source);
    const Value& operand = condition.operand;
    const bool at_least = is_lower_bound(condition.op) || condition.op == Operator::Equal;
    const bool at_most = is_upper_bound(condition.op) || condition.op == Operator::Equal;
    if (at_least && source.max_value) {
        const auto order = compare(operand, *source.max_value);
        if (order == Order::Greater || (order == Order::Equal && condition.op == Operator::Greater)) return true;
    }
    if (at_most && source.min_value) {
        const auto order = compare(operand, *source.min_value);
        if (order == Order::Less || (order == Order::Equal && condition.op == Operator::Less)) return true;
    }
    return false;
}

bool Reach::impossible(const Condition& condition) const {
    if (never_[condition.source]) return !wants_no_answer(condition);
    if (condition.op == Operator::Equal && not_offered(condition)) return true;
    return condition.op != Operator::Exists && out_of_bounds(condition);
}

/// One answer at most is visible from `item` when its conditions look at `source`.
bool Reach::is_single(ItemIndex source, ItemIndex item) const {
    for (std::optional<ItemIndex> up = source; up; up = definition_.item(*up).parent) {
        if (definition_.is_ancestor(*up, item)) return true;
        if (definition_.item(*up).repeats) return false;
    }
    return true;
}

bool Reach::contradict(ItemIndex item, const Condition& a, const Condition& b) const {
    if (a.source != b.source) return false;
    if (wants_no_answer(a) != wants_no_answer(b)) return true;
    if (a.op == Operator::Exists || b.op == Operator::Exists) return false;
    const bool equal_a = a.op == Operator::Equal;
    const bool equal_b = b.op == Operator::Equal;
    if ((equal_a && b.op == Operator::NotEqual) || (equal_b && a.op == Operator::NotEqual))
        return same(a.operand, b.operand);
    if (!is_single(a.source, item)) return false; // one answer for the one condition, another for the other
    if (equal_a && equal_b) return !same(a.operand, b.operand);
    if ((equal_a || is_lower_bound(a.op)) && (equal_b || is_upper_bound(b.op))) return nothing_between(a, b);
    if ((equal_b || is_lower_bound(b.op)) && (equal_a || is_upper_bound(a.op))) return nothing_between(b, a);
    return false;
}

bool Reach::cannot_hold(ItemIndex index) const {
    const Item& item = definition_.item(index);
    const auto& conditions = item.conditions;
    if (conditions.empty()) return false;
    const auto is_impossible = [this](const Condition& condition) { return impossible(condition); };
    if (item.behavior == Behavior::Any) return std::all_of(conditions.begin(), conditions.end(), is_impossible);
    if (std::any_of(conditions.begin(), conditions.end(), is_impossible)) return true;
    if (conditions.size() > most_pairs_of) return false;
    for (std::size_t i = 0; i < conditions.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (contradict(index, conditions[i], conditions[j])) return true;
    return false;
}

bool Reach::exclude_each_other(ItemIndex a, ItemIndex b) const {
    const Item& one = definition_.item(a);
    const Item& other = definition_.item(b);
    if (one.conditions.size() * other.conditions.size() > most_pairs_of * most_pairs_of) return false;
    const auto excludes = [&](const Condition& x, const Condition& y) { return contradict(a, x, y); };
    const auto excludes_all = [&](const Condition& x, const Item& of) {
        const auto all = of.behavior == Behavior::All ? std::any_of(of.conditions.begin(), of.conditions.end(),
                                                                    [&](const Condition& y) { return excludes(x, y); })
                                                      : std::all_of(of.conditions.begin(), of.conditions.end(),
                                                                    [&](const Condition& y) { return excludes(x, y); });
        return !of.conditions.empty() && all;
    };
    const auto all_of_one = [&](const Condition& x) { return excludes_all(x, other); };
    if (one.conditions.empty()) return false;
    return one.behavior == Behavior::All ? std::any_of(one.conditions.begin(), one.conditions.end(), all_of_one)
                                         : std::all_of(one.conditions.begin(), one.conditions.end(), all_of_one);
}

} // namespace forms
