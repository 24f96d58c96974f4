// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"

#include <optional>
#include <string_view>

namespace forms {

/// What a question asks of a person when its `item.definition` names an element of Patient (FHIR R4, or the Italian
/// profile for the numbers).
enum class PersonElement { Family, Given, BirthDate, Gender, FiscalCode, Stp, Eni };
[[nodiscard]] std::optional<PersonElement> person_element(std::string_view definition);

/// Whose datum an item holds: the nearest enclosing group that says so decides; without one it is the person's.
enum class Whose { Person, Declarant, SomebodyElse };
[[nodiscard]] Whose whose(const Definition& definition, const Item& item);

} // namespace forms
