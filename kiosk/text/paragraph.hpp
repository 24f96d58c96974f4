// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/glyph_atlas.hpp"
#include "kiosk/text/shaper.hpp"
#include "kiosk/text/text_engine.hpp"

#include <cstdint>
#include <string_view>

namespace kiosk {

struct PlacedGlyph {
    std::uint32_t glyph = 0;
    std::int32_t em_64 = 0;
    FaceId face = 0;
    float x = 0, y = 0; ///< of the pen, from the left end of its line and from the baseline
};

/// The smallest stretch of text that has a place of its own: usually one grapheme, several in a ligature.
struct PlacedCluster {
    std::uint32_t begin = 0, end = 0; ///< bytes
    float x = 0, width = 0;           ///< from the left end of its line
    bool right_to_left = false;
};

struct PlacedLine {
    std::uint32_t glyph_begin = 0, glyph_end = 0;
    std::uint32_t cluster_begin = 0, cluster_end = 0; ///< from left to right
};

/// A laid-out text and everything needed to draw it and to find places in it.
class Paragraph final : public Layout {
public:
    [[nodiscard]] float width() const override { return width_; }
    [[nodiscard]] float height() const override { return height_; }
    [[nodiscard]] float ink_left() const override { return ink_left_; }
    [[nodiscard]] float ink_width() const override { return ink_width_; }
    [[nodiscard]] std::span<const Line> lines() const override { return lines_; }
    [[nodiscard]] std::string_view text() const { return {text_.data(), text_.size()}; }

    WipingBytes text_;
    WipingVector<Line> lines_;
    WipingVector<PlacedLine> placed_; ///< one for each line
    WipingVector<PlacedGlyph> glyphs_;
    WipingVector<PlacedCluster> clusters_;
    float width_ = 0, height_ = 0, ink_left_ = 0, ink_width_ = 0;
    float cap_px_ = 0;

    // Where the glyphs lie in the atlas, found when first drawn.
    mutable WipingVector<const Sprite*> sprites_;
    mutable std::uint64_t sprites_generation_ = 0;
};

void lay_out(FontSet& fonts, Shaper& shaper, std::string_view utf8, const ParagraphOptions& options, Paragraph& out);

[[nodiscard]] Caret caret_in(const Paragraph& paragraph, std::size_t byte);
[[nodiscard]] std::size_t byte_in(const Paragraph& paragraph, ImVec2 place);
[[nodiscard]] std::vector<TextRect> selection_in(const Paragraph& paragraph, std::size_t from, std::size_t to);

} // namespace kiosk
