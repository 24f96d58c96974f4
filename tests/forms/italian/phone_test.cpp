// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/phone.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

struct Understood {
    forms::PhoneKind kind;
    std::string number, shown;
};
Understood read(std::string_view typed) {
    const auto phone = forms::read_phone(typed, std::pmr::get_default_resource());
    REQUIRE_MESSAGE(phone, std::string(typed));
    return {phone->kind, std::string(phone->number), std::string(phone->shown)};
}
bool refuses(std::string_view typed) { return !forms::read_phone(typed, std::pmr::get_default_resource()); }

} // namespace

TEST_CASE("phone: an Italian mobile number is the same however it is written") {
    for (const char* typed :
         {"333 1234567", "3331234567", "+39 333 123 4567", "0039-333-1234567", "39 333 1234567", "333/12.34.567"}) {
        CAPTURE(typed);
        const auto phone = read(typed);
        CHECK(phone.kind == forms::PhoneKind::ItalianMobile);
        CHECK(phone.number == "+393331234567");
        CHECK(phone.shown == "+39 333 123 4567");
    }
}

TEST_CASE("phone: an Italian fixed number keeps its zero") {
    CHECK(read("0165 123456").number == "+390165123456");
    CHECK(read("06/1234567").number == "+39061234567");
    CHECK(read("+39 (0)165 123456").number == "+390165123456");
    CHECK(read("0165 123456").kind == forms::PhoneKind::ItalianFixed);
}

TEST_CASE("phone: a foreign number keeps the prefix of its country") {
    const auto london = read("+44 (0)20 7946 0000");
    CHECK(london.kind == forms::PhoneKind::Foreign);
    CHECK(london.number == "+442079460000");
    CHECK(read("00380 44 123 45 67").number == "+380441234567");
    CHECK(read("+33 6 12 34 56 78").number == "+33612345678");
}

TEST_CASE("phone: numbers of offices are known as such, others are kept without a guess") {
    CHECK(read("800 123 456").kind == forms::PhoneKind::ItalianService);
    CHECK(read("1522").kind == forms::PhoneKind::ItalianService);
    CHECK(read("5551234").kind == forms::PhoneKind::Unclear);
    CHECK(read("5551234").number == "5551234");
}

TEST_CASE("phone: what is no number is not made into one") {
    for (const char* typed : {"", "12", "chiedere a Maria", "333 1234567 int. 4", "1234567890123456", "++39333",
                              "33+312345", "٣٣٣", "333\n1234567"}) {
        CAPTURE(typed);
        CHECK(refuses(typed));
    }
}
