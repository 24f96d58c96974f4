// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

// How the tables of places write names and lists: for the files of Places alone.
namespace forms {

inline constexpr std::size_t longest_place_name = 200; ///< bytes

/// "a;b" → each part.
template <class Take>
void each_part(std::string_view list, char divider, Take take) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(divider), list.size());
        take(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

/// The Arabic article is written together with its word: people look for السعودية under س as well. As folded.
inline constexpr std::string_view arabic_article = "ال";

[[nodiscard]] inline bool has_arabic_article(std::string_view word) {
    return word.starts_with(arabic_article) && word.size() > arabic_article.size() &&
           word[arabic_article.size()] != ' ';
}

} // namespace forms
