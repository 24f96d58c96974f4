// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/picture_header.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace kiosk::decoder {
namespace {

constexpr std::uint64_t most_pixels = 50'000'000;
constexpr std::uint32_t most_side = 20'000, most_scans = 100;
constexpr std::size_t most_profile_bytes = 4u << 20;

using Bytes = std::span<const std::byte>;

std::uint32_t number(Bytes bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}

bool begins_with(Bytes bytes, std::string_view start) {
    return bytes.size() >= start.size() && std::memcmp(bytes.data(), start.data(), start.size()) == 0;
}

using Outcome = forms::Result<PictureHeader, PictureFault>;

Outcome within_limits(const PictureHeader& header) {
    if (const auto fault = beyond_limits(header.width, header.height)) return *fault;
    if (header.scans > most_scans) return PictureFault::TooManyScans;
    return header;
}

/// PNG, ISO 15948 §5: a signature, then chunks of length, type, data and checksum.
Outcome read_png(Bytes bytes) {
    PictureHeader header{.type = PictureType::Png};
    std::size_t at = 8, beside = 0;
    bool first = true, pixels = false;
    while (at + 12 <= bytes.size()) {
        const std::size_t length = number(bytes, at, 4);
        const std::string_view type(reinterpret_cast<const char*>(bytes.data()) + at + 4, 4);
        if (length > 0x7FFFFFFF) return PictureFault::BadHeader;
        if (first) {
            if (type != "IHDR" || length != 13 || bytes.size() < at + 12 + 13) return PictureFault::BadHeader;
            header.width = number(bytes, at + 8, 4);
            header.height = number(bytes, at + 12, 4);
            if (const Outcome fits = within_limits(header); !fits.ok()) return fits;
            first = false;
        } else if (type == "acTL" || type == "fcTL" || type == "fdAT") {
            return PictureFault::Animated;
        } else if (type == "IDAT") {
            pixels = true;
        } else if (type == "IEND") {
            return pixels ? Outcome(header) : Outcome(PictureFault::BadHeader);
        } else {
            beside += length;
            if (beside > most_profile_bytes) return PictureFault::ProfileTooLarge;
        }
        if (length + 12 > bytes.size() - at) return PictureFault::BadPixels; // cut short
        at += length + 12;
    }
    return first ? PictureFault::BadHeader : PictureFault::BadPixels;
}

bool is_frame(unsigned marker) { // SOF0 … SOF15 without DHT, JPG and DAC
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// JPEG, ITU-T T.81 annex B: markers FFxx, most with a length; after SOS entropy-coded bytes up to the next marker.
Outcome read_jpeg(Bytes bytes) {
    PictureHeader header{.type = PictureType::Jpeg, .scans = 0};
    std::size_t at = 2, beside = 0;
    bool frame = false;
    while (at + 4 <= bytes.size()) {
        if (bytes[at] != std::byte{0xFF}) return PictureFault::BadHeader;
        const unsigned marker = number(bytes, at + 1, 1);
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        if (marker == 0xD9) break;
        const std::size_t length = number(bytes, at + 2, 2);
        if (length < 2) return PictureFault::BadHeader;
        if (length + 2 > bytes.size() - at) return frame ? PictureFault::BadPixels : PictureFault::BadHeader;
        if (is_frame(marker)) {
            if (frame || length < 8) return PictureFault::BadHeader;
            frame = true;
            header.height = number(bytes, at + 5, 2);
            header.width = number(bytes, at + 7, 2);
            if (const Outcome fits = within_limits(header); !fits.ok()) return fits;
            if (number(bytes, at + 9, 1) == 4) return PictureFault::ColoursNotRead;
        } else if ((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) {
            beside += length;
            if (beside > most_profile_bytes) return PictureFault::ProfileTooLarge;
        } else if (marker == 0xDC) { // DNL: would change the height after the fact
            return PictureFault::BadHeader;
        }
        at += 2 + length;
        if (marker != 0xDA) continue;
        if (!frame) return PictureFault::BadHeader;
        if (++header.scans > most_scans) return PictureFault::TooManyScans;
        while (at < bytes.size()) { // entropy-coded: FF00 is a byte, FFD0 … FFD7 restarts
            const auto* const found =
                static_cast<const std::byte*>(std::memchr(bytes.data() + at, 0xFF, bytes.size() - at));
            at = found ? static_cast<std::size_t>(found - bytes.data()) : bytes.size();
            if (at + 1 >= bytes.size()) break;
            const unsigned next = number(bytes, at + 1, 1);
            if (next != 0x00 && (next < 0xD0 || next > 0xD7)) break;
            at += 2;
        }
    }
    if (!frame) return PictureFault::BadHeader;
    return header.scans > 0 ? Outcome(header) : Outcome(PictureFault::BadPixels);
}

} // namespace

std::optional<PictureFault> beyond_limits(std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0) return PictureFault::BadHeader;
    if (width > most_side || height > most_side || std::uint64_t{width} * height > most_pixels)
        return PictureFault::TooManyPixels;
    return std::nullopt;
}

Outcome read_picture_header(Bytes bytes) {
    if (bytes.empty()) return PictureFault::Empty;
    if (bytes.size() > most_picture_bytes) return PictureFault::TooLarge;
    if (begins_with(bytes, "\x89PNG\r\n\x1a\n")) return read_png(bytes);
    if (begins_with(bytes, "\xFF\xD8\xFF")) return read_jpeg(bytes);
    return PictureFault::UnknownType;
}

} // namespace kiosk::decoder
