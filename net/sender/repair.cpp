// SPDX-License-Identifier: EUPL-1.2
// A request is opened for one person at the desk, corrected, sealed again and sent under its own id (fhir-italia §4.5).
#include "net/outbox/desk_issues.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/wall_text.hpp"
#include "net/sender/opening.hpp"
#include "net/sender/staff_desk.hpp"

#include "forms/base/digest.hpp"

#include <algorithm>

namespace net {
namespace {

using ipc::DeskOutcome;

std::string sha256_of(std::span<const std::byte> bytes) {
    return forms::hex(forms::sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
}
std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

Text objections(const std::vector<DeskIssue>& issues, std::pmr::memory_resource* memory) {
    JsonText json(memory);
    json.open_array();
    for (const DeskIssue& issue : issues)
        json.open_object().member("code", name_of(issue.code)).member("path", issue.path).close_object();
    json.close_array();
    return json.take();
}

/// Takes what staff may correct; all the rest stays what the citizen and the terminal said.
void correct(Submission& kept, const Submission& corrected) {
    kept.response = corrected.response;
    kept.language = corrected.language;
    kept.subject_kind = corrected.subject_kind;
    kept.subject_system = corrected.subject_system;
    kept.subject_value = corrected.subject_value;
    kept.subject_display = corrected.subject_display;
    kept.declarant = corrected.declarant;
    kept.consents = corrected.consents;
    kept.urgent = corrected.urgent;
}

/// Of a person who stays without a name nobody can say who they are.
bool can_be_stated(const Submission& corrected) {
    return corrected.subject_kind != Submission::SubjectKind::Anonymous &&
           std::ranges::find(identity_documents, std::string_view(corrected.identity_seen->document)) !=
               identity_documents.end();
}

} // namespace

bool settled_at_central(const OutboxRow& row) {
    switch (row.reason) {
    case Reason::Refused:    // by an answer
    case Reason::Conflict:   // looked up each time
    case Reason::InPartOnly: // looked up
        return true;
    default:
        return row.attempts == 0; // held before it was ever sent
    }
}

void StaffDesk::say(Peer peer, const ipc::Open& m) {
    thread_.post([=, this] { open(peer, m); });
}

void StaffDesk::open(Peer peer, const ipc::Open& m) {
    ipc::Opened told;
    told.id = m.id;
    told.outcome = try_open(peer, m, told);
    parts_.send(peer, told);
}

DeskOutcome StaffDesk::try_open(Peer peer, const ipc::Open& m, ipc::Opened& told) {
    const auto who = actor(peer);
    if (!who) return DeskOutcome::NotSignedIn;
    const auto row = parts_.store.ask([&](DiskOutbox& outbox) { return outbox.find(m.id); });
    if (!row) return DeskOutcome::Unknown;
    const auto refused = [&](DeskOutcome why) {
        (void)write(*who, AuditAction::RequestOpened, AuditOutcome::Refused, row->number);
        return why;
    };
    Line& here = *line(peer);
    // A technician has keys and files, and for that very reason no screen that opens what people told.
    if (here.role != ipc::Role::Desk || who->role != StaffRole::Supervisor) return refused(DeskOutcome::NotAllowed);
    if (row->life != Life::NeedsDesk) return refused(DeskOutcome::NotInThisState);
    for (auto& [other, at] : lines_) {
        if (other == peer || !at.opening) continue;
        (void)actor(other); // a session that nobody uses any more keeps nobody out
        if (at.opening) return refused(DeskOutcome::Elsewhere);
    }
    close_opening(here);
    if (!write(*who, AuditAction::RequestOpened, AuditOutcome::Allowed, row->number)) return DeskOutcome::NotWritten;

    struct Held {
        OutboxResult<SealedRequest> request = OutboxFault::NotFound;
        OutboxResult<Bytes> issues = OutboxFault::NotFound;
    };
    const Held held = parts_.store.ask([&](DiskOutbox& outbox) {
        return Held{outbox.load(m.id), outbox.issues(m.id)};
    });
    const auto failed = [&] {
        (void)write(*who, AuditAction::RequestOpened, AuditOutcome::Failed, row->number);
        return DeskOutcome::CannotOpen;
    };
    if (!held.request.ok()) return failed();
    const auto opened = open_request(held.request.value(), parts_.keys, parts_.memory);
    if (!opened.ok()) return failed();
    std::vector<DeskIssue> issues;
    if (held.issues.ok() && !held.issues.value().empty()) {
        auto read = open_issues(held.issues.value(), m.id, parts_.keys, parts_.memory);
        if (read.ok()) issues = std::move(read).value(); // without them the request can still be read through
    }
    const Text body = encode_submission(opened.value().submission);
    const Text objected = objections(issues, parts_.memory);
    const std::span<const std::byte> sealed_parts[] = {bytes_of(body), bytes_of(objected)};
    auto sealed = seal(m.id, m.to, sealed_parts);
    if (!sealed.ok()) return failed();
    (void)write(*who, AuditAction::RequestOpened, AuditOutcome::Done, row->number);
    told.revision = row->revision;
    told.may_revise = settled_at_central(*row);
    here.opening = Opening{m.id, row->number, told.may_revise, std::move(sealed).value()};
    return DeskOutcome::Done;
}

void StaffDesk::say(Peer peer, const ipc::Close&) {
    thread_.post([=, this] {
        if (Line* here = line(peer); here != nullptr && here->session) close_opening(*here);
        parts_.send(peer, ipc::Closed{});
    });
}

void StaffDesk::revise(Peer peer, SealedRequest request) {
    thread_.post([this, peer, request = std::move(request)] {
        const DeskOutcome outcome = try_revise(peer, request);
        if (outcome == DeskOutcome::Done) parts_.go_now();
        parts_.send(peer, ipc::Revised{request.id, outcome});
    });
}

DeskOutcome StaffDesk::try_revise(Peer peer, const SealedRequest& corrected) {
    const auto who = actor(peer);
    if (!who) return DeskOutcome::NotSignedIn;
    Line& here = *line(peer);
    if (!here.opening || here.opening->id != corrected.id) return DeskOutcome::NotOpen;
    if (!here.opening->may_revise) return DeskOutcome::LookFirst;
    const std::uint64_t number = here.opening->number;

    auto clear = unseal(corrected, parts_.keys, parts_.memory);
    if (!clear.ok() || clear.value().size() != 1) return DeskOutcome::Malformed;
    const SecretBytes& body = clear.value()[0];
    const auto fresh = decode_submission({reinterpret_cast<const char*>(body.data()), body.size()}, parts_.memory);
    const auto held = parts_.store.ask([&](DiskOutbox& outbox) { return outbox.load(corrected.id); });
    const auto row = parts_.store.ask([&](DiskOutbox& outbox) { return outbox.find(corrected.id); });
    if (!held.ok() || !row || row->life != Life::NeedsDesk) return DeskOutcome::NotInThisState;
    auto kept = open_request(held.value(), parts_.keys, parts_.memory);
    if (!kept.ok()) return DeskOutcome::CannotOpen;
    Submission& submission = kept.value().submission;
    if (!fresh.ok() || fresh.value().id != submission.id || fresh.value().definition_url != submission.definition_url ||
        fresh.value().definition_version != submission.definition_version ||
        fresh.value().definition_sha256 != submission.definition_sha256)
        return DeskOutcome::Malformed;
    const bool states_identity = fresh.value().identity_seen.has_value();
    if (states_identity && !can_be_stated(fresh.value())) return DeskOutcome::Malformed;

    const Text before = encode_submission(submission);
    correct(submission, fresh.value());
    auto& mark = submission.correction.emplace(parts_.memory);
    mark.number = static_cast<std::int64_t>(row->revision) + 1;
    mark.editor = who->id;
    mark.recorded = fhir_instant(parts_.clock.wall_time());
    mark.previous_sha256 = sha256_of(bytes_of(before));
    if (states_identity) { // what was stated before stays until somebody states anew
        auto& seen = submission.identity_seen.emplace(parts_.memory);
        seen.document = fresh.value().identity_seen->document;
        seen.by = who->id;
        seen.at = mark.recorded;
    }
    const Text after = encode_submission(submission);
    std::vector<std::span<const std::byte>> sealed_parts = {bytes_of(after)};
    for (const SecretBytes& file : kept.value().files)
        sealed_parts.emplace_back(file);
    auto sealed = seal(corrected.id, parts_.keys.current(), sealed_parts);
    if (!sealed.ok()) return DeskOutcome::Malformed;

    AuditEntry entry;
    entry.actor = *who;
    entry.action = AuditAction::RequestRevised;
    entry.outcome = AuditOutcome::Allowed;
    entry.request = number;
    // Of the sealed bytes: they say which is which and nothing about what is inside.
    entry.before = sha256_of(held.value().parts[0]);
    entry.after = sha256_of(sealed.value().parts[0]);
    if (parts_.audit == nullptr || !parts_.audit->write(entry)) return DeskOutcome::NotWritten;
    if (states_identity && !write(*who, AuditAction::IdentitySeen, AuditOutcome::Allowed, number))
        return DeskOutcome::NotWritten;
    const auto released = parts_.store.ask([&](DiskOutbox& outbox) -> OutboxResult<OutboxRow> {
        if (auto revised = outbox.revise(sealed.value()); !revised.ok()) return revised;
        NewsFacts facts;
        facts.due = parts_.clock.since_boot();
        auto told = outbox.tell(corrected.id, News::Released, facts);
        if (told.ok()) parts_.changed(told.value());
        return told;
    });
    entry.outcome = released.ok() ? AuditOutcome::Done : AuditOutcome::Failed;
    (void)parts_.audit->write(entry);
    if (states_identity) (void)write(*who, AuditAction::IdentitySeen, entry.outcome, number);
    if (!released.ok()) return DeskOutcome::NotWritten;
    parts_.log.write(LogEvent::RequestReleased,
                     {{"request", parts_.log.short_hash(corrected.id)}, {"revision", std::int64_t{mark.number}}});
    close_opening(here);
    return DeskOutcome::Done;
}

} // namespace net
