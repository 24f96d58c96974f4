// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/readout.hpp"

#include <cstddef>
#include <span>

namespace kiosk::decoder {

/// Everything the decoder does with one picture: from the bytes of a file to what is seen in it.
[[nodiscard]] DecoderAnswer look_at(std::span<const std::byte> picture);

} // namespace kiosk::decoder
