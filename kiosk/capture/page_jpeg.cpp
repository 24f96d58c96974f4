// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/page_jpeg.hpp"

#include <cstring>

namespace kiosk {
namespace {

using Bytes = std::span<const std::byte>;

std::uint32_t number(Bytes bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}

/// ITU-T T.81 B.2.2: baseline, 8 bits, one component with its own quantisation table, not subsampled.
std::optional<PageJpeg> read_frame(Bytes fields) {
    if (fields.size() != 9 || number(fields, 0, 1) != 8 || number(fields, 5, 1) != 1 || number(fields, 7, 1) != 0x11)
        return std::nullopt;
    PageJpeg page{number(fields, 3, 2), number(fields, 1, 2)};
    if (page.width == 0 || page.height == 0) return std::nullopt;
    return page;
}

/// Entropy-coded bytes up to the end of the picture, which must be the end of everything.
bool ends_right(Bytes coded) {
    std::size_t at = 0;
    while (at < coded.size()) {
        const void* const found = std::memchr(coded.data() + at, 0xFF, coded.size() - at);
        if (!found) return false;
        at = static_cast<std::size_t>(static_cast<const std::byte*>(found) - coded.data());
        if (at + 1 >= coded.size()) return false;
        if (coded[at + 1] == std::byte{0xD9}) return at > 0 && at + 2 == coded.size();
        if (coded[at + 1] != std::byte{0}) return false;
        at += 2;
    }
    return false;
}

} // namespace

std::optional<PageJpeg> read_page_jpeg(Bytes bytes) {
    if (bytes.size() < 4 || number(bytes, 0, 2) != 0xFFD8) return std::nullopt;
    std::optional<PageJpeg> page;
    std::size_t at = 2;
    while (at + 4 <= bytes.size()) {
        const std::uint32_t marker = number(bytes, at, 2);
        const std::size_t length = number(bytes, at + 2, 2);
        if (length < 2 || length + 2 > bytes.size() - at) return std::nullopt;
        const Bytes fields = bytes.subspan(at + 4, length - 2);
        at += 2 + length;
        switch (marker) {
        case 0xFFDB: // quantisation
        case 0xFFC4: // Huffman
            break;
        case 0xFFC0:
            if (page) return std::nullopt;
            page = read_frame(fields);
            if (!page) return std::nullopt;
            break;
        case 0xFFDA:
            if (!page || fields.size() != 6 || !ends_right(bytes.subspan(at))) return std::nullopt;
            return page;
        default:
            return std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace kiosk
