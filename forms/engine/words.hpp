// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/seldom.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace forms {

/// Language (BCP 47), text.
using Wordings = SeldomList<std::pair<std::string, std::string>>;

/// A text of the form: the base wording and its translations. All of it already cleaned by `shown_text`.
struct Words {
    std::string base;
    Wordings translations;

    /// In `language`, else in its main language ("fr" for "fr-CH"), else the base wording.
    [[nodiscard]] std::string_view in(std::string_view language) const;
    [[nodiscard]] bool speaks(std::string_view language) const; ///< a translation of its own, exact or main language
    [[nodiscard]] bool empty() const { return base.empty(); }

    /// The same wordings with marks (a subset of Markdown, engine/markdown.hpp), where the form gives them: language
    /// ("" = the base wording), text. The plain wording is always there too.
    Wordings markdown;
    /// The marked form of what `in(language)` gives; empty when that wording has none, even if another language has.
    [[nodiscard]] std::string_view markdown_in(std::string_view language) const;
};

} // namespace forms
