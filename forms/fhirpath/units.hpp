// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/value.hpp"

/// Units of quantities. UCUM is not spoken as a whole: known are the units of length, mass, volume and time that forms
/// ask for; all others are equal to themselves alone (N1 §6.1.1 leaves conversion to the implementation).
namespace forms::fhirpath {

/// "year" or "years" → "year", and UCUM's "a" → "year" only with `ucum_too`; empty when it is no unit of the calendar.
[[nodiscard]] std::string_view calendar_word(std::string_view unit, bool ucum_too = false);

/// `quantity` in `unit`, or none when one cannot be turned into the other. Years and months are not turned into days:
/// they have no fixed length.
[[nodiscard]] std::optional<Decimal> converted(const Quantity& quantity, const Quantity& like);

} // namespace forms::fhirpath
