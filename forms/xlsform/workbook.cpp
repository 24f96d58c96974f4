// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/workbook.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>

namespace forms::xlsform {

std::string_view code_of(Trouble trouble) {
    switch (trouble) { // no default: the compiler names the one we forgot
    case Trouble::NotAWorkbook:
        return "not-a-workbook";
    case Trouble::OldWorkbook:
        return "old-workbook";
    case Trouble::Encrypted:
        return "encrypted";
    case Trouble::TooBig:
        return "too-big";
    case Trouble::BadXml:
        return "bad-xml";
    case Trouble::MissingSheet:
        return "missing-sheet";
    case Trouble::DuplicateSheet:
        return "duplicate-sheet";
    case Trouble::CellError:
        return "cell-error";
    case Trouble::MissingColumn:
        return "missing-column";
    case Trouble::DuplicateColumn:
        return "duplicate-column";
    case Trouble::UnknownLanguage:
        return "unknown-language";
    case Trouble::UnsupportedColumn:
        return "unsupported-column";
    case Trouble::MissingValue:
        return "missing-value";
    case Trouble::BadValue:
        return "bad-value";
    case Trouble::BadName:
        return "bad-name";
    case Trouble::DuplicateName:
        return "duplicate-name";
    case Trouble::UnknownType:
        return "unknown-type";
    case Trouble::UnsupportedType:
        return "unsupported-type";
    case Trouble::UnknownList:
        return "unknown-list";
    case Trouble::UnbalancedGroup:
        return "unbalanced-group";
    case Trouble::UnknownName:
        return "unknown-name";
    case Trouble::BadExpression:
        return "bad-expression";
    case Trouble::UnsupportedExpression:
        return "unsupported-expression";
    case Trouble::UnsupportedText:
        return "unsupported-text";
    case Trouble::UnsupportedAppearance:
        return "unsupported-appearance";
    case Trouble::NotNeeded:
        return "not-needed";
    case Trouble::Refused:
        return "refused";
    }
    return "";
}

std::string_view Sheet::at(std::size_t row, std::size_t column) const {
    if (row >= rows.size() || column >= rows[row].size()) return {};
    return rows[row][column];
}

const Sheet* Workbook::find(std::string_view name) const {
    const auto found = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& sheet) {
        return equals_ignoring_ascii_case(trimmed(sheet.name), name);
    });
    return found == sheets.end() ? nullptr : &*found;
}

std::string place_of(std::string_view sheet, std::size_t row, std::size_t column) {
    std::string letters;
    for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    return std::string(sheet) + "!" + letters + std::to_string(row + 1);
}

} // namespace forms::xlsform
