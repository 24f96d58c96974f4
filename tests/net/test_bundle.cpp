// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/bundle.hpp"
#include "net/central/fhir/reply.hpp"
#include "net/http/http_date.hpp"
#include "tests/doubles/submissions.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

using namespace net;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

json parsed(const tests::BundleSample& sample) {
    const auto bundle = fhir::build_bundle(sample.submission, sample.files);
    REQUIRE(bundle.has_value());
    return json::parse(bundle->begin(), bundle->end());
}

const json* resource(const json& bundle, const std::string& type) {
    for (const json& entry : bundle["entry"])
        if (entry["resource"]["resourceType"] == type) return &entry["resource"];
    return nullptr;
}

} // namespace

TEST_CASE("bundle: the same request gives the same bytes, those that the independent FHIR server has accepted") {
    for (const auto& sample : tests::bundle_samples(std::pmr::get_default_resource())) {
        CAPTURE(sample.name);
        const auto bundle = fhir::build_bundle(sample.submission, sample.files);
        REQUIRE(bundle.has_value());
        const std::string golden = file_text(SPORTELLO_ROOT "/tests/samples/bundles/" + sample.name + ".json");
        CHECK(std::string(*bundle) + "\n" == golden);
        CHECK(fhir::build_bundle(sample.submission, sample.files) == bundle);
    }
}

TEST_CASE("bundle: every entry that is created has an identity of its own, and nothing else as its condition") {
    for (const auto& sample : tests::bundle_samples(std::pmr::get_default_resource())) {
        CAPTURE(sample.name);
        const json bundle = parsed(sample);
        CHECK(bundle["type"] == "transaction");
        CHECK(bundle["entry"].size() == fhir::bundle_size(sample.submission));
        CHECK(resource(bundle, "Patient") == nullptr);
        std::set<std::string> identities, names;
        for (const json& entry : bundle["entry"]) {
            const std::string type = entry["resource"]["resourceType"];
            const json& request = entry["request"];
            CHECK(names.insert(entry["fullUrl"]).second);
            if (request["method"] == "PUT") {
                CHECK((type == "Binary" || type == "Provenance"));
                CHECK(request["url"] == type + "/" + std::string(entry["resource"]["id"]));
                CHECK(entry["fullUrl"] == "urn:uuid:" + std::string(entry["resource"]["id"]));
                CHECK_FALSE(request.contains("ifNoneExist"));
                CHECK(identities.insert(request["url"]).second);
            } else {
                CHECK(request["method"] == "POST");
                CHECK(request["url"] == type);
                const json& own = entry["resource"]["identifier"];
                const json& first = own.is_array() ? own[0] : own;
                const std::string condition = request["ifNoneExist"];
                CHECK(condition == fhir::identifier_query(std::string(first["system"]), std::string(first["value"])));
                CHECK(condition.find('|') == std::string::npos);
                CHECK(identities.insert(condition).second);
            }
        }
        // Every reference inside goes to an entry of this Bundle.
        const std::string text = bundle.dump();
        for (std::size_t at = text.find("\"reference\":\"urn:uuid:"); at != std::string::npos;
             at = text.find("\"reference\":\"urn:uuid:", at + 1))
            CHECK(names.contains(text.substr(at + 13, 45)));
    }
}

TEST_CASE("bundle: somebody who speaks for another is the source, and the person stays the one who consents") {
    const auto samples = tests::bundle_samples(std::pmr::get_default_resource());
    const json bundle = parsed(samples[0]);
    const json& qr = *resource(bundle, "QuestionnaireResponse");
    CHECK(qr["source"]["type"] == "RelatedPerson");
    CHECK(qr["subject"]["identifier"]["value"] == "RSSMRA80A01H501U");
    CHECK(qr["author"]["type"] == "Practitioner");
    CHECK(qr["identifier"].is_object());
    CHECK(qr["extension"].size() == 2);
    CHECK(qr["extension"][1]["valueCodeableConcept"]["coding"][0]["code"] == "FACE");
    const json& consent = *resource(bundle, "Consent");
    CHECK(consent["performer"][0]["type"] == "Patient");
    CHECK(consent["provision"]["type"] == "permit");
    CHECK(consent["provision"]["actor"][0]["reference"]["identifier"]["value"] == "100202");
    const json& task = *resource(bundle, "Task");
    CHECK(task["requester"]["type"] == "RelatedPerson");
    CHECK(task["status"] == "requested");
    CHECK(task["groupIdentifier"].is_object());
    CHECK(task["input"].size() == 1);
    CHECK((*resource(bundle, "Binary"))["data"].get<std::string>().starts_with("iVBORw0KGgo"));
    CHECK((*resource(bundle, "Provenance"))["agent"].size() == 4);
}

TEST_CASE("bundle: an anonymous person has no name, no related person and no consent, also when the answers had them") {
    auto s = tests::daughter_speaks(std::pmr::get_default_resource());
    s.subject_kind = Submission::SubjectKind::Anonymous;
    s.declarant.reset();
    s.attachments.clear();
    const json bundle = parsed({"", std::move(s), {}});
    CHECK(resource(bundle, "RelatedPerson") == nullptr);
    CHECK(resource(bundle, "Consent") == nullptr);
    const json& subject = (*resource(bundle, "Task"))["for"];
    CHECK_FALSE(subject.contains("display"));
    CHECK(subject["identifier"]["system"] == "https://sportello.example.org/fhir/sid/anonymous");
    CHECK(subject["identifier"]["type"]["coding"][0]["code"] == "ANON");
}

TEST_CASE("bundle: decimals and whatever else stands in the answers go through untouched") {
    auto s =
        tests::plain(std::pmr::get_default_resource(), *forms::Uuid::parse("0b6f3f0e-5a53-4f0a-9c3b-8d3f5a8f1c22"));
    s.response =
        R"({"resourceType":"QuestionnaireResponse","status":"completed","item":[{"linkId":"a","answer":[{"valueDecimal":1.10}]}]})";
    const auto bundle = fhir::build_bundle(s, {});
    REQUIRE(bundle.has_value());
    CHECK(bundle->find("{\"valueDecimal\":1.10}") != std::string::npos);
    s.response = R"({"resourceType":"Patient"})";
    CHECK_FALSE(fhir::build_bundle(s, {}).has_value());
}

// --- what an answer proves
// --------------------------------------------------------------------------------------------

namespace {

HttpReply reply(int status, std::string_view body = "", std::string content_type = "application/fhir+json") {
    HttpReply r(std::pmr::get_default_resource());
    r.end = HttpReply::End::Answered;
    r.status = status;
    r.content_type = std::move(content_type);
    r.body = body;
    return r;
}

constexpr std::string_view good =
    R"({"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created","location":"QuestionnaireResponse/7/_history/1"}},{"response":{"status":"200","location":"https://c.example/fhir/Task/PUA-17/_history/1"}}]})";

Fault fault_of(const HttpReply& r) {
    auto judged = fhir::judge_transaction(r, 2, 1, "own");
    REQUIRE_FALSE(judged.ok());
    return judged.error().fault;
}

} // namespace

TEST_CASE("reply: only a parsed transaction-response with one 200 or 201 per entry is a delivery") {
    auto judged = fhir::judge_transaction(reply(200, good), 2, 1, "own");
    REQUIRE(judged.ok());
    CHECK(judged.value().reference == "PUA-17");
    CHECK(fhir::judge_transaction(reply(201, good), 2, 1, "own").ok());

    const auto changed = [](std::string_view from, std::string_view to) {
        std::string text(good);
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    CHECK(fault_of(reply(200, good, "text/html")) == Fault::BadReply);
    CHECK(fault_of(reply(200, good, "application/json")) == Fault::BadReply);
    CHECK(fault_of(reply(200, "<html></html>")) == Fault::BadReply);
    CHECK(fault_of(reply(200, "")) == Fault::BadReply);
    CHECK(fault_of(reply(204, "")) == Fault::BadReply);
    for (std::size_t size = 0; size < good.size(); size += 5)
        CHECK(fault_of(reply(200, good.substr(0, size))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("transaction-response", "batch-response"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("\"Bundle\"", "\"OperationOutcome\""))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("201 Created", "2010"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("201 Created", "422 Unprocessable"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("\"201 Created\"", "201"))) == Fault::BadReply);
    CHECK(fault_of(reply(200, changed("{\"response\":{\"status\":\"200\"", "{\"x\":{\"status\":\"200\""))) ==
          Fault::BadReply);
    CHECK_FALSE(fhir::judge_transaction(reply(200, good), 3, 1, "own").ok());
    CHECK_FALSE(fhir::judge_transaction(reply(200, good), 1, 0, "own").ok());
    CHECK(fault_of(reply(200, R"({"a":)" + std::string(100, '[') + std::string(100, ']') + "}")) == Fault::BadReply);
    // A place that is no id is not shown to anybody.
    for (const char* place :
         {"Task/<b>x</b>", "Task/", "Patient/1",
          "Task/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        auto odd = fhir::judge_transaction(reply(200, changed("https://c.example/fhir/Task/PUA-17/_history/1", place)),
                                           2, 1, "own");
        REQUIRE(odd.ok());
        CHECK(odd.value().reference == "own");
    }
}

TEST_CASE("reply: each status means one thing") {
    const std::pair<int, Fault> table[] = {
        {202, Fault::Pending},      {204, Fault::BadReply},    {301, Fault::NotAdmitted}, {302, Fault::NotAdmitted},
        {303, Fault::NotAdmitted},  {304, Fault::NotAdmitted}, {307, Fault::NotAdmitted}, {308, Fault::NotAdmitted},
        {400, Fault::Refused},      {401, Fault::NotAdmitted}, {403, Fault::NotAdmitted}, {404, Fault::NotAdmitted},
        {405, Fault::NotAdmitted},  {408, Fault::TimedOut},    {409, Fault::Conflict},    {410, Fault::NotAdmitted},
        {412, Fault::Precondition}, {413, Fault::Refused},     {415, Fault::Refused},     {422, Fault::Refused},
        {429, Fault::Busy},         {500, Fault::BadReply},    {501, Fault::BadReply},    {502, Fault::BadReply},
        {503, Fault::BadReply},     {504, Fault::BadReply},    {599, Fault::BadReply},    {100, Fault::BadReply},
    };
    for (const auto& [status, fault] : table) {
        CAPTURE(status);
        CHECK(fault_of(reply(status, good)) == fault);
    }
    HttpReply later = reply(503);
    later.retry_after = 7s;
    CHECK(fault_of(later) == Fault::Busy);
    HttpReply pending = reply(202);
    pending.location = "/x";
    CHECK(fhir::judge_transaction(pending, 2, 1, "own").error().location == "/x");
}

TEST_CASE("reply: how a transfer ended decides whether the request may have arrived") {
    using End = HttpReply::End;
    const std::pair<End, Proof> table[] = {{End::NoConnection, Proof::NotDelivered},
                                           {End::NotTrusted, Proof::NotDelivered},
                                           {End::BadSettings, Proof::NotDelivered},
                                           {End::Lost, Proof::Unclear},
                                           {End::TimedOut, Proof::Unclear},
                                           {End::TooLarge, Proof::Unclear},
                                           {End::Stopped, Proof::Unclear}};
    for (const auto& [end, proof] : table) {
        HttpReply r(std::pmr::get_default_resource());
        r.end = end;
        CHECK(what_it_proves(fault_of(r)) == proof);
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
