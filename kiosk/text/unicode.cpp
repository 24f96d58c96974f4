// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/unicode.hpp"

#include "kiosk/text/text_engine.hpp"

#include <algorithm>
#include <hb.h>

namespace kiosk {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t zero_width_non_joiner = 0x200C;
constexpr char32_t first_strong_isolate = 0x2068;
constexpr char32_t pop_isolate = 0x2069;

unsigned char byte_at_index(std::string_view utf8, std::size_t index) {
    return static_cast<unsigned char>(utf8[index]);
}

hb_unicode_general_category_t category(char32_t character) {
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), character);
}

bool between(char32_t character, char32_t first, char32_t last) { return character >= first && character <= last; }

bool is_regional(char32_t c) { return between(c, 0x1F1E6, 0x1F1FF); }
bool is_skin_tone(char32_t c) { return between(c, 0x1F3FB, 0x1F3FF); }
/// Close enough to Extended_Pictographic to keep joined emoji in one piece.
bool is_pictograph(char32_t c) {
    return between(c, 0x1F000, 0x1FAFF) || between(c, 0x2190, 0x2BFF) || c == 0x00A9 || c == 0x00AE;
}

enum class Hangul { None, Leading, Vowel, Trailing, Lv, Lvt };
Hangul hangul(char32_t c) {
    if (between(c, 0x1100, 0x115F) || between(c, 0xA960, 0xA97C)) return Hangul::Leading;
    if (between(c, 0x1160, 0x11A7) || between(c, 0xD7B0, 0xD7C6)) return Hangul::Vowel;
    if (between(c, 0x11A8, 0x11FF) || between(c, 0xD7CB, 0xD7FB)) return Hangul::Trailing;
    if (between(c, 0xAC00, 0xD7A3)) return (c - 0xAC00) % 28 == 0 ? Hangul::Lv : Hangul::Lvt;
    return Hangul::None;
}

bool hangul_syllable_goes_on(char32_t before, char32_t after) {
    const Hangul a = hangul(before);
    const Hangul b = hangul(after);
    if (a == Hangul::Leading) return b == Hangul::Leading || b == Hangul::Vowel || b == Hangul::Lv || b == Hangul::Lvt;
    if (a == Hangul::Lv || a == Hangul::Vowel) return b == Hangul::Vowel || b == Hangul::Trailing;
    return (a == Hangul::Lvt || a == Hangul::Trailing) && b == Hangul::Trailing;
}

} // namespace

Decoded decode_at(std::string_view utf8, std::size_t byte) {
    const auto at = static_cast<std::uint32_t>(byte);
    const unsigned char first = byte_at_index(utf8, byte);
    if (first < 0x80) return {first, at, 1};
    const std::uint32_t length = first >= 0xF0 && first <= 0xF4  ? 4
                                 : first >= 0xE0 && first < 0xF0 ? 3
                                 : first >= 0xC2 && first < 0xE0 ? 2
                                                                 : 0;
    if (length == 0 || byte + length > utf8.size()) return {replacement, at, 1};
    char32_t character = first & (0xFFU >> (length + 1));
    for (std::uint32_t i = 1; i < length; ++i) {
        const unsigned char next = byte_at_index(utf8, byte + i);
        if ((next & 0xC0) != 0x80) return {replacement, at, 1};
        character = (character << 6) | (next & 0x3FU);
    }
    const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
    if (overlong || character > 0x10FFFF || between(character, 0xD800, 0xDFFF)) return {replacement, at, 1};
    return {character, at, length};
}

WipingVector<Decoded> decode(std::string_view utf8) {
    WipingVector<Decoded> out;
    out.reserve(utf8.size());
    for (std::size_t byte = 0; byte < utf8.size();) {
        out.push_back(decode_at(utf8, byte));
        byte += out.back().length;
    }
    return out;
}

bool breaks_line(char32_t c) { return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool is_space(char32_t c) {
    return c == ' ' || c == '\t' ||
           (category(c) == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR && c != 0xA0 && c != 0x202F);
}

bool is_hidden(char32_t c) {
    if (c == '\t') return false;
    if (c < 0x20 || between(c, 0x7F, 0x9F)) return true;
    if (c < 0xAD) return false;
    if (c == zero_width_joiner || c == zero_width_non_joiner || c == first_strong_isolate || c == pop_isolate)
        return false;
    switch (category(c)) {
    case HB_UNICODE_GENERAL_CATEGORY_CONTROL:
    case HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE:
    case HB_UNICODE_GENERAL_CATEGORY_SURROGATE:
        return true;
    // Format characters: bidi marks, overrides, isolates, U+200B, U+2060, U+FEFF, U+00AD, tags. The signs that
    // Arabic sets around numbers are format characters too, and visible.
    case HB_UNICODE_GENERAL_CATEGORY_FORMAT:
        return !between(c, 0x0600, 0x0605) && c != 0x06DD && c != 0x08E2 && c != 0x070F;
    case HB_UNICODE_GENERAL_CATEGORY_LINE_SEPARATOR:
    case HB_UNICODE_GENERAL_CATEGORY_PARAGRAPH_SEPARATOR:
        return true;
    default:
        return false;
    }
}

bool is_mark(char32_t c) {
    if (c < 0x300) return false;
    if (c == zero_width_joiner || c == zero_width_non_joiner || is_skin_tone(c)) return true;
    switch (category(c)) {
    case HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK:
    case HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK:
        return true;
    default:
        return false;
    }
}

bool grapheme_break(char32_t before, char32_t after, bool odd_regional) {
    if (before == '\r' && after == '\n') return false;
    if (breaks_line(before) || breaks_line(after)) return true;
    if (is_mark(after)) return false;
    if (before == zero_width_joiner && is_pictograph(after)) return false;
    if (is_regional(before) && is_regional(after)) return !odd_regional;
    return !hangul_syllable_goes_on(before, after);
}

std::size_t next_grapheme(std::string_view utf8, std::size_t byte) {
    if (byte >= utf8.size()) return utf8.size();
    Decoded before = decode_at(utf8, byte);
    std::size_t regional = is_regional(before.character) ? 1 : 0;
    for (std::size_t at = byte + before.length; at < utf8.size(); at += before.length) {
        const Decoded after = decode_at(utf8, at);
        if (grapheme_break(before.character, after.character, regional % 2 == 1)) return at;
        regional = is_regional(after.character) ? regional + 1 : 0;
        before = after;
    }
    return utf8.size();
}

std::size_t previous_grapheme(std::string_view utf8, std::size_t byte) {
    byte = std::min(byte, utf8.size());
    // Where one begins depends on what came before: walk from the start of the line, which is always a boundary.
    std::size_t begin = byte;
    while (begin > 0 && (begin == byte || byte_at_index(utf8, begin - 1) != '\n'))
        --begin;
    std::size_t last = begin;
    for (std::size_t at = begin; at < byte; at = next_grapheme(utf8, at))
        last = at;
    return last;
}

std::size_t grapheme_count(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); at = next_grapheme(utf8, at))
        ++count;
    return count;
}

} // namespace kiosk
