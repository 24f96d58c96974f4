// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"
#include "forms/base/result.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace forms {

class Places;

/// Why something typed is not even shaped like a codice fiscale.
enum class FiscalCodeFlaw {
    Empty,
    TooShort, ///< may still become one
    TooLong,
    WrongCharacter, ///< a letter where only a digit can stand, or the reverse, or neither
    HealthCode,     ///< an STP or ENI code, which is as long
};

/// What a codice fiscale says (decree of 23 December 1976, n. 13813), each level by itself. It proposes, the person
/// confirms: a right check letter proves good typing, never identity, and a wrong one is no reason to turn anybody
/// away. The sex in it is the registry's and is not given out, only compared
/// (`compare_with_code`). Nothing here computes the code of a person from their
/// data: only the Agenzia delle Entrate assigns one. Holds no text of its own but the place: who keeps the code, keeps
/// it elsewhere.
struct FiscalCode {
    enum class Kind {
        Person,      ///< 16 characters
        Provisional, ///< 11 digits, until the definitive one is assigned; says nothing about birth
    } kind = Kind::Person;

    bool check_matches = false;
    /// The day is one of the calendar. Up to two dates are possible, one hundred years apart, the later one first:
    /// the person says which. Never after `today`.
    bool date_exists = false;
    std::optional<PartialDate> birth_date, hundred_years_earlier;
    /// Cadastral code of the birthplace, digits restored: "H501", "Z138". Empty for a provisional code.
    [[nodiscard]] std::string_view place() const { return {place_code.data(), place_code[0] ? std::size_t{4} : 0}; }
    /// How many digits the Agency replaced by letters, because two people would have had the same code (omocodia).
    int replaced_digits = 0;

    std::array<char, 4> place_code{};
};

/// Blanks, hyphens and case aside. `today` bounds the century; it must be complete.
[[nodiscard]] Result<FiscalCode, FiscalCodeFlaw> read_fiscal_code(std::string_view typed, const PartialDate& today);

/// The place is in our tables. About 560 old ones are not: ask, do not refuse.
[[nodiscard]] bool place_is_known(const FiscalCode& code, const Places& places);

} // namespace forms
