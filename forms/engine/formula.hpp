// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/mistake.hpp"
#include "forms/engine/rule.hpp"
#include "forms/engine/words.hpp"
#include "forms/fhirpath/reads.hpp"

#include <deque>
#include <span>
#include <string>
#include <vector>

namespace forms {

struct Item;
class AskedLists;
class ListSource;

/// A value with a name, for the expressions of the item it stands on and of everything below it (SDC `variable`).
struct Variable {
    std::string name;
    std::string text;     ///< FHIRPath
    bool fetched = false; ///< a server with a patient's record would give it: nothing here, and for first answers only
    bool refused = false; ///< its mistake is told already: whoever uses it is not to be blamed as well
};

/// A sentence that must hold when the form is sent (questionnaire-constraint, targetConstraint).
struct Constraint {
    std::string key;
    bool warning = false; ///< told to the person, but the form may be sent
    Words human;          ///< what to say when it does not hold
    std::string text;     ///< FHIRPath: true, or nothing, when all is well
    std::string location; ///< FHIRPath of the item it is about; empty: the item it stands on
};

/// What an expression of a form decides.
enum class FormulaKind : std::uint8_t { Variable, Enabled, Calculated, Initial, Constraint, Options, Wording };

/// An expression of a form, compiled.
struct Formula {
    static constexpr ItemIndex whole_form = Rule::whole_form;

    FormulaKind kind = FormulaKind::Variable;
    ItemIndex item = whole_form; ///< where it stands
    std::uint32_t number = 0;    ///< among the variables or constraints of that item
    std::uint32_t scope = 0;     ///< what its variables mean
    fhirpath::Expression expression;
    const fhirpath::Analysis* analysis = nullptr; ///< lives as long as the definition
    ItemIndex about = item;                       ///< of a constraint: the item where a person is told
};

/// All expressions of a form. Made once when the form is compiled, then only read: shared freely between threads.
class Formulas {
public:
    /// What a name means: a formula, or, beyond them, a resource handed to the draft at its start.
    struct Meaning {
        bool launched = false;
        std::uint32_t index = 0; ///< of the formula; of the launch context
    };

    struct Source {
        std::span<const Item> items; ///< connected
        std::span<const Variable> variables;
        std::span<const Constraint> constraints;
        std::span<const std::string> launch_contexts;
        ListSource* lists = nullptr;
    };
    static constexpr std::size_t most_names = 100; ///< that one expression may use

    /// Compiles everything; what cannot be run becomes a flaw with its place. `lists` takes what expressions ask for.
    void compile(const Source& source, AskedLists& lists, std::vector<Flaw>& flaws);
    /// The rules that follow from them. Constraints are judged when the form is, and decide nothing before.
    [[nodiscard]] std::vector<Rule> rules(std::span<const Item> items) const;

    [[nodiscard]] bool empty() const { return all_.empty(); }
    [[nodiscard]] const Formula& formula(std::uint32_t index) const { return all_[index]; }
    /// The one of that kind on that item, or null.
    [[nodiscard]] const Formula* find(FormulaKind kind, ItemIndex item) const;
    [[nodiscard]] std::span<const Formula> constraints() const { return of_kind(FormulaKind::Constraint); } ///< by item
    [[nodiscard]] std::span<const Formula> initials() const { return of_kind(FormulaKind::Initial); }       ///< by item
    [[nodiscard]] const Meaning& meaning(std::uint32_t scope, std::uint32_t variable) const {
        return scopes_[scope].meanings[variable];
    }

private:
    struct Scope {
        std::vector<std::string> names;
        std::vector<Meaning> meanings;
        std::vector<const fhirpath::Analysis*> analyses;
        std::vector<bool> fetched; ///< whether it is, or hangs on, what a server would give
    };
    class Compiler;
    [[nodiscard]] std::span<const Formula> of_kind(FormulaKind kind) const;

    std::vector<Formula> all_; ///< variables first in the order of the form, then by kind and item
    std::vector<Scope> scopes_;
    std::deque<fhirpath::Analysis> analyses_; ///< does not move what it holds
};

} // namespace forms
