// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/jobs.hpp"
#include "kiosk/capture/page.hpp"
#include "kiosk/capture/readout.hpp"
#include "kiosk/decoder/gray_picture.hpp"

namespace kiosk::decoder {

/// The sheet of a picture as a page, as the wish says; without bytes when no sheet was found.
[[nodiscard]] forms::Result<PagePicture, PictureFault> make_page(const GrayPicture& picture, const PageWish& wish);

} // namespace kiosk::decoder
