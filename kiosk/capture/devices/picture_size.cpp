// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/picture_size.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace kiosk {
namespace {

std::uint8_t clamped(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

} // namespace

std::optional<Pixels> from_yuyv(std::span<const std::uint8_t> bytes, std::uint32_t width, std::uint32_t height,
                                std::uint32_t stride) {
    if (width == 0 || height == 0 || width % 2 != 0 || stride / 2 < width) return std::nullopt;
    if (bytes.size() < std::size_t{stride} * (height - 1) + std::size_t{width} * 2) return std::nullopt;
    Pixels out{.width = width, .height = height, .channels = 3, .bytes = {}};
    out.bytes.resize(std::size_t{width} * height * 3);
    auto to = out.bytes.begin();
    for (std::size_t y = 0; y < height; ++y) {
        const auto row = bytes.subspan(y * stride, std::size_t{width} * 2);
        for (std::size_t x = 0; x < row.size(); x += 4) {
            const int blue = row[x + 1] - 128, red = row[x + 3] - 128;
            for (const std::size_t luma : {x, x + 2}) {
                const int bright = 298 * (row[luma] - 16) + 128; // in 256ths
                *to++ = clamped((bright + 409 * red) >> 8);
                *to++ = clamped((bright - 100 * blue - 208 * red) >> 8);
                *to++ = clamped((bright + 516 * blue) >> 8);
            }
        }
    }
    return out;
}

Pixels made_smaller(const Pixels& from, std::uint32_t most_side) {
    const std::uint32_t longer = std::max(from.width, from.height);
    const std::uint32_t step = (longer + most_side - 1) / most_side; // whole: previews need no exact size
    if (step <= 1) return from;
    Pixels to{.width = std::max(1U, from.width / step),
              .height = std::max(1U, from.height / step),
              .channels = from.channels,
              .bytes = {}};
    const std::size_t channels = from.channels;
    to.bytes.resize(std::size_t{to.width} * to.height * channels);
    auto out = to.bytes.begin();
    const std::size_t across = std::min(step, from.width), down = std::min(step, from.height);
    for (std::size_t y = 0; y < to.height; ++y)
        for (std::size_t x = 0; x < to.width; ++x)
            for (std::size_t channel = 0; channel < channels; ++channel) {
                std::size_t sum = 0;
                for (std::size_t dy = 0; dy < down; ++dy)
                    for (std::size_t dx = 0; dx < across; ++dx)
                        sum += from.bytes[((y * step + dy) * from.width + x * step + dx) * channels + channel];
                *out++ = static_cast<std::uint8_t>(sum / (across * down));
            }
    return to;
}

} // namespace kiosk
