// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/capture/bombs.hpp"

#include "tests/kiosk/capture/paint.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

namespace tests {
namespace {

GrayPicture small_picture() {
    SeededChance chance(77);
    return picture_of_nothing(64, 48, chance);
}

void put_number(Bytes& bytes, std::size_t at, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i)
        bytes[at + static_cast<std::size_t>(i)] = static_cast<std::byte>(value >> (8 * (count - 1 - i)));
}

std::uint32_t png_checksum(const std::byte* from, std::size_t count) {
    std::uint32_t sum = 0xFFFFFFFF;
    for (std::size_t i = 0; i < count; ++i) {
        sum ^= std::to_integer<std::uint32_t>(from[i]);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1) ^ (0xEDB88320u & (0u - (sum & 1u)));
    }
    return ~sum;
}

std::size_t find_marker(const Bytes& bytes, unsigned marker, std::size_t from = 2) {
    for (std::size_t i = from; i + 1 < bytes.size(); ++i)
        if (bytes[i] == std::byte{0xFF} && bytes[i + 1] == static_cast<std::byte>(marker)) return i;
    std::abort();
}

Bytes progressive(int width, int height) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &buffer, &size);
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    std::vector<JSAMPLE> line(static_cast<std::size_t>(width));
    for (int x = 0; x < width; ++x)
        line[static_cast<std::size_t>(x)] = static_cast<JSAMPLE>(x * 37 % 251);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = line.data();
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    const auto* const begin = reinterpret_cast<const std::byte*>(buffer);
    Bytes bytes(begin, begin + size);
    std::free(buffer);
    return bytes;
}

/// Takes the last scan (with its tables left out) and puts it in again until there are `scans`.
Bytes repeat_last_scan(const Bytes& whole, int scans) {
    std::size_t last = find_marker(whole, 0xDA);
    int have = 1;
    for (std::size_t i = last + 2; i + 1 < whole.size(); ++i)
        if (whole[i] == std::byte{0xFF} && whole[i + 1] == std::byte{0xDA}) {
            last = i;
            ++have;
        }
    const auto begin = whole.begin() + static_cast<std::ptrdiff_t>(last), end = whole.end() - 2;
    Bytes out(whole.begin(), end);
    for (; have < scans; ++have)
        out.insert(out.end(), begin, end);
    out.push_back(std::byte{0xFF});
    out.push_back(std::byte{0xD9});
    return out;
}

} // namespace

Bytes some_bytes(std::string_view text) {
    const auto* const begin = reinterpret_cast<const std::byte*>(text.data());
    return {begin, begin + text.size()};
}

Bytes png_saying(std::uint32_t width, std::uint32_t height) {
    Bytes bytes = as_file(small_picture(), 0);
    put_number(bytes, 16, width, 4);
    put_number(bytes, 20, height, 4);
    put_number(bytes, 29, png_checksum(bytes.data() + 12, 17), 4);
    return bytes;
}

Bytes png_with_chunk(std::string_view type, std::size_t length) {
    Bytes bytes = as_file(small_picture(), 0);
    Bytes chunk(12 + length, std::byte{0x78});
    put_number(chunk, 0, static_cast<std::uint32_t>(length), 4);
    std::copy_n(reinterpret_cast<const std::byte*>(type.data()), 4, chunk.begin() + 4);
    put_number(chunk, 8 + length, png_checksum(chunk.data() + 4, length + 4), 4);
    bytes.insert(bytes.begin() + 33, chunk.begin(), chunk.end());
    return bytes;
}

Bytes jpeg_saying(unsigned width, unsigned height) {
    Bytes bytes = as_file(small_picture(), 80);
    const std::size_t frame = find_marker(bytes, 0xC0);
    put_number(bytes, frame + 5, height, 2);
    put_number(bytes, frame + 7, width, 2);
    return bytes;
}

Bytes jpeg_with_scans(int scans) { return repeat_last_scan(progressive(64, 48), scans); }
Bytes jpeg_large_with_scans(int width, int height, int scans) {
    return repeat_last_scan(progressive(width, height), scans);
}

Bytes jpeg_with_profile(std::size_t length) {
    Bytes bytes = as_file(small_picture(), 80);
    while (length > 0) {
        const std::size_t part = std::min<std::size_t>(length, 65000);
        Bytes segment(4 + part, std::byte{1});
        put_number(segment, 0, 0xFFE2, 2);
        put_number(segment, 2, static_cast<std::uint32_t>(part + 2), 2);
        bytes.insert(bytes.begin() + 2, segment.begin(), segment.end());
        length -= part;
    }
    return bytes;
}

Bytes png_large(int width, int height) { return as_file(GrayPicture(width, height, 200), 0); }

std::vector<Bomb> all_bombs() {
    std::vector<Bomb> bombs;
    const auto add = [&](std::string name, Bytes bytes) { bombs.push_back({std::move(name), std::move(bytes)}); };
    SeededChance chance(2024);
    for (const std::uint32_t side : {0u, 20001u, 65535u, 1u << 20, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
        add("png width", png_saying(side, 48));
        add("png height", png_saying(64, side));
        add("png both", png_saying(side, side));
        if (side <= 65535) add("jpeg both", jpeg_saying(side, side));
    }
    for (const std::uint32_t more : {65u, 640u, 6400u, 19999u}) {
        add("png wider than its pixels", png_saying(more, 48));
        add("png taller than its pixels", png_saying(64, more));
        add("jpeg wider than its pixels", jpeg_saying(more, 2000));
    }
    for (const char* const type : {"acTL", "fcTL", "fdAT"})
        add("png animated", png_with_chunk(type, 26));
    for (const char* const type : {"iCCP", "zTXt", "iTXt", "tEXt", "eXIf", "sPLT", "PLTE", "tRNS", "juNK", "JUNK"})
        for (const std::size_t length : {100u, 70000u, 4u << 20, 6u << 20})
            add("png chunk", png_with_chunk(type, length));
    for (const std::size_t length : {1u << 20, 5u << 20, 12u << 20})
        add("jpeg profile", jpeg_with_profile(length));
    for (const int scans : {40, 99, 101, 500, 5000})
        add("jpeg scans", jpeg_with_scans(scans));
    add("jpeg 49 megapixels, 99 scans", jpeg_large_with_scans(7000, 7000, 99));
    add("jpeg 49 megapixels, 30 scans", jpeg_large_with_scans(19900, 2480, 30));
    add("png 50 megapixels of nothing", png_large(20000, 2500));
    add("png 50 megapixels, one column", png_large(2500, 20000));
    for (const char* const start : {"GIF89a", "BM", "II*", "MM*", "%PDF-1.7", "RIFF....WEBPVP8 ", "PK\x03\x04", "<svg>",
                                    "\xFF\xD8", "\x89PNG\r\n\x1a\n", "\xFF\xD8\xFF", "ID3"})
        add("other type", some_bytes(std::string(start) + std::string(300, 'x')));
    for (int i = 0; i < 20; ++i) {
        Bytes noise(static_cast<std::size_t>(chance.whole(1, 5000)));
        for (std::byte& byte : noise)
            byte = static_cast<std::byte>(chance.next());
        add("noise", noise);
    }
    for (const int quality : {0, 80}) {
        const Bytes whole = as_file(small_picture(), quality);
        for (int i = 0; i < 40; ++i) {
            Bytes wrong = whole;
            for (int flips = chance.whole(1, 20); flips > 0; --flips)
                wrong[static_cast<std::size_t>(chance.whole(8, static_cast<int>(wrong.size()) - 1))] =
                    static_cast<std::byte>(chance.next());
            add("bytes changed", wrong);
        }
        for (int i = 1; i <= 20; ++i)
            add("cut", Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(
                                                                whole.size() * static_cast<std::size_t>(i) / 21)));
    }
    return bombs;
}

} // namespace tests
