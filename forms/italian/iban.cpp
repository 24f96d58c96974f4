// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/iban.hpp"

#include <array>
#include <cstddef>

namespace forms {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

} // namespace

bool iban_is_right(std::string_view typed) {
    std::array<char, 34> held{};
    std::size_t used = 0;
    for (char c : typed) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if ((!is_digit(c) && !is_letter(c)) || used == held.size()) return false;
        held[used++] = c;
    }
    const std::string_view text(held.data(), used);
    if (used < 15 || !is_letter(text[0]) || !is_letter(text[1]) || !is_digit(text[2]) || !is_digit(text[3]))
        return false;
    const std::string_view country = text.substr(0, 2);
    if ((country == "IT" || country == "FR" || country == "SM") && used != 27) return false;
    int rest = 0; // the first four characters go to the end, letters count from A = 10
    for (std::size_t i = 0; i < used; ++i) {
        const char c = text[(i + 4) % used];
        rest = is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    }
    return rest == 1;
}

} // namespace forms
