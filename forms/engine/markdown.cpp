// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/markdown.hpp"

#include "forms/base/utf8.hpp"
#include "forms/engine/markdown_runs.hpp"

#include <algorithm>
#include <charconv>

namespace forms {
namespace {

constexpr std::size_t most_blocks = 2'000;
constexpr int deepest_list = 3;

std::string_view without_blanks_in_front(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : line.substr(first);
}

/// "---", "* * *", "___": a line across the page, which is no text.
bool is_rule(std::string_view line) {
    std::size_t marks = 0;
    for (const char c : line) {
        if (c == ' ' || c == '\t') continue;
        if (c != line.front() || std::string_view("-*_").find(c) == std::string_view::npos) return false;
        ++marks;
    }
    return marks >= 3;
}

/// The text of a heading, or none: "## Titolo ##" → "Titolo".
bool take_heading(std::string_view& line) {
    const std::size_t marks = line.find_first_not_of('#');
    if (marks == 0 || marks == std::string_view::npos || marks > 6 || line[marks] != ' ') return false;
    line = trimmed(line.substr(marks));
    if (const std::size_t last = line.find_last_not_of('#'); last != std::string_view::npos && line[last] == ' ')
        line = trimmed(line.substr(0, last));
    return true;
}

/// "- ", "* ", "+ ", "12. ", "12) " in front of an entry.
bool take_marker(std::string_view& line, TextBlock& entry) {
    std::size_t length = 0;
    if (std::string_view("-*+").find(line.front()) != std::string_view::npos) {
        entry.kind = BlockKind::Bullet;
        length = 1;
    } else {
        const auto [end, error] =
            std::from_chars(line.data(), line.data() + std::min<std::size_t>(line.size(), 9), entry.number);
        length = static_cast<std::size_t>(end - line.data());
        if (error != std::errc() || entry.number < 0 || length == line.size() ||
            (line[length] != '.' && line[length] != ')'))
            return false;
        entry.kind = BlockKind::Numbered;
        ++length;
    }
    if (length < line.size() && line[length] != ' ' && line[length] != '\t') return false;
    line = trimmed(line.substr(length));
    return true;
}

/// Gathers lines into blocks; the marks inside a block are read when it is whole.
class BlockReader {
public:
    std::vector<TextBlock> read(std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            take_line(text.substr(0, end));
            text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        }
        close();
        return std::move(blocks_);
    }

private:
    void take_line(std::string_view whole) {
        std::string_view line = without_blanks_in_front(whole);
        if (blocks_.size() >= most_blocks) return line.empty() ? void() : append(line);
        const std::size_t indent = whole.size() - line.size();
        while (line.starts_with('>')) // a quotation is a paragraph here
            line = without_blanks_in_front(line.substr(1));
        if (line.starts_with("```") || line.starts_with("~~~")) return close();
        if (trimmed(line).empty()) return close();
        if (is_rule(line)) return close();
        if (take_heading(line)) {
            close();
            open_.kind = BlockKind::Heading;
            append(line);
            return close();
        }
        TextBlock entry;
        // "1968. Un anno" inside a paragraph is no list: only an entry that counts from 1 may interrupt one.
        const bool in_paragraph = !text_.empty() && open_.kind == BlockKind::Paragraph;
        std::string_view rest = line;
        if (take_marker(rest, entry) && (!in_paragraph || entry.kind == BlockKind::Bullet || entry.number == 1)) {
            close();
            open_ = entry;
            open_.level = std::min(static_cast<int>(indent / 2), deepest_list);
            return append(rest);
        }
        append(line);
    }

    void append(std::string_view line) {
        const bool breaks = line.ends_with("  ") || line.ends_with('\\');
        if (line.ends_with('\\')) line.remove_suffix(1);
        line = trimmed(line);
        if (!text_.empty()) text_ += breaks_line_ || line.starts_with('|') ? '\n' : ' ';
        text_ += line;
        breaks_line_ = breaks;
    }

    void close() {
        open_.runs = read_runs(text_);
        if (!open_.runs.empty()) blocks_.push_back(std::move(open_));
        open_ = TextBlock{};
        text_.clear();
        breaks_line_ = false;
    }

    std::vector<TextBlock> blocks_;
    TextBlock open_;
    std::string text_;
    bool breaks_line_ = false;
};

} // namespace

std::vector<TextBlock> read_markdown(std::string_view text) { return BlockReader().read(text); }

std::string plain_text(const std::vector<TextBlock>& blocks) {
    std::string text;
    for (const TextBlock& block : blocks) {
        if (!text.empty()) text += '\n';
        if (block.kind == BlockKind::Bullet) text += "• ";
        if (block.kind == BlockKind::Numbered) text += std::to_string(block.number) + ". ";
        for (const TextRun& run : block.runs)
            text += run.text;
    }
    return text;
}

} // namespace forms
