// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forms {

/// A decimal number exactly as it was written: "1.50" stays "1.50" and equals "1.5". FHIR R4 `decimal`: precision is
/// part of the datum, and binary floating point is not allowed to touch it. At most 18 significant digits, the
/// precision R4 asks for; no exponent survives: "1e3" is kept as 1000.
/// A plain value without memory of its own.
class Decimal {
public:
    static constexpr int most_digits = 18;

    Decimal() = default; ///< 0
    explicit Decimal(std::int32_t whole) : coefficient_(whole) {}

    /// FHIR and JSON spelling: "-12.30", "1e3". None for anything else, or for more digits than can be kept exactly.
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);
    /// What a person types: "12,5", "12.5", "1.234,56", "1 234,5", "+3". None when it is not a number, or when one dot
    /// or comma could mean both a decimal sign and a thousands sign only if the digits leave a doubt ("1.234").
    [[nodiscard]] static std::optional<Decimal> parse_typed(std::string_view text);
    /// coefficient × 10^-scale. Requires 0 ≤ scale ≤ 18 and |coefficient| < 10^18.
    [[nodiscard]] static Decimal scaled(std::int64_t coefficient, int scale);

    [[nodiscard]] std::string text() const;                                 ///< FHIR spelling, point, no exponent
    [[nodiscard]] int decimals() const { return scale_; }                   ///< digits after the point, as written
    [[nodiscard]] std::int64_t coefficient() const { return coefficient_; } ///< the digits without the point
    [[nodiscard]] std::optional<std::int32_t> whole() const;                ///< as an integer when it is exactly one

    /// By value: 1.50 == 1.5. Exact.
    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
    friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

private:
    std::int64_t coefficient_ = 0;
    int scale_ = 0;
};

} // namespace forms
