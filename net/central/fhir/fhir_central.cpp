// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/fhir_central.hpp"

#include "net/central/fhir/outcome_issues.hpp"
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

std::string own_reference(const Submission& s) { return s.id.text() + fhir::revision_tail(s) + "-task"; }

} // namespace

FhirCentral::FhirCentral(ChannelSettings settings, const forms::Clock& clock, ClockFloor& floor, Chance& chance,
                         std::pmr::memory_resource* memory)
    : base_url_(settings.base_url), client_(std::move(settings), clock, floor, chance, memory), memory_(memory) {}

HttpReply FhirCentral::get(HttpRequest::Method method, const std::string& place, std::stop_token stop) {
    HttpRequest request{method, base_url_ + place, {}, {}, {}};
    if (place.find('?') != std::string::npos) request.headers.emplace_back("Prefer: handling=strict");
    return client_.ask(request, memory_, std::move(stop));
}

std::optional<CentralError> FhirCentral::learn_capability(std::stop_token stop) {
    if (declared_) return std::nullopt;
    const HttpReply reply = get(HttpRequest::Method::Get, "/metadata", std::move(stop));
    if (auto fault = fhir::fault_of(reply, fhir::Asked::Search)) {
        const bool missing = reply.status == 404 || reply.status == 405 || reply.status == 410;
        if (fault->fault == Fault::Stopped || (what_it_proves(*fault) == Proof::NotDelivered && !missing))
            return fault; // the delivery would end in the same way
    }
    declared_ = fhir::judge_capability(reply, fhir::created_types);
    return std::nullopt;
}

fhir::CreateBy FhirCentral::form() const {
    return declared_ == fhir::CreateBy::Address && addresses_ != Addresses::NotHonoured ? fhir::CreateBy::Address
                                                                                        : fhir::CreateBy::Condition;
}

std::optional<CentralError> FhirCentral::send_files(const Submission& s, std::span<const SecretBytes> files,
                                                    const std::stop_token& stop) {
    for (std::size_t n = 1; n <= files.size(); ++n) {
        const auto place = "/Binary/" + part_id(s.id, binary_part(n, s.attachments[n - 1].sha1_base64)).text();
        // What is there from an earlier attempt is not sent again: its id is made from its content.
        const HttpReply there = get(HttpRequest::Method::Head, place, stop);
        if (there.end == HttpReply::End::Answered && there.status == 200) continue;
        if (there.end != HttpReply::End::Answered || there.status == 401 || there.status == 403 || there.status == 429)
            return fhir::fault_of(there, fhir::Asked::Part);
        const Text binary = fhir::build_binary(s, n, files[n - 1]);
        HttpRequest put{HttpRequest::Method::Put, base_url_ + place, binary, fhir_json, {}};
        if (form() == fhir::CreateBy::Address) put.headers.emplace_back("If-None-Match: *");
        auto stored = fhir::judge_part(client_.ask(put, memory_, stop));
        if (!stored.ok()) return stored.error();
    }
    return std::nullopt;
}

CentralResult<Delivered> FhirCentral::deliver(const Submission& submission, std::span<const SecretBytes> files,
                                              std::stop_token stop) {
    if (auto fault = learn_capability(stop)) return *fault;
    const fhir::CreateBy by = form();
    const auto bundle = fhir::build_bundle(submission, files, by);
    if (!bundle) return CentralError{Fault::NotASubmission};
    if (fhir::files_go_ahead(submission))
        if (auto fault = send_files(submission, files, stop)) return *fault;
    HttpRequest post{HttpRequest::Method::Post, base_url_, *bundle, fhir_json, {}};
    const HttpReply reply = client_.ask(post, memory_, stop);
    auto judged = fhir::judge_transaction(reply, fhir::Asked::Transaction, fhir::bundle_size(submission),
                                          place_of_task(submission), own_reference(submission));
    if (judged.ok()) {
        if (by == fhir::CreateBy::Address)
            addresses_ = judged.value().all_new ? Addresses::Honoured : Addresses::NotHonoured;
        return judged;
    }
    CentralError error = judged.error();
    if (error.fault == Fault::Pending) {
        error.location = fhir::place_on_same_host(base_url_, error.location);
        if (error.location.empty()) error.fault = Fault::BadReply;
    }
    if (error.fault == Fault::Refused) {
        error.issues = fhir::desk_issues(reply, submission);
        if (by == fhir::CreateBy::Address && addresses_ == Addresses::Untried) addresses_ = Addresses::NotHonoured;
    }
    return error;
}

CentralResult<Presence> FhirCentral::look_up(const Submission& submission, std::stop_token stop) {
    Presence presence;
    std::size_t present = 0, scans = 0;
    const auto entries = fhir::entries_of(submission);
    for (const fhir::Entry& entry : entries) {
        if (!entry.by_identifier()) {
            const auto how = entry.type == "Binary" ? HttpRequest::Method::Head : HttpRequest::Method::Get;
            auto there = fhir::judge_read(get(how, "/" + entry.type + "/" + entry.id, stop));
            if (!there.ok()) return there.error();
            present += there.value() ? 1 : 0;
            scans += there.value() && entry.type == "Binary" ? 1 : 0;
            continue;
        }
        const std::string search = "/" + entry.type + "?" + fhir::identifier_query(entry.system, entry.value);
        auto match = fhir::judge_search(get(HttpRequest::Method::Get, search + "&_elements=identifier&_count=2", stop),
                                        entry.type, entry.system, entry.value);
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
    // It was on our host when it was written down; the address may have been changed since.
    if (fhir::place_on_same_host(base_url_, location) != location) return CentralError{Fault::BadReply};
    HttpRequest question{HttpRequest::Method::Get, location, {}, {}, {}};
    const HttpReply reply = client_.ask(question, memory_, stop);
    auto judged = fhir::judge_transaction(reply, fhir::Asked::Place, fhir::bundle_size(submission),
                                          place_of_task(submission), own_reference(submission));
    if (judged.ok()) return judged;
    CentralError error = judged.error();
    if (error.fault == Fault::Pending) error.location = location; // still there
    if (error.fault == Fault::Refused) error.issues = fhir::desk_issues(reply, submission);
    return error;
}

void FhirCentral::start_afresh() {
    client_.forget_connections();
    declared_.reset();
}

} // namespace net
