// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/calculate.hpp"

#include <algorithm>

namespace forms {

using fhirpath::Collection;
using fhirpath::Element;
using fhirpath::Trouble;

/// What one expression asks the draft for. Variables are run where they stand: on their own item, around this one.
class Calculation::Host final : public fhirpath::Host {
public:
    Host(Calculation& calculation, const Formula& formula, const Container& holder, std::size_t instance)
        : calculation_(calculation), formula_(formula), holder_(holder), instance_(instance) {}

    std::optional<Trouble> variable(std::uint32_t index, fhirpath::Evaluation&, Collection& out) const override {
        const Draft::Tree& draft = calculation_.draft_;
        const Formulas& formulas = draft.definition->formulas();
        const Formulas::Meaning& meaning = formulas.meaning(formula_.scope, index);
        if (meaning.launched) {
            const auto& names = draft.definition->launch_contexts();
            for (const Launched& launched : draft.setting.launched)
                if (meaning.index < names.size() && launched.name == names[meaning.index]) out.push_back(launched.root);
            return std::nullopt;
        }
        const Formula& variable = formulas.formula(meaning.index);
        const Container* holder = &holder_;
        std::size_t instance = instance_;
        if (variable.item == Formula::whole_form) {
            holder = draft.root.get();
            instance = 0;
        } else if (variable.item != formula_.item) {
            // Up to what holds the item of the variable, remembering through which instance.
            const auto depth = static_cast<std::uint32_t>(draft.item(variable.item).depth);
            while (holder->depth > depth) {
                instance = holder->instance;
                holder = holder->around;
            }
        }
        auto value = calculation_.evaluate(variable, *holder, instance);
        if (!value.ok()) return value.error().trouble;
        out.insert(out.end(), value.value().begin(), value.value().end());
        return std::nullopt;
    }

    std::optional<fhirpath::DateTime> now() const override {
        const auto& now = calculation_.draft_.setting.now;
        return now ? std::optional(fhirpath::DateTime::from(*now)) : std::nullopt;
    }

    bool time_is_up() const override {
        const Draft::Tree& draft = calculation_.draft_;
        return draft.setting.clock != nullptr && draft.setting.clock->since_boot() > draft.until;
    }

    std::optional<bool> member_of(const Element& code, std::string_view address) const override {
        const AskedList* const list = lists().find(address);
        if (list == nullptr) return std::nullopt;
        if (const auto* const text = std::get_if<std::string_view>(&code.value)) return lists().has(*list, {}, *text);
        if (!code.node) return false;
        Collection codings(calculation_.evaluation_.arena()); // a concept is in the list when one of its codings is
        code.node.tree->children(code.node.id, "coding", codings);
        if (codings.empty()) codings.push_back(code);
        return std::any_of(codings.begin(), codings.end(), [&](const Element& coding) {
            const std::string_view wanted = member(coding, "code");
            return !wanted.empty() && lists().has(*list, member(coding, "system"), wanted);
        });
    }

    std::optional<Element> list(std::string_view address) const override {
        const AskedList* const list = lists().find(address);
        return list == nullptr ? std::nullopt : std::optional(calculation_.form_.list(*list));
    }

    std::optional<Decimal> score(const Element& coding) const override {
        if (const Option* const option = FormView::option_at(coding.node)) return option->score;
        ItemIndex question = 0;
        const Coding* const code = AnswersView::coding_at(coding.node, question);
        if (code == nullptr) return std::nullopt;
        const Item& item = calculation_.draft_.item(question);
        for (const Option& option : item.options)
            if (const auto* const offered = std::get_if<Coding>(&option.value); offered != nullptr && *offered == *code)
                return option.score;
        if (item.offered_by.empty()) return std::nullopt;
        for (const AskedList& list : lists().all())
            for (const Option& option : list.options)
                if (std::get<Coding>(option.value) == *code) return option.score;
        return std::nullopt;
    }

private:
    [[nodiscard]] const AskedLists& lists() const { return calculation_.draft_.definition->asked_lists(); }
    [[nodiscard]] std::string_view member(const Element& element, std::string_view name) const {
        Collection found(calculation_.evaluation_.arena());
        if (element.node) element.node.tree->children(element.node.id, name, found);
        const auto* const text = found.empty() ? nullptr : std::get_if<std::string_view>(&found.front().value);
        return text == nullptr ? std::string_view() : *text;
    }

    Calculation& calculation_;
    const Formula& formula_;
    const Container& holder_;
    std::size_t instance_;
};

Calculation::Calculation(const Draft::Tree& draft, const Standing& standing, fhirpath::Budget& budget)
    : draft_(draft), standing_(standing), view_(draft, standing.unseen), form_(*draft.definition),
      evaluation_(draft.memory, budget) {}

Result<Collection, fhirpath::Failure> Calculation::evaluate(const Formula& formula, const Container& holder,
                                                            std::size_t instance) {
    const Host host(*this, formula, holder, instance);
    fhirpath::Surroundings surroundings;
    surroundings.resource = view_.root();
    surroundings.form = form_.root();
    surroundings.host = &host;
    if (formula.item == Formula::whole_form) {
        surroundings.context = surroundings.resource;
    } else {
        surroundings.context = view_.item_in(holder, formula.item, instance);
        surroundings.form_item = form_.item(formula.item);
    }
    return fhirpath::evaluate(formula.expression, surroundings, evaluation_);
}

void Calculation::remember(const Formula& formula, std::optional<Trouble> trouble) const {
    auto& troubles = draft_.troubles;
    std::erase_if(troubles, [&](const FormulaTrouble& t) { return t.kind == formula.kind && t.item == formula.item; });
    if (trouble) troubles.push_back({formula.kind, formula.item, *trouble});
}

std::optional<Collection> Calculation::run(const Formula& formula) {
    auto result = evaluate(formula, *standing_.holder, standing_.instance);
    remember(formula, result.ok() ? std::nullopt : std::optional(result.error().trouble));
    if (!result.ok()) return std::nullopt;
    return std::move(result).value();
}

std::optional<std::pmr::vector<Value>> Calculation::answers(const Formula& formula) {
    const auto result = run(formula);
    if (!result) return std::nullopt;
    const Item& item = draft_.item(formula.item);
    std::pmr::vector<Value> values(draft_.memory);
    if (result->size() > (item.repeats ? Draft::Tree::most_repeats : 1)) {
        remember(formula, Trouble::NotSingle);
        return std::nullopt;
    }
    for (const Element& element : *result) {
        auto value = answer_from(item, element, draft_.memory);
        if (!value) {
            remember(formula, Trouble::WrongTypes);
            return std::nullopt;
        }
        values.push_back(std::move(*value));
    }
    return values;
}

namespace {

/// Calls `visit` for every container at or below `from` that has a slot for the last item of the line.
void each_holder(const Draft::Tree& tree, Container& from, std::span<const ItemIndex> line,
                 const std::function<void(Container&)>& visit) {
    if (line.size() <= 1) return visit(from);
    Slot& slot = from.slots[tree.item(line.front()).position];
    for (const auto& instance : slot.instances)
        each_holder(tree, *instance, line.subspan(1), visit);
    for (const AnswerNode& node : slot.answers)
        if (node.nested) each_holder(tree, *node.nested, line.subspan(1), visit);
}

bool are_same(const Slot& slot, const std::pmr::vector<Value>& values) {
    std::size_t at = 0;
    for (const AnswerNode& node : slot.answers) {
        if (node.answer.empty()) continue;
        if (!node.answer.value || at >= values.size() || !same(*node.answer.value, values[at])) return false;
        ++at;
    }
    return at == values.size();
}

} // namespace

void Draft::Tree::begin_change() const {
    budget = {};
    if (setting.clock != nullptr && !definition->formulas().empty())
        until = setting.clock->since_boot() + Setting::most_time;
}

bool Draft::Tree::enabled_by_formula(ItemIndex index, const Container& holder) {
    Calculation calculation(*this, {&holder, 0, &holder.slots[item(index).position]}, budget);
    const auto result = calculation.run(*definition->formulas().find(FormulaKind::Enabled, index));
    return result && fhirpath::is_true(*result);
}

/// The answers of a calculated item, written anew when they changed. What a person put in their place stays.
bool Draft::Tree::calculate(ItemIndex index, Container& holder) {
    Slot& slot = holder.slots[item(index).position];
    if (slot.kept) return false;
    Calculation calculation(*this, {&holder, 0, &slot}, budget);
    auto values = calculation.answers(*definition->formulas().find(FormulaKind::Calculated, index));
    if (!values) values.emplace(memory);
    if (are_same(slot, *values)) return false;
    write_answers(index, holder, *values);
    return true;
}

void Draft::Tree::write_answers(ItemIndex index, Container& holder, std::pmr::vector<Value>& values) {
    Slot& slot = holder.slots[item(index).position];
    const bool nested = !item(index).children.empty();
    // Where there are items below, one place stays also without an answer.
    const std::size_t wanted = std::max<std::size_t>(values.size(), nested ? 1 : 0);
    while (slot.answers.size() > wanted) {
        AnswerNode& last = slot.answers.back();
        bytes -= bytes_of(last.answer);
        if (last.nested) bytes -= bytes_below(*last.nested);
        if (last.nested) places -= places_in(index) - 1;
        slot.answers.pop_back();
    }
    for (std::size_t k = 0; k < wanted; ++k) {
        if (k == slot.answers.size()) {
            slot.answers.push_back(make_answer(index, holder, k));
            if (Container* const fresh = slot.answers.back().nested.get(); fresh != nullptr)
                for (const RuleIndex rule : definition->rules().about(index + 1, item(index).end))
                    push(rule, *fresh);
        }
        Answer& answer = slot.answers[k].answer;
        bytes -= bytes_of(answer);
        answer = Answer{std::nullopt, AnswerText(memory)};
        if (k < values.size()) answer.value = std::move(values[k]);
        bytes += bytes_of(answer);
    }
    ++revision;
    ++shape;
}

/// initialExpression: once, where there is no answer yet, in the order of the form.
void Draft::Tree::compute_initial(ItemIndex first, ItemIndex end, Container& from) {
    for (const Formula& formula : definition->formulas().initials()) {
        if (formula.item < first || formula.item >= end) continue;
        each_holder(*this, from, definition->line_of(formula.item).subspan(from.depth), [&](Container& holder) {
            const Slot& slot = holder.slots[item(formula.item).position];
            if (std::any_of(slot.answers.begin(), slot.answers.end(),
                            [](const AnswerNode& node) { return !node.answer.empty(); }))
                return;
            Calculation calculation(*this, {&holder, 0, nullptr}, budget);
            auto values = calculation.answers(formula);
            if (values && !values->empty()) write_answers(formula.item, holder, *values);
        });
    }
}

/// Stored answers that are what would be calculated belong to the program again; others are a person's.
void Draft::Tree::settle() {
    begin_change();
    for (const Rule& rule : definition->rules().rules()) {
        if (rule.kind != RuleKind::Calculated) continue;
        each_holder(*this, *root, definition->line_of(rule.item), [&](Container& holder) {
            Slot& slot = holder.slots[item(rule.item).position];
            if (!slot.kept) return;
            Calculation calculation(*this, {&holder, 0, &slot}, budget);
            const auto values = calculation.answers(*definition->formulas().find(FormulaKind::Calculated, rule.item));
            slot.kept = values && !are_same(slot, *values);
        });
    }
    decide_all();
}

} // namespace forms
