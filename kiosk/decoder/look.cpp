// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/look.hpp"

#include "kiosk/decoder/codes.hpp"
#include "kiosk/decoder/mrz_read.hpp"
#include "kiosk/decoder/pixels.hpp"

namespace kiosk::decoder {

DecoderAnswer look_at(std::span<const std::byte> picture) {
    const auto decoded = decode_picture(picture);
    if (!decoded.ok()) return decoded.error();
    const GrayPicture& full = decoded.value();
    const GrayPicture half = half_size(full);
    Readout readout;
    readout.width = static_cast<std::uint32_t>(full.width);
    readout.height = static_cast<std::uint32_t>(full.height);
    readout.codes = find_codes(full, half);
    readout.mrz = read_mrz_of(full, half);
    return readout;
}

} // namespace kiosk::decoder
