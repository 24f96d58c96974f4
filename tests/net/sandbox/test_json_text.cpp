// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/json_text.hpp"
#include "net/sandbox/web_text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace net::sandbox;

namespace {

JsonFault fault_of(const std::string& text) {
    const auto read = read_json(text);
    REQUIRE_FALSE(read.ok());
    return read.error();
}

std::string again(const std::string& text) {
    const auto read = read_json(text);
    REQUIRE(read.ok());
    return write_json(read.value());
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

} // namespace

TEST_CASE("json: what is served is what was sent, in its order and with its digits") {
    for (const char* text :
         {R"({"b":1,"a":[true,false,null],"c":{"z":"x","y":[]}})",
          R"([1.50,0.0,1e3,1E+3,-0.10,12345678901234567890.5])",
          R"([9007199254740993,-9223372036854775808,18446744073709551615])", R"(["è","\"\\","\n\t\r"])", R"("x")"})
        CHECK(again(text) == text);
    CHECK(again("\"\\u00e8 \\/\"") == "\"è /\"");
    CHECK(decimal_text(read_json("1.50").value()) == "1.50");
    CHECK(write_json(read_json(R"({"a":[1,{}]})").value(), true) == "{\n  \"a\": [\n    1,\n    {}\n  ]\n}");
}

TEST_CASE("json: what could mean two things, or cost too much, is refused while it is read") {
    CHECK(fault_of("") == JsonFault::NotJson);
    CHECK(fault_of(R"({"a":)") == JsonFault::NotJson);
    CHECK(fault_of("<html>") == JsonFault::NotJson);
    CHECK(fault_of("[1e999]") == JsonFault::NotJson);
    CHECK(fault_of("[NaN]") == JsonFault::NotJson);
    CHECK(fault_of("\"\xC3\x28\"") == JsonFault::NotJson);
    CHECK(fault_of("\"\\ud800\"") == JsonFault::NotJson);
    CHECK(fault_of(R"({"a":1,"a":2})") == JsonFault::DoubledKey);
    CHECK(fault_of("\"a\\u0000b\"") == JsonFault::ForbiddenCharacter);
    CHECK(fault_of("{\"\\u0001\":1}") == JsonFault::ForbiddenCharacter);
    CHECK(read_json(nested(deepest_json)).ok());
    CHECK(fault_of(nested(deepest_json + 1)) == JsonFault::TooDeep);
    CHECK(fault_of(std::string(10'000'000, '[')) == JsonFault::TooDeep);
    std::string wide = "{";
    for (int i = 0; i < 300; ++i)
        wide += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
    CHECK(fault_of(wide + "}") == JsonFault::TooWide);
}

TEST_CASE("time: the calendar decides what a date is, and how long it lasts") {
    const auto length = [](const char* text) {
        const auto span = read_time(text, TimeKind::Any);
        return span ? span->to - span->from : 0;
    };
    CHECK(length("2024") == 366LL * 86'400'000);
    CHECK(length("2026-02") == 28LL * 86'400'000);
    CHECK(length("2026-11-22") == 86'400'000);
    CHECK(length("2026-11-22T09:41:00+01:00") == 1000);
    CHECK(length("2026-11-22T09:41:00.123Z") == 1);
    for (const char* wrong : {"", "26", "2026-13", "2026-02-30", "2026-2-3", "2026-11-22T09:41", "2026-11-22T09:41:00",
                              "2026-11-22T24:00:00Z", "2026-11-22 09:41:00Z", "2026-11-22T09:41:00+1:00",
                              "2026-11-22T09:41:00.Z", "0000", "31/12/1950"}) {
        CAPTURE(wrong);
        CHECK(length(wrong) == 0);
    }
    CHECK_FALSE(read_time("2026-11-22", TimeKind::Instant));
    CHECK_FALSE(read_time("2026-11-22T09:41:00Z", TimeKind::Date));
    CHECK(read_time("2026-11-22T00:30:00+01:00", TimeKind::Any)->from ==
          read_time("2026-11-21T23:30:00Z", TimeKind::Any)->from);
    CHECK(instant_text(read_time("2026-11-22T09:41:00.120+01:00", TimeKind::Any)->from) == "2026-11-22T08:41:00.120Z");
    CHECK(http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(is_time_of_day("09:41:00"));
    CHECK_FALSE(is_time_of_day("09:41"));
}

TEST_CASE("web text: decoding takes nothing for granted, and escaping leaves nothing through") {
    CHECK(percent_decoded("a%7Cb%20c") == "a|b c");
    CHECK_FALSE(percent_decoded("%7"));
    CHECK_FALSE(percent_decoded("%zz"));
    CHECK_FALSE(percent_decoded("a%00b"));
    CHECK(percent_encoded("a|b c/è~") == "a%7Cb%20c%2F%C3%A8~");
    const auto form = read_parameters("a=1&&b=x+y%26z&c");
    REQUIRE(form);
    CHECK(parameter(*form, "b") == "x y&z");
    CHECK(form->size() == 3);
    CHECK(html_escaped("<a href=\"x\" title='y'>&") == "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
    CHECK(base64_decoded("aGVsbG8=") == "hello");
    CHECK_FALSE(base64_decoded("a*b"));
}
