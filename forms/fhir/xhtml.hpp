// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

namespace forms {

/// The words of an XHTML fragment, as `rendering-xhtml` and narratives hold them: tags are dropped, paragraphs, entries
/// and rows begin a line, blanks are joined, character references read. What scripts and styles contain is no text.
/// There is no wrong input; takes time in proportion to it.
[[nodiscard]] std::string plain_text_of_xhtml(std::string_view markup);

} // namespace forms
