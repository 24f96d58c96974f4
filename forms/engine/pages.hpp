// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

namespace forms {

enum class PageKind {
    Question, ///< one question
    Repeat,   ///< a repeating group as a list: its begun instances with add, change, remove; their questions follow
    Notice    ///< texts after which no question comes
};

/// One page of a terminal that asks one thing at a time, unless the form's author wants questions to stand together.
struct Page {
    PageKind kind = PageKind::Question;
    Path path;                    ///< the (first) question, the repeating group (its instance 0), or the first text
    std::vector<Path> texts;      ///< display items to show above, in order
    std::vector<Path> section;    ///< enclosing groups with a text, outermost first, for the caption
    std::vector<Path> together{}; ///< further questions on this page, in order
    std::optional<Path> group{}; ///< whose control (page, table …) put them on one page; none: they follow from `path`
    std::vector<Path> footers{}; ///< display items to show below, in order
    std::optional<Path> tab{};   ///< the group of a tab-container that the page belongs to; pages of one tab agree

    bool operator==(const Page&) const = default;
};

/// The pages as the answers stand now. A change of an answer may change the list: ask again after it.
/// Left out: hidden items, items for the desk (for a citizen), texts attached to a question (help, why, unit), the
/// questions of a repeating group's first instance while it is not begun, and read-only questions without an answer.
///
/// Together on one page stand, at most `most_together`: the short questions right below a group with the control page,
/// table, htable, gtable or grid, below a tab, and below a group that may be folded; and a question with one answer to choose and the one or two short questions that its
/// answer brings up. Short is what takes a line or a few rows: no long text, no search, no list of answers, no paper,
/// nothing nested. A group stays a page of its own wherever something longer stands in between.
/// Texts with the control header or footer stand on every page of the group that they belong to.
[[nodiscard]] std::vector<Page> pages(const Draft& draft, Reader reader = Reader::Citizen);

inline constexpr std::size_t most_together = 8;

/// The questions on this page as the answers stand now: follow-ups come and go. Looks at this page only, however large
/// the form is. Empty when nothing of it is left.
[[nodiscard]] std::vector<Path> questions_on(const Draft& draft, const Page& page, Reader reader = Reader::Citizen);

/// The page with this question, group or text on it, or none. An answer's instance does not matter for a question.
[[nodiscard]] std::optional<std::size_t> position_of(const std::vector<Page>& pages, const Path& path);
/// The page to show when `path` is gone: the first one after the place it would have in the form, else the last.
[[nodiscard]] std::size_t nearest(const Draft& draft, const std::vector<Page>& pages, const Path& path);

/// About how many pages there will be, for "question 3 of about 20": pages now, plus a quarter of the questions that
/// still wait for a condition: measured on the shipped forms, most people meet that part of them. Never less than the
/// pages there are.
[[nodiscard]] std::size_t expected_pages(const Draft& draft, Reader reader = Reader::Citizen);

} // namespace forms
