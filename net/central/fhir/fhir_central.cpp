// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/fhir_central.hpp"

#include "net/central/fhir/bundle.hpp"
#include "net/central/fhir/reply.hpp"

#include <algorithm>

namespace net {
namespace {

constexpr const char* fhir_json = "application/fhir+json";

std::size_t place_of_task(const Submission& s) {
    const auto entries = fhir::entries_of(s);
    const auto found = std::ranges::find(entries, "Task", &fhir::Entry::type);
    const auto place = static_cast<std::size_t>(found - entries.begin());
    return fhir::files_go_ahead(s) ? place - s.attachments.size() : place;
}

std::string own_reference(const Submission& s) { return s.id.text() + "-task"; }

/// "https://host:port" of an address.
std::string_view origin_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    return url.substr(0, url.find('/', scheme + 3));
}

} // namespace

FhirCentral::FhirCentral(std::string base_url, HttpSettings settings, const forms::Clock& clock, ClockFloor& floor,
                         std::pmr::memory_resource* memory)
    : base_url_(std::move(base_url)), client_(std::move(settings), clock, floor), memory_(memory) {
    while (base_url_.ends_with('/'))
        base_url_.pop_back();
}

CentralResult<Delivered> FhirCentral::deliver(const Submission& submission, std::span<const SecretBytes> files,
                                              std::stop_token stop) {
    const auto bundle = fhir::build_bundle(submission, files);
    if (!bundle) return CentralError{Fault::NotASubmission};
    if (fhir::files_go_ahead(submission)) {
        for (std::size_t n = 1; n <= files.size(); ++n) {
            const Text binary = fhir::build_binary(submission, n, files[n - 1]);
            const auto id = part_id(submission.id, "doc-" + std::to_string(n) + "-binary").text();
            HttpRequest put{HttpRequest::Method::Put, base_url_ + "/Binary/" + id, binary, fhir_json, {}};
            auto stored = fhir::judge_update(client_.ask(put, memory_, stop));
            if (!stored.ok()) return stored;
        }
    }
    HttpRequest post{HttpRequest::Method::Post, base_url_, *bundle, fhir_json, {}};
    auto judged = fhir::judge_transaction(client_.ask(post, memory_, stop), fhir::bundle_size(submission),
                                          place_of_task(submission), own_reference(submission));
    // A place to ask on another host would be a redirect in disguise.
    if (!judged.ok() && judged.error().fault == Fault::Pending) {
        CentralError error = judged.error();
        if (error.location.starts_with('/')) error.location = std::string(origin_of(base_url_)) + error.location;
        if (error.location.empty() || error.location.size() > 1000 || origin_of(error.location) != origin_of(base_url_))
            error = {Fault::BadReply, error.http_status, 0, {}, {}};
        return error;
    }
    return judged;
}

CentralResult<Presence> FhirCentral::look_up(const Submission& submission, std::stop_token stop) {
    Presence presence;
    std::size_t present = 0, scans = 0;
    const auto entries = fhir::entries_of(submission);
    for (const fhir::Entry& entry : entries) {
        if (!entry.by_identifier()) {
            HttpRequest read{entry.type == "Binary" ? HttpRequest::Method::Head : HttpRequest::Method::Get,
                             base_url_ + "/" + entry.type + "/" + entry.id,
                             {},
                             {},
                             {}};
            auto there = fhir::judge_read(client_.ask(read, memory_, stop));
            if (!there.ok()) return there.error();
            present += there.value() ? 1 : 0;
            scans += there.value() && entry.type == "Binary" ? 1 : 0;
            continue;
        }
        HttpRequest search{HttpRequest::Method::Get,
                           base_url_ + "/" + entry.type + "?" + fhir::identifier_query(entry.system, entry.value) +
                               "&_elements=identifier&_count=2",
                           {},
                           {},
                           {"Prefer: handling=strict"}};
        auto match = fhir::judge_search(client_.ask(search, memory_, stop), entry.type, entry.system, entry.value);
        if (!match.ok()) return match.error();
        present += match.value().count > 0 ? 1 : 0;
        presence.doubled = presence.doubled || match.value().count > 1;
        if (entry.type == "Task")
            presence.reference = match.value().id.empty() ? own_reference(submission) : match.value().id;
    }
    // Scans alone are no case: they are written again under the same address, and the record decides.
    if (present == entries.size())
        presence.parts = Presence::Parts::All;
    else if (present == scans)
        presence.parts = Presence::Parts::None;
    else
        presence.parts = Presence::Parts::Some;
    return presence;
}

CentralResult<Delivered> FhirCentral::follow(const Submission& submission, const std::string& location,
                                             std::stop_token stop) {
    HttpRequest get{HttpRequest::Method::Get, location, {}, {}, {}};
    auto judged = fhir::judge_transaction(client_.ask(get, memory_, stop), fhir::bundle_size(submission),
                                          place_of_task(submission), own_reference(submission));
    if (!judged.ok() && judged.error().fault == Fault::Pending) {
        CentralError error = judged.error();
        error.location = location; // still there
        return error;
    }
    // Nothing at that place says nothing about the base address: the ordinary look-up decides.
    if (!judged.ok() && (judged.error().http_status == 404 || judged.error().http_status == 410))
        return CentralError{Fault::BadReply, judged.error().http_status};
    return judged;
}

} // namespace net
