// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

#include <random>
#include <string>
#include <vector>

/// Forms and edits made at random; the same generator in the same state makes the same.
namespace forms_in_tests {

using Random = std::mt19937;

/// Below `n`, which is not 0. Not a distribution of the library: those differ between libraries.
[[nodiscard]] inline unsigned below(Random& random, std::size_t n) { return static_cast<unsigned>(random() % n); }

/// The items of a Questionnaire (JSON, without the brackets of the list): every type, nested and repeated groups and
/// questions, options of every kind, initial answers, conditions with every operator that look back and, some, ahead.
/// Never a circle.
[[nodiscard]] std::string random_items(Random& random);
/// The same with rules in FHIRPath among them, of a few shapes that `Mirror` can tell the meaning of by itself:
/// enableWhenExpression, calculatedExpression, variable, answerExpression (over `random_list` too), constraints, texts.
[[nodiscard]] std::string random_items_with_expressions(Random& random);
/// The value set that they look into, for the form as a whole.
[[nodiscard]] std::string random_list();

/// What was tried on a draft, and what came of it.
struct Edit {
    enum class Kind { Set, Type, Choose, TakeBack, Clear, ClearAll, AddInstance, RemoveInstance, MoveInstance };
    Kind kind = Kind::Set;
    forms::Path path;
    std::uint32_t to = 0; ///< of a move
    forms::Outcome outcome = forms::Outcome::Accepted;
};

/// One edit, mostly at a place that exists and with a value of the right type, sometimes nonsense.
Edit edit_at_random(forms::Draft& draft, Random& random);

} // namespace forms_in_tests
