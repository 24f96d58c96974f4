// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/notice_reader.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace kiosk;

namespace {

constexpr std::string_view base = "https://a.example/fhir";

std::string notice(std::string_view more = {}, std::string_view title = "Chiuso", std::string_view text = "Neve.") {
    return R"({"resourceType":"CommunicationRequest","language":"it","identifier":[{"system":"s","value":"v"}],)"
           R"("status":"active","occurrencePeriod":{"start":"2026-11-22T08:00:00+01:00","end":"2026-11-23"},)"
           R"("payload":[{"contentString":")" +
           std::string(title) + R"("},{"contentString":")" + std::string(text) + "\"}]" + std::string(more) + "}";
}

NoticeFault fault_of(const std::string& json) {
    const auto read = read_notice(json, base);
    REQUIRE_FALSE(read.ok());
    return read.error();
}

} // namespace

TEST_CASE("a notice is read with its times, its languages and whom it is for") {
    const auto read = read_notice(
        notice(R"(,"priority":"stat","category":[{"coding":[{"system":"https://a.example/fhir/CodeSystem/notice-kind",)"
               R"("code":"emergency"}]}],"recipient":[{"identifier":{"system":"https://a.example/fhir/sid/body",)"
               R"("value":"c_x"}}],"about":[{"identifier":{"system":"urn:ietf:rfc:3986","value":"https://q"}}])"),
        base);
    REQUIRE(read.ok());
    const Notice& n = read.value().notice;
    CHECK(read.value().name == "s|v");
    CHECK(n.kind == Notice::Kind::Emergency);
    CHECK(n.urgent);
    CHECK(n.bodies == std::vector<std::string>{"c_x"});
    CHECK(n.about == std::vector<std::string>{"https://q"});
    const auto at = [](std::int64_t seconds) { return forms::WallTime(std::chrono::seconds(seconds)); };
    CHECK(n.from == at(1'795'330'800));  // 22 November 2026, 08:00 in Italy
    CHECK(n.until == at(1'795'388'400)); // midnight before the 23rd, in Italy
    CHECK_FALSE(n.in_force(at(1'795'330'799)));
    CHECK(n.in_force(at(1'795'330'800)));
    CHECK_FALSE(n.in_force(at(1'795'388'400)));
}

TEST_CASE("a translation is shown in its language, and without one the notice says its own") {
    const std::string json =
        R"({"resourceType":"CommunicationRequest","language":"it","identifier":[{"system":"s","value":"v"}],)"
        R"("status":"active","occurrencePeriod":{"start":"2026-11-22","end":"2026-11-23"},"payload":[{"contentString":)"
        R"("Chiuso","_contentString":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation",)"
        R"("extension":[{"url":"lang","valueCode":"fr"},{"url":"content","valueString":"Fermé"}]}]}},{"contentString":"x"}]})";
    const auto read = read_notice(json, base);
    REQUIRE(read.ok());
    std::string language = "fr";
    CHECK(words_in(read.value().notice.title, language) == "Fermé");
    CHECK(language == "fr");
    language = "ar";
    CHECK(words_in(read.value().notice.title, language) == "Chiuso");
    CHECK(language == "it");
}

TEST_CASE("hostile words are made harmless, and too long ones refused") {
    const auto read =
        read_notice(notice({}, "Chi\\u202Euso\\u0007\\u200B", "Riga\\nuna <b>due</b> https://evil.example"), base);
    REQUIRE(read.ok());
    CHECK(read.value().notice.title.front().second == "Chiuso");
    CHECK(read.value().notice.text.front().second == "Riga una <b>due</b> https://evil.example"); // words, nothing else
    CHECK(fault_of(notice({}, std::string(121, 'a'))) == NoticeFault::TooLong);
    CHECK(fault_of(notice({}, "a", std::string(1001, 'a'))) == NoticeFault::TooLong);
    CHECK(fault_of(notice({}, " \\u200B ")) == NoticeFault::NoWords);
    CHECK(fault_of(notice(",\"note\":[{\"text\":\"" + std::string(70'000, 'a') + "\"}]")) == NoticeFault::TooLong);
}

TEST_CASE("what is no notice, or one without an end, is refused") {
    for (const char* json : {"", "[]", "{", "null", R"({"resourceType":"Questionnaire"})", "\"x\""})
        CHECK_FALSE(read_notice(json, base).ok());
    CHECK(fault_of(R"({"resourceType":"CommunicationRequest","resourceType":"CommunicationRequest"})") ==
          NoticeFault::NotJson);
    CHECK(fault_of(R"({"resourceType":"CommunicationRequest","status":"active"})") == NoticeFault::NotANotice);
    std::string endless = notice();
    endless.replace(endless.find(R"(,"end":"2026-11-23")"), 19, "");
    CHECK(fault_of(endless) == NoticeFault::NoPeriod);
    std::string long_one = notice();
    long_one.replace(long_one.find("2026-11-23"), 10, "2036-11-23");
    CHECK(fault_of(long_one) == NoticeFault::NoPeriod);
}

TEST_CASE("a notice for some does not become one for all because its list cannot be read") {
    CHECK(fault_of(notice(R"(,"recipient":[{"reference":"Organization/1"}])")) == NoticeFault::NotANotice);
    CHECK(fault_of(notice(R"(,"recipient":{})")) == NoticeFault::TooLong);
    CHECK(fault_of(notice(R"(,"about":[{"identifier":{"system":"x","value":"y"}}])")) == NoticeFault::NotANotice);
}

TEST_CASE("a withdrawal needs no words") {
    const auto read = read_notice(
        R"({"resourceType":"CommunicationRequest","identifier":[{"system":"s","value":"v"}],"status":"revoked"})",
        base);
    REQUIRE(read.ok());
    CHECK(read.value().notice.withdrawn);
}
