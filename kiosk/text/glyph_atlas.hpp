// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/font_set.hpp"
#include "kiosk/text/glyph_textures.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace kiosk {

/// A glyph's place in the atlas, and its place relative to the pen.
struct Sprite {
    ImTextureID texture = nullptr; ///< nullptr: nothing to draw (a space)
    ImVec2 uv_min, uv_max;
    float left = 0, top = 0, width = 0, height = 0; ///< pixels; `top` downwards from the baseline
};

/// Pictures of glyphs on pages of textures, packed in shelves. Pages never move while a frame is drawn, so a glyph
/// placed early in a frame stays valid until its end.
class GlyphAtlas {
public:
    explicit GlyphAtlas(GlyphTextures& textures) : textures_(textures) {}
    ~GlyphAtlas() { forget(); }
    GlyphAtlas(const GlyphAtlas&) = delete;
    GlyphAtlas& operator=(const GlyphAtlas&) = delete;

    [[nodiscard]] const Sprite& sprite(FontSet& fonts, FaceId face, std::int32_t em_64, std::uint32_t glyph,
                                       int quarter);

    /// Between two frames: starts afresh when the pages have become too many.
    void begin_frame();
    /// Overwrites all pictures and frees them.
    void forget();

    /// Changes whenever sprites have become invalid.
    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    [[nodiscard]] std::size_t glyphs() const { return sprites_.size(); }
    [[nodiscard]] std::size_t pages() const { return pages_.size(); }

private:
    struct Key {
        std::uint32_t glyph;
        std::int32_t em_64;
        FaceId face;
        std::uint8_t quarter;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Page {
        ImTextureID texture = nullptr;
        int side = 0;
        int shelf_top = 0, shelf_height = 0, pen = 0; ///< the shelf that is being filled
    };
    struct Place {
        std::size_t page;
        int x, y;
    };
    [[nodiscard]] Place place(int width, int height);

    GlyphTextures& textures_;
    std::vector<Page> pages_;
    std::unordered_map<Key, Sprite, KeyHash> sprites_;
    std::uint64_t generation_ = 1;
};

} // namespace kiosk
