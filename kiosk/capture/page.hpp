// SPDX-License-Identifier: EUPL-1.2
// What is known of a sheet of paper in a picture, and what it becomes: plain values.
#pragma once
#include "kiosk/capture/picture_place.hpp"
#include "kiosk/capture/pixels.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Why a picture of a sheet is not good enough. Each has a plain sentence for the person; none forbids to go on.
enum class PageTrouble : std::uint8_t {
    NoPage,  ///< no sheet seen: "put the sheet into the frame"
    TooDark, ///< "more light"
    Glare,   ///< a lamp is mirrored on it, at `PageSeen::glare`: "tilt it a little"
    Blurred, ///< "hold it still"
    TooFar,  ///< too small in the picture for its letters to be read: "closer"
    CutOff,  ///< part of it lies outside the picture: "farther, or to the middle"
};
inline constexpr std::size_t page_trouble_count = 6;
[[nodiscard]] std::string_view name_of(PageTrouble trouble); ///< "too-dark"

/// A sheet as it lies in a picture.
struct PageSeen {
    std::optional<PictureCorners> corners; ///< from its upper left as it lies there, clockwise; none = no sheet seen
    std::vector<PageTrouble> troubles;     ///< each at most once, in the order of the enum; the first is said first
    std::optional<PictureBox> glare;       ///< the largest mirrored spot, with `Glare` alone
    [[nodiscard]] bool has(PageTrouble trouble) const;
    bool operator==(const PageSeen&) const = default;
};

/// A sheet cut out, straightened, evenly lit: a grey baseline JPEG of our own making, without metadata.
struct PagePicture {
    PageSeen seen;                       ///< in the picture it was cut from
    std::uint32_t width = 0, height = 0; ///< px, of the page; 0 when there is no page
    std::uint16_t dots_per_inch = 0;     ///< 200, or less where the picture has no more to give
    Pixels small; ///< grey, `small_side` px at most a side: for the screen, which opens no JPEG
    std::vector<std::byte> jpeg;         ///< at most `most_page_bytes`; empty = no sheet found, nothing was cut
    bool operator==(const PagePicture&) const = default;
};

/// One word, in pixels of the page from its upper left corner.
struct PageWord {
    std::string text; ///< UTF-8 without control characters, at most `most_word_bytes`
    PictureBox box;
    std::int32_t baseline = 0;   ///< y at the middle of the word
    std::uint8_t confidence = 0; ///< 0 … 100
    bool ends_line = false;
    bool operator==(const PageWord&) const = default;
};

/// What stands on a page, for searching in it: never shown as what the paper says.
struct PageText {
    std::vector<PageWord> words; ///< in reading order, at most `most_words`
    bool operator==(const PageText&) const = default;
};

inline constexpr std::uint32_t longest_page_side = 3400; ///< px: A3 at 200 dpi
inline constexpr std::uint32_t small_side = 480;          ///< px
inline constexpr std::size_t most_page_bytes = 2u << 20;
inline constexpr std::size_t most_words = 5000;
inline constexpr std::size_t most_word_bytes = 128;

} // namespace kiosk
