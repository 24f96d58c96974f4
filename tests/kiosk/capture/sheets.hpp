// SPDX-License-Identifier: EUPL-1.2
// Sheets of paper on tables, as a camera above a desk would see them, with the truth known.
#pragma once
#include "tests/kiosk/capture/paint.hpp"

#include <string_view>

namespace tests {

/// What makes a sheet hard to find. Everything drawn has some turn, perspective, blur and noise besides.
enum class Trouble { Nothing, Shadow, Hand, OtherSheets, WhiteTable, DarkLight, Glare, Clutter, Everything };
inline constexpr std::size_t trouble_count = 9;
[[nodiscard]] std::string_view name_of(Trouble trouble);

struct DrawnSheet {
    GrayPicture picture;
    Corners corners{}; ///< of the sheet on top, in the picture; clockwise
};

/// An office's letter of A4 at 120 dpi: letterhead, print, now and then a table, a frame, a photograph.
[[nodiscard]] GrayPicture letter(SeededChance& chance);

[[nodiscard]] DrawnSheet sheet_on_a_table(Trouble trouble, int width, int height, SeededChance& chance);
/// A table with things on it, none of them a sheet.
[[nodiscard]] GrayPicture table_without_sheet(int width, int height, SeededChance& chance);

/// The longest way from a corner to where it was found, as a part of the sheet's longer side; whichever came first.
[[nodiscard]] double corner_error(const Corners& truth, const Corners& found);

} // namespace tests
