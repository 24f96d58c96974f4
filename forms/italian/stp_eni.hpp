// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string_view>

namespace forms {

/// Codes for people who are treated in Italy without being entitled to a Tessera Sanitaria.
enum class HealthCode {
    Stp, ///< straniero temporaneamente presente
    Eni, ///< europeo non iscritto
};

/// "STP" or "ENI" and 13 digits, blanks, hyphens and case aside; none when it is not of this shape. It is as long as a
/// codice fiscale and has no check digit: ask this before `read_fiscal_code`, and never refuse a person over it.
[[nodiscard]] std::optional<HealthCode> health_code_of(std::string_view typed);

/// Typed as one begins: the first three letters are STP or ENI.
[[nodiscard]] bool begins_like_health_code(std::string_view typed);

} // namespace forms
