// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string_view>

namespace forms {

/// An account number by ISO 13616, blanks, hyphens and case aside: two letters, two check digits that make the whole
/// 97n + 1, and as many characters as its country gives it (Italy, France and San Marino 27; for the others 15 to 34).
/// A right check proves good typing; whether the account exists, only its bank knows.
[[nodiscard]] bool iban_is_right(std::string_view typed);

} // namespace forms
