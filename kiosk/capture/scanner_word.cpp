// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/scanner_word.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk {
namespace {

enum class Kind : std::uint8_t { Found, Progress, Sheet, Ended };
constexpr std::uint32_t last_state = static_cast<std::uint32_t>(DeviceState::Failed);
constexpr std::uint32_t most_hundredths = 2'400'00; // dots an inch
constexpr std::uint32_t whole = 1000;               // of a sheet, in parts

void write(FrameWriter& out, const ScannersFound& found) {
    out.number(static_cast<std::uint64_t>(found.state), 1);
    const std::size_t count = std::min(found.names.size(), most_scanners);
    out.number(count, 1);
    for (std::size_t i = 0; i < count; ++i)
        out.text(std::string_view(found.names[i]).substr(0, most_scanner_name));
}

void write(FrameWriter& out, const ScanProgress& progress) {
    out.number(progress.sheet, 2);
    out.number(static_cast<std::uint64_t>(std::lround(progress.share * whole)), 2);
}

void write(FrameWriter& out, const SheetScanned& sheet) {
    out.number(sheet.pixels.width, 4);
    out.number(sheet.pixels.height, 4);
    out.number(static_cast<std::uint64_t>(std::lround(sheet.dots_per_inch * 100)), 4);
    out.raw(std::as_bytes(std::span(sheet.pixels.bytes)));
}

void write(FrameWriter& out, const OrderEnded& ended) { out.number(static_cast<std::uint64_t>(ended.state), 1); }

DeviceState read_state(FrameReader& in) { return static_cast<DeviceState>(in.up_to(1, last_state)); }

ScannersFound read_found(FrameReader& in) {
    ScannersFound found;
    found.state = read_state(in);
    const std::uint32_t count = in.up_to(1, most_scanners);
    for (std::uint32_t i = 0; i < count && !in.fault(); ++i)
        found.names.push_back(in.text(most_scanner_name));
    return found;
}

ScanProgress read_progress(FrameReader& in) {
    ScanProgress progress;
    progress.sheet = in.number(2);
    progress.share = static_cast<double>(in.up_to(2, whole)) / whole;
    return progress;
}

SheetScanned read_sheet(FrameReader& in) {
    SheetScanned sheet;
    sheet.pixels.width = in.up_to(4, most_sheet_side);
    sheet.pixels.height = in.up_to(4, most_sheet_side);
    sheet.dots_per_inch = static_cast<double>(in.up_to(4, most_hundredths)) / 100;
    const auto pixels = in.raw(most_sheet_pixels);
    if (pixels.empty() || pixels.size() != std::size_t{sheet.pixels.width} * sheet.pixels.height) {
        in.fail(AnswerFault::BadValue);
    } else {
        sheet.pixels.bytes.resize(pixels.size());
        std::ranges::transform(pixels, sheet.pixels.bytes.begin(),
                               [](std::byte one) { return std::to_integer<std::uint8_t>(one); });
    }
    return sheet;
}

} // namespace

std::vector<std::byte> encode_word(const ScannerWord& word) {
    FrameWriter out;
    out.number(word.index(), 1);
    std::visit([&](const auto& one) { write(out, one); }, word);
    return out.framed();
}

forms::Result<ScannerWord, AnswerFault> decode_word(std::span<const std::byte> frame) {
    static_assert(std::variant_size_v<ScannerWord> == static_cast<std::size_t>(Kind::Ended) + 1);
    FrameReader in(frame);
    ScannerWord word;
    switch (static_cast<Kind>(in.up_to(1, static_cast<std::uint32_t>(Kind::Ended)))) {
    case Kind::Found:
        word = read_found(in);
        break;
    case Kind::Progress:
        word = read_progress(in);
        break;
    case Kind::Sheet:
        word = read_sheet(in);
        break;
    case Kind::Ended:
        word = OrderEnded{read_state(in)};
        break;
    }
    in.end();
    if (in.fault()) return *in.fault();
    return word;
}

bool WordReader::add(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return bytes_.size() < 4 || length() <= most_scanner_word;
}

std::size_t WordReader::length() const {
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | std::to_integer<std::size_t>(bytes_[i]);
    return value;
}

std::optional<forms::Result<ScannerWord, AnswerFault>> WordReader::next() {
    if (bytes_.size() < 4) return std::nullopt;
    const std::size_t size = length();
    if (size > most_scanner_word) return forms::Result<ScannerWord, AnswerFault>(AnswerFault::BadValue);
    if (bytes_.size() - 4 < size) return std::nullopt;
    auto word = decode_word(std::span(bytes_).subspan(4, size));
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(4 + size));
    return word;
}

} // namespace kiosk
