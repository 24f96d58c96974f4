// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/survey.hpp"

#include <set>

namespace forms::xlsform {

/// A sheet with a heading in row 1: cells by the name of their column, and texts by language.
class Table {
public:
    /// `known`: columns that mean something here. Names are folded: lower case, "_" for blanks and hyphens, synonyms
    /// ("relevance", "bind::relevant") undone.
    Table(const Sheet& sheet, const std::set<std::string, std::less<>>& known, Notes& notes);

    [[nodiscard]] std::size_t rows() const { return sheet_.rows.size(); } ///< with the heading, row 0
    [[nodiscard]] bool has(std::string_view column) const;
    /// Blanks around it taken away. Of a column in several languages, the one without a language.
    [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
    [[nodiscard]] CellText cell(std::size_t row, std::string_view column) const;
    /// Where that cell is, or would be.
    [[nodiscard]] std::string place(std::size_t row, std::string_view column) const;
    /// The text in all languages; the one of `base` (or without a language) is the base.
    [[nodiscard]] Wording wording(std::size_t row, std::string_view column, std::string_view base) const;
    [[nodiscard]] bool is_blank(std::size_t row) const;
    [[nodiscard]] std::vector<std::string> languages() const; ///< in the order of the sheet

    struct Heading {
        std::size_t column = 0;
        std::string name;     ///< folded
        std::string language; ///< BCP 47, may be empty
        bool known = false;
    };
    [[nodiscard]] const std::vector<Heading>& headings() const { return headings_; }
    [[nodiscard]] const Sheet& sheet() const { return sheet_; }

private:
    [[nodiscard]] const Heading* find(std::string_view column) const;
    const Sheet& sheet_;
    std::vector<Heading> headings_;
};

/// "Italiano (it)" → "it", "French" → "fr". None when it names no language we know of.
[[nodiscard]] std::optional<std::string> language_of(std::string_view words);

/// Lower case (A to Z), with "_" for blanks and hyphens.
[[nodiscard]] std::string folded(std::string_view text);

/// A label as plain text: XLSForm allows some Markdown and HTML in it, which this takes away.
[[nodiscard]] std::string plain_label(std::string_view text);

} // namespace forms::xlsform
