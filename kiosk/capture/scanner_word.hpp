// SPDX-License-Identifier: EUPL-1.2
// What sportello-scanner says, one frame a word: four bytes of length (big-endian), a kind, the fields. Scanner drivers live
// in that program, so whoever hears it checks every word as if it came from somebody else.
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/device_messages.hpp"
#include "kiosk/capture/frame_bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace kiosk {

/// The scanners that are found, as SANE names them, and how the one that would be used opens.
struct ScannersFound {
    std::vector<std::string> names; ///< at most `most_scanners`
    DeviceState state = DeviceState::Absent;
};
struct SheetScanned {
    double dots_per_inch = 0; ///< whole hundredths
    Pixels pixels;            ///< grey
};
/// The last word of an order. What comes of the driver afterwards concerns nobody.
struct OrderEnded {
    DeviceState state = DeviceState::Failed;
};
using ScannerWord = std::variant<ScannersFound, ScanProgress, SheetScanned, OrderEnded>;

constexpr std::size_t most_scanners = 32;
constexpr std::size_t most_scanner_name = 512;                    ///< bytes
constexpr std::uint32_t most_sheet_side = 20'000;                 ///< px; threat-model §4
constexpr std::uint32_t most_sheet_pixels = 50'000'000;           ///< likewise
constexpr std::size_t most_scanner_word = most_sheet_pixels + 64; ///< bytes, without the length

/// With its length in front.
[[nodiscard]] std::vector<std::byte> encode_word(const ScannerWord& word);
/// `frame`: without the length.
[[nodiscard]] forms::Result<ScannerWord, AnswerFault> decode_word(std::span<const std::byte> frame);

/// Words out of a stream of bytes.
class WordReader {
public:
    /// False: a word that would be longer than any may be; nothing more can be made of this stream.
    [[nodiscard]] bool add(std::span<const std::byte> bytes);
    /// The next whole word, if there is one.
    [[nodiscard]] std::optional<forms::Result<ScannerWord, AnswerFault>> next();

private:
    [[nodiscard]] std::size_t length() const; ///< of the first word; requires four bytes
    std::vector<std::byte> bytes_;
};

} // namespace kiosk
