// SPDX-License-Identifier: EUPL-1.2
#include "tests/net/sandbox/central.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace tests;

#define BOTH InMemory, OnDisk

TEST_CASE_TEMPLATE("transaction: a request makes one of each kind, and the same request again makes nothing", Storage,
                   BOTH) {
    Central<Storage> central;
    const std::string bundle = request_bundle("r-1").dump();
    const Reply first = central.post("/", bundle);
    REQUIRE(first.status == 200);
    CHECK(statuses(first) == "201 201 201 201 201 201 201");
    const Reply second = central.post("/", bundle);
    CHECK(statuses(second) == "200 200 200 200 200 200 200");
    for (const char* type :
         {"Binary", "RelatedPerson", "QuestionnaireResponse", "Task", "DocumentReference", "Consent", "Provenance"}) {
        CAPTURE(type);
        CHECK(central.count(type) == 1);
    }
    // A resend leaves no second version either.
    CHECK(Json::parse(second.body)["entry"][0]["response"]["etag"] == "W/\"1\"");
}

TEST_CASE_TEMPLATE("transaction: every entry says where its resource lies and which version it is", Storage, BOTH) {
    Central<Storage> central;
    const Json answer = Json::parse(central.post("/", request_bundle("r-1").dump()).body);
    CHECK(answer["type"] == "transaction-response");
    REQUIRE(answer["entry"].size() == 7);
    for (const Json& entry : answer["entry"]) {
        const std::string location = entry["response"]["location"];
        const std::string place = location.substr(0, location.find("/_history/"));
        CHECK(central.get('/' + place).status == 200);
        CHECK(central.get('/' + location).status == 200);
        CHECK(entry["response"]["etag"] == "W/\"1\"");
        CHECK(entry["response"]["lastModified"] == "2026-11-18T11:06:40.000Z");
    }
    CHECK(Json::parse(central.post("/", request_bundle("r-2").dump()).body)["entry"][0].contains("resource") == false);
    const Reply whole = central.fhir.answer({.method = Method::Post,
                                             .path = "/",
                                             .content_type = "application/fhir+json",
                                             .prefer = "return=representation",
                                             .body = request_bundle("r-3").dump()});
    CHECK(Json::parse(whole.body)["entry"][3]["resource"]["resourceType"] == "Task");
}

TEST_CASE_TEMPLATE("transaction: one wrong entry and nothing is stored", Storage, BOTH) {
    Central<Storage> central;
    Json bundle = request_bundle("r-1");
    SUBCASE("an element is missing") {
        entry_of(bundle, "Consent")["resource"].erase("status");
        const Reply reply = central.post("/", bundle.dump());
        CHECK(reply.status == 422);
        CHECK(expression_of(reply) == "Bundle.entry[5].resource.status");
    }
    SUBCASE("a reference leads to no entry") {
        entry_of(bundle, "Task")["resource"]["focus"]["reference"] = "urn:uuid:not-there";
        const Reply reply = central.post("/", bundle.dump());
        CHECK(reply.status == 422);
        CHECK(expression_of(reply) == "Bundle.entry[3].resource.focus.reference");
    }
    SUBCASE("a reference leads to nothing stored") {
        entry_of(bundle, "Provenance")["resource"]["target"][0]["reference"] = "Task/nobody";
        CHECK(expression_of(central.post("/", bundle.dump())) == "Bundle.entry[6].resource.target[0].reference");
    }
    SUBCASE("the last entry meets a version it did not expect") {
        entry_of(bundle, "Provenance")["request"]["ifMatch"] = "W/\"7\"";
        CHECK(central.post("/", bundle.dump()).status == 412);
    }
    SUBCASE("the condition of the last entry names two resources") {
        Json other = request_bundle("r-9");
        for (int i = 0; i < 2; ++i) {
            Json consent = entry_of(other, "Consent")["resource"];
            consent.erase("sourceReference");
            REQUIRE(central.post("/Consent", consent.dump()).status == 201);
        }
        entry_of(bundle, "Consent")["request"]["ifNoneExist"] = entry_of(other, "Consent")["request"]["ifNoneExist"];
        CHECK(central.post("/", bundle.dump()).status == 412);
        CHECK(central.count("Consent") == 2);
    }
    for (const char* type :
         {"Binary", "RelatedPerson", "QuestionnaireResponse", "Task", "DocumentReference", "Provenance"}) {
        CAPTURE(type);
        CHECK(central.count(type) == 0);
    }
    // Not even a case number is lost.
    REQUIRE(central.post("/", request_bundle("r-2").dump()).status == 200);
    CHECK(central.get("/Task", {{"identifier", std::string(base_uri) + "/sid/case-number|SB-2026-000001"}})
              .body.find("\"total\":1") != std::string::npos);
}

TEST_CASE("transaction: when the room runs out in the middle, nothing is stored") {
    Central<InMemory> central;
    REQUIRE(central.post("/", request_bundle("r-1").dump()).status == 200);
    central.storage.store.full = true;
    CHECK(central.post("/", request_bundle("r-2").dump()).status == 507);
    central.storage.store.full = false;
    CHECK(central.count("Binary") == 1);
    CHECK(central.post("/", request_bundle("r-2").dump()).status == 200);
}

TEST_CASE_TEMPLATE("transaction: references between the entries lead to where the resources ended", Storage, BOTH) {
    Central<Storage> central;
    const Json answer = Json::parse(central.post("/", request_bundle("r-1").dump()).body);
    const auto place = [&](std::size_t index) {
        const std::string location = answer["entry"][index]["response"]["location"];
        return location.substr(0, location.find("/_history/"));
    };
    const Json task = Json::parse(central.get('/' + place(3)).body);
    CHECK(task["focus"]["reference"] == place(2));
    CHECK(task["requester"]["reference"] == place(1));
    CHECK(Json::parse(central.get('/' + place(5)).body)["sourceReference"]["reference"] == place(2));
    CHECK(Json::parse(central.get('/' + place(6)).body)["target"][0]["reference"] == place(2));

    // Found again: the reference of a new entry leads to the resource that was there.
    Json again = request_bundle("r-1");
    entry_of(again, "Task")["request"].erase("ifNoneExist");
    const Json second = Json::parse(central.post("/", again.dump()).body);
    const std::string location = second["entry"][3]["response"]["location"];
    CHECK(Json::parse(central.get('/' + location).body)["focus"]["reference"] == place(2));
}

TEST_CASE_TEMPLATE("transaction: changed answers under a known identifier are not stored", Storage, BOTH) {
    Central<Storage> central;
    Json bundle = request_bundle("r-1");
    REQUIRE(central.post("/", bundle.dump()).status == 200);
    entry_of(bundle, "QuestionnaireResponse")["resource"]["item"][0]["answer"][0]["valueString"] = "Luigi";
    CHECK(statuses(central.post("/", bundle.dump())) == "200 200 200 200 200 200 200");
    const Reply stored = central.get("/QuestionnaireResponse", {{"identifier", "r-1"}});
    CHECK(stored.body.find("Mario\"") != std::string::npos);
    CHECK(stored.body.find("Luigi") == std::string::npos);
}

TEST_CASE_TEMPLATE("transaction: what cannot be one is refused as a whole", Storage, BOTH) {
    Central<Storage> central;
    Json bundle = request_bundle("r-1");
    int status = 0;
    SUBCASE("no entries") {
        bundle["entry"] = Json::array();
        status = 400;
    }
    SUBCASE("a batch") {
        bundle["type"] = "batch";
        status = 400;
    }
    SUBCASE("no Bundle") {
        bundle = bundle["entry"][2]["resource"];
        status = 400;
    }
    SUBCASE("an entry without a request") {
        bundle["entry"][2].erase("request");
        status = 422;
    }
    SUBCASE("an entry without a resource") {
        bundle["entry"][2].erase("resource");
        status = 422;
    }
    SUBCASE("an unknown method") {
        bundle["entry"][2]["request"]["method"] = "SEND";
        status = 422;
    }
    SUBCASE("a type that is not taken") {
        bundle["entry"][2]["request"]["url"] = "Patient";
        status = 422;
    }
    SUBCASE("another type in the URL") {
        bundle["entry"][2]["request"]["url"] = "Task";
        status = 422;
    }
    SUBCASE("another id in the URL") {
        bundle["entry"][0]["request"]["url"] = "Binary/other";
        status = 422;
    }
    SUBCASE("two entries under one fullUrl") {
        bundle["entry"][1]["fullUrl"] = bundle["entry"][0]["fullUrl"];
        status = 422;
    }
    SUBCASE("two entries with one identity") {
        Json twin = bundle["entry"][3];
        twin["fullUrl"] = "urn:uuid:twin";
        bundle["entry"].push_back(twin);
        status = 422;
    }
    SUBCASE("a condition without a parameter") {
        bundle["entry"][3]["request"]["ifNoneExist"] = "?";
        status = 400;
    }
    SUBCASE("a condition by something that is not searched by") {
        bundle["entry"][3]["request"]["ifNoneExist"] = "owner=x";
        status = 400;
    }
    SUBCASE("more entries than a Bundle may have") {
        bundle["entry"] = Json::array();
        for (int i = 0; i < 501; ++i)
            bundle["entry"].push_back(Json::object());
        status = 413;
    }
    const Reply reply = central.post("/", bundle.dump());
    CHECK(reply.status == status);
    CHECK(Json::parse(reply.body)["resourceType"] == "OperationOutcome");
    CHECK(central.count("Task") == 0);
}

TEST_CASE_TEMPLATE("transaction: a scan that is already there is left alone when the sender says so", Storage, BOTH) {
    Central<Storage> central;
    Json bundle = request_bundle("r-1");
    bundle["entry"][0]["request"]["ifNoneMatch"] = "*";
    CHECK(central.post("/", bundle.dump()).status == 200);
    CHECK(central.post("/", bundle.dump()).status == 412);
}

TEST_CASE_TEMPLATE("case numbers: what the answer calls the task is what a person can quote", Storage, BOTH) {
    Central<Storage> central;
    Json own = entry_of(*std::make_unique<Json>(request_bundle("r-0")), "Task")["resource"];
    own["id"] = "SB-2026-000001"; // a client takes a number of ours
    own.erase("focus");
    own.erase("requester");
    REQUIRE(central.put("/Task/SB-2026-000001", own).status == 201);
    const Json answer = Json::parse(central.post("/", request_bundle("r-1").dump()).body);
    CHECK(answer["entry"][3]["response"]["location"] == "Task/SB-2026-000002/_history/1");
    const Json task = Json::parse(central.get("/Task/SB-2026-000002").body);
    CHECK(task["identifier"][1]["value"] == "SB-2026-000002");
}

TEST_CASE_TEMPLATE("case numbers: each new request gets the next one of its year, and keeps it", Storage, BOTH) {
    Central<Storage> central;
    const auto number_of = [&](const std::string& id) {
        const Json found = Json::parse(
            central.get("/Task", {{"identifier", std::string(base_uri) + "/sid/task|" + id + "-task"}}).body);
        REQUIRE(found["total"] == 1);
        for (const Json& identifier : found["entry"][0]["resource"]["identifier"])
            if (identifier["system"] == std::string(base_uri) + "/sid/case-number")
                return identifier["value"].template get<std::string>();
        return std::string();
    };
    for (const char* id : {"r-1", "r-2"})
        REQUIRE(central.post("/", request_bundle(id).dump()).status == 200);
    CHECK(number_of("r-1") == "SB-2026-000001");
    CHECK(number_of("r-2") == "SB-2026-000002");
    REQUIRE(central.post("/", request_bundle("r-1").dump()).status == 200);
    CHECK(number_of("r-1") == "SB-2026-000001");
    central.clock.forward(std::chrono::hours(24 * 60)); // into January
    REQUIRE(central.post("/", request_bundle("r-3").dump()).status == 200);
    CHECK(number_of("r-3") == "SB-2027-000001");

    // An update that does not know the number does not lose it.
    Json task = Json::parse(central.get("/Task", {{"identifier", "r-1-task"}}).body)["entry"][0]["resource"];
    task["identifier"].erase(1);
    task["status"] = "received";
    CHECK(central.put("/Task/" + task["id"].get<std::string>(), task).status == 200);
    CHECK(number_of("r-1") == "SB-2026-000001");
}
