// SPDX-License-Identifier: EUPL-1.2
#include "tests/net/sandbox/central.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace tests {
namespace {

std::unique_ptr<net::sandbox::DiskStore> opened(const Folder& folder) {
    auto store = net::sandbox::DiskStore::open(folder.path() / "central.db");
    REQUIRE(store.ok());
    return std::move(store.value());
}

Json coding(const char* system, const char* code) {
    return {{"coding", Json::array({{{"system", system}, {"code", code}}})}};
}

std::string condition(const std::string& kind, const std::string& value) {
    return "identifier=https%3A%2F%2Fsportello.example.org%2Ffhir%2Fsid%2F" + kind + "%7C" + value;
}

Json entry(const std::string& url, const std::string& kind, const std::string& value, Json resource) {
    return {{"fullUrl", "urn:uuid:" + value},
            {"resource", std::move(resource)},
            {"request", {{"method", "POST"}, {"url", url}, {"ifNoneExist", condition(kind, value)}}}};
}

Json identifier(const std::string& kind, const std::string& value) {
    return {{"system", std::string(base_uri) + "/sid/" + kind}, {"value", value}};
}

} // namespace

OnDisk::OnDisk() : owner(opened(folder)), store(*owner) {}

Json request_bundle(const std::string& id) {
    const Json person = {
        {"type", "Patient"},
        {"identifier", {{"system", "urn:oid:2.16.840.1.113883.2.9.4.3.2"}, {"value", "RSSMRA80A01H501U"}}},
        {"display", "Mario Rossi"}};
    const std::string scan = "scan-" + id;
    const std::string trace = "trace-" + id;
    Json bundle = {{"resourceType", "Bundle"}, {"type", "transaction"}, {"entry", Json::array()}};
    Json& entries = bundle["entry"];
    entries.push_back(
        {{"fullUrl", "urn:uuid:" + scan},
         {"resource", {{"resourceType", "Binary"}, {"id", scan}, {"contentType", "image/png"}, {"data", "aGVsbG8="}}},
         {"request", {{"method", "PUT"}, {"url", "Binary/" + scan}}}});
    entries.push_back(entry("RelatedPerson", "declarant", id + "-declarant",
                            {{"resourceType", "RelatedPerson"},
                             {"identifier", Json::array({identifier("declarant", id + "-declarant")})},
                             {"patient", person},
                             {"name", Json::array({{{"text", "Bianca Rossi"}}})}}));
    entries.push_back(entry(
        "QuestionnaireResponse", "request", id,
        {{"resourceType", "QuestionnaireResponse"},
         {"identifier", identifier("request", id)},
         {"questionnaire", "https://sportello.example.org/fhir/Questionnaire/primo-accesso|1.0.0"},
         {"status", "completed"},
         {"subject", person},
         {"authored", "2026-11-22T09:41:00+01:00"},
         {"source", {{"reference", "urn:uuid:" + id + "-declarant"}}},
         {"item",
          Json::array({{{"linkId", "1"}, {"text", "Nome"}, {"answer", Json::array({{{"valueString", "Mario"}}})}}})}}));
    entries.push_back(
        entry("Task", "task", id + "-task",
              {{"resourceType", "Task"},
               {"identifier", Json::array({identifier("task", id + "-task")})},
               {"groupIdentifier", identifier("request", id)},
               {"status", "requested"},
               {"businessStatus", coding("https://sportello.example.org/fhir/CodeSystem/request-status", "received")},
               {"intent", "order"},
               {"focus", {{"reference", "urn:uuid:" + id}, {"type", "QuestionnaireResponse"}}},
               {"for", person},
               {"authoredOn", "2026-11-22T09:41:00+01:00"},
               {"requester", {{"reference", "urn:uuid:" + id + "-declarant"}}}}));
    entries.push_back(entry(
        "DocumentReference", "document", id + "-doc-1",
        {{"resourceType", "DocumentReference"},
         {"identifier", Json::array({identifier("document", id + "-doc-1")})},
         {"status", "current"},
         {"content", Json::array({{{"attachment",
                                    {{"contentType", "image/png"}, {"url", "Binary/" + scan}, {"title", "Carta"}}}}})},
         {"context", {{"related", Json::array({{{"reference", "urn:uuid:" + id}}})}}}}));
    entries.push_back(
        entry("Consent", "consent", id + "-consent",
              {{"resourceType", "Consent"},
               {"identifier", Json::array({identifier("consent", id + "-consent")})},
               {"status", "active"},
               {"scope", coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")},
               {"category", Json::array({coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IDSCL")})},
               {"patient", person},
               {"sourceReference", {{"reference", "urn:uuid:" + id}}},
               {"policy", Json::array({{{"uri", "https://sportello.example.org/fhir/policy/1"}}})},
               {"provision", {{"type", "permit"}}}}));
    entries.push_back({{"fullUrl", "urn:uuid:" + trace},
                       {"resource",
                        {{"resourceType", "Provenance"},
                         {"id", trace},
                         {"target", Json::array({{{"reference", "urn:uuid:" + id}}})},
                         {"recorded", "2026-11-22T09:41:00+01:00"},
                         {"agent", Json::array({{{"who", {{"identifier", identifier("terminal", "orvieto-01")}}}}})}}},
                       {"request", {{"method", "PUT"}, {"url", "Provenance/" + trace}}}});
    return bundle;
}

Json& entry_of(Json& bundle, const std::string& type) {
    for (Json& one : bundle["entry"])
        if (one["resource"]["resourceType"] == type) return one;
    FAIL("no such entry: " << type);
    return bundle;
}

std::string statuses(const Reply& reply) {
    const Json bundle = Json::parse(reply.body);
    if (!bundle.contains("entry")) return std::to_string(reply.status);
    std::string all;
    for (const Json& one : bundle["entry"])
        all += (all.empty() ? "" : " ") + one["response"]["status"].get<std::string>().substr(0, 3);
    return all;
}

std::string expression_of(const Reply& reply) {
    const Json outcome = Json::parse(reply.body);
    REQUIRE(outcome["resourceType"] == "OperationOutcome");
    const Json& issue = outcome["issue"][0];
    return issue.contains("expression") ? issue["expression"][0].get<std::string>() : std::string();
}

} // namespace tests
