// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"
#include "forms/xlsform/import.hpp"
#include "tests/forms/authoring/workbook_archive.hpp"

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
