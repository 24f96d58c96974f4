// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/definition.hpp"
#include "forms/engine/reach.hpp"

#include <algorithm>
#include <set>

namespace forms {
namespace {

/// What a condition on an item may be compared with.
bool is_comparable(const Item& source, const Value& operand) {
    const auto is_option_type = [&] {
        return std::any_of(source.options.begin(), source.options.end(),
                           [&](const Option& option) { return option.value.index() == operand.index(); });
    };
    switch (source.type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
    case ItemType::Display:
    case ItemType::Attachment:
        return false;
    case ItemType::Boolean:
        return std::holds_alternative<bool>(operand);
    case ItemType::Integer:
    case ItemType::Decimal:
        return std::holds_alternative<std::int32_t>(operand) || std::holds_alternative<Decimal>(operand);
    case ItemType::Date:
        return std::holds_alternative<PartialDate>(operand);
    case ItemType::DateTime:
        return std::holds_alternative<PartialDateTime>(operand);
    case ItemType::Time:
        return std::holds_alternative<TimeOfDay>(operand);
    case ItemType::String:
    case ItemType::Text:
    case ItemType::Url:
        return std::holds_alternative<AnswerText>(operand);
    case ItemType::Choice:
        if (!source.offered_by.empty()) return may_be_offered(operand);
        return source.options.empty() ? std::holds_alternative<Coding>(operand) : is_option_type();
    case ItemType::OpenChoice:
        return std::holds_alternative<Coding>(operand) || std::holds_alternative<AnswerText>(operand) ||
               is_option_type();
    case ItemType::Quantity:
        return std::holds_alternative<Quantity>(operand);
    }
    return false;
}

bool has_order(const Value& value) {
    return !std::holds_alternative<bool>(value) && !std::holds_alternative<Coding>(value) &&
           !std::holds_alternative<AttachmentRef>(value);
}

/// Answers "is this an option?" at once, however long the list: a hostile form may ask it millions of times.
class OptionLookup {
public:
    explicit OptionLookup(std::span<const Item> items) : items_(items), codes_(items.size()) {}

    [[nodiscard]] bool has(ItemIndex index, const Value& value) {
        const auto* const code = std::get_if<Coding>(&value);
        if (code != nullptr) return codes_of(index).contains({code->code, code->system});
        const auto& options = items_[index].options;
        return std::any_of(options.begin(), options.end(),
                           [&](const Option& option) { return same(option.value, value); });
    }
    /// The one system under which this code is an option, or null when there are none or several.
    [[nodiscard]] const std::string_view* only_system(ItemIndex index, std::string_view code) {
        const Codes& codes = codes_of(index);
        const auto first = codes.lower_bound({code, {}});
        if (first == codes.end() || first->first != code) return nullptr;
        const auto second = std::next(first);
        return second != codes.end() && second->first == code ? nullptr : &first->second;
    }

private:
    using Codes = std::set<std::pair<std::string_view, std::string_view>>; ///< code, system

    const Codes& codes_of(ItemIndex index) {
        auto& codes = codes_[index];
        if (!codes) {
            codes.emplace();
            for (const Option& option : items_[index].options)
                if (const auto* const code = std::get_if<Coding>(&option.value))
                    codes->emplace(code->code, code->system);
        }
        return *codes;
    }

    std::span<const Item> items_;
    std::vector<std::optional<Codes>> codes_;
};

bool is_closed_choice(const Item& item) { return !item.options.empty() && item.type != ItemType::OpenChoice; }

/// Finds what contradicts itself in a connected definition.
class Checker {
public:
    Checker(const Definition& definition, std::vector<Flaw>& flaws)
        : definition_(definition), flaws_(flaws), options_(definition.items()) {}

    void check_item(ItemIndex index) {
        const Item& item = definition_.item(index);
        for (std::size_t i = 0; i < item.conditions.size(); ++i)
            check_condition(index, i);
        check_options(index);
        check_bounds(index);
        for (std::size_t i = 0; i < std::min(item.initial.size(), most_initial); ++i)
            check_initial(index, i);
        if (item.initial.size() > most_initial)
            add(Reason::InitialNotAllowed, index, "/initial", "more initial values than an item may have answers");
        if (item.initial.size() > 1 && !item.repeats)
            add(Reason::InitialNotAllowed, index, "/initial/1",
                "only a repeating item has more than one initial value");
    }

    /// Requires rules in their order.
    void check_reachable() {
        const Reach reach(definition_);
        const auto items = definition_.items();
        for (ItemIndex i = 0; i < items.size(); ++i)
            if (items[i].required && reach.never_enabled(i))
                add(Reason::NeverEnabled, i, items[i].conditions.empty() ? "/required" : "/enableWhen",
                    "this item is required, but its conditions can never hold");
    }

private:
    static constexpr std::size_t most_initial = 500;
    void add(Reason reason, ItemIndex item, std::string below, std::string words) {
        flaws_.push_back({reason, item, std::move(below), std::move(words)});
    }

    void check_condition(ItemIndex index, std::size_t number) {
        const Condition& condition = definition_.item(index).conditions[number];
        const Item& source = definition_.item(condition.source);
        const std::string place = "/enableWhen/" + std::to_string(number);
        if (!source.is_question()) {
            add(Reason::ConditionTypeMismatch, index, place + "/question",
                "a condition needs a question; '" + source.link_id + "' is a " + std::string(name_of(source.type)));
            return;
        }
        if (condition.op == Operator::Exists) {
            if (!std::holds_alternative<bool>(condition.operand))
                add(Reason::ConditionTypeMismatch, index, place, "the operator exists needs answerBoolean");
            return;
        }
        if (!is_comparable(source, condition.operand)) {
            add(Reason::ConditionTypeMismatch, index, place,
                "the answers of '" + source.link_id + "' (" + std::string(name_of(source.type)) +
                    ") cannot be compared with this type of answer");
            return;
        }
        if (condition.op != Operator::Equal && condition.op != Operator::NotEqual && !has_order(condition.operand))
            add(Reason::ConditionTypeMismatch, index, place + "/operator", "answers of this type are in no order");
    }

    void check_options(ItemIndex index) {
        const Item& item = definition_.item(index);
        for (std::size_t i = 0; i < item.options.size(); ++i) {
            if (item.options.size() > 64) break; // each with each costs the square: long lists are sorted instead
            for (std::size_t j = 0; j < i; ++j)
                if (same(item.options[i].value, item.options[j].value))
                    add(Reason::DuplicateOption, index, "/answerOption/" + std::to_string(i),
                        "this option is there twice");
        }
        if (item.options.size() > 64) check_long_options(index);
        const auto chosen = std::count_if(item.options.begin(), item.options.end(),
                                          [](const Option& option) { return option.initially_chosen; });
        if (chosen > 1 && !item.repeats)
            add(Reason::InitialNotAllowed, index, "/answerOption",
                "only a repeating item has more than one option chosen at first");
    }

    /// What makes an option differ from another, as text.
    static std::string key_of(const Value& value) {
        if (const auto* const code = std::get_if<Coding>(&value))
            return std::string(code->system) + "|" + std::string(code->code);
        if (const auto* const text = std::get_if<AnswerText>(&value)) return std::string(*text);
        if (const auto* const whole = std::get_if<std::int32_t>(&value)) return std::to_string(*whole);
        if (const auto* const date = std::get_if<PartialDate>(&value)) return date->text();
        if (const auto* const time = std::get_if<TimeOfDay>(&value)) return time->text();
        return {};
    }

    void check_long_options(ItemIndex index) {
        const Item& item = definition_.item(index);
        std::vector<std::pair<std::string, std::size_t>> keys;
        for (std::size_t i = 0; i < item.options.size(); ++i)
            keys.emplace_back(key_of(item.options[i].value), i);
        std::sort(keys.begin(), keys.end());
        for (std::size_t i = 1; i < keys.size(); ++i)
            if (keys[i].first == keys[i - 1].first)
                add(Reason::DuplicateOption, index, "/answerOption/" + std::to_string(keys[i].second),
                    "this option is there twice");
    }

    void check_bounds(ItemIndex index) {
        const Item& item = definition_.item(index);
        for (const auto& [bound, place] :
             {std::pair(&item.min_value, "/minValue"), std::pair(&item.max_value, "/maxValue")})
            if (*bound &&
                (!is_comparable(item, **bound) || !has_order(**bound) || std::holds_alternative<AnswerText>(**bound)))
                add(Reason::BadValue, index, place,
                    "this bound does not fit an item of type " + std::string(name_of(item.type)));
        if (item.min_value && item.max_value && compare(*item.min_value, *item.max_value) == Order::Greater)
            add(Reason::MinAboveMax, index, "/minValue", "the smallest value is above the largest");
        if (item.min_occurs > 0 && item.max_occurs > 0 && item.min_occurs > item.max_occurs)
            add(Reason::MinAboveMax, index, "/minOccurs", "minOccurs is above maxOccurs");
        if (item.min_length > 0 && item.max_length > 0 && item.min_length > item.max_length)
            add(Reason::MinAboveMax, index, "/minLength", "minLength is above maxLength");
    }

    void check_initial(ItemIndex index, std::size_t number) {
        const Item& item = definition_.item(index);
        const Value& value = item.initial[number];
        const std::string place = "/initial/" + std::to_string(number);
        if (!is_comparable(item, value) &&
            !(item.type == ItemType::Attachment && std::holds_alternative<AttachmentRef>(value))) {
            add(Reason::BadValue, index, place, "this is no answer of type " + std::string(name_of(item.type)));
            return;
        }
        if (is_closed_choice(item) && !options_.has(index, value))
            add(Reason::BadValue, index, place, "this value is not among the options");
        if ((item.min_value && compare(value, *item.min_value) == Order::Less) ||
            (item.max_value && compare(value, *item.max_value) == Order::Greater))
            add(Reason::BadValue, index, place, "this value is outside the item's own bounds");
    }

    const Definition& definition_;
    std::vector<Flaw>& flaws_;
    OptionLookup options_;
};

/// enableWhen often names a code without its system: where only one option can be meant, it is that one.
void complete_codes(std::vector<Item>& items) {
    OptionLookup options(items);
    for (Item& item : items)
        for (Condition& condition : item.conditions) {
            auto* const wanted = std::get_if<Coding>(&condition.operand);
            if (wanted == nullptr || !wanted->system.empty()) continue;
            if (const auto* const system = options.only_system(condition.source, wanted->code))
                wanted->system = *system;
        }
}

/// Everything about these items that has to be decided again when an answer changes.
std::vector<Rule> rules_of(std::span<const Item> items) {
    std::vector<Rule> rules;
    for (ItemIndex i = 0; i < items.size(); ++i) {
        if (items[i].conditions.empty() || !items[i].enabled_by.empty()) continue;
        Rule& rule = rules.emplace_back();
        rule.kind = RuleKind::Enabled;
        rule.item = i;
        rule.place = "/enableWhen";
        for (const Condition& condition : items[i].conditions)
            rule.inputs.push_back({condition.source});
    }
    return rules;
}

} // namespace

Result<std::shared_ptr<const Definition>, std::vector<Flaw>> Definition::compile(DefinitionParts parts,
                                                                                 ListSource* lists) {
    if (parts.language.empty()) parts.language = "it";
    complete_codes(parts.items);
    const std::shared_ptr<Definition> definition(new Definition(std::move(parts)));
    definition->connect();
    std::vector<Flaw> flaws;
    for (const ItemIndex i : definition->by_link_id_.doubled())
        flaws.push_back({Reason::DuplicateLinkId, i, "/linkId", "another item has this linkId"});
    const Definition& its = *definition;
    definition->formulas_.compile(
        {its.items(), its.parts_.variables, its.parts_.constraints, its.parts_.launch_contexts, lists},
        definition->asked_lists_, flaws);
    auto rules = rules_of(its.items());
    for (Rule& rule : its.formulas().rules(its.items()))
        rules.push_back(std::move(rule));
    definition->rules_ = RuleGraph(its.items(), std::move(rules));
    const auto& circle = definition->rules().circle();
    for (const Rule& rule : circle)
        flaws.push_back(
            {Reason::ConditionCycle, rule.item, rule.place, "this depends, in the end, on the item itself"});
    Checker checker(*definition, flaws);
    for (ItemIndex i = 0; i < definition->items().size(); ++i)
        checker.check_item(i);
    if (circle.empty()) checker.check_reachable();
    if (!flaws.empty()) return flaws;
    definition->find_languages();
    return std::shared_ptr<const Definition>(definition);
}

} // namespace forms
