// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/phone.hpp"

#include <array>
#include <cstddef>

namespace forms {
namespace {

constexpr std::size_t fewest_digits = 3, most_digits = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits of what was typed; wiped when it goes.
struct Digits {
    std::array<char, 32> held{};
    std::size_t used = 0;
    bool plus = false;
    bool clean = true;

    explicit Digits(std::string_view typed) {
        for (std::size_t i = 0; i < typed.size() && clean; ++i) {
            const char c = typed[i];
            if (typed.substr(i, 3) == "(0)" && used > 0 && !begins_in_italy()) {
                // "+44 (0)20…": the zero is dialled at home only; Italian numbers keep it
                i += 2;
            } else if (is_digit(c)) {
                clean = used < held.size();
                if (clean) held[used++] = c;
            } else if (c == '+' && used == 0 && !plus) {
                plus = true;
            } else if (typed.substr(i, 2) == "\xC2\xA0") {
                ++i;
            } else {
                clean = c == ' ' || c == '.' || c == '-' || c == '/' || c == '(' || c == ')' || c == '\t';
            }
        }
        if (!plus && text().substr(0, 2) == "00") {
            plus = true;
            for (std::size_t i = 2; i < used; ++i)
                held[i - 2] = held[i];
            used -= 2;
        }
    }
    ~Digits() {
        volatile char* byte = held.data();
        for (std::size_t i = 0; i < held.size(); ++i)
            byte[i] = 0;
    }
    Digits(const Digits&) = delete;
    Digits& operator=(const Digits&) = delete;
    [[nodiscard]] std::string_view text() const { return {held.data(), used}; }
    [[nodiscard]] bool begins_in_italy() const {
        return text().substr(0, 4) == "0039" || (plus && text().substr(0, 2) == "39");
    }
};

/// What a number means that is dialled inside Italy. The leading zero of a fixed number is part of it.
PhoneKind kind_inside_italy(std::string_view digits) {
    const std::size_t count = digits.size();
    if (digits[0] == '3' && count >= 9 && count <= 10) return PhoneKind::ItalianMobile;
    if (digits[0] == '0' && digits[1] != '0' && count >= 6 && count <= 11) return PhoneKind::ItalianFixed;
    const bool green = (digits.substr(0, 2) == "80" || digits.substr(0, 2) == "84" || digits.substr(0, 2) == "89") &&
                       count >= 6 && count <= 10;
    const bool short_number = digits[0] == '1' && count <= 6;
    return green || short_number ? PhoneKind::ItalianService : PhoneKind::Unclear;
}

/// Groups of three, the last one of three or four: nobody reads ten digits in a row.
void append_groups(std::pmr::string& out, std::string_view digits, std::size_t first_group) {
    std::size_t group = first_group;
    while (digits.size() > 4 && digits.size() > group) {
        out.append(digits.substr(0, group)).push_back(' ');
        digits.remove_prefix(group);
        group = 3;
    }
    out.append(digits);
}

} // namespace

std::optional<PhoneNumber> read_phone(std::string_view typed, std::pmr::memory_resource* memory) {
    const Digits digits(typed);
    std::string_view text = digits.text();
    if (!digits.clean || text.size() < fewest_digits || text.size() > most_digits) return std::nullopt;

    PhoneNumber phone{PhoneKind::Unclear, std::pmr::string(memory), std::pmr::string(memory)};
    bool italian = !digits.plus, prefixed = false;
    if (digits.plus && text.substr(0, 2) == "39" && text.size() >= 8) {
        text.remove_prefix(2);
        italian = prefixed = true;
    } else if (!digits.plus && (text.size() == 11 || text.size() == 12) && text.substr(0, 3) == "393") {
        text.remove_prefix(2); // the prefix of Italy, written without the plus
    }
    if (!italian) {
        phone.kind = PhoneKind::Foreign;
        phone.number.append("+").append(text);
        phone.shown.append("+");
        append_groups(phone.shown, text, text[0] == '1' || text[0] == '7' ? 1 : 2);
        return phone;
    }
    phone.kind = kind_inside_italy(text);
    const bool of_a_person = phone.kind == PhoneKind::ItalianMobile || phone.kind == PhoneKind::ItalianFixed;
    if (of_a_person || (prefixed && phone.kind == PhoneKind::Unclear)) {
        phone.number.append("+39");
        phone.shown.append("+39 ");
    }
    phone.number.append(text);
    append_groups(phone.shown, text, 3);
    return phone;
}

} // namespace forms
