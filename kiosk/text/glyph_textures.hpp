// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <imgui.h>
#include <span>

namespace kiosk {

/// Where the glyph atlas lives. Implemented by kiosk/platform with OpenGL, and by tests in plain memory.
/// One byte a pixel = coverage; drawn, it is white with that alpha, so that the vertex colour is the text colour.
/// Thread: the screen thread.
class GlyphTextures {
public:
    virtual ~GlyphTextures() = default;
    /// A texture full of zeros. Sizes in pixels, at most 4096 each.
    [[nodiscard]] virtual ImTextureID create(int width, int height) = 0;
    /// Replaces a rectangle; `pixels` are width × height bytes, rows from the top, without gaps.
    virtual void update(ImTextureID texture, int x, int y, int width, int height,
                        std::span<const std::uint8_t> pixels) = 0;
    /// Overwrites it with zeros, then frees it.
    virtual void destroy(ImTextureID texture) = 0;
};

} // namespace kiosk
