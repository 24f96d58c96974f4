// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/workbook.hpp"

#include <map>
#include <string>
#include <string_view>

namespace workbooks {

/// The parts of an .xlsx, by their names in the archive.
using Parts = std::map<std::string, std::string>;
/// Those of a workbook with these sheets; every cell is an inline string.
[[nodiscard]] Parts parts_of(const forms::xlsform::Workbook& workbook);
/// Those of a workbook with one sheet, "survey", whose XML is given.
[[nodiscard]] Parts parts_with(std::string_view sheet_xml);
/// The archive around them.
[[nodiscard]] std::string zipped(const Parts& parts);

} // namespace workbooks
