// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/texts.hpp"

#include "forms/base/utf8.hpp"

#include <cstring>

namespace forms::fhirpath {
namespace {

bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// Pairs of neighbours: capital on an even (or odd) code point, small letter right after it.
bool is_even_pair(char32_t c) {
    return is_between(c, 0x100, 0x12F) || is_between(c, 0x132, 0x137) || is_between(c, 0x14A, 0x177) ||
           is_between(c, 0x1E00, 0x1E95) || is_between(c, 0x1EA0, 0x1EFF) || is_between(c, 0x460, 0x481) ||
           is_between(c, 0x48A, 0x4BF) || is_between(c, 0x4D0, 0x52F) || is_between(c, 0x218, 0x21F);
}
bool is_odd_pair(char32_t c) { return is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E); }

char32_t lower(char32_t c) {
    if (is_between(c, 'A', 'Z')) return c + 32;
    if (c < 0x80) return c;
    if (is_between(c, 0xC0, 0xDE) && c != 0xD7) return c + 32;
    if (c == 0x178) return 0xFF;
    if (is_even_pair(c)) return c | 1;
    if (is_odd_pair(c)) return c % 2 == 1 ? c + 1 : c;
    if (is_between(c, 0x391, 0x3AB)) return c + 32;
    if (c == 0x386) return 0x3AC;
    if (is_between(c, 0x388, 0x38A)) return c + 37;
    if (c == 0x38C) return 0x3CC;
    if (c == 0x38E || c == 0x38F) return c + 63;
    if (is_between(c, 0x410, 0x42F)) return c + 32;
    if (is_between(c, 0x400, 0x40F)) return c + 80;
    return c;
}

char32_t upper(char32_t c) {
    if (is_between(c, 'a', 'z')) return c - 32;
    if (c < 0x80) return c;
    if (is_between(c, 0xE0, 0xFE) && c != 0xF7) return c - 32;
    if (c == 0xFF) return 0x178;
    if (is_even_pair(c)) return c & ~char32_t{1};
    if (is_odd_pair(c)) return c % 2 == 0 ? c - 1 : c;
    if (c == 0x3C2) return 0x3A3; // the final form of sigma
    if (is_between(c, 0x3B1, 0x3CB)) return c - 32;
    if (c == 0x3AC) return 0x386;
    if (is_between(c, 0x3AD, 0x3AF)) return c - 37;
    if (c == 0x3CC) return 0x38C;
    if (c == 0x3CD || c == 0x3CE) return c - 63;
    if (is_between(c, 0x430, 0x44F)) return c - 32;
    if (is_between(c, 0x450, 0x45F)) return c - 80;
    return c;
}

template <class Change>
std::string_view mapped(std::string_view text, std::pmr::memory_resource* arena, Change&& change) {
    std::pmr::string out(arena);
    out.reserve(text.size() + 8);
    while (const auto code_point = first_code_point(text)) {
        append_utf8(out, change(code_point->value));
        text.remove_prefix(code_point->bytes);
    }
    return kept(out, arena);
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

} // namespace

std::string_view kept(std::string_view text, std::pmr::memory_resource* arena) {
    if (text.empty()) return {};
    char* const place = static_cast<char*>(arena->allocate(text.size(), 1));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
}

std::string_view in_lower_case(std::string_view text, std::pmr::memory_resource* arena) {
    return mapped(text, arena, lower);
}
std::string_view in_upper_case(std::string_view text, std::pmr::memory_resource* arena) {
    return mapped(text, arena, upper);
}

std::string_view normalized(std::string_view text, std::pmr::memory_resource* arena) {
    std::pmr::string one_blank(arena);
    for (const char c : text)
        if (!is_blank(c))
            one_blank += c;
        else if (!one_blank.empty() && one_blank.back() != ' ')
            one_blank += ' ';
    return in_lower_case(trimmed(one_blank), arena);
}

} // namespace forms::fhirpath
