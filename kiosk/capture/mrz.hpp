// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// The machine-readable zones of ICAO Doc 9303 (parts 4 to 7), and the French identity card's before 2021.
enum class MrzFormat { Td1, Td2, Td3, VisaA, VisaB, FrenchCard };
[[nodiscard]] std::string_view name_of(MrzFormat format); ///< "td1", "visa-a", "french-card"

/// What may stand in one place of a line.
enum class MrzPlace {
    Letter, ///< A to Z, or filler
    Digit,  ///< 0 to 9, or filler
    Check,  ///< 0 to 9; filler only where the format lets a check be left out
    Sex,    ///< M, F or filler
    Any,
};
/// `format` by the shape of the lines and the first letters of the first one; none for other shapes.
[[nodiscard]] std::optional<MrzFormat> mrz_format(std::span<const std::string> lines);
/// One entry a column. `line` counts from 0.
[[nodiscard]] std::vector<MrzPlace> mrz_grammar(MrzFormat format, std::size_t line);
[[nodiscard]] bool mrz_allows(MrzPlace place, char letter);

/// Weights 7, 3, 1; A = 10, filler = 0. '?' (not read) makes no sum: none.
[[nodiscard]] std::optional<char> mrz_check_digit(std::string_view text);

/// One check digit of a zone, and whether it is the right one for what it covers.
struct MrzCheck {
    enum class What { Number, Birth, Expiry, Optional, Whole } what = What::Number;
    bool right = false;
};
[[nodiscard]] std::string_view name_of(MrzCheck::What what); ///< "number", "whole"

/// The fields of a zone, fillers taken away. A field that was not read whole, or whose check digit is wrong, is empty:
/// nothing is ever guessed into it. Names, states and sex have no check: they are only as good as the eye.
struct Mrz {
    MrzFormat format = MrzFormat::Td1;
    std::vector<std::string> lines; ///< as read; '?' where a letter was not read with confidence
    std::vector<MrzCheck> checks;
    std::string type;   ///< "C", "P", "IR"
    std::string issuer; ///< ISO 3166 alpha-3 or a code of Doc 9303-3: "ITA", "D", "UTO"
    std::string number; ///< of the document
    std::string nationality;
    std::string family, given; ///< in Latin letters; blanks for fillers. Long names may be cut
    bool names_whole = true;   ///< false: the line was full, so the names may go on
    std::string sex;           ///< "M", "F", or empty: not told, or not read
    std::string optional_data; ///< of the first optional field that is not empty
    std::optional<forms::PartialDate> birth, expiry;
    [[nodiscard]] bool all_checks_right() const;
};
/// `lines`: 3 of 30, 2 of 36 or 2 of 44 characters A to Z, 0 to 9, '<' and '?'; anything else is none. `today` decides
/// the century of the birth date (never in the future); expiry dates are of this century.
[[nodiscard]] std::optional<Mrz> read_mrz(std::span<const std::string> lines, const forms::PartialDate& today);

/// The check digits alone, for whoever weighs readings against each other.
[[nodiscard]] std::vector<MrzCheck> mrz_checks(MrzFormat format, std::span<const std::string> lines);

} // namespace kiosk
