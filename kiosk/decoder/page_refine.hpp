// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/page_find.hpp"

namespace kiosk::decoder {

/// The outline moved onto the edges that are seen in the full picture, by at most `reach` px. A side whose edge is not
/// seen well stays where it was.
[[nodiscard]] PageQuad refined(const GrayPicture& picture, const PageQuad& quad, double reach);

} // namespace kiosk::decoder
