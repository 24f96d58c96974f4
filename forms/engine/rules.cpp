// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/draft_tree.hpp"

#include <algorithm>

namespace forms {
namespace {

/// The way from the top of the draft to one slot: the container at each depth, and which instance leads on.
struct Chain {
    std::vector<const Container*> containers;
    std::vector<std::size_t> instances;
};

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

class Evaluation {
public:
    Evaluation(const Draft::Tree& tree, ItemIndex target)
        : tree_(tree), target_(target), line_(tree.definition->line_of(target)) {}

    /// Calls `found(chain)` for every slot of the target, with the chain leading to it.
    template <class Found>
    void everywhere(Found&& found) {
        Chain chain;
        descend(*tree_.root, 0, chain, found);
    }

    [[nodiscard]] bool holds(const Chain& chain) const {
        const Item& item = tree_.item(target_);
        const auto one = [&](const Condition& condition) { return holds(condition, chain); };
        if (item.behavior == Behavior::Any) return std::any_of(item.conditions.begin(), item.conditions.end(), one);
        return std::all_of(item.conditions.begin(), item.conditions.end(), one);
    }

private:
    template <class Found>
    void descend(const Container& container, std::size_t depth, Chain& chain, Found& found) {
        chain.containers.push_back(&container);
        const Slot& slot = container.slots[tree_.item(line_[depth]).position];
        if (depth + 1 == line_.size()) {
            found(chain);
        } else {
            for_each_below(slot, [&](std::size_t instance, const Container& below) {
                chain.instances.push_back(instance);
                descend(below, depth + 1, chain, found);
                chain.instances.pop_back();
            });
        }
        chain.containers.pop_back();
    }

    template <class Visit>
    static void for_each_below(const Slot& slot, Visit&& visit) {
        for (std::size_t i = 0; i < slot.instances.size(); ++i)
            visit(i, *slot.instances[i]);
        for (std::size_t i = 0; i < slot.answers.size(); ++i)
            if (slot.answers[i].nested) visit(i, *slot.answers[i].nested);
    }

    /// The nearest answers of the source: inside the same instance of every group (and answer) that both share.
    [[nodiscard]] bool holds(const Condition& condition, const Chain& chain) const {
        Verdict verdict(condition);
        const auto source = tree_.definition->line_of(condition.source);
        std::size_t shared = 0;
        while (shared + 1 < line_.size() && shared < source.size() && source[shared] == line_[shared])
            ++shared;
        if (shared == source.size()) {
            // The source is the question under whose answer the target stands: that one answer is meant.
            const Slot& slot = chain.containers[shared - 1]->slots[tree_.item(source.back()).position];
            const Answer& answer = slot.answers[chain.instances[shared - 1]].answer;
            if (slot.enabled && answer.value) verdict.look_at(*answer.value);
            return verdict.holds();
        }
        collect(*chain.containers[shared], source, shared, verdict);
        return verdict.holds();
    }

    /// What is disabled counts as unanswered, with everything below it.
    void collect(const Container& container, const std::vector<ItemIndex>& source, std::size_t depth,
                 Verdict& verdict) const {
        const Slot& slot = container.slots[tree_.item(source[depth]).position];
        if (!slot.enabled) return;
        if (depth + 1 == source.size()) {
            for (const AnswerNode& node : slot.answers)
                if (node.answer.value) verdict.look_at(*node.answer.value);
            return;
        }
        for_each_below(slot, [&](std::size_t, const Container& below) { collect(below, source, depth + 1, verdict); });
    }

    const Draft::Tree& tree_;
    ItemIndex target_;
    std::vector<ItemIndex> line_;
};

} // namespace

void Draft::Tree::add_dependants(WorkList& work, ItemIndex index) const {
    for (ItemIndex i = index; i < item(index).end; ++i)
        for (const ItemIndex dependant : item(i).dependants)
            work.emplace(item(dependant).rank, dependant);
}

bool Draft::Tree::evaluate_everywhere(ItemIndex index) {
    bool changed = false;
    Evaluation evaluation(*this, index);
    evaluation.everywhere([&](const Chain& chain) {
        const bool enabled = evaluation.holds(chain);
        // The tree is ours and not const; only the walk over it is.
        Slot& slot = const_cast<Slot&>(chain.containers.back()->slots[item(index).position]);
        if (slot.enabled != enabled) changed = true;
        slot.enabled = enabled;
    });
    return changed;
}

/// In the order of the ranks everything is looked at once, after all it depends on.
void Draft::Tree::work_off(WorkList& work) {
    while (!work.empty()) {
        const ItemIndex index = work.begin()->second;
        work.erase(work.begin());
        if (evaluate_everywhere(index)) add_dependants(work, index);
    }
}

void Draft::Tree::refresh(ItemIndex index, bool itself) {
    WorkList work;
    add_dependants(work, index);
    if (itself)
        for (ItemIndex i = index; i < item(index).end; ++i)
            if (!item(i).conditions.empty()) work.emplace(item(i).rank, i);
    work_off(work);
}

void Draft::Tree::refresh_all() {
    WorkList work;
    for (ItemIndex i = 0; i < definition->items().size(); ++i)
        if (!item(i).conditions.empty()) work.emplace(item(i).rank, i);
    work_off(work);
}

} // namespace forms
