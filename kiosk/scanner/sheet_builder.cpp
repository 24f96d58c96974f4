// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/scanner/sheet_builder.hpp"

#include "kiosk/capture/scanner_word.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

namespace kiosk {
namespace {

constexpr int most_side = most_sheet_side;
constexpr std::int64_t most_pixels = most_sheet_pixels;

std::int64_t bytes_needed(const SheetLayout& layout) {
    return (std::int64_t{layout.width} * layout.channels * layout.depth + 7) / 8;
}

} // namespace

bool SheetLayout::sound() const {
    if (width < 1 || width > most_side || lines < -1 || lines == 0 || lines > most_side) return false;
    if ((depth != 1 && depth != 8 && depth != 16) || (channels != 1 && channels != 3)) return false;
    if (depth == 1 && channels != 1) return false;
    if (bytes_per_line < bytes_needed(*this) || bytes_per_line > 8 * most_side) return false;
    return lines < 0 || std::int64_t{width} * lines <= most_pixels;
}

SheetBuilder::SheetBuilder(const SheetLayout& layout) : layout_(layout) {
    sheet_.width = static_cast<std::uint32_t>(layout.width);
    if (layout.lines > 0)
        sheet_.bytes.reserve(static_cast<std::size_t>(layout.width) * static_cast<std::size_t>(layout.lines));
    rest_.reserve(static_cast<std::size_t>(layout.bytes_per_line));
}

bool SheetBuilder::add(std::span<const std::uint8_t> bytes) {
    const auto line_size = static_cast<std::size_t>(layout_.bytes_per_line);
    while (!bytes.empty()) {
        if (layout_.lines > 0 && sheet_.height == static_cast<std::uint32_t>(layout_.lines)) return true;
        const std::size_t take = std::min(bytes.size(), line_size - rest_.size());
        rest_.insert(rest_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
        bytes = bytes.subspan(take);
        if (rest_.size() < line_size) return true;
        if (sheet_.height >= most_side || sheet_.bytes.size() + sheet_.width > static_cast<std::size_t>(most_pixels))
            return false;
        add_line(rest_);
        rest_.clear();
    }
    return true;
}

void SheetBuilder::add_line(std::span<const std::uint8_t> line) {
    const auto sample = [&](std::size_t index) -> unsigned {
        switch (layout_.depth) {
        case 1:
            return (line[index / 8] >> (7 - index % 8) & 1) != 0 ? 0 : 255;
        case 16: // the higher byte is enough
            return line[2 * index + (std::endian::native == std::endian::little ? 1 : 0)];
        default:
            return line[index];
        }
    };
    for (std::size_t x = 0; x < sheet_.width; ++x)
        if (layout_.channels == 1)
            sheet_.bytes.push_back(static_cast<std::uint8_t>(sample(x)));
        else // brightness as Rec. 601 has it, in 256ths
            sheet_.bytes.push_back(static_cast<std::uint8_t>(
                (77 * sample(3 * x) + 150 * sample(3 * x + 1) + 29 * sample(3 * x + 2) + 128) / 256));
    ++sheet_.height;
}

double SheetBuilder::share() const {
    return layout_.lines > 0 ? static_cast<double>(sheet_.height) / layout_.lines : 0.0;
}

std::optional<Pixels> SheetBuilder::finish() && {
    if (sheet_.height == 0) return std::nullopt;
    return std::move(sheet_);
}

} // namespace kiosk
