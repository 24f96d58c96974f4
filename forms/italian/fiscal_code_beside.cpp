// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/fiscal_code_beside.hpp"

#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/fold.hpp"
#include "forms/italian/places.hpp"
#include "forms/italian/typed_code.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace forms {
namespace {

/// The three letters of a name: consonants, then vowels, then X. Of four consonants or more in a given name the
/// first, third and fourth. None for a name without a Latin letter: what it gives depends on who writes it down.
std::optional<std::array<char, 3>> name_letters(std::string_view name, bool given, bool umlaut_as_two) {
    std::array<char, 256> spelled{};
    std::size_t used = 0;
    for (std::size_t i = 0; i < name.size() && used + 2 <= spelled.size(); ++i) {
        char vowel = 0;
        if (umlaut_as_two && name[i] == '\xC3' && i + 1 < name.size()) {
            switch (name[i + 1]) {
            case '\xA4':
            case '\x84':
                vowel = 'a';
                break;
            case '\xB6':
            case '\x96':
                vowel = 'o';
                break;
            case '\xBC':
            case '\x9C':
                vowel = 'u';
                break;
            default:
                break;
            }
        }
        if (vowel) {
            spelled[used++] = vowel;
            spelled[used++] = 'e';
            ++i;
        } else {
            spelled[used++] = name[i];
        }
    }
    std::array<char, 512> folded{};
    const std::size_t length = fold_into({spelled.data(), used}, folded);
    std::array<char, 4> consonants{};
    std::array<char, 3> vowels{};
    std::size_t consonant_count = 0, vowel_count = 0;
    for (std::size_t i = 0; i < length; ++i) {
        const char c = folded[i];
        if (c < 'a' || c > 'z') continue;
        const char capital = static_cast<char>(c - 'a' + 'A');
        if (std::string_view("aeiou").find(c) != std::string_view::npos) {
            if (vowel_count < vowels.size()) vowels[vowel_count++] = capital;
        } else if (consonant_count < consonants.size()) {
            consonants[consonant_count++] = capital;
        }
    }
    if (given && consonant_count == 4) consonants = {consonants[0], consonants[2], consonants[3], 0};
    std::array<char, 3> out{'X', 'X', 'X'};
    std::size_t filled = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(consonant_count, 3); ++i)
        out[filled++] = consonants[i];
    for (std::size_t i = 0; i < vowel_count && filled < 3; ++i)
        out[filled++] = vowels[i];
    volatile char* wipe = folded.data();
    for (std::size_t i = 0; i < folded.size(); ++i)
        wipe[i] = 0;
    wipe = spelled.data();
    for (std::size_t i = 0; i < spelled.size(); ++i)
        wipe[i] = 0;
    if (consonant_count + vowel_count == 0) return std::nullopt;
    return out;
}

bool letters_agree(std::string_view in_code, std::string_view name, bool given) {
    for (const bool umlaut_as_two : {false, true}) {
        const auto letters = name_letters(name, given, umlaut_as_two);
        if (!letters || in_code == std::string_view(letters->data(), letters->size())) return true;
    }
    return false;
}

bool apart(const std::optional<PartialDate>& one, const PartialDate& other) {
    if (!one) return true;
    const TimeOrder is = order(*one, other);
    return is == TimeOrder::Before || is == TimeOrder::After;
}

/// Women's days are 41 to 71: the first digit of the day is 4 to 7, or the letter that stands for it (omocodia).
RegistrySex sex_of(std::string_view code) {
    return std::string_view("4567QRST").find(code[9]) == std::string_view::npos ? RegistrySex::Male
                                                                                : RegistrySex::Female;
}

bool is_no_more(const Place& place) { return place.kind == PlaceKind::State ? place.code.empty() : !place.of_today(); }

bool elsewhere(std::string_view in_code, std::string_view said, const Places& places) {
    if (in_code == said) return false;
    const auto one = places.by_belfiore(in_code, "it"), other = places.by_belfiore(said, "it");
    return one && other && !is_no_more(*one) && !is_no_more(*other);
}

} // namespace

CodeDisagreement compare_with_code(std::string_view typed_code, const SaidBeside& said, const PartialDate& today,
                                   const Places* places) {
    CodeDisagreement found;
    const auto code = read_fiscal_code(typed_code, today);
    if (!code.ok() || code.value().kind != FiscalCode::Kind::Person) return found;
    const TypedCode held(typed_code);
    const std::string_view text = held.text();
    found.family = !letters_agree(text.substr(0, 3), said.family, false);
    found.given = !letters_agree(text.substr(3, 3), said.given, true);
    found.birth = said.birth && apart(code.value().birth_date, *said.birth) &&
                  apart(code.value().hundred_years_earlier, *said.birth);
    found.sex = said.sex && *said.sex != sex_of(text);
    found.birth_place =
        places && !said.birth_place.empty() && elsewhere(code.value().place(), said.birth_place, *places);
    return found;
}

} // namespace forms
