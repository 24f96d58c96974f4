// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"

#include "forms/base/combining_marks.hpp"

#include <algorithm>

namespace forms {
namespace {

constexpr std::size_t most_marks_in_a_row = 4;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool is_combining(char32_t c) {
    if (c < combining_marks[0].first) return false;
    const auto* const found = std::upper_bound(combining_marks.begin(), combining_marks.end(), c,
                                               [](char32_t value, const CodePointRange& r) { return value < r.first; });
    return found != combining_marks.begin() && c <= std::prev(found)->last;
}

bool is_arabic_letter(char32_t c) {
    return (c >= 0x0620 && c <= 0x064A) || (c >= 0x066E && c <= 0x06D3) || (c >= 0x0750 && c <= 0x077F) ||
           (c >= 0x08A0 && c <= 0x08C7);
}

bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }

/// Characters that a reader cannot see, or that change how their neighbours are read.
bool is_removed(char32_t c) {
    if (c < 0x20) return c != '\n' && c != '\t';
    if (c >= 0x7F && c <= 0x9F) return true;                                   // delete and the C1 controls
    if (c == 0x00AD || c == 0x034F || c == 0x061C || c == 0x180E) return true; // soft hyphen, joiner, Arabic mark
    if (c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0) return true; // Hangul fillers, drawn as nothing
    if (c >= 0x200B && c <= 0x200F) return true;                               // zero-width, direction marks
    if (c >= 0x202A && c <= 0x202E) return true;                               // embedding and override
    if (c >= 0x2060 && c <= 0x206F) return true;                               // word joiner, isolates, old formats
    if (c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFB)) return true;
    if (c >= 0xE000 && c <= 0xF8FF) return true; // private use
    if (c >= 0xFDD0 && c <= 0xFDEF) return true; // never a character
    if ((c & 0xFFFE) == 0xFFFE) return true;
    if (c >= 0x1D173 && c <= 0x1D17A) return true; // musical format controls
    return c >= 0xE0000;                           // tags, private planes
}

/// Printable ASCII and line breaks, which is nearly all there ever is: nothing to remove.
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\n'; });
}

template <class String>
void clean_into(String& out, std::string_view text) {
    if (is_plain(text)) {
        out.assign(text.data(), text.size());
        return;
    }
    out.reserve(text.size());
    char32_t before = 0;
    std::size_t marks = 0;
    const auto append = [&out](std::string_view bytes) { out.append(bytes.data(), bytes.size()); };
    while (!text.empty()) {
        if (const char first = text.front(); first >= 0x20 && first < 0x7F) {
            marks = 0;
            before = static_cast<char32_t>(first);
            out.push_back(first);
            text.remove_prefix(1);
            continue;
        }
        const auto point = first_code_point(text);
        if (!point) {
            text.remove_prefix(1);
            continue;
        }
        const std::string_view bytes = text.substr(0, point->bytes);
        text.remove_prefix(point->bytes);
        char32_t c = point->value;
        if (c == '\r') {
            if (!text.empty() && text.front() == '\n') continue;
            c = '\n';
        }
        if (c == 0x2028 || c == 0x2029) c = '\n';
        if (is_joiner(c)) {
            const auto next = first_code_point(text);
            if (is_arabic_letter(before) && next && is_arabic_letter(next->value)) append(bytes);
            continue;
        }
        if (is_removed(c)) continue;
        if (is_combining(c)) {
            if (++marks > most_marks_in_a_row) continue;
            append(bytes);
            continue;
        }
        marks = 0;
        before = c;
        if (c == '\n')
            out.push_back('\n');
        else
            append(bytes);
    }
}

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace

std::optional<CodePoint> first_code_point(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return CodePoint{lead, 1};
    std::size_t length = 0;
    char32_t value = 0;
    char32_t smallest = 0;
    if ((lead & 0xE0) == 0xC0) {
        length = 2, value = lead & 0x1Fu, smallest = 0x80;
    } else if ((lead & 0xF0) == 0xE0) {
        length = 3, value = lead & 0x0Fu, smallest = 0x800;
    } else if ((lead & 0xF8) == 0xF0) {
        length = 4, value = lead & 0x07u, smallest = 0x10000;
    } else {
        return std::nullopt;
    }
    if (text.size() < length) return std::nullopt;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text[i])) return std::nullopt;
        value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    }
    if (value < smallest || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return std::nullopt;
    return CodePoint{value, length};
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto point = first_code_point(text);
        if (!point) return false;
        text.remove_prefix(point->bytes);
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto point = first_code_point(text);
        text.remove_prefix(point ? point->bytes : 1);
        ++count;
    }
    return count;
}

void append_utf8(std::pmr::string& out, char32_t c) {
    const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
        push(c);
    } else if (c < 0x800) {
        push(0xC0 | (c >> 6));
        push(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        push(0xE0 | (c >> 12));
        push(0x80 | ((c >> 6) & 0x3F));
        push(0x80 | (c & 0x3F));
    } else {
        push(0xF0 | (c >> 18));
        push(0x80 | ((c >> 12) & 0x3F));
        push(0x80 | ((c >> 6) & 0x3F));
        push(0x80 | (c & 0x3F));
    }
}

std::string shown_text(std::string_view text) {
    std::string out;
    clean_into(out, text);
    return out;
}

std::pmr::string shown_text(std::string_view text, std::pmr::memory_resource* memory) {
    std::pmr::string out(memory);
    clean_into(out, text);
    return out;
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return folded(x) == folded(y); });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view no_break_space = "\xC2\xA0";
    constexpr std::string_view blanks = " \t\n\r";
    while (!text.empty()) {
        if (blanks.find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        else if (text.starts_with(no_break_space))
            text.remove_prefix(2);
        else if (blanks.find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(2);
        else
            break;
    }
    return text;
}

} // namespace forms
