// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace forms {

/// When `text` begins with a character reference of HTML ("&amp;", "&#233;", "&#xE9;", "&nbsp;"), appends the character
/// and returns how many bytes the reference took; otherwise appends nothing and returns 0. Knows the five of XML and
/// those that texts of forms really use; a reference to no character, to NUL or to a surrogate is none.
std::size_t append_character_reference(std::string& out, std::string_view text);

} // namespace forms
