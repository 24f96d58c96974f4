// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kiosk {
namespace {

constexpr std::size_t surfaces = static_cast<std::size_t>(Surface::count);

/// A surface where one ink serves all.
consteval Inks plain(Colour fill, Colour ink) { return {fill, ink, ink, ink, ink, ink, ink, ink}; }

constexpr Colour white = hex(0xFFFFFF), black = hex(0x000000);

// The hues are those of the national kit (primary blue, slate, success, warning, danger); where its usual step does not
// reach 10:1 the darkest one, or one darker still, stands in.
// clang-format off
//                     fill           text           soft           accent         line           danger         success        warning
constexpr std::array<std::array<Inks, surfaces>, 4> table{{
    {{ // Medium: at least 10:1
        {white,         hex(0x1A1A1A), hex(0x17324D), hex(0x003366), hex(0x5C6F82), hex(0x661A26), hex(0x004A31), hex(0x5E3800)}, // Page
        {hex(0xF2F7FC), hex(0x1A1A1A), hex(0x17324D), hex(0x003366), hex(0x5C6F82), hex(0x661A26), hex(0x003D29), hex(0x523100)}, // Soft
        {hex(0x003366), white,         hex(0xE3EEFA), white,         white,         white,         white,         white        }, // Masthead
        {white,         hex(0x1A1A1A), hex(0x17324D), hex(0x003366), hex(0x5C6F82), hex(0x661A26), hex(0x004A31), hex(0x5E3800)}, // Field
        {hex(0xE6F0FA), hex(0x002447), hex(0x17324D), hex(0x003366), hex(0x003366), hex(0x5C1522), hex(0x003D29), hex(0x4A2C00)}, // Selected
        {white,         hex(0x1A1A1A), hex(0x17324D), hex(0x003366), hex(0x5C6F82), hex(0x661A26), hex(0x004A31), hex(0x5E3800)}, // Key
        plain(hex(0x003366), white),  // KeyPressed
        plain(hex(0x003366), white),  // Primary
        plain(hex(0x001A33), white),  // PrimaryPressed
        plain(white, hex(0x003366)),  // Quiet
        plain(hex(0xE6F0FA), hex(0x003366)), // QuietPressed
        plain(hex(0x661A26), white),  // Danger
        plain(hex(0x3D0F17), white),  // DangerPressed
        {hex(0xFBEFF1), hex(0x1A1A1A), hex(0x1A1A1A), hex(0x661A26), hex(0x661A26), hex(0x661A26), hex(0x003D29), hex(0x4A2C00)}, // Error
    }},
    {{ // High, light ground: black and white alone
        plain(white, black), plain(white, black), plain(black, white), plain(white, black), plain(black, white),
        plain(white, black), plain(black, white), plain(black, white), plain(white, black), plain(white, black),
        plain(black, white), plain(black, white), plain(white, black), plain(white, black),
    }},
    {{ // High, dark ground
        plain(black, white), plain(black, white), plain(black, white), plain(black, white), plain(white, black),
        plain(black, white), plain(white, black), plain(white, black), plain(black, white), plain(black, white),
        plain(white, black), plain(white, black), plain(black, white), plain(black, white),
    }},
    {{ // Low: 4.5 to 8, for eyes that glare hurts
        {hex(0x262626), hex(0xA3A3A3), hex(0xA3A3A3), hex(0x7FA3CC), hex(0x8A8A8A), hex(0xD98A96), hex(0x5FA882), hex(0xB08D57)}, // Page
        {hex(0x2E2E2E), hex(0xA9A9A9), hex(0xA3A3A3), hex(0x7FA3CC), hex(0x8A8A8A), hex(0xD98A96), hex(0x5FA882), hex(0xBE9A63)}, // Soft
        {hex(0x1D2B3A), hex(0xA9B4C0), hex(0xA9B4C0), hex(0xA9B4C0), hex(0xA9B4C0), hex(0xA9B4C0), hex(0xA9B4C0), hex(0xA9B4C0)}, // Masthead
        {hex(0x262626), hex(0xA3A3A3), hex(0xA3A3A3), hex(0x7FA3CC), hex(0x8A8A8A), hex(0xD98A96), hex(0x5FA882), hex(0xB08D57)}, // Field
        {hex(0x2C3E52), hex(0xB5C0CC), hex(0xB5C0CC), hex(0xB5C0CC), hex(0x7FA3CC), hex(0xB5C0CC), hex(0xB5C0CC), hex(0xB5C0CC)}, // Selected
        {hex(0x262626), hex(0xA3A3A3), hex(0xA3A3A3), hex(0x7FA3CC), hex(0x8A8A8A), hex(0xD98A96), hex(0x5FA882), hex(0xB08D57)}, // Key
        plain(hex(0x7FA3CC), hex(0x262626)), // KeyPressed
        plain(hex(0x7FA3CC), hex(0x262626)), // Primary
        plain(hex(0x6F93BC), hex(0x1A1A1A)), // PrimaryPressed
        plain(hex(0x262626), hex(0x7FA3CC)), // Quiet
        plain(hex(0x2E2E2E), hex(0x7FA3CC)), // QuietPressed
        plain(hex(0xD98A96), hex(0x262626)), // Danger
        plain(hex(0xC97A86), hex(0x1A1A1A)), // DangerPressed
        {hex(0x3A2529), hex(0xAAAAAA), hex(0xAAAAAA), hex(0xD98A96), hex(0xD98A96), hex(0xD98A96), hex(0xAAAAAA), hex(0xAAAAAA)}, // Error
    }},
}};

//                            Body  Strong Caption CaptionStrong Subheading Heading Title  Number
constexpr std::array<std::array<float, static_cast<std::size_t>(Type::count)>, 4> caps{{
    {4.1F, 4.1F, 3.6F, 3.6F, 4.6F, 5.8F, 8.0F, 10.0F},
    {5.4F, 5.4F, 4.8F, 4.8F, 5.9F, 7.2F, 10.0F, 13.0F},
    {7.0F, 7.0F, 6.4F, 6.4F, 7.4F, 8.8F, 11.5F, 14.5F},
    {9.0F, 9.0F, 8.5F, 8.5F, 9.4F, 10.6F, 13.0F, 16.0F},
}};

// clang-format on
float channel(std::uint8_t value) {
    const float c = static_cast<float>(value) / 255.0F;
    return c <= 0.03928F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
}

float luminance(Colour c) { return 0.2126F * channel(c.red) + 0.7152F * channel(c.green) + 0.0722F * channel(c.blue); }

} // namespace

const Inks& inks(Theme theme, Surface surface) {
    return table[static_cast<std::size_t>(theme)][static_cast<std::size_t>(surface)];
}

FocusInks focus_inks(Theme theme) {
    switch (theme) {
    case Theme::Medium:
        return {hex(0x1A1A1A), white};
    case Theme::HighLight:
        return {black, white};
    case Theme::HighDark:
        return {white, black};
    case Theme::Low:
        return {hex(0xA3A3A3), hex(0x262626)};
    }
    return {black, white};
}

Colour divider(Theme theme) {
    switch (theme) {
    case Theme::Medium:
        return hex(0xC5CFDA);
    case Theme::HighLight:
        return black;
    case Theme::HighDark:
        return white;
    case Theme::Low:
        return hex(0x4A4A4A);
    }
    return black;
}

Colour masthead_ornament(Theme theme) {
    switch (theme) {
    case Theme::Medium:
        return hex(0x0A4178);
    case Theme::HighLight:
        return black;
    case Theme::HighDark:
        return black;
    case Theme::Low:
        return hex(0x233547);
    }
    return black;
}

Colour progress_track(Theme theme) {
    switch (theme) {
    case Theme::Medium:
        return hex(0x3D6C9C);
    case Theme::HighLight:
        return black;
    case Theme::HighDark:
        return black;
    case Theme::Low:
        return hex(0x3A4E63);
    }
    return black;
}

ContrastBar contrast_bar(Theme theme) {
    switch (theme) {
    case Theme::Medium:
        return {10.0F, 21.0F};
    case Theme::HighLight:
    case Theme::HighDark:
        return {20.0F, 21.0F};
    case Theme::Low:
        return {4.5F, 8.0F};
    }
    return {};
}

float contrast(Colour a, Colour b) {
    const float one = luminance(a) + 0.05F;
    const float two = luminance(b) + 0.05F;
    return std::max(one, two) / std::min(one, two);
}

float cap_mm(TextSize size, Type type) { return caps[static_cast<std::size_t>(size)][static_cast<std::size_t>(type)]; }

bool bold(Type type) { return type != Type::Body && type != Type::Caption; }

float line_height(Type type) {
    switch (type) {
    case Type::Subheading:
    case Type::Heading:
    case Type::Title:
    case Type::Number:
        return 1.2F;
    default:
        return 1.4F;
    }
}

float growth(TextSize size) {
    switch (size) {
    case TextSize::Small:
        return 0.85F;
    case TextSize::Medium:
        return 1.0F;
    case TextSize::Large:
        return 1.25F;
    case TextSize::ExtraLarge:
        return 1.5F;
    }
    return 1.0F;
}

std::size_t answers_per_page(TextSize size) {
    return size == TextSize::Small ? 7 : size == TextSize::ExtraLarge ? 4 : 5;
}

} // namespace kiosk
