// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/gray_picture.hpp"

#include <cstddef>
#include <vector>

namespace kiosk::decoder {

/// A grey baseline JPEG with nothing in it but the picture (kiosk/capture/page_jpeg.hpp), as good as some 100 to 200 kB
/// for an A4 page at 200 dpi allow; smaller pages in proportion.
[[nodiscard]] std::vector<std::byte> encoded_page(const GrayPicture& page);

} // namespace kiosk::decoder
