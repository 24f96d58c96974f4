// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/text/fonts.hpp"
#include "kiosk/text/wipe.hpp"

#include <cstdint>
#include <hb.h>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

struct FT_FaceRec_;
struct FT_LibraryRec_;

namespace kiosk {

/// Which of the opened faces; the number stays the same while the program runs.
using FaceId = std::uint16_t;

/// Coverage of one glyph, and where it stands relative to the pen on the baseline.
struct GlyphPicture {
    int left = 0, top = 0; ///< of its upper left pixel; `top` counts upwards
    int width = 0, height = 0;
    WipingVector<std::uint8_t> pixels;
};

/// Reach of a glyph above and below the baseline, pixels.
struct GlyphReach {
    float above = 0, below = 0;
};

/// The Noto families as Debian installs them. The two that the program's own screens need are opened at start;
/// the others wait until a letter asks for them.
class FontSet {
public:
    [[nodiscard]] static forms::Result<std::unique_ptr<FontSet>, FontFault>
    open(std::span<const std::filesystem::path> folders);
    ~FontSet();
    FontSet(const FontSet&) = delete;
    FontSet& operator=(const FontSet&) = delete;

    /// The face that draws the character; the main face (with its "no such glyph" box) when none does.
    [[nodiscard]] FaceId face_for(char32_t character, hb_script_t script, Weight weight);
    [[nodiscard]] FaceId main_face(Weight weight) const;
    [[nodiscard]] bool covers(FaceId face, char32_t character) const;

    /// Ems in pixels, in 64ths, at which the face's capitals (or what stands for them in its script) have this height.
    [[nodiscard]] std::int32_t em_64(FaceId face, float cap_px) const;
    /// Of the main face: 0.714 in Noto Sans.
    [[nodiscard]] float cap_ratio(Weight weight) const;

    /// Shapes at the given size, without hinting: positions are fractions of a pixel, in 64ths.
    [[nodiscard]] hb_font_t* sized(FaceId face, std::int32_t em_64);
    [[nodiscard]] GlyphReach reach(FaceId face, std::int32_t em_64, std::uint32_t glyph);
    /// `quarter`: the pen stands this many quarters of a pixel right of a pixel edge.
    [[nodiscard]] GlyphPicture draw(FaceId face, std::int32_t em_64, std::uint32_t glyph, int quarter);

    /// Which letters were asked for says something about a visit.
    void forget();

private:
    struct Face;
    struct Family;
    struct Sized;
    FontSet() = default;
    [[nodiscard]] const Face* load(std::size_t family, Weight weight);
    [[nodiscard]] static const std::vector<Family>& families();

    struct LibraryCloser {
        void operator()(FT_LibraryRec_* library) const;
    };
    std::unique_ptr<FT_LibraryRec_, LibraryCloser> library_;
    std::vector<std::filesystem::path> folders_;
    std::vector<std::unique_ptr<Face>> faces_;
    std::map<std::pair<std::size_t, Weight>, const Face*> loaded_; ///< nullptr: looked for and not installed
    std::map<std::pair<FaceId, std::int32_t>, std::unique_ptr<Sized>> sized_;
    std::unordered_map<std::uint64_t, FaceId> found_;
};

} // namespace kiosk
