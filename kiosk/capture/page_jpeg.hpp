// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace kiosk {

struct PageJpeg {
    std::uint32_t width = 0, height = 0; ///< px
};

/// Whether these bytes are a page as our decoder writes it: grey baseline JPEG with the tables it needs and nothing
/// beside them: no metadata, no comment, no colour profile, nothing behind its end. Whoever took the decoder over
/// cannot hand on anything else to the office's programs. Reads the structure, not the pixels.
[[nodiscard]] std::optional<PageJpeg> read_page_jpeg(std::span<const std::byte> bytes);

} // namespace kiosk
