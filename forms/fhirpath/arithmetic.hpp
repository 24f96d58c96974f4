// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/decimal.hpp"

#include <optional>

/// Exact decimals (N1 §6.6). A result of more than 18 digits is rounded, half away from zero, as long as its whole part
/// fits; none when it does not, or when there is no result (division by zero).
namespace forms::fhirpath {

using MaybeDecimal = std::optional<Decimal>;
[[nodiscard]] MaybeDecimal add(const Decimal& a, const Decimal& b);
[[nodiscard]] MaybeDecimal subtract(const Decimal& a, const Decimal& b);
[[nodiscard]] MaybeDecimal multiply(const Decimal& a, const Decimal& b);
/// Rounded to 8 decimals, the step size that N1 §4.1.4 asks for.
[[nodiscard]] MaybeDecimal divide(const Decimal& a, const Decimal& b);
[[nodiscard]] MaybeDecimal divide_whole(const Decimal& a, const Decimal& b); ///< truncated
[[nodiscard]] MaybeDecimal remainder(const Decimal& a, const Decimal& b);    ///< sign of `a`, as truncation gives it
[[nodiscard]] Decimal negate(const Decimal& a);
[[nodiscard]] Decimal rounded(const Decimal& a, int decimals); ///< half away from zero; requires decimals ≥ 0
[[nodiscard]] Decimal truncated(const Decimal& a);
[[nodiscard]] MaybeDecimal floor(const Decimal& a);
[[nodiscard]] MaybeDecimal ceiling(const Decimal& a);
[[nodiscard]] MaybeDecimal power(const Decimal& base, const Decimal& exponent); ///< exact for whole exponents
[[nodiscard]] MaybeDecimal square_root(const Decimal& a);                       ///< to 8 decimals
/// Exponentials and logarithms have no exact decimal: computed in binary, rounded to 8 decimals.
[[nodiscard]] MaybeDecimal exponential(const Decimal& a);
[[nodiscard]] MaybeDecimal logarithm(const Decimal& a);
[[nodiscard]] MaybeDecimal logarithm(const Decimal& a, const Decimal& base);
/// Without zeros at the end of the decimals: 1.500 → 1.5.
[[nodiscard]] Decimal shortest(const Decimal& a);

} // namespace forms::fhirpath
