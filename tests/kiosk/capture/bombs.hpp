// SPDX-License-Identifier: EUPL-1.2
// Pictures made to hurt whoever decodes them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

using Bytes = std::vector<std::byte>;

[[nodiscard]] Bytes some_bytes(std::string_view text);
[[nodiscard]] Bytes png_saying(std::uint32_t width, std::uint32_t height); ///< with the pixels of a small picture
[[nodiscard]] Bytes png_with_chunk(std::string_view type, std::size_t length);
[[nodiscard]] Bytes jpeg_saying(unsigned width, unsigned height);
[[nodiscard]] Bytes jpeg_with_scans(int scans);
[[nodiscard]] Bytes jpeg_with_profile(std::size_t length);
/// A real progressive picture of so many pixels whose last scan comes again and again.
[[nodiscard]] Bytes jpeg_large_with_scans(int width, int height, int scans);
/// A real, quite empty PNG: a few kilobytes that become megabytes.
[[nodiscard]] Bytes png_large(int width, int height);

struct Bomb {
    std::string name;
    Bytes bytes;
};
/// At least 200 of them: sizes, scans, profiles, animations, cuts, flipped bytes, other types, plain noise.
[[nodiscard]] std::vector<Bomb> all_bombs();

} // namespace tests
