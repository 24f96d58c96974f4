// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/sheet/xml.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// What the cells of all sheets refer to.
struct CellContext {
    std::vector<std::string> strings; ///< the shared ones
    enum class Look { Number, Date, Time, DateTime };
    std::vector<Look> looks; ///< by cell style: how a number is shown
    bool from_1904 = false;  ///< days are counted from 1904 (ISO/IEC 29500-1 §18.17.4.1)
};

/// Text of <si> or <is>: its runs one after the other, without phonetic ones, "_x000D_" undone (§22.9.2.19).
[[nodiscard]] std::string rich_text(pugi::xml_node node);

/// How a number format shows a number: by its code ("d/m/yyyy", §18.8.31), or the built-in ones (§18.8.30).
[[nodiscard]] CellContext::Look look_of(int format, std::string_view code);

/// "A1" → row and column, counted from 0. None when it is no such reference.
struct CellPlace {
    std::size_t row = 0, column = 0;
};
[[nodiscard]] std::optional<CellPlace> place_from(std::string_view reference);

/// What a person reads in <c>. None when the cell says something impossible; `is_error` when the spreadsheet could not
/// compute it.
[[nodiscard]] std::optional<std::string> cell_text(pugi::xml_node cell, const CellContext& context, bool& is_error);

} // namespace kiosk
