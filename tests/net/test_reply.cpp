// SPDX-License-Identifier: EUPL-1.2
// What the content of an answer proves.
#include "net/central/fhir/reply.hpp"
#include "net/http/http_date.hpp"
#include "tests/net/replies.hpp"

#include <doctest/doctest.h>

using namespace net;
using namespace std::chrono_literals;
using tests::good_answer;
using tests::reply;

namespace {

Fault fault_of(const HttpReply& r) {
    auto judged = fhir::judge_transaction(r, fhir::Asked::Transaction, 2, 1, "own");
    REQUIRE_FALSE(judged.ok());
    return judged.error().fault;
}

} // namespace

TEST_CASE("reply: only a parsed transaction-response with one 200 or 201 per entry is a delivery") {
    auto judged = fhir::judge_transaction(reply(200, good_answer), fhir::Asked::Transaction, 2, 1, "own");
    REQUIRE(judged.ok());
    CHECK(judged.value().reference == "PUA-17");
    CHECK(fhir::judge_transaction(reply(201, good_answer), fhir::Asked::Transaction, 2, 1, "own").ok());

    const auto changed = [](std::string_view from, std::string_view to) {
        std::string text(good_answer);
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    CHECK(fault_of(reply(200, good_answer, "text/html")) == Fault::BadReply);
    CHECK(fault_of(reply(200, good_answer, "application/json")) == Fault::BadReply);
    CHECK(fault_of(reply(200, "<html></html>")) == Fault::BadReply);
    CHECK(fault_of(reply(200, "")) == Fault::BadReply);
    CHECK(fault_of(reply(204, "")) == Fault::BadReply);
    // Another reader might see another answer in these.
    CHECK(fault_of(reply(200, changed("\"type\"", "\"type\":\"batch-response\",\"type\""))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("\"status\"", "\"status\":\"500 \",\"status\""))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("201 Created", "201 Created\\u0000"))) == Fault::BadReply);
    for (std::size_t size = 0; size < good_answer.size(); size += 5)
        CHECK(fault_of(reply(200, good_answer.substr(0, size))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("transaction-response", "batch-response"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("\"Bundle\"", "\"OperationOutcome\""))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("201 Created", "2010"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("201 Created", "422 Unprocessable"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("\"201 Created\"", "201"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("{\"response\":{\"status\":\"200\"", "{\"x\":{\"status\":\"200\""))) ==
          Fault::BadReply);
    CHECK_FALSE(fhir::judge_transaction(reply(200, good_answer), fhir::Asked::Transaction, 3, 1, "own").ok());
    CHECK_FALSE(fhir::judge_transaction(reply(200, good_answer), fhir::Asked::Transaction, 1, 0, "own").ok());
    CHECK(fault_of(reply(200, R"({"a":)" + std::string(100, '[') + std::string(100, ']') + "}")) == Fault::BadReply);
    // A place that is no id is not shown to anybody.
    for (const char* place :
         {"Task/<b>x</b>", "Task/", "Patient/1",
          "Task/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        auto odd = fhir::judge_transaction(reply(200, changed("https://c.example/fhir/Task/PUA-17/_history/1", place)),
                                           fhir::Asked::Transaction, 2, 1, "own");
        REQUIRE(odd.ok());
        CHECK(odd.value().reference == "own");
    }
}

TEST_CASE("reply: a search counts only what carries exactly our identifier") {
    const auto matches = [](std::string_view body) { return fhir::judge_search(reply(200, body), "Task", "s", "v"); };
    CHECK(matches(R"({"resourceType":"Bundle","type":"searchset"})").value().count == 0);
    const auto two = matches(
        R"({"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Task","id":"a","identifier":[{"system":"s","value":"x"}]}},{"resource":{"resourceType":"Task","id":"b","identifier":[{"system":"o","value":"v"},{"system":"s","value":"v"}]}},{"resource":{"resourceType":"Patient","id":"c","identifier":[{"system":"s","value":"v"}]}}]})");
    REQUIRE(two.ok());
    CHECK(two.value().count == 1);
    CHECK(two.value().id == "b");
    CHECK_FALSE(matches(R"({"resourceType":"Bundle","type":"batch-response"})").ok());
    CHECK_FALSE(fhir::judge_search(reply(200, "<html>", "text/html"), "Task", "s", "v").ok());
    CHECK(fhir::judge_search(reply(404), "Task", "s", "v").error().fault == Fault::NotAdmitted);
    CHECK(fhir::judge_read(reply(404)).value() == false);
    CHECK(fhir::judge_read(reply(410)).value() == false);
    CHECK(fhir::judge_read(reply(200, "{}")).value() == true);
    CHECK_FALSE(fhir::judge_read(reply(500)).ok());
}

TEST_CASE("retry-after: seconds, or a date against the answer's own date, and never more than an hour") {
    CHECK(parse_retry_after("0", "") == 0s);
    CHECK(parse_retry_after(" 120 ", "") == 120s);
    CHECK(parse_retry_after("99999999999999999999", "") == 3600s);
    CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT") == 30s);
    CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:07 GMT") == 0s);
    CHECK(parse_retry_after("Mon, 07 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT") == 3600s);
    for (const char* bad : {"", "-1", "1.5", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
                            "Sun, 06 Nox 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT"})
        CHECK_FALSE(parse_retry_after(bad, "Sun, 06 Nov 1994 08:49:07 GMT").has_value());
    CHECK_FALSE(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", "").has_value());
}
