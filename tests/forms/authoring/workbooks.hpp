// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"
#include "forms/xlsform/import.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Workbooks from a table that can be read:
///
///     | survey  |                                  a sheet begins with its name
///     |         | type     | name | label |        its rows are indented by an empty cell
///     |         | integer  | eta  | Anni? |
///
/// "\|" is a bar inside a cell.
namespace workbooks {

[[nodiscard]] forms::xlsform::Workbook of(std::string_view table);

/// The parts of an .xlsx, by their names in the archive.
using Parts = std::map<std::string, std::string>;
/// Those of a workbook with these sheets; every cell is an inline string.
[[nodiscard]] Parts parts_of(const forms::xlsform::Workbook& workbook);
/// Those of a workbook with one sheet, "survey", whose XML is given.
[[nodiscard]] Parts parts_with(std::string_view sheet_xml);
/// The archive around them.
[[nodiscard]] std::string zipped(const Parts& parts);

/// What comes of the table; a refusal ends the test with its reasons.
struct Form {
    std::string json;
    std::shared_ptr<const forms::Definition> definition;
    std::vector<std::string> warnings; ///< "survey!A2 not-needed"
};
[[nodiscard]] Form imported(std::string_view table);
/// "survey!F12 unknown-name" for every reason; empty when it is not refused.
[[nodiscard]] std::vector<std::string> refused(std::string_view table);

} // namespace workbooks
