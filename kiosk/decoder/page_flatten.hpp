// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/jobs.hpp"
#include "kiosk/decoder/page_find.hpp"

#include <cstdint>

namespace kiosk::decoder {

inline constexpr int full_page_side = 2339; ///< px: 297 mm at 200 dpi
inline constexpr int page_dots_per_inch = 200;

struct FlatPage {
    GrayPicture picture;
    std::uint16_t dots_per_inch = page_dots_per_inch;
};

/// The part of a picture inside `quad`, seen from straight above, upright as far as its lines of print tell, evenly
/// lit, at 200 dpi or less: a picture that has less to give is not blown up. `picture_dots`: of a page scanner; 0 =
/// take the sheet for as tall as A4. `turns`: quarter turns clockwise afterwards.
[[nodiscard]] FlatPage flattened(const GrayPicture& picture, const PageQuad& quad, int picture_dots, int turns);

} // namespace kiosk::decoder
