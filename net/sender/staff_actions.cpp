// SPDX-License-Identifier: EUPL-1.2
// What staff do to a request without seeing what is in it: again, to the desk, away, out as a sealed copy.
#include "net/sender/staff_desk.hpp"

#include <algorithm>

namespace net {
namespace {

using ipc::ActOutcome;

AuditAction audited(ipc::Action action) {
    return action == ipc::Action::Retry  ? AuditAction::RequestRetried
           : action == ipc::Action::Hold ? AuditAction::RequestHeld
                                         : AuditAction::RequestErased;
}

/// Erasing is for good: with the files in hand, not from a screen.
bool permitted(StaffRole role, ipc::Action action) {
    return role == StaffRole::Technician || (role == StaffRole::Supervisor && action != ipc::Action::Erase);
}

ActOutcome outcome_of(OutboxFault fault) {
    return fault == OutboxFault::NoSuchStep ? ActOutcome::NotInThisState
           : fault == OutboxFault::NotFound ? ActOutcome::Unknown
                                            : ActOutcome::Refused;
}

} // namespace

void StaffDesk::say(Peer peer, const ipc::Act& m) {
    thread_.post([=, this] { act(peer, m); });
}

void StaffDesk::act(Peer peer, const ipc::Act& m) {
    const auto answer = [&](ActOutcome outcome) { parts_.send(peer, ipc::Acted{m.id, outcome}); };
    const auto who = actor(peer);
    if (!who) return answer(ActOutcome::NotAllowed);
    const auto row = parts_.store.ask([&](DiskOutbox& outbox) { return outbox.find(m.id); });
    if (!row) return answer(ActOutcome::Unknown);
    if (!permitted(who->role, m.action)) {
        (void)write(*who, audited(m.action), AuditOutcome::Refused, row->number);
        return answer(ActOutcome::NotAllowed);
    }
    if (!write(*who, audited(m.action), AuditOutcome::Allowed, row->number)) return answer(ActOutcome::NotLogged);
    const ActOutcome outcome = do_act(m);
    (void)write(*who, audited(m.action),
                outcome == ActOutcome::Done      ? AuditOutcome::Done
                : outcome == ActOutcome::Refused ? AuditOutcome::Failed
                                                 : AuditOutcome::Refused,
                row->number);
    answer(outcome);
}

ActOutcome StaffDesk::do_act(const ipc::Act& m) {
    const auto outcome = parts_.store.ask([&](DiskOutbox& outbox) {
        const auto row = outbox.find(m.id);
        if (!row) return ActOutcome::Unknown;
        const auto now = parts_.clock.since_boot();
        if (m.action == ipc::Action::Erase) {
            auto erased = outbox.erase(m.id);
            if (erased.ok()) parts_.log.write(LogEvent::RequestErased, {{"request", parts_.log.short_hash(m.id)}});
            return erased.ok() ? ActOutcome::Done : outcome_of(erased.error());
        }
        if (m.action == ipc::Action::Retry && (row->life == Life::Kept || row->life == Life::Unclear)) {
            outbox.set_due(m.id, now);
            return ActOutcome::Done;
        }
        NewsFacts facts;
        facts.due = now;
        facts.reason = m.action == ipc::Action::Hold ? Reason::HeldByStaff : Reason::None;
        auto told = outbox.tell(m.id, m.action == ipc::Action::Hold ? News::SetAside : News::Released, facts);
        if (!told.ok()) return outcome_of(told.error());
        parts_.log.write(m.action == ipc::Action::Hold ? LogEvent::RequestNeedsDesk : LogEvent::RequestReleased,
                         {{"request", parts_.log.short_hash(m.id)}});
        parts_.changed(told.value());
        return ActOutcome::Done;
    });
    if (outcome == ActOutcome::Done && m.action != ipc::Action::Erase) parts_.go_now();
    return outcome;
}

void StaffDesk::say(Peer peer, const ipc::Fetch& m) {
    thread_.post([=, this] { fetch(peer, m); });
}

/// A Tool gets the request as it lies in the outbox; a Desk what it has opened, and nothing else.
void StaffDesk::fetch(Peer peer, const ipc::Fetch& m) {
    ipc::Fetched piece;
    piece.id = m.id;
    const auto put = [&](const SealedRequest& request) {
        if (m.part >= request.parts.size() || m.offset > request.parts[m.part].size()) return;
        piece.known = true;
        piece.part = m.part;
        piece.offset = m.offset;
        piece.header = request.header;
        for (const Bytes& part : request.parts)
            piece.part_sizes.push_back(static_cast<std::uint32_t>(part.size()));
        const auto rest = std::span(request.parts[m.part]).subspan(m.offset);
        const auto some = rest.first(std::min(rest.size(), ipc::piece_size));
        piece.bytes.assign(some.begin(), some.end());
    };
    const auto who = actor(peer);
    if (!who) return parts_.send(peer, ipc::Refusal{1});
    Line& here = *line(peer);
    if (here.role == ipc::Role::Desk) {
        if (here.opening && here.opening->id == m.id) put(here.opening->sealed);
        return parts_.send(peer, std::move(piece));
    }
    const auto row = parts_.store.ask([&](DiskOutbox& outbox) { return outbox.find(m.id); });
    const bool first = m.part == 0 && m.offset == 0;
    if (row && first) {
        here.exporting.reset();
        if (!write(*who, AuditAction::RequestExported, AuditOutcome::Allowed, row->number))
            return parts_.send(peer, ipc::Refusal{4});
        here.exporting = m.id;
    }
    if (row && here.exporting == m.id) {
        const auto request = parts_.store.ask([&](DiskOutbox& outbox) { return outbox.load(m.id); });
        if (request.ok()) put(request.value());
        if (first && !request.ok()) (void)write(*who, AuditAction::RequestExported, AuditOutcome::Failed, row->number);
    }
    parts_.send(peer, std::move(piece));
}

} // namespace net
