// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/page.hpp"
#include "kiosk/decoder/page_find.hpp"

namespace kiosk::decoder {

/// What a person is told about a sheet in a picture: where it lies, and what is wrong with the light or the distance.
[[nodiscard]] PageSeen judge_page(const GrayPicture& picture, const std::optional<PagePlace>& place);

/// How soft the edges of letters are, as the sigma of a blur in px of the picture, or of the page at 200 dpi where the
/// picture has more than it keeps; none where nothing is printed that could tell. (A sheet that is small in the picture
/// is too far, not blurred.)
[[nodiscard]] std::optional<double> softness(const GrayPicture& picture, const PageQuad& quad);

} // namespace kiosk::decoder
