// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/card_file.hpp"
#include "kiosk/capture/frame_bytes.hpp"
#include "kiosk/capture/page.hpp"
#include "kiosk/capture/picture_place.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kiosk {

enum class Symbology : std::uint8_t { Code39, Code128, QrCode, DataMatrix, Pdf417, Aztec };
inline constexpr std::size_t symbology_count = 6;
[[nodiscard]] std::string_view name_of(Symbology symbology); ///< "code-39", "qr-code"

/// A bar code as it was found. Says nothing about what it means: `meaning_of` does.
struct CodeFound {
    Symbology symbology = Symbology::Code39;
    std::string bytes; ///< as encoded: any bytes, at most `most_code_bytes`
    PictureCorners corners{};
    bool operator==(const CodeFound&) const = default;
};

/// A machine-readable zone as it was read: three lines of 30, or two of 36 or 44, of A to Z, 0 to 9, '<', and '?' where
/// a letter could not be read. Whether its checks are right, `read_mrz` says.
struct MrzFound {
    std::vector<std::string> lines;
    PictureCorners corners{}; ///< from the upper left of the first letter, as the zone is read
    bool operator==(const MrzFound&) const = default;
};

/// What a decoder has seen in one picture: plain values, no pixels.
struct Readout {
    std::uint32_t width = 0, height = 0; ///< px
    std::vector<CodeFound> codes;        ///< at most `most_codes`
    std::optional<MrzFound> mrz;
    PageSeen page{}; ///< the sheet, in this picture
    bool operator==(const Readout&) const = default;
};

/// Why a picture was not looked at, or a job not done.
enum class PictureFault : std::uint8_t {
    Empty,
    TooLarge,      ///< more bytes than an attachment may have
    UnknownType,   ///< neither PNG nor JPEG, by its first bytes
    BadHeader,     ///< begins like one, but its header cannot be followed
    TooManyPixels, ///< more than 50 megapixels or 20,000 on a side
    TooManyScans,  ///< a progressive JPEG of more than 100 scans
    Animated,
    ProfileTooLarge, ///< embedded colour profile or metadata over 4 MiB
    BadPixels,       ///< cut short, or damaged inside
    ColoursNotRead,  ///< four-colour (CMYK) JPEG
    WrongSize,       ///< pixels that are not as many as width, height and channels say
    BadCorners,      ///< corners of a page that are no convex quadrilateral, or far outside the picture
    WrongJob,        ///< asked of a process that was started for something else, or not understood
    BadCardFile,     ///< a card's file that breaks its format
};
inline constexpr std::size_t picture_fault_count = 14;
[[nodiscard]] std::string_view name_of(PictureFault fault); ///< "too-many-pixels"

// Threat model §4.
inline constexpr std::size_t most_picture_bytes = 20u << 20;
inline constexpr std::size_t most_code_bytes = 4296;
inline constexpr std::size_t most_codes = 32;

/// One frame, the whole answer of a decoder: 4 bytes length (big-endian, of what follows), 1 byte version, 1 byte kind
/// (index in the variant), the fields.
using DecoderAnswer = std::variant<Readout, PictureFault, PagePicture, PageText, CardFile>;
inline constexpr std::size_t most_answer_bytes = most_page_bytes + small_side * small_side + (64u << 10); ///< after the length word
[[nodiscard]] std::vector<std::byte> encode_answer(const DecoderAnswer& answer);

/// What follows the length word. The sender may be taken over: every number is checked against its list and limits.
[[nodiscard]] forms::Result<DecoderAnswer, AnswerFault> decode_answer(std::span<const std::byte> frame);

} // namespace kiosk
