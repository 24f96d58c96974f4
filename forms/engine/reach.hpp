// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"

#include <map>
#include <set>
#include <vector>

namespace forms {

/// What the conditions of a form can and cannot come to, judged from the types, options and bounds of their sources
/// alone. Careful: "impossible" is certain, everything else may still be impossible for a reason not seen here. Only
/// what is required and impossible is refused when the form is loaded; the rest is for the form's author (forms/lint).
/// The rules of the definition are in their order. Thread: one; lives no longer than the definition.
class Reach {
public:
    explicit Reach(const Definition& definition);

    /// No answers whatever switch this item on.
    [[nodiscard]] bool never_enabled(ItemIndex item) const { return never_[item]; }
    [[nodiscard]] bool impossible(const Condition& condition) const;
    /// The operand is a code that the source, which takes nothing else, does not offer.
    [[nodiscard]] bool not_offered(const Condition& condition) const;
    /// Two siblings that no answers switch on together.
    [[nodiscard]] bool exclude_each_other(ItemIndex a, ItemIndex b) const;

private:
    [[nodiscard]] bool is_single(ItemIndex source, ItemIndex item) const;
    [[nodiscard]] bool out_of_bounds(const Condition& condition) const;
    [[nodiscard]] bool contradict(ItemIndex item, const Condition& a, const Condition& b) const;
    [[nodiscard]] bool cannot_hold(ItemIndex item) const;

    /// Codes of a long list, so that a form with thousands of options and conditions is judged at once.
    using Codes = std::set<std::pair<std::string_view, std::string_view>>; ///< code, system
    [[nodiscard]] bool offers(ItemIndex source, const Value& value) const;

    const Definition& definition_;
    mutable std::map<ItemIndex, Codes> long_lists_; ///< made when a condition first asks
    std::vector<bool> never_;
};

} // namespace forms
