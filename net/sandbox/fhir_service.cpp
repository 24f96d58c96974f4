// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/fhir_service.hpp"

#include "forms/base/digest.hpp"
#include "net/runtime/source_date.hpp"
#include "net/sandbox/element_table.hpp"
#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/resource_check.hpp"
#include "net/sandbox/search.hpp"
#include "net/sandbox/transaction.hpp"
#include "net/sandbox/web_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace net::sandbox {
namespace {

bool is_json_type(std::string_view content_type) {
    const std::string_view bare = content_type.substr(0, content_type.find(';'));
    return bare == "application/fhir+json" || bare == "application/json" || bare == "application/fhir+json " ||
           bare == "application/json ";
}

/// Is there anything in Accept that JSON would satisfy?
bool accepts_json(std::string_view accept) {
    if (accept.empty()) return true;
    for (const std::string_view good :
         {"*/*", "application/*", "application/fhir+json", "application/json", "text/json"})
        if (accept.find(good) != std::string_view::npos) return true;
    return false;
}

bool names_json(std::string_view format) {
    return format.empty() || format == "json" || format.starts_with("application/json") ||
           format.starts_with("application/fhir+json") || format.starts_with("application/fhir json");
}

std::vector<std::string> path_parts(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        path.remove_prefix(path.front() == '/' ? 1 : 0);
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0) parts.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return parts;
}

forms::Result<Json, Refusal> body_of(const Request& request) {
    if (!is_json_type(request.content_type))
        return refuse(415, IssueCode::NotSupported, "The content type must be application/fhir+json");
    auto read = read_json(request.body);
    if (!read.ok()) return refuse(read.error());
    if (!read.value().is_object()) return refuse(400, IssueCode::Structure, "The body is not a JSON object");
    return std::move(read.value());
}

bool wants_resource_back(const Request& request) {
    return request.prefer.find("return=representation") != std::string::npos;
}

/// Only the wanted elements, and the mark that says so.
Json subset(const Json& resource, const std::vector<std::string>& elements) {
    Json out = Json::object();
    for (const auto& [name, value] : resource.items()) {
        const bool wanted = std::find(elements.begin(), elements.end(), name) != elements.end();
        if (wanted || name == "resourceType" || name == "id" || name == "meta") out[name] = value;
    }
    out["meta"]["tag"].push_back(
        {{"system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"}, {"code", "SUBSETTED"}});
    return out;
}

std::string query_text(const Parameters& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters)
        text += (text.empty() ? "?" : "&") + percent_encoded(name) + '=' + percent_encoded(value);
    return text;
}

const char* name_of(SearchKind kind) {
    switch (kind) {
    case SearchKind::Token:
        return "token";
    case SearchKind::Date:
        return "date";
    case SearchKind::Uri:
        return "uri";
    case SearchKind::Reference:
        return "reference";
    }
    return "special";
}

} // namespace

Reply FhirService::answer(const Request& request) {
    auto answer = route(request);
    Reply reply = answer.ok() ? std::move(answer.value()) : reply_of(answer.error());
    if (reply.status == 405) reply.headers.emplace_back("Allow", "GET, HEAD, POST, PUT");
    if (parameter(request.query, "_pretty") == "true" && reply.content_type == fhir_json)
        if (const auto json = read_json(reply.body); json.ok()) reply.body = write_json(json.value(), true) + '\n';
    return reply;
}

FhirService::Answer FhirService::route(const Request& request) {
    if (!names_json(parameter(request.query, "_format")))
        return refuse(406, IssueCode::NotSupported, "This server answers in JSON");
    const auto parts = path_parts(request.path);
    const bool reads = request.method == Method::Get || request.method == Method::Head;
    if (parts.empty()) {
        if (request.method != Method::Post)
            return refuse(405, IssueCode::NotSupported, "The base takes POST of a transaction Bundle");
        auto bundle = body_of(request);
        if (!bundle.ok()) return bundle.error();
        auto done = run_transaction(records_, bundle.value(), wants_resource_back(request));
        if (!done.ok()) return done.error();
        return Reply{.status = 200, .content_type = fhir_json, .body = write_json(done.value()), .headers = {}};
    }
    if (parts[0] == "metadata" && parts.size() == 1 && reads) return capabilities();
    const auto types = resource_types();
    if (std::find(types.begin(), types.end(), parts[0]) == types.end())
        return refuse(404, IssueCode::NotSupported, "There are no resources of this type here");
    if (parts.size() == 1 && reads) return search(request, parts[0], request.query);
    if (parts.size() == 1 && request.method == Method::Post) return create(request, parts[0]);
    if (parts.size() == 2 && parts[1] == "_search" && request.method == Method::Post) {
        const auto form = read_parameters(request.body);
        if (!request.content_type.starts_with("application/x-www-form-urlencoded"))
            return refuse(415, IssueCode::NotSupported, "_search takes application/x-www-form-urlencoded");
        if (!form) return refuse(400, IssueCode::Value, "The form cannot be read");
        return search(request, parts[0], *form);
    }
    if (parts.size() >= 2 && !is_id(parts[1]))
        return refuse(404, IssueCode::NotFound, "There is nothing under this address");
    if (parts.size() == 2 && reads) return read(request, parts[0], parts[1]);
    if (parts.size() == 2 && request.method == Method::Put) return update(request, parts[0], parts[1]);
    if (parts.size() == 4 && parts[2] == "_history" && reads) return read_version(parts[0], parts[1], parts[3]);
    if (parts.size() <= 2) return refuse(405, IssueCode::NotSupported, "This server does not do that with a resource");
    return refuse(404, IssueCode::NotFound, "There is nothing under this address");
}

Reply FhirService::served(const Version& version, int status) const {
    return {.status = status,
            .content_type = fhir_json,
            .body = version.body,
            .headers = {{"ETag", etag_of(version.number)}, {"Last-Modified", http_date(version.updated)}}};
}

Reply FhirService::saved(const Request& request, const Saved& done) const {
    Reply reply = served(done.version, done.created ? 201 : 200);
    reply.headers.emplace_back("Location", base_ + '/' + done.version.type + '/' + done.version.id + "/_history/" +
                                               std::to_string(done.version.number));
    if (request.prefer.find("return=minimal") != std::string::npos) {
        reply.body.clear();
        reply.content_type.clear();
    }
    return reply;
}

FhirService::Answer FhirService::read(const Request& request, const std::string& type, const std::string& id) {
    auto found = records_.read(type, id);
    if (!found.ok()) return found.error();
    if (!found.value()) return refuse(404, IssueCode::NotFound, "There is no such resource");
    const Version& version = *found.value();
    Reply reply = served(version, 200);
    if (!request.if_none_match.empty() && names_version(request.if_none_match, version.number)) {
        reply.status = 304;
        reply.body.clear();
        reply.content_type.clear();
        return reply;
    }
    if (accepts_json(request.accept)) return reply;
    if (type != "Binary") return refuse(406, IssueCode::NotSupported, "This server answers in JSON");
    // A Binary may also be had as what it holds (FHIR R4 §binary).
    auto resource = read_json(version.body);
    if (!resource.ok()) return refuse(StorageFault::Broken);
    const std::string kind = text_of(resource.value(), "contentType");
    const auto bytes = base64_decoded(text_of(resource.value(), "data"));
    const std::string family = kind.substr(0, kind.find('/')) + "/*";
    if (!bytes || (request.accept.find(kind) == std::string::npos && request.accept.find(family) == std::string::npos))
        return refuse(406, IssueCode::NotSupported, "The Binary is of another type");
    reply.content_type = kind;
    reply.body = *bytes;
    return reply;
}

FhirService::Answer FhirService::read_version(const std::string& type, const std::string& id,
                                              const std::string& number) {
    std::int64_t wanted = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), wanted);
    if (error != std::errc() || end != number.data() + number.size())
        return refuse(404, IssueCode::NotFound, "There is no such version");
    auto found = records_.read(type, id, wanted);
    if (!found.ok()) return found.error();
    if (!found.value()) return refuse(404, IssueCode::NotFound, "There is no such version");
    return served(*found.value(), 200);
}

FhirService::Answer FhirService::search(const Request& request, const std::string& type, const Parameters& parameters) {
    if (!accepts_json(request.accept)) return refuse(406, IssueCode::NotSupported, "This server answers in JSON");
    const bool strict = request.prefer.find("handling=strict") != std::string::npos;
    auto planned = plan_search(type, parameters, strict);
    if (!planned.ok()) return planned.error();
    SearchPlan& plan = planned.value();
    auto total = records_.count(plan.query);
    if (!total.ok()) return total.error();

    Json links = Json::array();
    links.push_back({{"relation", "self"}, {"url", base_ + '/' + type + query_text(plan.used)}});
    Json entries = Json::array();
    std::string seen = std::to_string(total.value()); // what the answer depends on: the versions, and the question
    if (!plan.count_only && plan.query.limit > 0) {
        auto found = records_.find(plan.query);
        if (!found.ok()) return found.error();
        for (const Version& version : found.value()) {
            seen += ' ' + version.id + '/' + std::to_string(version.number);
            auto resource = read_json(version.body);
            if (!resource.ok()) return refuse(StorageFault::Broken);
            if (!plan.elements.empty()) resource.value() = subset(resource.value(), plan.elements);
            entries.push_back({{"fullUrl", base_ + '/' + type + '/' + version.id},
                               {"resource", std::move(resource.value())},
                               {"search", {{"mode", "match"}}}});
        }
        const std::int64_t next = plan.query.offset + plan.query.limit;
        if (next < total.value()) {
            Parameters more;
            std::copy_if(plan.used.begin(), plan.used.end(), std::back_inserter(more),
                         [](const auto& p) { return p.first != "_offset"; });
            more.emplace_back("_offset", std::to_string(next));
            links.push_back({{"relation", "next"}, {"url", base_ + '/' + type + query_text(more)}});
        }
    }
    Json bundle = {{"resourceType", "Bundle"},
                   {"id", records_.new_uuid()},
                   {"meta", {{"lastUpdated", instant_text(records_.now())}}},
                   {"type", "searchset"},
                   {"total", total.value()},
                   {"link", std::move(links)}};
    if (!entries.empty()) bundle["entry"] = std::move(entries);
    // A list has a tag, too: whoever asks again and again is told in one line that nothing changed (RFC 9110 §13.1.2).
    const std::string tag = "W/\"" + forms::hex(forms::sha256(query_text(plan.used) + seen)).substr(0, 16) + '"';
    if (!request.if_none_match.empty() && request.if_none_match == tag)
        return Reply{.status = 304, .content_type = {}, .body = {}, .headers = {{"ETag", tag}}};
    return Reply{.status = 200, .content_type = fhir_json, .body = write_json(bundle), .headers = {{"ETag", tag}}};
}

FhirService::Answer FhirService::create(const Request& request, const std::string& type) {
    auto body = body_of(request);
    if (!body.ok()) return body.error();
    Json& resource = body.value();
    if (text_of(resource, "resourceType") != type && resource.contains("resourceType"))
        return refuse(400, IssueCode::Invalid, "The resource is not of the type in the URL", "resourceType");
    if (auto problems = check_resource(resource, type); !problems.empty()) return Refusal{422, std::move(problems)};
    StoreTransaction transaction(records_.store());
    if (auto begun = transaction.begin(); !begun.ok()) return refuse(begun.error());
    if (!request.if_none_exist.empty()) {
        auto query = plan_condition(type, request.if_none_exist, {});
        if (!query.ok()) return query.error();
        auto found = records_.find_one(query.value(), {});
        if (!found.ok()) return found.error();
        if (found.value()) return saved(request, {*found.value(), false});
    }
    auto id = records_.new_id(type);
    if (!id.ok()) return id.error();
    auto done = records_.create(std::move(resource), id.value(), Records::IdBy::Server);
    if (!done.ok()) return done.error();
    if (auto committed = transaction.commit(); !committed.ok()) return refuse(committed.error());
    return saved(request, done.value());
}

FhirService::Answer FhirService::update(const Request& request, const std::string& type, const std::string& id) {
    auto body = body_of(request);
    if (!body.ok()) return body.error();
    Json& resource = body.value();
    if (text_of(resource, "resourceType") != type && resource.contains("resourceType"))
        return refuse(400, IssueCode::Invalid, "The resource is not of the type in the URL", "resourceType");
    if (auto problems = check_resource(resource, type); !problems.empty()) return Refusal{422, std::move(problems)};
    if (text_of(resource, "id") != id)
        return refuse(400, IssueCode::Invalid, "The id of the resource is not that in the URL", type + ".id");
    StoreTransaction transaction(records_.store());
    if (auto begun = transaction.begin(); !begun.ok()) return refuse(begun.error());
    auto done = records_.update(std::move(resource), id, {request.if_match, request.if_none_match});
    if (!done.ok()) return done.error();
    if (auto committed = transaction.commit(); !committed.ok()) return refuse(committed.error());
    return saved(request, done.value());
}

FhirService::Answer FhirService::capabilities() const {
    Json resources = Json::array();
    for (const std::string_view type : resource_types()) {
        Json interactions = Json::array();
        for (const char* code : {"read", "vread", "update", "create", "search-type"})
            interactions.push_back({{"code", code}});
        Json searches = Json::array();
        for (const SearchParameter& p : search_parameters())
            if (p.type == type || p.type == "Resource")
                searches.push_back({{"name", std::string(p.name)}, {"type", name_of(p.kind)}});
        resources.push_back({{"type", std::string(type)},
                             {"interaction", std::move(interactions)},
                             {"versioning", "versioned"},
                             {"readHistory", true},
                             {"updateCreate", records_.takes_ids_of_clients(type)},
                             {"conditionalCreate", true},
                             {"conditionalRead", "not-match"},
                             {"conditionalUpdate", false},
                             {"conditionalDelete", "not-supported"},
                             {"referencePolicy", {"literal", "logical", "resolves"}},
                             {"searchParam", std::move(searches)}});
    }
    const Json statement = {
        {"resourceType", "CapabilityStatement"},
        {"status", "active"},
        {"experimental", true},
        {"date", std::string(source_date_text)},
        {"kind", "instance"},
        {"software", {{"name", "sportello-sandbox"}}},
        {"implementation",
         {{"description", "Central system for demos, staff training and tests. Not for real data."}, {"url", base_}}},
        {"fhirVersion", "4.0.1"},
        {"format", {"json", "application/fhir+json"}},
        {"rest", Json::array({{{"mode", "server"},
                               {"resource", std::move(resources)},
                               {"interaction", Json::array({{{"code", "transaction"}}})}}})},
    };
    return Reply{.status = 200, .content_type = fhir_json, .body = write_json(statement), .headers = {}};
}

} // namespace net::sandbox
