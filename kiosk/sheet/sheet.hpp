// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "forms/xlsform/workbook.hpp"

#include <string_view>
#include <vector>

namespace kiosk {

/// What a reader of workbooks refuses while it reads. A file from a stranger may say anything about itself: what is
/// counted here is what really comes out of it.
struct SheetLimits {
    std::size_t file_bytes = 4u << 20;
    std::size_t entries = 1'000;       ///< of the zip archive
    std::size_t part_bytes = 4u << 20; ///< of one entry, unpacked
    std::size_t all_bytes = 8u << 20;  ///< of all the entries that are read, unpacked
    std::size_t ratio = 200;           ///< unpacked to packed, of an entry of more than 1 MiB
    std::size_t marks = 250'000;       ///< "<" in one entry: what a tree of XML costs is counted in elements
    std::size_t sheets = 50;
    std::size_t rows = 10'000;
    std::size_t columns = 200;
    std::size_t cells = 60'000;
};

/// The bytes of an .xlsx (ISO/IEC 29500, transitional) → its sheets as text, or every reason why not. Reads no file and
/// follows no link; formulas are not computed, their stored result is read. XML with a document type is refused, so
/// that there are no entities. Thread: any.
[[nodiscard]] forms::Result<forms::xlsform::Workbook, std::vector<forms::xlsform::CellNote>>
read_workbook(std::string_view bytes, const SheetLimits& limits = {});

} // namespace kiosk
