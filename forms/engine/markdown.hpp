// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace forms {

/// A stretch of text that looks the same. '\n' inside is a line break that the author asked for.
struct TextRun {
    std::string text;
    bool strong = false;
    bool emphasis = false;

    friend bool operator==(const TextRun&, const TextRun&) = default;
};

enum class BlockKind { Paragraph, Heading, Bullet, Numbered };

/// One block of a marked text: a paragraph, a heading, or one entry of a list.
struct TextBlock {
    BlockKind kind = BlockKind::Paragraph;
    int level = 0;  ///< of a list in a list: 0 to 3
    int number = 0; ///< of a numbered entry, as the author counted
    std::vector<TextRun> runs;

    friend bool operator==(const TextBlock&, const TextBlock&) = default;
};

/// Reads the part of CommonMark 0.30 that makes a text easier to read: paragraphs, headings (all of one size), lists,
/// emphasis, strong, line breaks, escapes. Nothing can be opened or loaded: a link becomes its text with the address
/// behind it in brackets, a picture its alternative text; HTML tags are dropped (`<br>` breaks the line), and so are
/// the marks of code and quotations. Whatever is no mark is text: there is no wrong input. Takes time in proportion to
/// the text; of a text beyond 2,000 blocks the rest is one paragraph.
[[nodiscard]] std::vector<TextBlock> read_markdown(std::string_view text);

/// The same for eyes and voices that have no marks: one line a block, "• " and "1. " before the entries of lists.
[[nodiscard]] std::string plain_text(const std::vector<TextBlock>& blocks);

} // namespace forms
