// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/engine/formula.hpp"
#include "forms/fhirpath/evaluate.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace forms {

/// A resource that the host hands to a draft at its start, under the name the form gives it (SDC `launchContext`).
struct Launched {
    std::string name; ///< "patient"
    std::shared_ptr<const fhirpath::Tree> tree;
    fhirpath::Element root;
};

/// What a draft knows beyond its form and its answers. Empty where the host does not say: then %patient is empty, and
/// what needs today() has no value.
struct Setting {
    std::vector<Launched> launched;
    std::optional<PartialDateTime> now; ///< with time and offset; the same for the whole draft
    /// Where there is one, what follows from one change ends after `most_time`; without, after its steps alone.
    const Clock* clock = nullptr;

    static constexpr BootTime most_time{50};
};

/// An expression that had no result when it was last run, and why. Names no value.
struct FormulaTrouble {
    FormulaKind kind = FormulaKind::Calculated;
    ItemIndex item = 0; ///< Formula::whole_form for the form itself
    fhirpath::Trouble trouble = fhirpath::Trouble::StepsSpent;

    bool operator==(const FormulaTrouble&) const = default;
};

} // namespace forms
