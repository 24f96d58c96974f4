// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/answers_view.hpp"
#include "forms/engine/form_view.hpp"

/// Runs the expressions of a form over a draft. Only forms/engine includes this.
namespace forms {

/// Where an expression is run: one instance of its item, in `holder`; the top of the draft for the form itself.
struct Standing {
    const Container* holder = nullptr;
    std::size_t instance = 0;
    const Slot* unseen = nullptr; ///< what is being decided
};

/// One evaluation: the views, and all that an expression may ask for. The result lives as long as this.
class Calculation {
public:
    Calculation(const Draft::Tree& draft, const Standing& standing, fhirpath::Budget& budget);

    /// None when it failed; then the trouble is remembered in the draft.
    [[nodiscard]] std::optional<fhirpath::Collection> run(const Formula& formula);
    /// The result as answers of an item; none when it failed or is none of that type.
    [[nodiscard]] std::optional<std::pmr::vector<Value>> answers(const Formula& formula);
    /// The result as what may be answered, each value once; none when it failed or holds what is no answer there.
    [[nodiscard]] std::optional<std::pmr::vector<Computed::Offered>> offers(const Formula& formula);
    /// The result as a text to read, empty when there is none; none when it failed.
    [[nodiscard]] std::optional<std::pmr::string> text(const Formula& formula);
    void remember(const Formula& formula, std::optional<fhirpath::Trouble> trouble) const;

private:
    class Host;
    [[nodiscard]] Result<fhirpath::Collection, fhirpath::Failure>
    evaluate(const Formula& formula, const Container& holder, std::size_t instance);

    const Draft::Tree& draft_;
    Standing standing_;
    AnswersView view_;
    FormView form_;
    fhirpath::Evaluation evaluation_;
};

/// The constraints that do not hold, of one severity, in the order of the form. Judged where there is an answer: a
/// constraint says what answers must be like, not that they must be there. Nothing and failures break none.
/// `about`: only those that a person is told at this item.
[[nodiscard]] std::vector<Issue> broken_constraints(const Draft::Tree& draft, bool warnings, Reader reader,
                                                    std::optional<ItemIndex> about = {});

/// What an expression gave as an answer of that item; none when it is none. `memory` holds its texts.
[[nodiscard]] std::optional<Value> answer_from(const Item& item, const fhirpath::Element& element,
                                               std::pmr::memory_resource* memory);

} // namespace forms
