// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/warm.hpp"

#include "kiosk/decoder/codes.hpp"

namespace kiosk::decoder {

void warm_up() {
    GrayPicture picture(320, 240, 255);
    for (int y = 60; y < 180; ++y)
        for (int x = 40; x < 280; ++x)
            picture.row(y)[x] = (x * 7 / 20) % 3 == 0 ? 0 : 255;
    (void)find_codes(picture, half_size(picture));
}

} // namespace kiosk::decoder
