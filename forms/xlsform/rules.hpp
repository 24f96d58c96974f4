// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/decimal.hpp"
#include "forms/xlsform/translate.hpp"

namespace forms::xlsform {

/// One enableWhen of FHIR R4.
struct Simple {
    EntryIndex question = 0;
    std::string op; ///< "=", "!=", ">" …, "exists"
    PieceKind kind = PieceKind::Text;
    std::string operand; ///< "true", "18", "red", "2026-05-31"
};
/// Conditions that say exactly what `relevant` says.
struct Enabling {
    bool any = false; ///< one is enough; of a single one it does not matter
    std::vector<Simple> conditions;
};
/// None when enableWhen cannot say exactly this: then it is an expression. A comparison with a question without an
/// answer is false in XForms, and so is FHIR's; but `!=` and not() are true there: they become two conditions.
[[nodiscard]] std::optional<Enabling> as_conditions(const XTree& tree, EntryIndex host, const Survey& survey,
                                                    Translator& translator);

/// What FHIR has its own extensions for.
struct Bounds {
    std::optional<std::string> smallest, largest; ///< numbers or dates, as written
    std::optional<int> shortest, longest;         ///< characters
    std::optional<std::string> pattern;           ///< of the whole text
    [[nodiscard]] bool empty() const { return !smallest && !largest && !shortest && !longest && !pattern; }
};
/// A number that JSON's usual readers keep exactly: at most 15 digits, as a spreadsheet has them.
[[nodiscard]] inline bool is_exact_in_json(const Decimal& number) {
    constexpr std::int64_t most = 1'000'000'000'000'000;
    return number.coefficient() < most && number.coefficient() > -most;
}
/// None when the bounds cannot say exactly this.
[[nodiscard]] std::optional<Bounds> as_bounds(const XTree& tree, PieceKind kind);

} // namespace forms::xlsform
