// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/resource_check.hpp"
#include "tests/net/sandbox/central.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace tests;

namespace {

struct Broken {
    const char* what;
    const char* type;
    std::function<void(Json&)> break_it;
    const char* place;
};

const Broken broken[] = {
    {"no status", "QuestionnaireResponse", [](Json& r) { r.erase("status"); }, "QuestionnaireResponse.status"},
    {"an unknown status", "QuestionnaireResponse", [](Json& r) { r["status"] = "done"; },
     "QuestionnaireResponse.status"},
    {"an unknown element", "QuestionnaireResponse", [](Json& r) { r["foo"] = 1; }, "QuestionnaireResponse.foo"},
    {"a list of identifiers", "QuestionnaireResponse",
     [](Json& r) { r["identifier"] = Json::array({r["identifier"]}); }, "QuestionnaireResponse.identifier"},
    {"an item without linkId", "QuestionnaireResponse", [](Json& r) { r["item"][0].erase("linkId"); },
     "QuestionnaireResponse.item[0].linkId"},
    {"a number as text", "QuestionnaireResponse",
     [](Json& r) {
         r["item"][0]["answer"][0] = {{"valueInteger", "3"}};
     },
     "QuestionnaireResponse.item[0].answer[0].valueInteger"},
    {"a fraction as integer", "QuestionnaireResponse",
     [](Json& r) {
         r["item"][0]["answer"][0] = {{"valueInteger", 1.5}};
     },
     "QuestionnaireResponse.item[0].answer[0].valueInteger"},
    {"two values", "QuestionnaireResponse", [](Json& r) { r["item"][0]["answer"][0]["valueBoolean"] = true; },
     "QuestionnaireResponse.item[0].answer[0].valueBoolean"},
    {"a value of no known type", "QuestionnaireResponse",
     [](Json& r) {
         r["item"][0]["answer"][0] = {{"valueCode", "x"}};
     },
     "QuestionnaireResponse.item[0].answer[0].valueCode"},
    {"answers and items", "QuestionnaireResponse",
     [](Json& r) {
         r["item"][0]["item"] = Json::array({{{"linkId", "2"}}});
     },
     "QuestionnaireResponse.item[0]"},
    {"an empty list", "QuestionnaireResponse", [](Json& r) { r["item"] = Json::array(); },
     "QuestionnaireResponse.item"},
    {"an empty object", "QuestionnaireResponse", [](Json& r) { r["subject"] = Json::object(); },
     "QuestionnaireResponse.subject"},
    {"an empty text", "QuestionnaireResponse", [](Json& r) { r["item"][0]["text"] = ""; },
     "QuestionnaireResponse.item[0].text"},
    {"a null", "QuestionnaireResponse", [](Json& r) { r["authored"] = nullptr; }, "QuestionnaireResponse.authored"},
    {"a date that is none", "QuestionnaireResponse", [](Json& r) { r["authored"] = "2026-02-30"; },
     "QuestionnaireResponse.authored"},
    {"blanks in an address", "QuestionnaireResponse", [](Json& r) { r["questionnaire"] = "a b"; },
     "QuestionnaireResponse.questionnaire"},
    {"a modifier extension", "QuestionnaireResponse",
     [](Json& r) {
         r["modifierExtension"] = Json::array({{{"url", "urn:x"}, {"valueBoolean", true}}});
     },
     "QuestionnaireResponse.modifierExtension"},
    {"an extension that says nothing", "QuestionnaireResponse",
     [](Json& r) {
         r["extension"] = Json::array({{{"url", "urn:x"}}});
     },
     "QuestionnaireResponse.extension[0]"},
    {"no intent", "Task", [](Json& r) { r.erase("intent"); }, "Task.intent"},
    {"changed before it was made", "Task", [](Json& r) { r["lastModified"] = "2026-11-21T00:00:00Z"; },
     "Task.lastModified"},
    {"an input without a value", "Task",
     [](Json& r) {
         r["input"] = Json::array({{{"type", {{"text", "x"}}}}});
     },
     "Task.input[0].value"},
    {"no content", "DocumentReference", [](Json& r) { r.erase("content"); }, "DocumentReference.content"},
    {"a date without a time", "DocumentReference", [](Json& r) { r["date"] = "2026-11-22"; }, "DocumentReference.date"},
    {"a negative size", "DocumentReference", [](Json& r) { r["content"][0]["attachment"]["size"] = -1; },
     "DocumentReference.content[0].attachment.size"},
    {"no patient", "RelatedPerson", [](Json& r) { r.erase("patient"); }, "RelatedPerson.patient"},
    {"no policy", "Consent", [](Json& r) { r.erase("policy"); }, "Consent"},
    {"no agent", "Provenance", [](Json& r) { r.erase("agent"); }, "Provenance.agent"},
    {"no base64", "Binary", [](Json& r) { r["data"] = "a*"; }, "Binary.data"},
    {"a narrative", "Binary",
     [](Json& r) {
         r["text"] = {{"status", "empty"}, {"div", "x"}};
     },
     "Binary.text"},
    {"an id with a slash", "Binary", [](Json& r) { r["id"] = "a/b"; }, "Binary.id"},
};

} // namespace

TEST_CASE("checks: what the terminals send is well formed") {
    Json bundle = request_bundle("r-1");
    for (const Json& entry : bundle["entry"]) {
        const auto read = net::sandbox::read_json(entry["resource"].dump());
        REQUIRE(read.ok());
        const auto problems = net::sandbox::check_resource(read.value());
        CAPTURE(entry["resource"]["resourceType"].get<std::string>());
        CHECK(problems.empty());
    }
}

TEST_CASE("checks: every kind of mistake is named by its place") {
    for (const Broken& one : broken) {
        CAPTURE(one.what);
        Json bundle = request_bundle("r-1");
        Json resource = entry_of(bundle, one.type)["resource"];
        one.break_it(resource);
        const auto read = net::sandbox::read_json(resource.dump());
        REQUIRE(read.ok());
        const auto problems = net::sandbox::check_resource(read.value());
        REQUIRE_FALSE(problems.empty());
        CHECK(problems.front().expression == one.place);
    }
}

TEST_CASE("checks: a form with one linkId twice is refused") {
    Central<InMemory> central;
    const Reply reply = central.post("/Questionnaire", R"({"resourceType":"Questionnaire","status":"active","item":[
        {"linkId":"1","type":"group","item":[{"linkId":"2","type":"string"}]},{"linkId":"2","type":"string"}]})");
    CHECK(reply.status == 422);
    CHECK(expression_of(reply) == "Questionnaire.item[1].linkId");
}

TEST_CASE("checks: a refusal never repeats what a person wrote") {
    Central<InMemory> central;
    Json bundle = request_bundle("r-1");
    Json& response = entry_of(bundle, "QuestionnaireResponse")["resource"];
    response["item"][0]["answer"][0] = {{"valueDate", "Segreto di Mario"}};
    const Reply reply = central.post("/", bundle.dump());
    CHECK(reply.status == 422);
    CHECK(reply.body.find("Segreto") == std::string::npos);
}

TEST_CASE("checks: what is no FHIR JSON is refused before anything else") {
    Central<InMemory> central;
    const auto send = [&](const char* type, const std::string& body) {
        return central.fhir.answer({.method = Method::Post, .path = "/Task", .content_type = type, .body = body});
    };
    CHECK(send("text/plain", "{}").status == 415);
    CHECK(send("application/fhir+xml", "<Task/>").status == 415);
    CHECK(send("", "{}").status == 415);
    CHECK(send("application/json", "{").status == 400);
    CHECK(send("application/fhir+json; charset=UTF-8", "[]").status == 400);
    CHECK(send("application/fhir+json", R"({"resourceType":"Consent"})").status == 400);
    CHECK(send("application/fhir+json", "{}").status == 422);
    CHECK(
        central.fhir
            .answer({.method = Method::Post, .path = "/Patient", .content_type = "application/fhir+json", .body = "{}"})
            .status == 404);
    CHECK(central.fhir.answer({.method = Method::Other, .path = "/Task"}).status == 405);
    CHECK(central.fhir.answer({.method = Method::Get, .path = "/"}).status == 405);
    CHECK(central.fhir.answer({.path = "/Task", .query = {{"_format", "xml"}}}).status == 406);
    CHECK(central.fhir.answer({.path = "/Task", .accept = "application/fhir+xml"}).status == 406);
}
