// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/disk_store.hpp"
#include "net/sandbox/fhir_service.hpp"
#include "net/sandbox/page.hpp"
#include "net/seal/signed_package.hpp"
#include "net/sandbox/records.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/net/sandbox/memory_store.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace tests {

using net::sandbox::Json;
using net::sandbox::Method;
using net::sandbox::Reply;
using net::sandbox::Request;

inline constexpr const char* base_uri = "https://sportello.example.org/fhir";

/// Where the resources lie: in memory, or in a file of the test's own.
struct InMemory {
    MemoryStore store;
    static constexpr const char* name = "memory";
};
struct OnDisk {
    OnDisk();
    Folder folder;
    std::unique_ptr<net::sandbox::DiskStore> owner;
    net::sandbox::DiskStore& store;
    static constexpr const char* name = "disk";
};

/// A whole central system without its HTTP. Ids are counted, time is turned by hand.
template <class Storage>
struct Central {
    explicit Central(bool chooses_ids = false) : ids_by_server(chooses_ids) {}
    bool ids_by_server;
    Storage storage;
    HandClock clock;
    std::uint8_t last_id = 0;
    net::sandbox::Records records{{storage.store, clock,
                                   [this] { return forms::Uuid::named({}, std::to_string(++last_id)); }, base_uri,
                                   ids_by_server}};
    net::sandbox::FhirService fhir{records, "https://127.0.0.1:1/fhir"};
    net::Signer signer = net::Signer::from_seed({});
    net::sandbox::Page page{records, signer};

    Reply post(const std::string& path, const std::string& body) {
        return fhir.answer(
            {.method = Method::Post, .path = path, .content_type = "application/fhir+json", .body = body});
    }
    Reply put(const std::string& path, const Json& body, const std::string& if_match = {}) {
        return fhir.answer({.method = Method::Put,
                            .path = path,
                            .content_type = "application/fhir+json",
                            .if_match = if_match,
                            .body = body.dump()});
    }
    Reply get(const std::string& path, net::sandbox::Parameters query = {}) {
        return fhir.answer({.method = Method::Get, .path = path, .query = std::move(query)});
    }
    /// How many resources of a type there are.
    int count(const std::string& type) {
        return Json::parse(get('/' + type, {{"_summary", "count"}}).body)["total"].template get<int>();
    }
};

/// What a terminal sends for one request: a declarant, answers, a task, a document with its scan, a consent, the
/// provenance. `id` tells requests apart.
[[nodiscard]] Json request_bundle(const std::string& id);
/// The entry whose resource has this type.
[[nodiscard]] Json& entry_of(Json& bundle, const std::string& type);
/// The status lines of a transaction-response, three digits each: "201 201 200".
[[nodiscard]] std::string statuses(const Reply& reply);
/// The first expression of an OperationOutcome.
[[nodiscard]] std::string expression_of(const Reply& reply);

} // namespace tests
