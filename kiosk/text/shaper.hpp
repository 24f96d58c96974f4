// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/font_set.hpp"
#include "kiosk/text/stretch.hpp"
#include "kiosk/text/unicode.hpp"

#include <cstdint>
#include <hb.h>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace kiosk {

/// A stretch of a paragraph with one level, one script and one face. Positions count code points of the paragraph.
struct TextRun {
    std::uint32_t begin = 0, end = 0;
    std::uint8_t level = 0;
    FaceId face = 0;
    hb_script_t script = HB_SCRIPT_COMMON;
    std::uint32_t glyph_begin = 0, glyph_end = 0; ///< in Shaped::glyphs
    [[nodiscard]] bool right_to_left() const { return level % 2 == 1; }
};

/// In the order in which they stand from left to right inside their run. Pixels.
struct ShapedGlyph {
    std::uint32_t glyph = 0;
    std::uint32_t cluster = 0; ///< first code point it belongs to
    float advance = 0, x = 0, y = 0;
    bool unsafe_to_break = false; ///< a line may not begin at its cluster without shaping anew
};

/// One paragraph: what is needed to cut lines out of it.
struct Shaped {
    WipingVector<std::uint32_t> characters; ///< as shaped: hidden ones replaced
    WipingVector<std::uint8_t> levels;
    WipingVector<std::uint8_t> breaks; ///< after each code point: 1 = a line may end here
    WipingVector<std::uint8_t> spaces; ///< 1 = hangs at the end of a line
    WipingVector<std::uint8_t> strong; ///< 1 = bold whatever the paragraph is; empty: none is
    WipingVector<TextRun> runs;        ///< in logical order
    WipingVector<ShapedGlyph> glyphs;
    std::uint8_t base_level = 0;
    bool begins_right = false; ///< its lines begin at the right: what the paragraph was to be, whatever its letters are
};

/// FriBidi's levels, runs, HarfBuzz. One buffer for all paragraphs; it is overwritten on forget().
class Shaper {
public:
    explicit Shaper(FontSet& fonts);

    struct Wish {
        float cap_px;
        Weight weight;
        bool right_to_left; ///< direction of the paragraph, or its default
        bool by_content;
        std::string language;
        std::vector<Stretch> strong = {}; ///< bytes as `Decoded` counts them, in order
    };
    [[nodiscard]] Shaped shape(std::span<const Decoded> paragraph, const Wish& wish);
    /// A part of a run again, as it looks when the line has nothing before `line_begin` or after `line_end`.
    [[nodiscard]] WipingVector<ShapedGlyph> reshape(const Shaped& shaped, const TextRun& run, std::uint32_t begin,
                                                    std::uint32_t end, std::uint32_t line_begin, std::uint32_t line_end,
                                                    const Wish& wish);
    void forget();

private:
    void find_runs(Shaped& shaped, const Wish& wish);
    void shape_run(std::span<const std::uint32_t> context, std::uint32_t begin, std::uint32_t end, std::uint32_t first,
                   const TextRun& run, const Wish& wish, WipingVector<ShapedGlyph>& out);
    void scrub();

    struct BufferDeleter {
        void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
    };
    FontSet& fonts_;
    std::unique_ptr<hb_buffer_t, BufferDeleter> buffer_;
    unsigned int longest_ = 0;
};

} // namespace kiosk
