// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/draft_tree.hpp"

#include <algorithm>
#include <functional>

namespace forms {
namespace {

/// What the answers that a condition can see say about it. FHIR R4, value set questionnaire-enable-operator.
class Verdict {
public:
    explicit Verdict(const Condition& condition) : condition_(condition) {}

    void look_at(const Value& answer) {
        any_ = true;
        if (condition_.op == Operator::Exists) return;
        if (same(answer, condition_.operand)) equal_ = true;
        const auto order = compare(answer, condition_.operand);
        if (order == Order::Less) less_ = true;
        if (order == Order::Greater) greater_ = true;
        if (order == Order::Equal) equal_in_order_ = true;
    }

    [[nodiscard]] bool holds() const {
        switch (condition_.op) { // no default: the compiler names the one we forgot
        case Operator::Exists:
            return any_ == (condition_.operand == Value(true));
        case Operator::Equal:
            return equal_;
        case Operator::NotEqual:
            return any_ && !equal_;
        case Operator::Greater:
            return greater_;
        case Operator::Less:
            return less_;
        case Operator::GreaterOrEqual:
            return greater_ || equal_in_order_;
        case Operator::LessOrEqual:
            return less_ || equal_in_order_;
        }
        return false;
    }

private:
    const Condition& condition_;
    bool any_ = false, equal_ = false, less_ = false, greater_ = false, equal_in_order_ = false;
};

const Container& up(const Container& container, std::size_t levels) {
    const Container* at = &container;
    for (; levels > 0; --levels)
        at = at->around;
    return *at;
}

/// Whether conditions hold at one place: for a slot of their item in `holder`.
class Conditions {
public:
    Conditions(const Draft::Tree& tree, ItemIndex index, const Container& holder)
        : tree_(tree), index_(index), item_(tree.item(index)), holder_(holder) {}

    [[nodiscard]] bool hold() const {
        const auto one = [this](const Condition& condition) { return holds(condition); };
        if (item_.behavior == Behavior::Any) return std::any_of(item_.conditions.begin(), item_.conditions.end(), one);
        return std::all_of(item_.conditions.begin(), item_.conditions.end(), one);
    }

private:
    /// The nearest answers of the source: inside the same instance of every group (and answer) that both share.
    [[nodiscard]] bool holds(const Condition& condition) const {
        Verdict verdict(condition);
        const auto source = tree_.definition->line_of(condition.source);
        const Container& shared = up(holder_, static_cast<std::size_t>(item_.depth) - condition.shared);
        if (condition.shared == source.size()) {
            // The source is the question under whose answer the target stands: that one answer is meant.
            const Slot& slot = shared.around->slots[tree_.item(condition.source).position];
            const Answer& answer = slot.answers[shared.instance].answer;
            if (slot.enabled && answer.value) verdict.look_at(*answer.value);
            return verdict.holds();
        }
        look_at_nearest(shared, source.subspan(condition.shared), condition.source < index_, verdict);
        return verdict.holds();
    }

    /// The one occurrence nearest to the place: the last before it or else the first after it (R4, comment on
    /// `enableWhen.question`). What is disabled counts as unanswered, with everything below it.
    void look_at_nearest(const Container& from, std::span<const ItemIndex> source, bool is_before,
                         Verdict& verdict) const {
        const Container* container = &from;
        for (; source.size() > 1; source = source.subspan(1)) {
            const Slot& slot = container->slots[tree_.item(source.front()).position];
            if (!slot.enabled) return;
            container = below(slot, is_before);
            if (container == nullptr) return;
        }
        const Slot& slot = container->slots[tree_.item(source.front()).position];
        if (!slot.enabled) return;
        for (const AnswerNode& node : slot.answers)
            if (node.answer.value) verdict.look_at(*node.answer.value);
    }

    /// What stands in the last or the first instance, or below the last or the first answer. Below a line without an
    /// answer nothing counts: a response cannot say that there was such a line.
    static const Container* below(const Slot& slot, bool last) {
        if (!slot.instances.empty()) return (last ? slot.instances.back() : slot.instances.front()).get();
        const auto has_value = [](const AnswerNode& node) { return node.answer.value.has_value(); };
        if (last) {
            const auto found = std::find_if(slot.answers.rbegin(), slot.answers.rend(), has_value);
            return found == slot.answers.rend() ? nullptr : found->nested.get();
        }
        const auto found = std::find_if(slot.answers.begin(), slot.answers.end(), has_value);
        return found == slot.answers.end() ? nullptr : found->nested.get();
    }

    const Draft::Tree& tree_;
    ItemIndex index_;
    const Item& item_;
    const Container& holder_;
};

/// Calls `visit` for every container below (or at) `from` that has a slot for the last item of the line.
template <class Visit>
void for_each_holder(const Draft::Tree& tree, Container& from, std::span<const ItemIndex> line, Visit& visit) {
    if (line.size() <= 1) return visit(from);
    for (const auto& instance : from.slots[tree.item(line.front()).position].instances)
        for_each_holder(tree, *instance, line.subspan(1), visit);
    for (const AnswerNode& node : from.slots[tree.item(line.front()).position].answers)
        if (node.nested) for_each_holder(tree, *node.nested, line.subspan(1), visit);
}

/// Rules of lower rank first; the same rule from the same place side by side, so that it is applied once.
bool comes_later(const Draft::Tree::Work& a, const Draft::Tree::Work& b) {
    if (a.rule != b.rule) return a.rule > b.rule;
    return std::less<>()(b.from, a.from);
}

} // namespace

/// Applies a rule to one slot of its item, in `holder`. Returns whether anything changed that other rules read.
bool Draft::Tree::apply(const Rule& rule, Container& holder) {
    switch (rule.kind) { // no default: the compiler names the one we forgot
    case RuleKind::Enabled: {
        const Item& its = item(rule.item);
        Slot& slot = holder.slots[its.position];
        const bool enabled = its.enabled_by.empty() ? Conditions(*this, rule.item, holder).hold()
                                                    : enabled_by_formula(rule.item, holder);
        if (slot.enabled == enabled) return false;
        slot.enabled = enabled;
        ++shape;
        return true;
    }
    case RuleKind::Calculated:
        return calculate(rule.item, holder);
    case RuleKind::Options:
        offer(rule.item, holder);
        return false;
    case RuleKind::Wording:
        word(rule.item, holder);
        return false;
    case RuleKind::Constraint:
        break; // judged when that is wanted: it is no rule of the graph
    }
    return false;
}

void Draft::Tree::push(RuleIndex rule, Container& from) {
    work.push_back({rule, &from});
    std::push_heap(work.begin(), work.end(), comes_later);
}

/// Hands on what changed at `index` in `around`: to rules about places that can see it, and to no others.
/// `below`: the items it contains changed too, for whoever looks from outside.
void Draft::Tree::push_readers(Container& around, ItemIndex index, bool below, std::size_t instance) {
    const RuleGraph& rules = definition->rules();
    const Item& its = item(index);
    const auto depth = static_cast<std::uint32_t>(its.depth);
    const auto push_all = [&](std::span<const RuleGraph::Reader> readers) {
        for (const RuleGraph::Reader& reader : readers) {
            if (reader.shared <= depth) {
                push(reader.rule, const_cast<Container&>(up(around, depth - reader.shared)));
            } else if (reader.shared == depth + 1 && !below) { // it stands below this very answer
                const auto& answers = around.slots[its.position].answers;
                if (instance < answers.size() && answers[instance].nested) push(reader.rule, *answers[instance].nested);
            }
        }
    };
    const ItemIndex end = below ? its.end : index + 1;
    push_all(rules.readers(index, end));
    push_all(rules.readers_with_below(index, end));
    for (std::optional<ItemIndex> above = its.parent; above; above = item(*above).parent)
        push_all(rules.readers_with_below(*above, *above + 1));
    for (const RuleIndex rule : rules.readers_of_everything())
        push(rule, *root);
}

/// A question that appears or vanishes: also the items below each of its answers may look at that very answer.
void Draft::Tree::push_readers_below(Container& around, ItemIndex index) {
    const auto depth = static_cast<std::uint32_t>(item(index).depth);
    for (const RuleGraph::Reader& reader : definition->rules().readers(index, index + 1)) {
        if (reader.shared != depth + 1) continue;
        for (const AnswerNode& node : around.slots[item(index).position].answers)
            if (node.nested) push(reader.rule, *node.nested);
    }
}

/// In the order of their ranks rules are applied once to each place, after all they read.
void Draft::Tree::work_off() {
    while (!work.empty()) {
        const Work next = work.front();
        while (!work.empty() && work.front() == next) {
            std::pop_heap(work.begin(), work.end(), comes_later);
            work.pop_back();
        }
        apply_below(next.rule, *next.from, true);
    }
}

void Draft::Tree::apply_below(RuleIndex index, Container& from, bool hand_on) {
    const Rule& rule = definition->rules().rule(index);
    const auto one = [&](Container& holder) {
        ++looks;
        if (!apply(rule, holder) || !hand_on) return;
        push_readers(holder, rule.item, rule.kind == RuleKind::Enabled, 0);
        if (rule.kind == RuleKind::Enabled) push_readers_below(holder, rule.item);
    };
    if (rule.item == Rule::whole_form) return one(*root);
    for_each_holder(*this, from, definition->line_of(rule.item).subspan(from.depth), one);
}

void Draft::Tree::answer_changed(Container& around, ItemIndex question, std::size_t instance) {
    begin_change();
    push_readers(around, question, false, instance);
    // Whether a line has an answer decides whether others see what stands below it.
    if (!item(question).children.empty()) push_readers(around, question, true, instance);
    if (!item(question).calculated_by.empty()) // a person took back what stood in place of the program's answer
        for (const RuleIndex rule : definition->rules().about(question, question + 1))
            if (definition->rules().rule(rule).kind == RuleKind::Calculated) push(rule, around);
    work_off();
}

void Draft::Tree::instances_changed(Container& around, ItemIndex index, Container* fresh) {
    begin_change();
    push_readers(around, index, true, 0);
    if (fresh != nullptr)
        for (const RuleIndex rule : definition->rules().about(index + 1, item(index).end))
            push(rule, *fresh);
    work_off();
}

void Draft::Tree::decide_all() {
    begin_change();
    for (RuleIndex rule = 0; rule < definition->rules().rules().size(); ++rule)
        apply_below(rule, *root, false);
    work_off(); // places that calculated answers brought along
}

} // namespace forms
