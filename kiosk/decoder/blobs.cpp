// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/blobs.hpp"

#include <algorithm>
#include <cstdint>

namespace kiosk::decoder {
namespace {

constexpr int reach = 12;        // px: the surroundings of a pixel are a square of 25
constexpr int least_darker = 12; // levels; or an eighth of the light there, if that is more
constexpr std::size_t most_blobs = 6000;

/// 1 where there is ink (sums over squares by an integral picture).
std::vector<std::uint8_t> ink_of(const GrayPicture& picture) {
    const int width = picture.width, height = picture.height;
    const auto across = static_cast<std::size_t>(width) + 1;
    std::vector<std::uint32_t> sums(across * (static_cast<std::size_t>(height) + 1));
    for (int y = 0; y < height; ++y) {
        std::uint32_t line = 0;
        const std::uint8_t* const row = picture.row(y);
        const std::uint32_t* const above = sums.data() + static_cast<std::size_t>(y) * across;
        std::uint32_t* const here = sums.data() + static_cast<std::size_t>(y + 1) * across;
        for (int x = 0; x < width; ++x) {
            line += row[x];
            here[x + 1] = above[x + 1] + line;
        }
    }
    std::vector<std::uint8_t> ink(picture.pixels.size());
    for (int y = 0; y < height; ++y) {
        const int top = std::max(0, y - reach), low = std::min(height, y + reach + 1);
        const std::uint32_t* const upper = sums.data() + static_cast<std::size_t>(top) * across;
        const std::uint32_t* const lower = sums.data() + static_cast<std::size_t>(low) * across;
        const std::uint8_t* const row = picture.row(y);
        std::uint8_t* const out = ink.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
        for (int x = 0; x < width; ++x) {
            const int left = std::max(0, x - reach), right = std::min(width, x + reach + 1);
            const int mean = static_cast<int>((lower[right] - lower[left] - upper[right] + upper[left]) /
                                              static_cast<std::uint32_t>((right - left) * (low - top)));
            out[x] = mean - row[x] > std::max(least_darker, mean / 8);
        }
    }
    return ink;
}

} // namespace

std::vector<Blob> find_blobs(const GrayPicture& picture) {
    std::vector<Blob> blobs;
    if (picture.width < 2 * reach || picture.height < 2 * reach) return blobs;
    std::vector<std::uint8_t> ink = ink_of(picture);
    std::vector<std::uint32_t> open;
    const auto width = static_cast<std::uint32_t>(picture.width), height = static_cast<std::uint32_t>(picture.height);
    for (std::uint32_t start = 0; start < ink.size(); ++start) {
        if (!ink[start]) continue;
        ink[start] = 0;
        open.assign(1, start);
        std::uint32_t left = width, right = 0, top = height, low = 0;
        std::size_t area = 0;
        while (!open.empty()) {
            const std::uint32_t at = open.back(), x = at % width, y = at / width;
            open.pop_back();
            ++area;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            low = std::max(low, y);
            const std::uint32_t x0 = x > 0 ? x - 1 : 0, x1 = std::min(x + 1, width - 1), y0 = y > 0 ? y - 1 : 0,
                                y1 = std::min(y + 1, height - 1);
            for (std::uint32_t ny = y0; ny <= y1; ++ny)
                for (std::uint32_t nx = x0; nx <= x1; ++nx)
                    if (std::uint8_t& next = ink[ny * width + nx]) {
                        next = 0;
                        open.push_back(ny * width + nx);
                    }
        }
        const std::uint32_t size = std::max(right - left, low - top) + 1;
        if (size < 4 || size > 48 || area < 8) continue;
        if (blobs.size() == most_blobs) return {};
        blobs.push_back({static_cast<float>(left + right + 1) / 2, static_cast<float>(top + low + 1) / 2,
                         static_cast<float>(size)});
    }
    return blobs;
}

} // namespace kiosk::decoder
