// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/pixels.hpp"
#include "kiosk/text/glyph_textures.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Pictures on the glass that are no letters: what a camera sees, pages that were taken. Kept as textures of one grey
/// channel, under a name; drawn as light over black. Overwritten when they go.
/// Thread: screen.
class PictureShelf {
public:
    explicit PictureShelf(GlyphTextures& textures);
    ~PictureShelf() { forget(); }
    PictureShelf(const PictureShelf&) = delete;
    PictureShelf& operator=(const PictureShelf&) = delete;

    /// A picture of the same size takes the place of the one before it without a new texture. At most 4096 px a side;
    /// one whose bytes are not as many as it says is not shown. Of very many, the one put longest ago goes.
    void put(std::string_view name, const Pixels& pixels);
    struct Shown {
        ImTextureID texture = nullptr;
        float width = 0, height = 0; ///< px of the picture
    };
    [[nodiscard]] std::optional<Shown> find(std::string_view name) const;
    void forget();

private:
    struct Held {
        ImTextureID texture;
        int width, height;
        std::uint64_t put; ///< grows
    };
    void make_room();
    GlyphTextures& textures_;
    std::map<std::string, Held, std::less<>> held_;
    std::uint64_t puts_ = 0;
    std::vector<std::uint8_t> grey_; ///< of the last picture; overwritten by `forget`
};

} // namespace kiosk
