// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/calculate.hpp"

#include <algorithm>

namespace forms {
namespace {

class Judging {
public:
    Judging(const Draft::Tree& draft, bool warnings, Reader reader, std::optional<ItemIndex> about)
        : draft_(draft), warnings_(warnings), reader_(reader), about_(about) {}

    std::vector<Issue> run() {
        draft_.begin_change();
        const Definition& definition = *draft_.definition;
        for (const Formula& formula : definition.formulas().constraints()) {
            if (about_ && formula.about != *about_) continue;
            if (definition.constraints(formula.item)[formula.number].warning != warnings_) continue;
            if (formula.item == Formula::whole_form) {
                if (draft_.has_content(definition.top(), *draft_.root)) judge(formula, *draft_.root, 0);
            } else if (!definition.item(formula.item).filled_by_desk || reader_ == Reader::Desk) {
                descend(formula, *draft_.root, definition.line_of(formula.item));
            }
        }
        return std::move(issues_);
    }

private:
    /// To every enabled place of the last item of the line that has an answer.
    void descend(const Formula& formula, const Container& container, std::span<const ItemIndex> line) {
        const Item& item = draft_.item(line.front());
        const Slot& slot = container.slots[item.position];
        if (!slot.enabled) return;
        if (line.size() > 1) {
            for (const auto& instance : slot.instances)
                descend(formula, *instance, line.subspan(1));
            for (const AnswerNode& node : slot.answers)
                if (node.nested) descend(formula, *node.nested, line.subspan(1));
            return;
        }
        for (std::size_t k = 0; k < slot.instances.size(); ++k)
            if (draft_.has_content(item.children, *slot.instances[k])) judge(formula, container, k);
        if (std::any_of(slot.answers.begin(), slot.answers.end(),
                        [](const AnswerNode& node) { return node.answer.value.has_value(); }))
            judge(formula, container, 0);
    }

    void judge(const Formula& formula, const Container& holder, std::size_t instance) {
        Calculation calculation(draft_, {&holder, instance, nullptr}, draft_.budget);
        const auto result = calculation.run(formula);
        if (!result || result->size() != 1 || fhirpath::is_true(*result)) return;
        issues_.push_back({place_of(formula, holder, instance), IssueCode::ConstraintBroken, std::nullopt,
                           &draft_.definition->constraints(formula.item)[formula.number]});
    }

    [[nodiscard]] Path place_of(const Formula& formula, const Container& holder, std::size_t instance) const {
        const Definition& definition = *draft_.definition;
        if (formula.item == Formula::whole_form) return definition.path_to(formula.about);
        Path path = draft_.path_in(holder, formula.item, instance);
        const auto line = definition.line_of(formula.about);
        for (std::size_t depth = path.depth(); depth < line.size(); ++depth)
            path = path.child(line[depth]);
        return path;
    }

    const Draft::Tree& draft_;
    bool warnings_;
    Reader reader_;
    std::optional<ItemIndex> about_;
    std::vector<Issue> issues_;
};

} // namespace

std::vector<Issue> broken_constraints(const Draft::Tree& draft, bool warnings, Reader reader,
                                      std::optional<ItemIndex> about) {
    if (draft.definition->formulas().constraints().empty()) return {};
    return Judging(draft, warnings, reader, about).run();
}

} // namespace forms
