// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/text_engine.hpp"

#include "kiosk/text/paragraph.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace kiosk {
namespace {

constexpr std::uint64_t frames_kept = 120;          ///< a paragraph nobody asked for that long is dropped
constexpr std::size_t most_paragraphs = 2000;       ///< with more than that, whatever the last frames did not use
constexpr std::size_t most_glyphs_kept = 1'000'000; ///< likewise: about 40 MB

struct Entry {
    std::unique_ptr<Paragraph> paragraph;
    TextStyle style;
    float max_width_px = 0;
    Direction direction = Direction::LeftToRight;
    bool by_content = false;
    Align align = Align::Start;
    std::vector<Stretch> strong;
    std::string language;
    std::uint64_t used = 0; ///< frame number
};

class Engine final : public TextEngine {
public:
    Engine(std::unique_ptr<FontSet> fonts, GlyphTextures& textures)
        : fonts_(std::move(fonts)), shaper_(*fonts_), atlas_(textures) {}

    void begin_frame() override {
        ++frame_;
        atlas_.begin_frame();
        const bool crowded = paragraphs_.size() > most_paragraphs || glyphs_kept_ > most_glyphs_kept;
        const std::uint64_t age = crowded ? 2 : frames_kept;
        for (auto entry = paragraphs_.begin(); entry != paragraphs_.end();) {
            if (entry->second.used + age >= frame_) {
                ++entry;
                continue;
            }
            glyphs_kept_ -= entry->second.paragraph->glyphs_.size();
            entry = paragraphs_.erase(entry);
        }
    }

    const Layout& layout(std::string_view utf8, const ParagraphOptions& options) override {
        const std::size_t hash = hash_of(utf8, options);
        const auto [first, last] = paragraphs_.equal_range(hash);
        for (auto entry = first; entry != last; ++entry) {
            if (!same(entry->second, utf8, options)) continue;
            entry->second.used = frame_;
            return *entry->second.paragraph;
        }
        auto paragraph = std::make_unique<Paragraph>();
        lay_out(*fonts_, shaper_, utf8, options, *paragraph);
        ++shaped_;
        glyphs_kept_ += paragraph->glyphs_.size();
        Entry made;
        made.paragraph = std::move(paragraph);
        made.style = options.style;
        made.max_width_px = options.max_width_px;
        made.direction = options.direction;
        made.by_content = options.direction_by_content;
        made.align = options.align;
        made.strong.assign(options.strong.begin(), options.strong.end());
        made.language = options.language;
        made.used = frame_;
        const auto entry = paragraphs_.emplace(hash, std::move(made));
        return *entry->second.paragraph;
    }

    void draw(ImDrawList& list, ImVec2 top_left, const Layout& layout, ImU32 colour) override;

    Caret caret(const Layout& layout, std::size_t byte) const override { return caret_in(paragraph_of(layout), byte); }
    std::size_t byte_at(const Layout& layout, ImVec2 place) const override {
        return byte_in(paragraph_of(layout), place);
    }
    std::vector<TextRect> selection(const Layout& layout, std::size_t from, std::size_t to) const override {
        return selection_in(paragraph_of(layout), from, to);
    }

    void forget() override {
        paragraphs_.clear();
        glyphs_kept_ = 0;
        atlas_.forget();
        shaper_.forget();
        fonts_->forget();
    }

    Numbers numbers() const override { return {paragraphs_.size(), atlas_.glyphs(), atlas_.pages(), shaped_}; }

private:
    static const Paragraph& paragraph_of(const Layout& layout) { return static_cast<const Paragraph&>(layout); }

    static std::size_t hash_of(std::string_view utf8, const ParagraphOptions& options) {
        std::size_t hash = std::hash<std::string_view>{}(utf8);
        const auto mix = [&hash](std::size_t more) { hash = (hash ^ more) * 0x9E3779B97F4A7C15U; };
        mix(std::hash<float>{}(options.style.cap_px));
        mix(std::hash<float>{}(options.max_width_px));
        mix(static_cast<std::size_t>(options.style.weight) + 8 * static_cast<std::size_t>(options.align) +
            64 * static_cast<std::size_t>(options.direction));
        return hash;
    }

    static bool same(const Entry& entry, std::string_view utf8, const ParagraphOptions& options) {
        return entry.style == options.style && entry.max_width_px == options.max_width_px &&
               entry.direction == options.direction && entry.by_content == options.direction_by_content &&
               entry.align == options.align &&
               std::equal(entry.strong.begin(), entry.strong.end(), options.strong.begin(), options.strong.end()) &&
               entry.language == options.language && entry.paragraph->text() == utf8;
    }

    std::unique_ptr<FontSet> fonts_;
    Shaper shaper_;
    GlyphAtlas atlas_;
    std::multimap<std::size_t, Entry> paragraphs_;
    std::size_t glyphs_kept_ = 0;
    std::size_t shaped_ = 0;
    std::uint64_t frame_ = 0;
};

void Engine::draw(ImDrawList& list, ImVec2 top_left, const Layout& layout, ImU32 colour) {
    const Paragraph& paragraph = paragraph_of(layout);
    if (paragraph.sprites_generation_ != atlas_.generation() || paragraph.sprites_.empty()) {
        paragraph.sprites_.assign(paragraph.glyphs_.size(), nullptr);
        paragraph.sprites_generation_ = atlas_.generation();
    }
    // The box stands on whole pixels; only inside it glyphs stand on quarters, so that their pictures can be reused.
    const ImVec2 origin{std::round(top_left.x), std::round(top_left.y)};
    const ImVec2 clip_min = list.GetClipRectMin();
    const ImVec2 clip_max = list.GetClipRectMax();
    ImTextureID texture = nullptr;
    for (std::size_t index = 0; index < paragraph.lines_.size(); ++index) {
        const Layout::Line& line = paragraph.lines_[index];
        if (origin.y + line.top + line.height < clip_min.y) continue;
        if (origin.y + line.top > clip_max.y) break;
        const PlacedLine& placed = paragraph.placed_[index];
        for (std::uint32_t i = placed.glyph_begin; i < placed.glyph_end; ++i) {
            const PlacedGlyph& glyph = paragraph.glyphs_[i];
            const auto quarters = static_cast<int>(std::lround((line.x + glyph.x) * 4));
            const int quarter = quarters & 3;
            const Sprite*& sprite = paragraph.sprites_[i];
            if (sprite == nullptr) sprite = &atlas_.sprite(*fonts_, glyph.face, glyph.em_64, glyph.glyph, quarter);
            if (sprite->texture == nullptr) continue;
            const ImVec2 min{origin.x + static_cast<float>((quarters - quarter) / 4) + sprite->left,
                             origin.y + line.baseline + std::round(glyph.y) + sprite->top};
            const ImVec2 max{min.x + sprite->width, min.y + sprite->height};
            if (max.x < clip_min.x || min.x > clip_max.x) continue;
            if (sprite->texture != texture) {
                if (texture != nullptr) list.PopTextureID();
                texture = sprite->texture;
                list.PushTextureID(texture);
            }
            list.PrimReserve(6, 4);
            list.PrimRectUV(min, max, sprite->uv_min, sprite->uv_max, colour);
        }
    }
    if (texture != nullptr) list.PopTextureID();
}

} // namespace

forms::Result<std::unique_ptr<TextEngine>, FontFault> TextEngine::open(GlyphTextures& textures,
                                                                       std::span<const std::filesystem::path> folders) {
    auto fonts = FontSet::open(folders);
    if (!fonts.ok()) return fonts.error();
    return std::unique_ptr<TextEngine>(std::make_unique<Engine>(std::move(fonts).value(), textures));
}

forms::Result<std::unique_ptr<TextEngine>, FontFault> TextEngine::open(GlyphTextures& textures) {
    return open(textures, default_font_folders());
}

} // namespace kiosk
