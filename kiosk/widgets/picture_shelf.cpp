// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/picture_shelf.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace kiosk {
namespace {

constexpr std::uint32_t most_side = 4096;
constexpr std::size_t most_pictures = 64; ///< twice the sheets of a paper

/// The shader makes half-covered edges of light letters count for more (coverage to the power of 0.78 in white, see
/// platform/gl_renderer.cpp). Greys are stored so that they come out as they are.
const std::array<std::uint8_t, 256>& stored_greys() {
    static const std::array<std::uint8_t, 256> table = [] {
        std::array<std::uint8_t, 256> greys{};
        for (std::size_t i = 0; i < greys.size(); ++i)
            greys[i] = static_cast<std::uint8_t>(std::lround(255.0 * std::pow(static_cast<double>(i) / 255.0, 1 / 0.78)));
        return greys;
    }();
    return table;
}

} // namespace

PictureShelf::PictureShelf(GlyphTextures& textures) : textures_(textures) {}

void PictureShelf::put(std::string_view name, const Pixels& pixels) {
    const std::size_t count = static_cast<std::size_t>(pixels.width) * pixels.height;
    const std::size_t channels = pixels.channels;
    if (count == 0 || pixels.width > most_side || pixels.height > most_side) return;
    if ((channels != 1 && channels != 3) || pixels.bytes.size() != count * channels) return;
    const auto& greys = stored_greys();
    grey_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t* const at = &pixels.bytes[i * channels];
        const unsigned grey = channels == 1 ? at[0] : (at[0] * 77U + at[1] * 151U + at[2] * 28U) / 256U; // Rec. 601
        grey_[i] = greys[grey];
    }
    const int width = static_cast<int>(pixels.width);
    const int height = static_cast<int>(pixels.height);
    auto held = held_.find(name);
    if (held != held_.end() && (held->second.width != width || held->second.height != height)) {
        textures_.destroy(held->second.texture);
        held_.erase(held);
        held = held_.end();
    }
    if (held == held_.end()) {
        make_room();
        held = held_.emplace(std::string(name), Held{textures_.create(width, height), width, height, 0}).first;
    }
    held->second.put = ++puts_;
    textures_.update(held->second.texture, 0, 0, width, height, grey_);
}

void PictureShelf::make_room() {
    if (held_.size() < most_pictures) return;
    const auto oldest = std::ranges::min_element(held_, {}, [](const auto& entry) { return entry.second.put; });
    textures_.destroy(oldest->second.texture);
    held_.erase(oldest);
}

std::optional<PictureShelf::Shown> PictureShelf::find(std::string_view name) const {
    const auto held = held_.find(name);
    if (held == held_.end()) return std::nullopt;
    return Shown{held->second.texture, static_cast<float>(held->second.width), static_cast<float>(held->second.height)};
}

void PictureShelf::forget() {
    for (const auto& [name, held] : held_)
        textures_.destroy(held.texture);
    held_.clear();
    std::fill(grey_.begin(), grey_.end(), std::uint8_t{0});
    grey_.clear();
    grey_.shrink_to_fit();
}

} // namespace kiosk
