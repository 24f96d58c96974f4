// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/feed_reply.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace net;

namespace {

constexpr std::string_view extension = "https://a.example/fhir/StructureDefinition/signed-package";
constexpr std::string_view steps = "https://a.example/fhir/CodeSystem/request-status";

HttpReply answered(int status, std::string_view body, std::string_view type = "application/fhir+json") {
    HttpReply reply(std::pmr::get_default_resource());
    reply.end = HttpReply::End::Answered;
    reply.status = status;
    reply.content_type = type;
    reply.body = body;
    return reply;
}

std::string listed(const std::string& place) {
    return R"({"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Questionnaire",)"
           R"("extension":[{"url":")" +
           std::string(extension) + R"(","valueAttachment":{"url":")" + place + R"(","hash":"h1"}}]}}]})";
}

} // namespace

TEST_CASE("a listing names packages by their id over there and keeps the server's tag") {
    HttpReply reply = answered(200, listed("Binary/p-1"));
    reply.etag = "W/\"7\"";
    const auto listing = fhir::judge_listing(reply, "Questionnaire", extension);
    REQUIRE(listing.ok());
    REQUIRE(listing.value().packages.size() == 1);
    CHECK(listing.value().packages[0].place == "p-1");
    CHECK(listing.value().packages[0].hash == "h1");
    CHECK(listing.value().tag == "W/\"7\"");
    CHECK_FALSE(listing.value().cut);
}

TEST_CASE("a listing that has not changed says so without a body") {
    const auto listing = fhir::judge_listing(answered(304, "", ""), "Questionnaire", extension);
    REQUIRE(listing.ok());
    CHECK(listing.value().unchanged);
}

TEST_CASE("an address that a server writes is never taken for a place to ask") {
    for (const char* place : {"https://evil.example/Binary/x", "http://127.0.0.1/", "Binary/../../x", "Binary/", "/x",
                              "Binary/a b", "file:///etc/passwd"}) {
        const auto listing = fhir::judge_listing(answered(200, listed(place)), "Questionnaire", extension);
        REQUIRE(listing.ok());
        CHECK(listing.value().packages.empty());
    }
}

TEST_CASE("what is no list of that kind proves nothing") {
    for (const char* body : {"", "[]", "<html>", R"({"resourceType":"Bundle","type":"collection"})",
                             R"({"resourceType":"Questionnaire"})"})
        CHECK(fhir::judge_listing(answered(200, body), "Questionnaire", extension).error().fault == Fault::BadReply);
    CHECK(
        fhir::judge_listing(answered(200, listed("Binary/1"), "text/html"), "Questionnaire", extension).error().fault ==
        Fault::BadReply);
    CHECK(fhir::judge_listing(answered(302, ""), "Questionnaire", extension).error().fault == Fault::NotAdmitted);
    const auto others = fhir::judge_listing(answered(200, listed("Binary/1")), "CommunicationRequest", extension);
    REQUIRE(others.ok());
    CHECK(others.value().packages.empty());
}

TEST_CASE("a list that goes on elsewhere is marked as cut, and is not followed") {
    const auto listing = fhir::judge_listing(
        answered(200, R"({"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"https://x"}]})"),
        "Questionnaire", extension);
    REQUIRE(listing.ok());
    CHECK(listing.value().cut);
}

TEST_CASE("a package comes as a Binary or as what it holds") {
    const auto resource = fhir::judge_binary(answered(200, R"({"resourceType":"Binary","data":"U1BQMQ=="})"));
    REQUIRE(resource.ok());
    CHECK(resource.value().size() == 4);
    const auto bare = fhir::judge_binary(answered(200, "SPP1", "application/octet-stream"));
    REQUIRE(bare.ok());
    CHECK(bare.value() == resource.value());
    for (const char* data : {"U1BQMQ", "U1B\\nQMQ==", "U1BQ====", "?", "U1BQMQ=A"})
        CHECK_FALSE(
            fhir::judge_binary(answered(200, R"({"resourceType":"Binary","data":")" + std::string(data) + R"("})"))
                .ok());
}

TEST_CASE("where a request stands is read from the office's own code, else from FHIR's") {
    const auto step = [](const std::string& members) {
        const auto tasks = fhir::judge_tasks(
            answered(
                200,
                R"({"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Task","id":"T1",)" +
                    members + "}}]}"),
            steps, false);
        REQUIRE(tasks.ok());
        REQUIRE(tasks.value().size() == 1);
        CHECK(tasks.value()[0].reference == "T1");
        return tasks.value()[0].step;
    };
    const std::string code = R"("businessStatus":{"coding":[{"system":")" + std::string(steps) + R"(","code":")";
    CHECK(step(R"("status":"accepted",)" + code + R"(come-to-desk"}]})") == RequestStep::ComeToDesk);
    CHECK(step(R"("status":"accepted",)" + code + R"(something"}]})") == RequestStep::TakenInCharge);
    CHECK(step(R"("status":"rejected")") == RequestStep::Closed);
    CHECK(step(R"("status":"requested")") == RequestStep::Received);
    CHECK(step(R"("status":"draft")") == RequestStep::Unknown);
    CHECK(step(R"("status":7)") == RequestStep::Unknown);
}

TEST_CASE("a request without an id of the server is found by its identifiers") {
    const auto tasks = fhir::judge_tasks(
        answered(200,
                 R"({"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Task","id":"1",)"
                 R"("identifier":[{"value":"u-task"}],"status":"requested"}}]})"),
        steps, true);
    REQUIRE(tasks.ok());
    REQUIRE(tasks.value().size() == 1);
    CHECK(tasks.value()[0].reference == "u-task");
}
