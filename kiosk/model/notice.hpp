// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <string>
#include <utility>
#include <vector>

namespace kiosk {

/// Something that the body behind this terminal tells everybody: an emergency, other hours, a changed procedure. All
/// texts are normalised (forms::shown_text), plain, and within their limits.
struct Notice {
    enum class Kind { Emergency, OpeningHours, Procedure, Other };
    /// Language (BCP 47) and words; the first is the language it was written in.
    using Texts = std::vector<std::pair<std::string, std::string>>;

    std::string id; ///< stable; no words
    Kind kind = Kind::Other;
    bool urgent = false;
    Texts title, text;
    std::vector<std::string> about;  ///< canonical urls of the forms that it concerns; empty: all of them
    std::vector<std::string> bodies; ///< whom it is for; empty: all
    forms::WallTime from{}, until{}; ///< in force from the one, before the other
    bool withdrawn = false;

    /// Whether it is in force is a question to the wall clock, the only one that knows about dates. A terminal whose wall
    /// clock cannot be right is out of service anyway.
    [[nodiscard]] bool in_force(forms::WallTime now) const { return !withdrawn && from <= now && now < until; }
};

/// The words in that language, or those it was written in; `language` becomes the language found.
[[nodiscard]] inline const std::string& words_in(const Notice::Texts& texts, std::string& language) {
    for (const auto& [code, words] : texts)
        if (code == language) return words;
    language = texts.front().first;
    return texts.front().second;
}

} // namespace kiosk
