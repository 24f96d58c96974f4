// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/text/direction.hpp"
#include "kiosk/text/fonts.hpp"
#include "kiosk/text/glyph_textures.hpp"
#include "kiosk/text/graphemes.hpp"
#include "kiosk/text/stretch.hpp"

#include <cstddef>
#include <filesystem>
#include <imgui.h>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace kiosk {

/// Size is the height of the capital H in pixels, measured in the font: `glass.px(cap_mm)`.
struct TextStyle {
    float cap_px = 20;
    Weight weight = Weight::Regular;
    float line_height = 1.35F; ///< distance of lines, in ems (an em of Noto Sans is 1.4 capitals high)
    bool operator==(const TextStyle&) const = default;
};

/// Start is left in a left-to-right paragraph and right in a right-to-left one.
enum class Align { Start, Centre, End };

struct ParagraphOptions {
    TextStyle style;
    float max_width_px = 0; ///< lines are broken to fit; 0: only where the text itself breaks
    /// Where its lines begin. Letters that all run the other way are a sentence in another language, in its own order.
    Direction direction = Direction::LeftToRight;
    bool direction_by_content =
        false; ///< what a person typed: the first strong letter decides; digits alone run from left to right
    std::string_view language = "it"; ///< BCP 47 tag of the text: chooses glyph forms and breaking rules
    Align align = Align::Start;
    std::span<const Stretch> strong = {}; ///< drawn bold, in order; where they cut a grapheme they begin with it
};

struct Caret {
    float x = 0, top = 0, height = 0;
};
struct TextRect {
    float x = 0, y = 0, width = 0, height = 0;
};

/// A laid-out text. All positions in pixels from the top left corner of its box, bytes counted in the given UTF-8.
/// The box is `max_width_px` wide, or as wide as the widest line when there is no limit. Nothing is ever left out:
/// a word wider than the box is broken between graphemes.
/// Boxes are balanced around the capitals: centring a one-line box centres its capital letters.
class Layout {
public:
    struct Line {
        std::size_t begin = 0, end = 0; ///< bytes, the line feed or the breaking space included
        float x = 0, width = 0;         ///< without the spaces at the break
        float top = 0, height = 0, baseline = 0;
        bool right_to_left = false; ///< its paragraph begins at the right
    };
    virtual ~Layout() = default;
    [[nodiscard]] virtual float width() const = 0;    ///< of the box
    [[nodiscard]] virtual float height() const = 0;   ///< of the box; an empty text is one line high
    [[nodiscard]] virtual float ink_left() const = 0; ///< left edge of the leftmost line
    [[nodiscard]] virtual float ink_width() const = 0;
    [[nodiscard]] virtual std::span<const Line> lines() const = 0; ///< at least one

protected:
    Layout() = default;
    Layout(const Layout&) = default;
    Layout& operator=(const Layout&) = default;
};

/// All text on the screen, in any script: bidirectional order by FriBidi, shaping by HarfBuzz, glyphs by FreeType from
/// an atlas filled on first use. Paragraphs asked for again with the same words and options cost a look-up.
/// Characters that could disguise a text (bidi overrides and directed isolates, controls, private use, more than four
/// combining marks in a row) take no place; malformed UTF-8 shows as U+FFFD.
/// Thread: the screen thread.
class TextEngine {
public:
    /// `textures` must outlive the engine.
    [[nodiscard]] static forms::Result<std::unique_ptr<TextEngine>, FontFault>
    open(GlyphTextures& textures, std::span<const std::filesystem::path> folders);
    [[nodiscard]] static forms::Result<std::unique_ptr<TextEngine>, FontFault> open(GlyphTextures& textures);

    virtual ~TextEngine() = default;

    /// Once before each frame's first use. Drops what has not been used for a while and makes room in the atlas.
    virtual void begin_frame() = 0;

    /// Valid until begin_frame() or forget().
    [[nodiscard]] virtual const Layout& layout(std::string_view utf8, const ParagraphOptions& options) = 0;

    /// Draws into the list, under its current clip rectangle. Parts outside that rectangle cost nothing.
    virtual void draw(ImDrawList& list, ImVec2 top_left, const Layout& layout, ImU32 colour) = 0;

    /// Where the insertion point before the given byte stands. Inside a grapheme: at its start.
    [[nodiscard]] virtual Caret caret(const Layout& layout, std::size_t byte) const = 0;
    /// The insertion point nearest to a place in the box.
    [[nodiscard]] virtual std::size_t byte_at(const Layout& layout, ImVec2 place) const = 0;
    /// What to colour behind the text between two bytes; several rectangles a line where directions mix.
    [[nodiscard]] virtual std::vector<TextRect> selection(const Layout& layout, std::size_t from,
                                                          std::size_t to) const = 0;

    /// End of a visit: no word of it stays in the engine. Layouts and glyph pictures are overwritten, then freed.
    virtual void forget() = 0;

    struct Numbers {
        std::size_t paragraphs = 0, glyphs = 0, pages = 0;
        std::size_t shaped = 0; ///< paragraphs shaped since the start: stands still when frames are cached
    };
    [[nodiscard]] virtual Numbers numbers() const = 0;

protected:
    TextEngine() = default;
};

} // namespace kiosk
