// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/text_edit.hpp"

#include "forms/base/utf8.hpp"
#include "kiosk/text/graphemes.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace kiosk {
namespace {

constexpr std::size_t most_bytes = 64U << 10; // of one stored text

bool is_right_to_left_letter(char32_t c) {
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
}

bool is_left_to_right_letter(char32_t c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0x00C0 && c < 0x0590) ||
           (c >= 0x0900 && c < 0xFB1D && !(c >= 0x2000 && c <= 0x2BFF));
}

/// Letters, digits and everything that is no ASCII sign belong to words; that is enough for moving about.
bool in_word(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && !(c >= 0x2000 && c <= 0x206F) && c != 0x060C && c != 0x061B && c != 0x061F);
}

char32_t code_point_at(std::string_view text, std::size_t byte) {
    const auto found = forms::first_code_point(text.substr(byte));
    return found ? found->value : 0;
}

void zero(char* from, std::size_t count) {
    std::memset(from, 0, count);
    // The compiler may drop a store that nobody reads; a signal fence on the address keeps it.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    __asm__ __volatile__("" : : "r"(from) : "memory");
}

/// Arabic and Persian digits are the same numbers; stored as 0 to 9.
char32_t plain_digit(char32_t c) {
    if (c >= 0x0660 && c <= 0x0669) return U'0' + (c - 0x0660);
    if (c >= 0x06F0 && c <= 0x06F9) return U'0' + (c - 0x06F0);
    return c;
}

bool may_enter(char32_t c, Allowed allowed) {
    const bool digit = c >= '0' && c <= '9';
    switch (allowed) {
    case Allowed::Anything:
        return true;
    case Allowed::Digits:
        return digit;
    case Allowed::Number:
        return digit || c == '.' || c == ',' || c == '-' || c == '+';
    }
    return false;
}

} // namespace

TextEdit::TextEdit(std::pmr::memory_resource* memory, Rules rules) : bytes_(memory), rules_(rules) {
    bytes_.reserve(64);
}

TextEdit::~TextEdit() { clear(); }

TextContent TextEdit::content() const { return {std::string(text()), caret_, anchor_}; }

void TextEdit::clear() {
    if (!bytes_.empty()) zero(bytes_.data(), bytes_.size());
    bytes_.clear();
    caret_ = anchor_ = 0;
}

void TextEdit::assign(std::string_view utf8) {
    clear();
    bytes_.assign(utf8.begin(), utf8.end());
    caret_ = anchor_ = bytes_.size();
}

void TextEdit::erase(std::size_t from, std::size_t to) {
    const std::size_t count = to - from;
    if (count == 0) return;
    std::memmove(bytes_.data() + from, bytes_.data() + to, bytes_.size() - to);
    zero(bytes_.data() + bytes_.size() - count, count);
    bytes_.resize(bytes_.size() - count);
    caret_ = anchor_ = from;
}

bool TextEdit::insert(std::string_view utf8) {
    std::pmr::string clean = forms::shown_text(utf8, bytes_.get_allocator().resource());
    const std::size_t from = std::min(caret_, anchor_);
    const std::size_t to = std::max(caret_, anchor_);
    const std::size_t selected = forms::count_code_points(text().substr(from, to - from));
    std::size_t points = forms::count_code_points(text()) - selected;
    std::size_t size = bytes_.size() - (to - from);

    std::pmr::vector<char> wanted(bytes_.get_allocator());
    for (std::string_view rest = clean; !rest.empty();) {
        const auto next = forms::first_code_point(rest);
        if (!next) break;
        char32_t c = next->value;
        rest.remove_prefix(next->bytes);
        if (rules_.allowed != Allowed::Anything) c = plain_digit(c);
        if (c == '\t' || (c == '\n' && !rules_.lines)) c = ' ';
        if (!may_enter(c, rules_.allowed)) continue;
        std::pmr::string one(bytes_.get_allocator().resource());
        forms::append_utf8(one, c);
        if (rules_.most_code_points != 0 && points + 1 > rules_.most_code_points) break;
        if (size + one.size() > most_bytes) break;
        wanted.insert(wanted.end(), one.begin(), one.end());
        ++points;
        size += one.size();
    }
    if (!clean.empty()) zero(clean.data(), clean.size());
    if (wanted.empty()) return false;
    erase(from, to);
    bytes_.insert(bytes_.begin() + static_cast<std::ptrdiff_t>(from), wanted.begin(), wanted.end());
    caret_ = anchor_ = from + wanted.size();
    zero(wanted.data(), wanted.size());
    return true;
}

bool TextEdit::move(std::size_t to, bool extend) {
    const bool changed = caret_ != to || (!extend && anchor_ != to);
    caret_ = to;
    if (!extend) anchor_ = to;
    return changed;
}

bool TextEdit::place(std::size_t byte, bool extend) {
    byte = std::min(byte, bytes_.size());
    if (byte > 0 && byte < bytes_.size()) { // inside a grapheme: at its start
        const std::size_t end = next_grapheme(text(), previous_grapheme(text(), byte));
        if (end != byte) byte = previous_grapheme(text(), byte);
    }
    return move(byte, extend);
}

bool TextEdit::right_to_left() const {
    for (std::string_view rest = text(); !rest.empty();) {
        const auto next = forms::first_code_point(rest);
        if (!next) return false;
        if (is_right_to_left_letter(next->value)) return true;
        if (is_left_to_right_letter(next->value)) return false;
        rest.remove_prefix(next->bytes);
    }
    return false;
}

std::size_t TextEdit::word_before(std::size_t byte) const {
    std::size_t at = byte;
    bool seen = false;
    while (at > 0) {
        const std::size_t before = previous_grapheme(text(), at);
        const bool word = in_word(code_point_at(text(), before));
        if (seen && !word) break;
        seen = seen || word;
        at = before;
    }
    return at;
}

std::size_t TextEdit::word_after(std::size_t byte) const {
    std::size_t at = byte;
    bool seen = false;
    while (at < bytes_.size()) {
        const bool word = in_word(code_point_at(text(), at));
        if (seen && !word) break;
        seen = seen || word;
        at = next_grapheme(text(), at);
    }
    return at;
}

std::size_t TextEdit::line_start(std::size_t byte) const {
    const std::size_t feed = byte == 0 ? std::string_view::npos : text().rfind('\n', byte - 1);
    return feed == std::string_view::npos ? 0 : feed + 1;
}

std::size_t TextEdit::line_end(std::size_t byte) const {
    const std::size_t feed = text().find('\n', byte);
    return feed == std::string_view::npos ? bytes_.size() : feed;
}

bool TextEdit::apply(EditCommand command, bool extend) {
    const std::size_t from = std::min(caret_, anchor_);
    const std::size_t to = std::max(caret_, anchor_);
    const bool selected = from != to;
    const bool mirrored = right_to_left(); // the key that points left goes on in the text
    const auto back = [&] { return move(selected && !extend ? from : previous_grapheme(text(), caret_), extend); };
    const auto on = [&] { return move(selected && !extend ? to : next_grapheme(text(), caret_), extend); };
    switch (command) {
    case EditCommand::Backspace:
        if (!selected && caret_ == 0) return false;
        erase(selected ? from : previous_grapheme(text(), caret_), to);
        return true;
    case EditCommand::Delete:
        if (!selected && caret_ == bytes_.size()) return false;
        erase(from, selected ? to : next_grapheme(text(), caret_));
        return true;
    case EditCommand::Left:
        return mirrored ? on() : back();
    case EditCommand::Right:
        return mirrored ? back() : on();
    case EditCommand::WordLeft:
        return move(mirrored ? word_after(caret_) : word_before(caret_), extend);
    case EditCommand::WordRight:
        return move(mirrored ? word_before(caret_) : word_after(caret_), extend);
    case EditCommand::Home:
        return move(line_start(caret_), extend);
    case EditCommand::End:
        return move(line_end(caret_), extend);
    case EditCommand::SelectAll: {
        const bool changed = anchor_ != 0 || caret_ != bytes_.size();
        anchor_ = 0;
        caret_ = bytes_.size();
        return changed;
    }
    case EditCommand::Newline:
        return rules_.lines && insert("\n");
    }
    return false;
}

} // namespace kiosk
