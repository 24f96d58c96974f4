// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/calendar.hpp"
#include "forms/base/decimal.hpp"
#include "forms/base/utf8.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace forms;

TEST_CASE("utf8: overlong forms, surrogates and cut sequences are not text") {
    CHECK(is_utf8("perché"));
    CHECK(is_utf8("\xF0\x9F\x8F\x9B"));
    for (const std::string_view bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "\xFF"})
        CHECK_FALSE(is_utf8(bad));
    CHECK(count_code_points("però\xF0\x9F\x8F\x9B") == 5);
}

TEST_CASE("utf8: shown text loses what a reader cannot see") {
    CHECK(shown_text("a\x01\x7F"
                     "b") == "ab");
    CHECK(shown_text("abc\xE2\x80\xAE"
                     "fed") == "abcfed");                    // right-to-left override
    CHECK(shown_text("x\xE2\x81\xA6y\xE2\x81\xA9") == "xy"); // isolates
    CHECK(shown_text("pay\xE2\x80\x8Bpal") == "paypal");     // zero-width space
    CHECK(shown_text("\xEF\xBB\xBFtesto") == "testo");       // byte order mark
    CHECK(shown_text("\xEE\x80\x80ok") == "ok");             // private use
    CHECK(shown_text("a\r\nb\rc\td") == "a\nb\nc\td");
    CHECK(shown_text("caf\xC3") == "caf");
}

TEST_CASE("utf8: of many combining marks in a row four stay") {
    const std::string mark = "\xCC\x81";
    CHECK(shown_text("a" + mark + mark) == "a" + mark + mark);
    CHECK(shown_text("a" + mark + mark + mark + mark + mark + mark + "b" + mark) ==
          "a" + mark + mark + mark + mark + "b" + mark);
}

TEST_CASE("utf8: Persian keeps the joiner that is part of its spelling, other scripts lose it") {
    const std::string persian = "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE\xD9\x88\xD8\xA7\xD9\x87\xD9\x85";
    CHECK(shown_text(persian) == persian);
    CHECK(shown_text("ab\xE2\x80\x8C"
                     "cd") == "abcd");
}

TEST_CASE("decimal: is kept as it was written and compared by value") {
    for (const std::string_view text : {"0", "1.50", "-0.001", "123456789012345678", "0.000000000000000001"}) {
        REQUIRE(Decimal::parse(text));
        CHECK(Decimal::parse(text)->text() == text);
    }
    CHECK(*Decimal::parse("1.50") == *Decimal::parse("1.5"));
    CHECK(*Decimal::parse("1e3") == *Decimal::parse("1000"));
    CHECK(*Decimal::parse("0.1") < *Decimal::parse("0.10000000000000001"));
    CHECK(*Decimal::parse("-2") < *Decimal::parse("-1.99999999999999999"));
    CHECK(*Decimal::parse("999999999999999999") > *Decimal::parse("0.000000000000000001"));
    for (const std::string_view bad :
         {"", "-", "01", "1.", ".5", "1e", "+1", "1e99", "1234567890123456789", "NaN", "1 "})
        CHECK_FALSE(Decimal::parse(bad));
}

TEST_CASE("decimal: the order agrees with that of the numbers, for many pairs") {
    std::mt19937 random(7);
    for (int i = 0; i < 20000; ++i) {
        const int a_scale = static_cast<int>(random() % 4);
        const int b_scale = static_cast<int>(random() % 4);
        const auto a = static_cast<std::int64_t>(random() % 20001) - 10000;
        const auto b = static_cast<std::int64_t>(random() % 20001) - 10000;
        const auto in_thousandths = [](std::int64_t n, int scale) {
            for (; scale < 3; ++scale)
                n *= 10;
            return n;
        };
        const auto expected = in_thousandths(a, a_scale) <=> in_thousandths(b, b_scale);
        CHECK((Decimal::scaled(a, a_scale) <=> Decimal::scaled(b, b_scale)) == expected);
    }
}

TEST_CASE("decimal: a person may type it the Italian way") {
    const auto typed = [](std::string_view text) {
        const auto number = Decimal::parse_typed(text);
        return number ? number->text() : std::string("none");
    };
    CHECK(typed("12,5") == "12.5");
    CHECK(typed("12.5") == "12.5");
    CHECK(typed("1.234,56") == "1234.56");
    CHECK(typed("1.234.567") == "1234567");
    CHECK(typed("1 234,5") == "1234.5");
    CHECK(typed("-3") == "-3");
    CHECK(typed("007") == "7");
    CHECK(typed("0,10") == "0.10");
    CHECK(typed("1.234") == "none"); // a thousand, or one and a bit: the person must say
    CHECK(typed("12,") == "none");
    CHECK(typed("1,2,3") == "none");
    CHECK(typed("abc") == "none");
    CHECK(typed("") == "none");
    CHECK(typed(".") == "none");
}

TEST_CASE("calendar: only days that exist are dates") {
    for (const std::string_view good : {"2024-02-29", "2000-02-29", "1980-05", "1980", "0001-01-01", "9999-12-31"}) {
        REQUIRE(PartialDate::parse(good));
        CHECK(PartialDate::parse(good)->text() == good);
    }
    for (const std::string_view bad :
         {"2023-02-29", "1900-02-29", "1980-13", "1980-00", "1980-05-00", "1980-5-1", "80", "0000", "2020-01-01 ", ""})
        CHECK_FALSE(PartialDate::parse(bad));
}

TEST_CASE("calendar: a person types the day first") {
    const auto typed = [](std::string_view text) {
        const auto date = PartialDate::parse_typed(text);
        return date ? date->text() : std::string("none");
    };
    CHECK(typed("31/5/1980") == "1980-05-31");
    CHECK(typed("31.05.1980") == "1980-05-31");
    CHECK(typed(" 31-5-1980 ") == "1980-05-31");
    CHECK(typed("31051980") == "1980-05-31");
    CHECK(typed("5/1980") == "1980-05");
    CHECK(typed("1980") == "1980");
    CHECK(typed("1980-05-31") == "1980-05-31");
    CHECK(typed("02/02") == "none");
    CHECK(typed("2/2/80") == "none");
    CHECK(typed("31/02/1980") == "none");
    CHECK(typed("0/5/1980") == "none");
    CHECK(typed("00051980") == "none");
}

TEST_CASE("calendar: dates of different precision are in order only where they do not overlap") {
    const auto order_of = [](std::string_view a, std::string_view b) {
        return order(*PartialDate::parse(a), *PartialDate::parse(b));
    };
    CHECK(order_of("1980", "1981-05") == TimeOrder::Before);
    CHECK(order_of("1980", "1980-05") == TimeOrder::Unclear);
    CHECK(order_of("1980-05", "1980-06-01") == TimeOrder::Before);
    CHECK(order_of("1980-05-02", "1980-05-01") == TimeOrder::After);
    CHECK(order_of("1980", "1980") == TimeOrder::Same);
}

TEST_CASE("calendar: moments are compared across offsets") {
    const auto moment = [](std::string_view text) { return *PartialDateTime::parse(text); };
    CHECK(order(moment("2026-11-22T10:00:00+01:00"), moment("2026-11-22T09:00:00Z")) == TimeOrder::Same);
    CHECK(order(moment("2026-11-22T10:00:00+01:00"), moment("2026-11-22T09:00:00.001Z")) == TimeOrder::Before);
    CHECK(order(moment("2026-11-22"), moment("2026-11-22T09:00:00Z")) == TimeOrder::Unclear);
    for (const std::string_view text :
         {"2026-11-22T10:00:00+01:00", "2026-11-22T09:00:00.120Z", "2026-11", "2026-01-01T00:00:00-03:30"})
        CHECK(moment(text).text() == text);
    for (const std::string_view bad :
         {"2026-11T10:00:00Z", "2026-11-22T10:00", "2026-11-22T10:00:00", "2026-11-22T24:00:00Z",
          "2026-11-22T10:00:60Z", "2026-11-22T10:00:00+15:00", "2026-11-22T10:00:00.Z"})
        CHECK_FALSE(PartialDateTime::parse(bad));
}

TEST_CASE("calendar: a moment typed in Italy has Italy's offset of that day") {
    const auto typed = [](std::string_view text) {
        const auto moment = PartialDateTime::parse_typed(text);
        return moment ? moment->text() : std::string("none");
    };
    CHECK(typed("22/11/2026 9:30") == "2026-11-22T09:30:00+01:00");
    CHECK(typed("22/7/2026, 09.30") == "2026-07-22T09:30:00+02:00");
    CHECK(typed("29/3/2026 1:59") == "2026-03-29T01:59:00+01:00"); // the night the clocks go forward
    CHECK(typed("29/3/2026 3:00") == "2026-03-29T03:00:00+02:00");
    CHECK(typed("25/10/2026 2:59") == "2026-10-25T02:59:00+02:00"); // and back
    CHECK(typed("25/10/2026 3:00") == "2026-10-25T03:00:00+01:00");
    CHECK(typed("22/11/2026") == "2026-11-22");
    CHECK(typed("22/11/2026 25:00") == "none");
}
