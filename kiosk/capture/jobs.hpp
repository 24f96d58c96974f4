// SPDX-License-Identifier: EUPL-1.2
// What a decoder process is asked to do: one job, then it ends.
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/picture_place.hpp"
#include "kiosk/capture/pixels.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace kiosk {

/// Pixels that belong to somebody else.
struct PixelsView {
    std::uint32_t width = 0, height = 0; ///< px
    std::uint8_t channels = 1;           ///< 1 or 3
    std::span<const std::byte> bytes;    ///< rows without padding
    PixelsView() = default;
    PixelsView(const Pixels& pixels) // NOLINT(google-explicit-constructor): a view, like std::span
        : width(pixels.width), height(pixels.height), channels(pixels.channels),
          bytes(std::as_bytes(std::span(pixels.bytes))) {}
};

/// The bytes of a PNG or JPEG file, or pixels of a camera or page scanner as they are: nothing need be encoded first.
using JobPicture = std::variant<std::span<const std::byte>, PixelsView>;

/// Which part of the picture becomes the page.
enum class PageArea : std::uint8_t {
    Found,   ///< the sheet, where it is found
    Corners, ///< `PageWish::corners`, set by the person
    Whole,   ///< a sheet that fills the picture (page scanner): its edges where they are clear, else all of it
};

struct PageWish {
    PageArea area = PageArea::Found;
    PictureCorners corners{};        ///< of `Corners`, clockwise from the page's upper left
    std::uint16_t dots_per_inch = 0; ///< of a page scanner's picture; 0 = not known
    std::uint8_t turns = 0;          ///< quarter turns clockwise afterwards, 0 … 3
    bool operator==(const PageWish&) const = default;
};

/// Bar codes, machine-readable zone, and where the sheet lies.
struct MarksJob {
    JobPicture picture;
};
/// The sheet, cut out and straightened.
struct PageJob {
    JobPicture picture;
    PageWish wish;
};
/// The words on a page: given to a process that was started for it, for these languages alone.
struct TextJob {
    std::span<const std::byte> jpeg; ///< of a `PagePicture`
    std::uint16_t dots_per_inch = 0;
};
/// The personal data file of a card, as it came from the card.
struct CardFileJob {
    std::span<const std::byte> file;
};
using Job = std::variant<MarksJob, PageJob, TextJob, CardFileJob>;

/// On the wire: 4 bytes length (big-endian, of what follows), 1 byte version, 1 byte kind (index in `Job`), the fields,
/// then the bytes to be looked at up to the end. These are not copied: a page of a scanner has 25 MB.
struct JobFrame {
    std::vector<std::byte> head; ///< with the length word
    std::span<const std::byte> body;
};
[[nodiscard]] JobFrame encode_job(const Job& job);

enum class JobFault { Truncated, WrongVersion, BadValue };
/// `frame`: what follows the length word; the job points into it. Every number is checked; whether pixels are as many
/// as they say and pictures what they say, the decoder tells whoever asked.
[[nodiscard]] forms::Result<Job, JobFault> decode_job(std::span<const std::byte> frame);

// Threat model §4: pictures of 50 megapixels, here in three colours.
inline constexpr std::size_t most_raw_bytes = 150'000'000;
inline constexpr std::size_t most_job_bytes = most_raw_bytes + 64;
inline constexpr std::size_t most_card_file_bytes = 4096;

} // namespace kiosk
