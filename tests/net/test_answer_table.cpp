// SPDX-License-Identifier: EUPL-1.2
// The table of answers (threat model §7), row by row: from an answer to what becomes of the request and of the line.
#include "net/central/fhir/answer_table.hpp"
#include "net/central/fhir/reply.hpp"
#include "net/outbox/decisions.hpp"
#include "tests/net/replies.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

using namespace net;
using namespace std::chrono_literals;
using fhir::Asked;
using tests::good_answer;
using tests::reply;
using End = HttpReply::End;

namespace {

struct Widest final : Chance {
    forms::Uuid uuid() override { return {}; }
    std::uint32_t below(std::uint32_t limit) override { return limit - 1; }
};

struct Row {
    std::string page;           ///< as the page names it
    HttpReply answer;           ///< to the transaction
    std::optional<Fault> fault; ///< nothing: delivered
    Life life;                  ///< what the request is then
    Sending line;               ///< Working: the others go on
    Pauses::Duration own{};     ///< earliest next try or look-up of this request
    Pauses::Duration others{};  ///< how long the line waits
};

HttpReply ended(End end) {
    HttpReply r(std::pmr::get_default_resource());
    r.end = end;
    return r;
}
HttpReply later(int status, std::chrono::seconds after) {
    HttpReply r = reply(status);
    r.retry_after = after;
    return r;
}
HttpReply accepted(std::string place) {
    HttpReply r = reply(202);
    r.location = std::move(place);
    return r;
}
std::string changed(std::string_view from, std::string_view to) {
    std::string text(good_answer);
    text.replace(text.find(from), from.size(), to);
    return text;
}

const Pauses pauses;

std::vector<Row> table() {
    std::vector<Row> rows;
    const auto unclear = [&](std::string page, HttpReply answer, Fault fault = Fault::BadReply) {
        rows.push_back({std::move(page), std::move(answer), fault, Life::Unclear, Sending::Working, 60s});
    };
    rows.push_back(
        {"200, FHIR JSON, 200/201 per entry", reply(200, good_answer), {}, Life::Acknowledged, Sending::Working});
    rows.push_back(
        {"201, FHIR JSON, 200/201 per entry", reply(201, good_answer), {}, Life::Acknowledged, Sending::Working});
    rows.push_back({"three digits and a text",
                    reply(200, changed("\"200\"", "\"200 Found it\"")),
                    {},
                    Life::Acknowledged,
                    Sending::Working});

    for (const char* type :
         {"text/html", "application/json", "application/xml", "application/fhir+xml", "text/plain", ""})
        unclear(std::string("other content type: ") + type, reply(200, good_answer, type));
    unclear("HTML", reply(200, "<!DOCTYPE html><title>Login</title>", "text/html"));
    unclear("HTML that calls itself FHIR", reply(200, "<!DOCTYPE html>"));
    unclear("unparsable", reply(200, R"({"resourceType":)"));
    unclear("empty", reply(200, ""));
    unclear("short", reply(200, good_answer.substr(0, good_answer.size() - 1)));
    unclear("something behind it", reply(200, std::string(good_answer) + "}"));
    unclear("too deep", reply(200, R"({"a":)" + std::string(100, '[') + std::string(100, ']') + "}"));
    unclear(
        "one entry too few",
        reply(200,
              R"({"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201"}}]})"));
    unclear(
        "one entry too many",
        reply(
            200,
            R"({"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201"}},{"response":{"status":"201"}},{"response":{"status":"201"}}]})"));
    unclear("no entries", reply(200, R"({"resourceType":"Bundle","type":"transaction-response"})"));
    unclear("another kind of Bundle", reply(200, changed("transaction-response", "batch-response")));
    unclear("another resource", reply(200, changed("\"Bundle\"", "\"OperationOutcome\"")));
    unclear("an entry that failed", reply(200, changed("201 Created", "422 Unprocessable")));
    unclear("four digits", reply(200, changed("201 Created", "2010")));
    unclear("a number for a text", reply(200, changed("\"200\"", "200")));
    unclear("another success: 203", reply(203, good_answer));
    unclear("another success: 204", reply(204));
    unclear("another success: 206", reply(206, good_answer));
    unclear("too large", ended(End::TooLarge));

    rows.push_back({"202", accepted("https://c.example/fhir/jobs/1"), Fault::Pending, Life::Unclear, Sending::Working,
                    pauses.pending});

    for (const int status : {300, 301, 302, 303, 304, 305, 307, 308})
        rows.push_back({"redirect " + std::to_string(status), reply(status), Fault::NotAdmitted, Life::Kept,
                        Sending::NotAdmitted, 0s, pauses.stopped});

    for (const int status : {400, 413, 415, 422})
        rows.push_back({std::to_string(status) + ", the first time", reply(status), Fault::Refused, Life::Kept,
                        Sending::Working, pauses.refused});

    for (const int status : {404, 405, 410})
        rows.push_back({std::to_string(status) + " at the base", reply(status), Fault::NotAdmitted, Life::Kept,
                        Sending::NotAdmitted, 0s, pauses.stopped});
    for (const int status : {401, 403}) // the first time: renewed and tried at once; the second: below
        rows.push_back(
            {std::to_string(status), reply(status), Fault::NotAdmitted, Life::Kept, Sending::NotAdmitted, 0s, 0s});

    unclear("408", reply(408), Fault::TimedOut);
    unclear("time-out", ended(End::TimedOut), Fault::TimedOut);
    unclear("connection lost after the first byte", ended(End::Lost), Fault::TimedOut);
    unclear("this program stops", ended(End::Stopped), Fault::Stopped);
    for (const int status : {500, 501, 502, 503, 504, 505, 507, 511, 599})
        unclear(std::to_string(status), reply(status));

    rows.push_back({"409", reply(409), Fault::Conflict, Life::Unclear, Sending::Working, 0s});
    rows.push_back({"412", reply(412), Fault::Precondition, Life::Unclear, Sending::Working, 0s});

    rows.push_back({"429, seconds", later(429, 90s), Fault::Busy, Life::Kept, Sending::Busy, 0s, 90s});
    rows.push_back({"503, seconds", later(503, 7s), Fault::Busy, Life::Unclear, Sending::Busy, pauses.unclear, 7s});
    rows.push_back({"429, more than an hour", later(429, 5h), Fault::Busy, Life::Kept, Sending::Busy, 0s, 1h});
    rows.push_back({"429, nothing said", reply(429), Fault::Busy, Life::Kept, Sending::Busy, 0s, pauses.busy + 4s});
    rows.push_back({"429, at once", later(429, 0s), Fault::Busy, Life::Kept, Sending::Busy, 0s, pauses.least});

    rows.push_back({"certificate, pin, host name, TLS", ended(End::NotTrusted), Fault::NotTrusted, Life::Kept,
                    Sending::NotTrusted, 0s, pauses.stopped});
    rows.push_back({"our own certificate or key", ended(End::BadSettings), Fault::NotConfigured, Life::Kept,
                    Sending::NotConfigured, 0s, pauses.stopped});
    rows.push_back({"nobody there, not a byte sent", ended(End::NoConnection), Fault::Unreachable, Life::Kept,
                    Sending::Unreachable, 0s, 4s});
    return rows;
}

OutboxRow sending() {
    OutboxRow row;
    row.life = Life::Sending;
    row.attempts = 1;
    return row;
}

} // namespace

TEST_CASE("answers: each row of the table leads where the page says") {
    Widest chance;
    const forms::BootTime now = 1000s;
    for (const Row& row : table()) {
        CAPTURE(row.page);
        auto judged = fhir::judge_transaction(row.answer, Asked::Transaction, 2, 1, "own");
        REQUIRE(judged.ok() == !row.fault.has_value());
        if (judged.ok()) {
            CHECK(after(Life::Sending, News::Taken) == row.life);
            continue;
        }
        const CentralError& error = judged.error();
        CHECK(error.fault == *row.fault);
        const Decision d = after_delivery(sending(), error, now, pauses, chance);
        const auto life = after(Life::Sending, d.news);
        REQUIRE(life.has_value());
        CHECK(*life == row.life);
        CHECK(d.facts.due - now >= row.own);
        const auto line = line_stop(error, 1, false, pauses, chance);
        CHECK((line ? line->state : Sending::Working) == row.line);
        if (line) {
            CHECK(line->pause == row.others);
            CHECK(d.facts.counts_as_try == (row.life == Life::Unclear)); // only what may have arrived was an attempt
        }
    }
}

TEST_CASE("answers: the same refusal again, ten minutes later, goes to the desk; sooner, or another, does not") {
    Widest chance;
    for (const int status : {400, 413, 415, 422}) {
        CAPTURE(status);
        OutboxRow row = sending();
        const CentralError error{.fault = Fault::Refused, .http_status = status};
        const Decision first = after_delivery(row, error, 0s, pauses, chance);
        CHECK(first.facts.due == 600s);
        row = with_news(row, Life::Kept, first.news, first.facts);
        CHECK(after_delivery(row, error, 599s, pauses, chance).news == News::NotDelivered);
        CHECK(after_delivery(row, error, 600s, pauses, chance).news == News::Declined);
        const CentralError other{.fault = Fault::Refused, .http_status = status == 400 ? 422 : 400};
        CHECK(after_delivery(row, other, 600s, pauses, chance).news == News::NotDelivered);
    }
    // What this program cannot build will not be built ten minutes later.
    CHECK(after_delivery(sending(), {.fault = Fault::NotASubmission}, 0s, pauses, chance).news == News::Declined);
}

TEST_CASE("answers: credentials are renewed once, then the line stops") {
    Widest chance;
    for (const int status : {401, 403}) {
        const CentralError error{.fault = Fault::NotAdmitted, .http_status = status};
        CHECK(line_stop(error, 1, false, pauses, chance)->pause == 0s);
        CHECK(line_stop(error, 2, true, pauses, chance)->pause == pauses.stopped);
    }
}

TEST_CASE("answers: after a look-up, all is delivered, some goes to the desk, none goes again") {
    Widest chance;
    using Parts = Presence::Parts;
    OutboxRow row = sending();
    row.life = Life::Unclear;
    const auto next = [&](Parts parts) {
        return after_look_up(row, {.parts = parts, .reference = "T"}, {}, 0s, pauses, chance);
    };
    for (const auto& [reason, status] :
         {std::pair{Reason::NoAnswer, 500}, {Reason::Conflict, 409}, {Reason::Conflict, 412}}) {
        row.reason = reason;
        row.http_status = static_cast<std::uint16_t>(status);
        CHECK(next(Parts::All).news == News::FoundThere);
        CHECK(next(Parts::Some).news == News::SetAside);
        CHECK(next(Parts::Some).facts.reason == Reason::InPartOnly);
    }
    CHECK(next(Parts::None).news == News::SetAside); // 412, and nothing of ours
    row.http_status = 409;
    row.conflicts = 4;
    CHECK(next(Parts::None).news == News::NotThere);
    CHECK(next(Parts::None).facts.due == 4s); // backs off
    row.conflicts = 5;
    CHECK(next(Parts::None).news == News::SetAside);
    row = sending();
    row.reason = Reason::NoAnswer;
    CHECK(next(Parts::None).news == News::NotThere);
    CHECK(next(Parts::None).facts.due == 0s);
    row.different = 10;
    CHECK(next(Parts::None).facts.reason == Reason::TooManyTries);
}

TEST_CASE("answers: a status is read by the place that was asked") {
    for (const int status : {404, 405, 410}) {
        CHECK(fhir::fault_of(reply(status), Asked::Transaction)->fault == Fault::NotAdmitted);
        CHECK(fhir::fault_of(reply(status), Asked::Search)->fault == Fault::NotAdmitted);
        CHECK(fhir::fault_of(reply(status), Asked::Part)->fault == Fault::Refused);   // about this request alone
        CHECK(fhir::fault_of(reply(status), Asked::Place)->fault == Fault::BadReply); // the place has had its day
    }
    CHECK(fhir::judge_part(reply(412)).ok()); // put where it is already
    CHECK_FALSE(fhir::judge_part(reply(202)).ok());
}

TEST_CASE("answers: the place of a 202 is asked only on the same host") {
    const auto place = [](std::string_view location) {
        return fhir::place_on_same_host("https://c.example:8443/fhir", location);
    };
    CHECK(place("https://c.example:8443/fhir/jobs/1") == "https://c.example:8443/fhir/jobs/1");
    CHECK(place("/fhir/jobs/1") == "https://c.example:8443/fhir/jobs/1");
    CHECK(place("//evil.example/x") == "https://c.example:8443//evil.example/x"); // a path, and nothing else
    for (const char* bad :
         {"", "https://evil.example/fhir", "http://c.example:8443/fhir", "https://c.example/fhir",
          "https://c.example:8443@evil.example/", "https://c.example:8443.evil.example/", "ftp://c.example:8443/",
          "https://c.example:8443?x", "jobs/1", "https://c.example:8443\\@evil.example/"})
        CHECK(place(bad).empty());
    CHECK(place("/" + std::string(1'000, 'a')).empty());
}
