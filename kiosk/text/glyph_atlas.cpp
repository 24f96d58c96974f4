// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/glyph_atlas.hpp"

#include <algorithm>

namespace kiosk {
namespace {

constexpr int page_side = 1024;
constexpr int largest_side = 4096;
constexpr int gap = 1;                 ///< keeps a neighbour's edge out of a glyph
constexpr std::size_t most_pages = 12; ///< 12 MB: many sizes of many scripts

} // namespace

std::size_t GlyphAtlas::KeyHash::operator()(const Key& key) const noexcept {
    const std::uint64_t a = (static_cast<std::uint64_t>(key.glyph) << 32) ^ static_cast<std::uint32_t>(key.em_64);
    const std::uint64_t b = (static_cast<std::uint64_t>(key.face) << 8) | key.quarter;
    std::uint64_t mixed = a * 0x9E3779B97F4A7C15U ^ (b + 0x7F4A7C15U) * 0xC2B2AE3D27D4EB4FU;
    mixed ^= mixed >> 29;
    return static_cast<std::size_t>(mixed);
}

const Sprite& GlyphAtlas::sprite(FontSet& fonts, FaceId face, std::int32_t em_64, std::uint32_t glyph, int quarter) {
    const Key key{glyph, em_64, face, static_cast<std::uint8_t>(quarter)};
    const auto known = sprites_.find(key);
    if (known != sprites_.end()) return known->second;

    Sprite sprite;
    const GlyphPicture picture = fonts.draw(face, em_64, glyph, quarter);
    const bool fits = picture.width + 2 * gap <= largest_side && picture.height + 2 * gap <= largest_side;
    if (picture.width > 0 && picture.height > 0 && fits) {
        const Place at = place(picture.width, picture.height);
        const Page& page = pages_[at.page];
        textures_.update(page.texture, at.x, at.y, picture.width, picture.height, picture.pixels);
        const auto side = static_cast<float>(page.side);
        sprite.texture = page.texture;
        sprite.uv_min = {static_cast<float>(at.x) / side, static_cast<float>(at.y) / side};
        sprite.uv_max = {static_cast<float>(at.x + picture.width) / side,
                         static_cast<float>(at.y + picture.height) / side};
        sprite.left = static_cast<float>(picture.left);
        sprite.top = static_cast<float>(-picture.top);
        sprite.width = static_cast<float>(picture.width);
        sprite.height = static_cast<float>(picture.height);
    }
    return sprites_.emplace(key, sprite).first->second;
}

GlyphAtlas::Place GlyphAtlas::place(int width, int height) {
    const int wide = width + gap;
    const int high = height + gap;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        Page& page = pages_[i];
        if (page.pen + wide <= page.side && page.shelf_top + std::max(page.shelf_height, high) <= page.side) {
            page.shelf_height = std::max(page.shelf_height, high);
            page.pen += wide;
            return {i, page.pen - wide, page.shelf_top};
        }
        const int next_top = page.shelf_top + page.shelf_height;
        if (gap + wide <= page.side && next_top + high <= page.side) {
            page.shelf_top = next_top;
            page.shelf_height = high;
            page.pen = gap + wide;
            return {i, gap, next_top};
        }
    }
    Page page;
    page.side = page_side;
    while (page.side < std::max(wide, high) + gap)
        page.side *= 2;
    page.texture = textures_.create(page.side, page.side);
    page.shelf_top = gap;
    page.shelf_height = high;
    page.pen = gap + wide;
    pages_.push_back(page);
    return {pages_.size() - 1, gap, gap};
}

void GlyphAtlas::begin_frame() {
    if (pages_.size() > most_pages) forget();
}

void GlyphAtlas::forget() {
    for (const Page& page : pages_)
        textures_.destroy(page.texture);
    pages_.clear();
    sprites_.clear();
    ++generation_;
}

} // namespace kiosk
