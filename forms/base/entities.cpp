// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/entities.hpp"

#include <array>
#include <charconv>

namespace forms {
namespace {

struct Named {
    std::string_view name;
    std::string_view character;
};

constexpr std::array named{
    Named{"amp", "&"},       Named{"lt", "<"},     Named{"gt", ">"},     Named{"quot", "\""},  Named{"apos", "'"},
    Named{"nbsp", "\u00A0"}, Named{"agrave", "à"}, Named{"egrave", "è"}, Named{"eacute", "é"}, Named{"igrave", "ì"},
    Named{"ograve", "ò"},    Named{"ugrave", "ù"}, Named{"Egrave", "È"}, Named{"Agrave", "À"}, Named{"ccedil", "ç"},
    Named{"auml", "ä"},      Named{"ouml", "ö"},   Named{"uuml", "ü"},   Named{"szlig", "ß"},  Named{"aring", "å"},
    Named{"aelig", "æ"},     Named{"oslash", "ø"}, Named{"laquo", "«"},  Named{"raquo", "»"},  Named{"lsquo", "‘"},
    Named{"rsquo", "’"},     Named{"ldquo", "“"},  Named{"rdquo", "”"},  Named{"ndash", "–"},  Named{"mdash", "—"},
    Named{"hellip", "…"},    Named{"bull", "•"},   Named{"deg", "°"},    Named{"euro", "€"},   Named{"middot", "·"},
    Named{"ge", "≥"},        Named{"le", "≤"},     Named{"times", "×"},  Named{"copy", "©"},   Named{"reg", "®"},
    Named{"trade", "™"},     Named{"frac12", "½"}, Named{"plusmn", "±"}, Named{"sup2", "²"},   Named{"micro", "µ"},
};

void append_code_point(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

} // namespace

std::size_t append_character_reference(std::string& out, std::string_view text) {
    constexpr std::size_t longest = 10; // "&#x10FFFF;"
    if (!text.starts_with('&')) return 0;
    const std::size_t end = text.substr(0, longest).find(';');
    if (end == std::string_view::npos || end < 2) return 0;
    std::string_view name = text.substr(1, end - 1);
    if (name.front() != '#') {
        for (const Named& known : named)
            if (known.name == name) {
                out += known.character;
                return end + 1;
            }
        return 0;
    }
    name.remove_prefix(1);
    const bool is_hex = name.starts_with('x') || name.starts_with('X');
    if (is_hex) name.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [last, error] = std::from_chars(name.data(), name.data() + name.size(), code, is_hex ? 16 : 10);
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (error != std::errc() || last != name.data() + name.size() || code == 0 || code > 0x10FFFF || is_surrogate)
        return 0;
    append_code_point(out, code);
    return end + 1;
}

} // namespace forms
