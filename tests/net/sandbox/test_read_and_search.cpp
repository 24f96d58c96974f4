// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/source_date.hpp"
#include "tests/net/sandbox/central.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tests;

#define BOTH InMemory, OnDisk

namespace {

Json questionnaire(const std::string& id, const char* status, const char* date, const char* context) {
    return {
        {"resourceType", "Questionnaire"},
        {"id", id},
        {"url", "https://example.org/Questionnaire/" + id},
        {"version", "1.0.0"},
        {"title", "Titolo di " + id},
        {"status", status},
        {"date", date},
        {"useContext",
         Json::array(
             {{{"code", {{"system", "http://terminology.hl7.org/CodeSystem/usage-context-type"}, {"code", "venue"}}},
               {"valueCodeableConcept", {{"coding", Json::array({{{"system", "urn:x"}, {"code", context}}})}}}}})},
        {"item", Json::array({{{"linkId", "1"}, {"type", "string"}}})}};
}

template <class Storage>
std::string found(Central<Storage>& central, net::sandbox::Parameters query) {
    const Json bundle = Json::parse(central.get("/Questionnaire", std::move(query)).body);
    std::string ids;
    if (bundle.contains("entry"))
        for (const Json& entry : bundle["entry"])
            ids += entry["resource"]["id"].template get<std::string>();
    return ids;
}

std::string header(const Reply& reply, const std::string& name) {
    const auto at =
        std::find_if(reply.headers.begin(), reply.headers.end(), [&](const auto& h) { return h.first == name; });
    return at == reply.headers.end() ? std::string() : at->second;
}

} // namespace

TEST_CASE_TEMPLATE("read: a resource comes with its version, and not again to who has it", Storage, BOTH) {
    Central<Storage> central;
    REQUIRE(central.put("/Questionnaire/a", questionnaire("a", "active", "2026-03-01", "desk")).status == 201);
    const Reply first = central.get("/Questionnaire/a");
    CHECK(first.status == 200);
    CHECK(header(first, "ETag") == "W/\"1\"");
    CHECK(header(first, "Last-Modified") == "Wed, 18 Nov 2026 11:06:40 GMT");
    CHECK(Json::parse(first.body)["meta"]["versionId"] == "1");
    const Reply unchanged = central.fhir.answer({.path = "/Questionnaire/a", .if_none_match = "W/\"1\""});
    CHECK(unchanged.status == 304);
    CHECK(unchanged.body.empty());
    CHECK(central.fhir.answer({.path = "/Questionnaire/a", .if_none_match = "W/\"2\""}).status == 200);
    CHECK(central.get("/Questionnaire/b").status == 404);
    CHECK(central.get("/Patient/a").status == 404);
    CHECK(central.get("/Questionnaire/a/b").status == 404);
    CHECK(central.get("/Questionnaire/..").status == 404);
}

TEST_CASE_TEMPLATE("update: each change is a version, the same content is none, and a stale writer is refused", Storage,
                   BOTH) {
    Central<Storage> central;
    Json form = questionnaire("a", "draft", "2026-03-01", "desk");
    CHECK(central.put("/Questionnaire/a", form).status == 201);
    CHECK(header(central.put("/Questionnaire/a", form), "ETag") == "W/\"1\"");
    form["status"] = "active";
    CHECK(central.put("/Questionnaire/a", form, "W/\"1\"").status == 200);
    form["title"] = "Altro";
    const Reply stale = central.put("/Questionnaire/a", form, "W/\"1\"");
    CHECK(stale.status == 412);
    CHECK(Json::parse(stale.body)["issue"][0]["code"] == "conflict");
    CHECK(central.put("/Questionnaire/nobody", questionnaire("nobody", "active", "2026", "x"), "W/\"1\"").status ==
          412);
    CHECK(central.get("/Questionnaire/nobody").status == 404);
    CHECK(Json::parse(central.get("/Questionnaire/a/_history/1").body)["status"] == "draft");
    CHECK(Json::parse(central.get("/Questionnaire/a/_history/2").body)["status"] == "active");
    CHECK(central.get("/Questionnaire/a/_history/3").status == 404);
    CHECK(central.get("/Questionnaire/a/_history/x").status == 404);
    CHECK(central.put("/Questionnaire/b", form).status == 400);
    // What it was found by before is forgotten.
    CHECK(found(central, {{"status", "draft"}}).empty());
}

TEST_CASE_TEMPLATE("create: a condition that finds something creates nothing", Storage, BOTH) {
    Central<Storage> central;
    const auto create = [&](const std::string& condition) {
        return central.fhir.answer({.method = Method::Post,
                                    .path = "/Questionnaire",
                                    .content_type = "application/fhir+json",
                                    .if_none_exist = condition,
                                    .body = questionnaire("a", "active", "2026-03-01", "desk").dump()});
    };
    const Reply first = create("url=https%3A%2F%2Fexample.org%2FQuestionnaire%2Fa");
    CHECK(first.status == 201);
    CHECK(header(first, "Location").starts_with("https://127.0.0.1:1/fhir/Questionnaire/"));
    CHECK(header(first, "Location").ends_with("/_history/1"));
    CHECK(create("url=https%3A%2F%2Fexample.org%2FQuestionnaire%2Fa").status == 200);
    CHECK(create("").status == 201);
    CHECK(create("url=https%3A%2F%2Fexample.org%2FQuestionnaire%2Fa").status == 412);
    CHECK(create("nonsense=1").status == 400);
}

TEST_CASE_TEMPLATE("search: a token matches exactly, with and without its system", Storage, BOTH) {
    Central<Storage> central;
    REQUIRE(central.post("/", request_bundle("r-1").dump()).status == 200);
    REQUIRE(central.post("/", request_bundle("r-10").dump()).status == 200);
    const auto total = [&](const std::string& token) {
        return Json::parse(central.get("/QuestionnaireResponse", {{"identifier", token}}).body)["total"]
            .template get<int>();
    };
    const std::string system = std::string(base_uri) + "/sid/request";
    CHECK(total(system + "|r-1") == 1);
    CHECK(total("r-1") == 1);
    CHECK(total(system + "|") == 2);
    CHECK(total("|r-1") == 0);
    CHECK(total(system + "|r-") == 0);
    CHECK(total(system + "|R-1") == 0);
    CHECK(total(system + "|r-1," + system + "|r-10") == 2);
    CHECK(total("https://other.example/sid|r-1") == 0);
    CHECK(central.get("/QuestionnaireResponse", {{"identifier", "a|b|c"}}).status == 400);
    CHECK(central.get("/QuestionnaireResponse", {{"identifier", ""}}).status == 400);
}

TEST_CASE_TEMPLATE("search: forms are found by status, address, context and date", Storage, BOTH) {
    Central<Storage> central;
    central.put("/Questionnaire/a", questionnaire("a", "active", "2026-03-01", "desk"));
    central.clock.forward(std::chrono::hours(24));
    central.put("/Questionnaire/b", questionnaire("b", "active", "2025-12-31", "kiosk"));
    central.put("/Questionnaire/c", questionnaire("c", "retired", "2026", "kiosk"));
    CHECK(found(central, {}) == "abc");
    CHECK(found(central, {{"status", "active"}}) == "ab");
    CHECK(found(central, {{"status", "active"}, {"context", "urn:x|kiosk"}}) == "b");
    CHECK(found(central, {{"url", "https://example.org/Questionnaire/c"}}) == "c");
    CHECK(found(central, {{"date", "2026"}}) == "ac");
    CHECK(found(central, {{"date", "ge2026-01-01"}}) == "ac");
    CHECK(found(central, {{"date", "lt2026"}}) == "b");
    CHECK(found(central, {{"date", "ne2026"}}) == "b");
    CHECK(found(central, {{"_lastUpdated", "gt2026-11-18T11:06:40.000Z"}}) == "bc");
    CHECK(found(central, {{"_lastUpdated", "gt2099-01-01"}}).empty());
    CHECK(found(central, {{"_id", "a,c"}}) == "ac");
    CHECK(found(central, {{"_sort", "-_lastUpdated"}}) == "cba");
    CHECK(central.get("/Questionnaire", {{"date", "2026-02-30"}}).status == 400);
}

TEST_CASE_TEMPLATE("search: long results come in pages, short ones only in part when that is wanted", Storage, BOTH) {
    Central<Storage> central;
    for (const char* id : {"a", "b", "c"})
        central.put(std::string("/Questionnaire/") + id, questionnaire(id, "active", "2026", "x"));
    const Json page = Json::parse(central.get("/Questionnaire", {{"_count", "2"}, {"status", "active"}}).body);
    CHECK(page["total"] == 3);
    CHECK(page["entry"].size() == 2);
    CHECK(page["link"][1]["relation"] == "next");
    CHECK(page["link"][1]["url"] == "https://127.0.0.1:1/fhir/Questionnaire?_count=2&status=active&_offset=2");
    CHECK(found(central, {{"_count", "2"}, {"_offset", "2"}}) == "c");
    const Json counted = Json::parse(central.get("/Questionnaire", {{"_summary", "count"}}).body);
    CHECK(counted["total"] == 3);
    CHECK_FALSE(counted.contains("entry"));
    const Json part = Json::parse(
        central.get("/Questionnaire", {{"_elements", "title"}, {"_count", "1"}}).body)["entry"][0]["resource"];
    CHECK(part["title"] == "Titolo di a");
    CHECK_FALSE(part.contains("item"));
    CHECK(part["meta"]["tag"][0]["code"] == "SUBSETTED");
    CHECK(central.get("/Questionnaire", {{"_count", "-1"}}).status == 400);
}

TEST_CASE_TEMPLATE("search: what is not understood is left out, and refused to who insists", Storage, BOTH) {
    Central<Storage> central;
    central.put("/Questionnaire/a", questionnaire("a", "active", "2026", "x"));
    const Json bundle = Json::parse(central.get("/Questionnaire", {{"publisher", "x"}, {"status", "active"}}).body);
    CHECK(bundle["total"] == 1);
    CHECK(bundle["link"][0]["url"] == "https://127.0.0.1:1/fhir/Questionnaire?status=active");
    const Reply strict =
        central.fhir.answer({.path = "/Questionnaire", .query = {{"publisher", "x"}}, .prefer = "handling=strict"});
    CHECK(strict.status == 400);
}

TEST_CASE_TEMPLATE("binary: the same scan as JSON and as what it is", Storage, BOTH) {
    Central<Storage> central;
    REQUIRE(central.post("/", request_bundle("r-1").dump()).status == 200);
    CHECK(Json::parse(central.get("/Binary/scan-r-1").body)["data"] == "aGVsbG8=");
    const Reply raw = central.fhir.answer({.path = "/Binary/scan-r-1", .accept = "image/png"});
    CHECK(raw.body == "hello");
    CHECK(raw.content_type == "image/png");
    CHECK(central.fhir.answer({.path = "/Binary/scan-r-1", .accept = "text/html"}).status == 406);
}

TEST_CASE_TEMPLATE("capabilities: what it says it can search by, it can search by", Storage, BOTH) {
    Central<Storage> central;
    const Json statement = Json::parse(central.get("/metadata").body);
    CHECK(statement["fhirVersion"] == "4.0.1");
    int asked = 0;
    for (const Json& resource : statement["rest"][0]["resource"]) {
        for (const Json& parameter : resource["searchParam"]) {
            const std::string value = parameter["type"] == "date" ? "2026" : "x";
            const Reply reply = central.fhir.answer({.path = '/' + resource["type"].get<std::string>(),
                                                     .query = {{parameter["name"].get<std::string>(), value}},
                                                     .prefer = "handling=strict"});
            CHECK(reply.status == 200);
            ++asked;
        }
    }
    CHECK(asked > 30);
}

TEST_CASE("disk: everything is there after a restart, and the next case number goes on") {
    Folder folder;
    HandClock clock;
    const auto open = [&] {
        auto store = net::sandbox::DiskStore::open(folder.path() / "central.db");
        REQUIRE(store.ok());
        return std::move(store.value());
    };
    int ids = 0;
    const auto run = [&](net::sandbox::ResourceStore& store, const Request& request) {
        net::sandbox::Records records(
            {store, clock, [&] { return forms::Uuid::named({}, std::to_string(++ids)); }, base_uri});
        return net::sandbox::FhirService(records, "https://127.0.0.1:1/fhir").answer(request);
    };
    const auto post = [](const char* id) {
        return Request{.method = Method::Post,
                       .path = "/",
                       .content_type = "application/fhir+json",
                       .body = request_bundle(id).dump()};
    };
    {
        auto store = open();
        REQUIRE(run(*store, post("r-1")).status == 200);
    }
    auto store = open();
    CHECK(statuses(run(*store, post("r-1"))) == "200 200 200 200 200 200 200");
    REQUIRE(run(*store, post("r-2")).status == 200);
    const Reply reply =
        run(*store,
            {.path = "/Task", .query = {{"identifier", std::string(base_uri) + "/sid/case-number|SB-2026-000002"}}});
    CHECK(Json::parse(reply.body)["total"] == 1);
}

TEST_CASE("disk: a second one on the same file is refused") {
    Folder folder;
    auto first = net::sandbox::DiskStore::open(folder.path() / "central.db");
    REQUIRE(first.ok());
    const auto second = net::sandbox::DiskStore::open(folder.path() / "central.db");
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().fault == net::StoreFault::InUse);
}

TEST_CASE_TEMPLATE("ids: a server that chooses them itself says so, and refuses others for what a case is made of", Storage,
                   BOTH) {
    Central<Storage> central(true);
    const Json statement = Json::parse(central.get("/metadata").body);
    CHECK(statement["date"] == std::string(net::source_date_text));
    for (const Json& one : statement["rest"][0]["resource"]) {
        const std::string type = one["type"];
        CHECK(one["updateCreate"] == (type == "Binary" || type == "Provenance" || type == "Questionnaire" ||
                                      type == "CommunicationRequest"));
    }
    Json bundle = request_bundle("r-1"); // scans and provenance by PUT, the rest by condition
    CHECK(statuses(central.post("/", bundle.dump())).find('4') == std::string::npos);
    CHECK(central.count("Task") == 1);
    Json task = entry_of(bundle, "Task")["resource"];
    task["id"] = "mine";
    task.erase("focus");
    task.erase("requester");
    CHECK(central.put("/Task/mine", task).status == 405);
    CHECK(central.count("Task") == 1);
    const Json held = Json::parse(central.get("/Task").body)["entry"][0]["resource"]; // there: an office may change it
    CHECK(central.put("/Task/" + held["id"].template get<std::string>(), held).status == 200);
}
