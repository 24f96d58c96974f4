// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

namespace forms {

/// One code point and how many bytes it took.
struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0;
};

/// The first code point of `text`, or none when `text` is empty or does not begin with well-formed UTF-8 (RFC 3629:
/// no overlong forms, no surrogates, nothing above U+10FFFF).
[[nodiscard]] std::optional<CodePoint> first_code_point(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);
/// Code points, the unit of FHIR's `maxLength`. `text` must be UTF-8; a stray byte counts as one.
[[nodiscard]] std::size_t count_code_points(std::string_view text);
void append_utf8(std::pmr::string& out, char32_t code_point);

/// Text that is safe to show: control, bidi embedding/override/isolate, zero-width, private-use characters and
/// non-characters are removed, and of more than 4 combining marks in a row only the first 4 stay. A line break and a
/// tab stay; CR LF becomes LF. Arabic and Persian keep U+200C and U+200D between letters that they join, because there
/// they are spelling. Bytes that are no UTF-8 are removed. Needed because a form is written elsewhere, and must not be
/// able to show something else than it contains.
[[nodiscard]] std::string shown_text(std::string_view text);

/// The same rule for what a person types: the result lives in `memory`.
[[nodiscard]] std::pmr::string shown_text(std::string_view text, std::pmr::memory_resource* memory);

/// Folds A to Z only: for codes and languages, not for words.
[[nodiscard]] bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);

/// Without blanks at both ends (space, tab, line breaks, U+00A0).
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace forms
