// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <span>
#include <string_view>

namespace kiosk {

/// One text in one language: plain, or one form for each plural category. nullptr: this language lacks it.
struct Entry {
    const char* plain;
    const char* zero;
    const char* one;
    const char* two;
    const char* few;
    const char* many;
    const char* other;
};

struct Catalogue {
    std::string_view language;
    std::span<const Entry> entries; ///< in the order of enum class Text
};

/// Written by the build (compile_words). Italian, the source language, comes first.
[[nodiscard]] std::span<const Catalogue> catalogues();
[[nodiscard]] std::span<const std::string_view> text_keys();

} // namespace kiosk
