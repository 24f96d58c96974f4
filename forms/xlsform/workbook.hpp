// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace forms::xlsform {

/// Why a workbook was refused, or a part of it could not be taken over. The names of `code_of` are a contract.
enum class Trouble {
    // The file
    NotAWorkbook,
    OldWorkbook, ///< .xls of before 2007
    Encrypted,
    TooBig,
    BadXml,
    MissingSheet,
    DuplicateSheet,
    CellError, ///< the spreadsheet itself could not compute it: #REF!
    // The columns
    MissingColumn,
    DuplicateColumn,
    UnknownLanguage,
    UnsupportedColumn,
    // The rows
    MissingValue,
    BadValue,
    BadName,
    DuplicateName,
    UnknownType,
    UnsupportedType,
    UnknownList,
    UnbalancedGroup,
    UnknownName, ///< ${…} of a question that is not there
    BadExpression,
    UnsupportedExpression,
    UnsupportedText, ///< a text that repeats an answer
    UnsupportedAppearance,
    NotNeeded, ///< what a terminal has no use for: the number of the telephone
    Refused    ///< the engine refused what came of it
};
[[nodiscard]] std::string_view code_of(Trouble trouble); ///< "missing-sheet"

/// Something to tell the author of a workbook, by cell.
struct CellNote {
    std::string place; ///< "survey!F12", "survey" for a whole sheet, empty for the file
    Trouble trouble;
    std::string words; ///< English
};

/// One sheet as text: what a person reads in each cell. Numbers have at most 15 digits and no needless ".0", booleans
/// read TRUE and FALSE, dates 2026-05-31, times 08:30:00, both with a blank between. Only the top left cell of merged
/// ones has a text.
struct Sheet {
    std::string name;
    std::vector<std::vector<std::string>> rows; ///< row 1 first; shorter rows end in empty cells

    [[nodiscard]] std::string_view at(std::size_t row, std::size_t column) const; ///< counted from 0
};

struct Workbook {
    std::vector<Sheet> sheets;
    /// By its name, whatever its case; null when there is none.
    [[nodiscard]] const Sheet* find(std::string_view name) const;
};

/// "survey!F12", from row and column counted from 0.
[[nodiscard]] std::string place_of(std::string_view sheet, std::size_t row, std::size_t column);

} // namespace forms::xlsform
