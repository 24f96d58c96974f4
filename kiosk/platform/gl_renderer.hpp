// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/platform/display.hpp"
#include "kiosk/text/glyph_textures.hpp"

#include <cstdint>
#include <map>
#include <optional>

struct ImDrawData;

namespace kiosk {

/// Draws ImGui's lists with OpenGL 3.3 core, and keeps the textures of glyphs. Independent of ImGui's context, which
/// is made anew for each visit.
/// Thread: the screen thread, with the display's GL context current from construction to destruction.
class GlRenderer final : public GlyphTextures {
public:
    /// None when the driver has no OpenGL 3.3 or refuses the shaders.
    [[nodiscard]] static std::unique_ptr<GlRenderer> make();
    ~GlRenderer() override;
    GlRenderer(const GlRenderer&) = delete;
    GlRenderer& operator=(const GlRenderer&) = delete;

    ImTextureID create(int width, int height) override;
    void update(ImTextureID texture, int x, int y, int width, int height,
                std::span<const std::uint8_t> pixels) override;
    void destroy(ImTextureID texture) override;

    void clear(PixelSize size, ImU32 colour);
    void draw(const ImDrawData& data, PixelSize size);
    [[nodiscard]] Picture24 read(PixelSize size) const;
    /// Corners and indices of the last frame say what stood where: overwritten.
    void wipe_buffers();

private:
    GlRenderer() = default;
    [[nodiscard]] bool build_program();

    struct Size {
        int width, height;
    };
    unsigned int program_ = 0, vertex_array_ = 0, corners_ = 0, indices_ = 0;
    int size_uniform_ = -1;
    std::ptrdiff_t corner_bytes_ = 0, index_bytes_ = 0;
    std::map<unsigned int, Size> textures_;
};

} // namespace kiosk
