// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/fiscal_code.hpp"

#include "forms/italian/places.hpp"
#include "forms/italian/stp_eni.hpp"
#include "forms/italian/typed_code.hpp"

#include <algorithm>
#include <cstdint>

namespace forms {
namespace {

constexpr std::string_view letters_for_digits = "LMNPQRSTUV"; // omocodia: 0 → L … 9 → V
constexpr std::string_view month_letters = "ABCDEHLMPRST";
// Where digits stand; the same seven places may hold letters instead.
constexpr std::array<std::size_t, 7> digit_places = {6, 7, 9, 10, 12, 13, 14};
constexpr std::size_t person_length = 16, provisional_length = 11;
constexpr int oldest_age = 130;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool holds_digit(std::size_t place) {
    return std::find(digit_places.begin(), digit_places.end(), place) != digit_places.end();
}

/// The digit a character stands for in one of the seven places, or -1.
int digit_at(char c) {
    if (is_digit(c)) return c - '0';
    const std::size_t at = letters_for_digits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// Positions count from 1 in the decree: the first is odd.
char check_letter(std::string_view first_fifteen) {
    constexpr std::array<int, 26> odd = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                         20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    for (std::size_t i = 0; i < first_fifteen.size(); ++i) {
        const char c = first_fifteen[i];
        const int value = is_digit(c) ? c - '0' : c - 'A';
        sum += i % 2 == 0 ? odd[static_cast<std::size_t>(value)] : value;
    }
    return static_cast<char>('A' + sum % 26);
}

/// The rule of the partita IVA: every second digit doubled, less 9 when it has two digits; the sum ends in 0.
bool provisional_check_matches(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[i] - '0';
        if (i % 2 == 1) {
            value *= 2;
            if (value > 9) value -= 9;
        }
        sum += value;
    }
    return sum % 10 == 0;
}

bool is_after(const PartialDate& a, const PartialDate& b) { return order(a, b) == TimeOrder::After; }

void read_birth(std::string_view code, const PartialDate& today, FiscalCode& into) {
    const int two_digits = digit_at(code[6]) * 10 + digit_at(code[7]);
    const std::size_t month = month_letters.find(code[8]);
    int day = digit_at(code[9]) * 10 + digit_at(code[10]);
    if (day > 40) day -= 40;
    if (month == std::string_view::npos) return;
    const int this_century = today.year - today.year % 100;
    for (const int century : {this_century, this_century - 100, this_century - 200}) {
        const auto date = PartialDate::of(century + two_digits, static_cast<int>(month) + 1, day);
        if (!date || !date->complete() || is_after(*date, today) || today.year - date->year > oldest_age) continue;
        if (!into.birth_date)
            into.birth_date = date;
        else
            into.hundred_years_earlier = date;
    }
    into.date_exists = into.birth_date.has_value();
}

Result<FiscalCode, FiscalCodeFlaw> read_provisional(std::string_view digits) {
    if (digits.size() < provisional_length) return FiscalCodeFlaw::TooShort;
    if (digits.size() > provisional_length) return FiscalCodeFlaw::TooLong;
    FiscalCode code;
    code.kind = FiscalCode::Kind::Provisional;
    code.check_matches = provisional_check_matches(digits);
    return code;
}

} // namespace

Result<FiscalCode, FiscalCodeFlaw> read_fiscal_code(std::string_view typed, const PartialDate& today) {
    const TypedCode held(typed);
    const std::string_view text = held.text();
    if (text.empty()) return held.clean() ? FiscalCodeFlaw::Empty : FiscalCodeFlaw::WrongCharacter;
    if (begins_like_health_code(typed) && text.size() > 6 && is_digit(text[3]) && is_digit(text[4]) &&
        is_digit(text[5]))
        return FiscalCodeFlaw::HealthCode; // a surname gives STP too, but then three letters follow
    if (!held.clean() && text.size() < 24) return FiscalCodeFlaw::WrongCharacter;
    if (std::all_of(text.begin(), text.end(), is_digit)) return read_provisional(text);
    for (std::size_t i = 0; i < std::min(text.size(), person_length); ++i) {
        const bool fits = holds_digit(i) ? digit_at(text[i]) >= 0 : is_letter(text[i]);
        if (!fits) return FiscalCodeFlaw::WrongCharacter;
    }
    if (text.size() < person_length) return FiscalCodeFlaw::TooShort;
    if (text.size() > person_length) return FiscalCodeFlaw::TooLong;

    FiscalCode code;
    code.check_matches = check_letter(text.substr(0, 15)) == text[15];
    for (const std::size_t place : digit_places)
        if (is_letter(text[place])) ++code.replaced_digits;
    code.place_code[0] = text[11];
    for (std::size_t i = 1; i < 4; ++i)
        code.place_code[i] = static_cast<char>('0' + digit_at(text[11 + i]));
    read_birth(text, today, code);
    return code;
}

bool place_is_known(const FiscalCode& code, const Places& places) {
    return places.by_belfiore(code.place(), "it").has_value();
}

} // namespace forms
