// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/glyph_textures.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <vector>

/// Textures in plain memory; remembers what a graphics card would hold.
class MemoryTextures final : public kiosk::GlyphTextures {
public:
    struct Texture {
        int width, height;
        std::vector<std::uint8_t> pixels;
    };
    ImTextureID create(int width, int height) override {
        const std::uintptr_t id = ++last_;
        textures[id] = {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height))};
        return std::bit_cast<ImTextureID>(id);
    }
    void update(ImTextureID id, int x, int y, int width, int height, std::span<const std::uint8_t> pixels) override {
        Texture& texture = textures.at(std::bit_cast<std::uintptr_t>(id));
        ++updates;
        for (int row = 0; row < height; ++row)
            std::copy_n(pixels.begin() + row * width, width, texture.pixels.begin() + (y + row) * texture.width + x);
    }
    void destroy(ImTextureID id) override { textures.erase(std::bit_cast<std::uintptr_t>(id)); }

    std::map<std::uintptr_t, Texture> textures;
    int updates = 0;

private:
    std::uintptr_t last_ = 0;
};
