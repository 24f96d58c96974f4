// SPDX-License-Identifier: EUPL-1.2
// The one table of colours and letter sizes. A widget names a surface and an ink on it, so every pair of foreground and
// background that is ever drawn stands here, and a test measures all of them.
#pragma once
#include "kiosk/model/screens.hpp"

#include <cstddef>
#include <cstdint>

namespace kiosk {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
};
consteval Colour hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16U), static_cast<std::uint8_t>(rgb >> 8U),
            static_cast<std::uint8_t>(rgb)};
}

/// What something is drawn on.
enum class Surface : std::size_t {
    Page,
    Soft,     ///< bands, the strip, boxes of secondary text
    Masthead, ///< the office's band
    Field,    ///< text fields, option rows
    Selected, ///< an option that is chosen
    Key,      ///< keys of the on-screen keyboard (they lie on Soft)
    KeyPressed,
    Primary, ///< the one main button of a screen
    PrimaryPressed,
    Quiet, ///< every other button: outlined
    QuietPressed,
    Danger, ///< "Esci subito", "remove"
    DangerPressed,
    Error, ///< the list of errors
    count
};

/// Inks that may be used on a surface. `text`, `soft`, `accent`, `danger`, `success` and `warning` carry words and keep
/// the theme's contrast for text; `line` is for borders and drawings and keeps 3:1.
struct Inks {
    Colour fill, text, soft, accent, line, danger, success, warning;
};

/// The ring around the focused control has three layers, so that one of them shows on any ground.
struct FocusInks {
    Colour dark, light;
};
inline constexpr float focus_inner_mm = 0.5F, focus_gap_mm = 0.6F, focus_outer_mm = 0.8F;

[[nodiscard]] const Inks& inks(Theme theme, Surface surface);
[[nodiscard]] FocusInks focus_inks(Theme theme);
/// A thin line between things that means nothing by itself.
[[nodiscard]] Colour divider(Theme theme);
/// A drawing on the masthead that means nothing by itself.
[[nodiscard]] Colour masthead_ornament(Theme theme);
/// The way still to go, on the masthead: 3:1 to the way that is done.
[[nodiscard]] Colour progress_track(Theme theme);

/// Every theme promises a contrast of words to their ground: at least, and for the one for eyes that glare hurts at
/// most.
struct ContrastBar {
    float least = 4.5F, most = 21.0F;
};
[[nodiscard]] ContrastBar contrast_bar(Theme theme);
/// WCAG 2.1 contrast ratio, 1 … 21.
[[nodiscard]] float contrast(Colour a, Colour b);

/// What a piece of text is.
enum class Type : std::size_t { Body, Strong, Caption, CaptionStrong, Subheading, Heading, Title, Number, count };

/// Capital height in millimetres: body and caption lie within the ranges of VVSG 2.0 7.1-G for each size.
[[nodiscard]] float cap_mm(TextSize size, Type type);
[[nodiscard]] bool bold(Type type);
[[nodiscard]] float line_height(Type type); ///< in ems
/// How icons and boxes grow with the letters; 1 at medium.
[[nodiscard]] float growth(TextSize size);
/// Answers on one page before "More".
[[nodiscard]] std::size_t answers_per_page(TextSize size);

} // namespace kiosk
