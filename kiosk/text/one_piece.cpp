// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/one_piece.hpp"

namespace kiosk {
namespace {

/// Right-to-left letters have lead bytes of their own in UTF-8: U+0590–U+08FF, U+FB1D–U+FEFC, U+10800–U+10FFF.
bool has_right_to_left(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const auto next = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0;
        const auto third = i + 2 < utf8.size() ? static_cast<unsigned char>(utf8[i + 2]) : 0;
        if (lead > 0xD6 && lead <= 0xDF) return true;
        if (lead == 0xD6 && next >= 0x90) return true;
        if (lead == 0xE0 && next >= 0xA0 && next <= 0xA3) return true;
        if (lead == 0xEF && ((next == 0xAC && third >= 0x9D) || (next > 0xAC && next <= 0xBB))) return true;
        if (lead == 0xF0 && next == 0x90 && third >= 0xA0) return true;
    }
    return false;
}

bool needs_isolation(std::string_view value, Direction sentence) {
    if (sentence == Direction::LeftToRight) return has_right_to_left(value);
    const bool one_number = value.find_first_not_of("0123456789") == std::string_view::npos;
    return !one_number && (value.find_first_of("0123456789") != std::string_view::npos || !has_right_to_left(value));
}

} // namespace

void append_in_one_piece(std::string& out, std::string_view value, Direction sentence) {
    constexpr std::string_view first_strong_isolate = "\u2068";
    constexpr std::string_view pop_isolate = "\u2069";
    if (!needs_isolation(value, sentence)) {
        out += value;
        return;
    }
    out += first_strong_isolate;
    out += value;
    out += pop_isolate;
}

} // namespace kiosk
