// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/page.hpp"
#include "kiosk/decoder/page_find.hpp"

namespace kiosk::decoder {

/// What a person is told about a sheet in a picture: where it lies, and what is wrong with the light or the distance.
[[nodiscard]] PageSeen judge_page(const GrayPicture& picture, const std::optional<PagePlace>& place);

/// How soft the edges of letters are, as the sigma of a blur in px of the page at 200 dpi; none where nothing is
/// printed that could tell.
[[nodiscard]] std::optional<double> softness(const GrayPicture& picture, const PageQuad& quad);

} // namespace kiosk::decoder
