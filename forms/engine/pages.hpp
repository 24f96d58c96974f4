// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

namespace forms {

enum class PageKind {
    Question, ///< one question
    Repeat,   ///< a repeating group as a list: its begun instances with add, change, remove; their questions follow
    Notice    ///< texts after which no question comes
};

/// One page of a terminal that asks one thing at a time.
struct Page {
    PageKind kind = PageKind::Question;
    Path path;                 ///< the question, the repeating group (its instance 0), or the first text
    std::vector<Path> texts;   ///< display items to show above, in order
    std::vector<Path> section; ///< enclosing groups with a text, outermost first, for the caption

    bool operator==(const Page&) const = default;
};

/// The pages as the answers stand now. A change of an answer may change the list: ask again after it.
/// Left out: hidden items, items for the desk (for a citizen), texts attached to a question (help, why, unit), and the
/// questions of a repeating group's first instance while it is not begun.
[[nodiscard]] std::vector<Page> pages(const Draft& draft, Reader reader = Reader::Citizen);

/// The place of a page in the list, or none. An answer's instance does not matter for a question.
[[nodiscard]] std::optional<std::size_t> position_of(const std::vector<Page>& pages, const Path& path);
/// The page to show when `path` is gone: the first one after the place it would have in the form, else the last.
[[nodiscard]] std::size_t nearest(const Draft& draft, const std::vector<Page>& pages, const Path& path);

/// About how many pages there will be, for "question 3 of about 20": pages now, plus a quarter of the questions that
/// still wait for a condition: measured on the shipped forms, most people meet that part of them. Never less than the
/// pages there are.
[[nodiscard]] std::size_t expected_pages(const Draft& draft, Reader reader = Reader::Citizen);

} // namespace forms
