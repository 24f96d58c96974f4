// SPDX-License-Identifier: EUPL-1.2
// Cards and passports of invented people, drawn with their machine-readable zone.
#pragma once
#include "kiosk/capture/mrz.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <string>
#include <vector>

namespace tests {

/// An invented person's zone in the format given, all check digits right.
[[nodiscard]] std::vector<std::string> invented_zone(kiosk::MrzFormat format, SeededChance& chance);
/// The paper that carries it: a card of 85.6 × 54 mm, or a page of 125 × 88 mm, at 12 px a millimetre, with other
/// print.
[[nodiscard]] GrayPicture paper_with_zone(const std::vector<std::string>& lines, SeededChance& chance);

} // namespace tests
