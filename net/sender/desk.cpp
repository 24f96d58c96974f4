// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/desk.hpp"

#include "net/sender/version.hpp"

#include <algorithm>
#include <type_traits>

namespace net {
namespace {

using ipc::NotKeptReason;
using ipc::ReadyCode;

constexpr std::size_t rows_at_once = 500;

NotKeptReason reason_of(OutboxFault fault) {
    switch (fault) {
    case OutboxFault::NoSpace:
        return NotKeptReason::NoSpace;
    case OutboxFault::NoRights:
        return NotKeptReason::NoRights;
    case OutboxFault::Full:
        return NotKeptReason::OutboxFull;
    case OutboxFault::Malformed:
        return NotKeptReason::Malformed;
    case OutboxFault::NotFound:
    case OutboxFault::NoSuchStep:
    case OutboxFault::Broken:
        break;
    }
    return NotKeptReason::DiskRefused;
}

ipc::State as_state(const OutboxRow& row) { return {row.id, true, row.number, row.life, row.reason, row.reference}; }

} // namespace

ipc::Server::Events Desk::events() {
    ipc::Server::Events events;
    events.joined = [this](Peer peer, ipc::Role role, std::uint32_t uid) {
        {
            const std::lock_guard lock(mutex_);
            peers_[peer] = role;
        }
        staff_->joined(peer, role, uid);
        parts_.log.write(LogEvent::PeerJoined, {{"peer", static_cast<std::int64_t>(peer)}});
        server_->send(peer, ipc::Welcome{ipc::protocol, parts_.keys.current(), parts_.keys.current_id()});
    };
    events.said = [this](Peer peer, ipc::Message&& message) {
        std::visit(
            [&](auto& m) {
                if constexpr (requires { on(peer, m); })
                    on(peer, m);
                else // an answer of ours, sent back to us
                    server_->send(peer, ipc::Refusal{1});
            },
            message);
    };
    events.left = [this](Peer peer) {
        parts_.log.write(LogEvent::PeerLeft, {{"peer", static_cast<std::int64_t>(peer)}});
        incoming_.erase(peer);
        staff_->left(peer);
        parts_.feed.left(peer);
        const std::lock_guard lock(mutex_);
        peers_.erase(peer);
        for (auto it = watchers_.begin(); it != watchers_.end();) {
            it->second.erase(peer);
            it = it->second.empty() ? watchers_.erase(it) : std::next(it);
        }
    };
    events.refused = [this](std::uint16_t code) {
        parts_.log.write(LogEvent::PeerRefused, {{"code", std::int64_t{code}}});
    };
    return events;
}

void Desk::changed(const OutboxRow& row) {
    const std::lock_guard lock(mutex_);
    const auto found = watchers_.find(row.id);
    if (found == watchers_.end()) return;
    for (const Peer peer : found->second)
        server_->send(peer, as_state(row));
}

ReadyCode Desk::readiness(DiskOutbox& outbox, std::uint64_t room) const {
    if (!parts_.clock_floor.allows(parts_.clock.wall_time())) return ReadyCode::ClockWrong;
    if (parts_.keys.size() == 0) return ReadyCode::NoKeys;
    switch (outbox.health(room)) {
    case Health::Fine:
        return ReadyCode::Ready;
    case Health::NoSpace:
        return ReadyCode::NoSpace;
    case Health::NoRights:
        return ReadyCode::NoRights;
    case Health::Full:
        return ReadyCode::OutboxFull;
    case Health::Checking:
        return ReadyCode::Checking;
    case Health::Broken:
        break;
    }
    return ReadyCode::Broken;
}

void Desk::on(Peer peer, const ipc::AskReady& m) {
    parts_.store.post([this, peer, room = m.room](DiskOutbox& outbox) {
        const ReadyCode code = readiness(outbox, room);
        if (code == ReadyCode::NoSpace)
            parts_.log.write(LogEvent::SpaceLow, {{"room", static_cast<std::int64_t>(room)}});
        server_->send(peer, ipc::Readiness{code});
    });
}

void Desk::refuse(Peer peer, const forms::Uuid& id, NotKeptReason reason) {
    incoming_.erase(peer);
    parts_.log.write(LogEvent::RequestNotKept,
                     {{"request", parts_.log.short_hash(id)}, {"why", static_cast<std::int64_t>(reason)}});
    server_->send(peer, ipc::NotKept{id, reason});
}

void Desk::on(Peer peer, ipc::Keep& m) {
    const auto header = read_header(m.header);
    if (!header.ok() || header.value().id != m.id || header.value().parts != m.part_sizes.size())
        return refuse(peer, m.id, NotKeptReason::Malformed);
    if (!parts_.keys.knows(header.value().key)) return refuse(peer, m.id, NotKeptReason::UnknownKey);
    std::size_t attachments = 0;
    for (std::size_t i = 0; i < m.part_sizes.size(); ++i) {
        if (m.part_sizes[i] == 0) return refuse(peer, m.id, NotKeptReason::Malformed);
        if (m.part_sizes[i] > sealed_size(i == 0 ? largest_body : largest_attachment))
            return refuse(peer, m.id, NotKeptReason::TooLarge);
        attachments += i == 0 ? 0 : m.part_sizes[i];
    }
    if (attachments > sealed_size(largest_attachments) + most_parts * 64)
        return refuse(peer, m.id, NotKeptReason::TooLarge);
    Incoming& incoming = incoming_[peer];
    incoming = {};
    incoming.request.id = m.id;
    incoming.request.header = std::move(m.header);
    incoming.request.parts.resize(m.part_sizes.size());
    incoming.sizes = std::move(m.part_sizes);
}

void Desk::on(Peer peer, ipc::Piece& m) {
    const auto found = incoming_.find(peer);
    if (found == incoming_.end()) // the rest of what was just refused
        return;
    Incoming& incoming = found->second;
    Bytes& part = incoming.request.parts[incoming.part];
    if (m.id != incoming.request.id || m.part != incoming.part || m.offset != part.size() || m.bytes.empty() ||
        part.size() + m.bytes.size() > incoming.sizes[incoming.part])
        return refuse(peer, m.id, NotKeptReason::Malformed);
    part.insert(part.end(), m.bytes.begin(), m.bytes.end());
    if (part.size() < incoming.sizes[incoming.part] || ++incoming.part < incoming.sizes.size()) return;
    SealedRequest whole = std::move(incoming.request);
    const bool correction = incoming.correction;
    incoming_.erase(found);
    if (correction) return staff_->revise(peer, std::move(whole));
    keep(peer, std::move(whole));
}

void Desk::on(Peer peer, ipc::Revise& m) {
    if (!is(peer, ipc::Role::Desk)) return server_->send(peer, ipc::Refusal{1});
    const auto header = read_header(m.header);
    if (!header.ok() || header.value().id != m.id || header.value().parts != 1 || m.part_sizes.size() != 1 ||
        m.part_sizes[0] == 0 || m.part_sizes[0] > sealed_size(largest_body))
        return server_->send(peer, ipc::Revised{m.id, ipc::DeskOutcome::Malformed});
    Incoming& incoming = incoming_[peer];
    incoming = {};
    incoming.correction = true;
    incoming.request.id = m.id;
    incoming.request.header = std::move(m.header);
    incoming.request.parts.resize(1);
    incoming.sizes = std::move(m.part_sizes);
}

void Desk::keep(Peer peer, SealedRequest request) {
    const auto begun = parts_.clock.since_boot();
    parts_.store.post([this, peer, begun, request = std::move(request)](DiskOutbox& outbox) {
        auto kept = outbox.keep(request, parts_.clock.wall_time(), parts_.clock_floor.allows(parts_.clock.wall_time()),
                                parts_.clock.since_boot());
        if (!kept.ok()) {
            const auto reason = reason_of(kept.error());
            parts_.log.write(LogEvent::RequestNotKept, {{"request", parts_.log.short_hash(request.id)},
                                                        {"why", static_cast<std::int64_t>(reason)}});
            return server_->send(peer, ipc::NotKept{request.id, reason});
        }
        server_->send(peer, ipc::Kept{request.id, kept.value()});
        parts_.log.write(LogEvent::RequestKept,
                         {{"request", parts_.log.short_hash(request.id)}, {"took", parts_.clock.since_boot() - begun}});
        if (courier_ != nullptr) courier_->wake();
    });
}

void Desk::on(Peer peer, const ipc::Watch& m) {
    {
        const std::lock_guard lock(mutex_);
        watchers_[m.id].insert(peer);
    }
    parts_.store.post([this, peer, id = m.id](DiskOutbox& outbox) {
        const auto row = outbox.find(id);
        ipc::State unknown;
        unknown.id = id;
        server_->send(peer, row ? as_state(*row) : unknown);
    });
}

ipc::Row Desk::as_row(const OutboxRow& row) const {
    ipc::Row out;
    out.id = row.id;
    out.number = row.number;
    out.life = row.life;
    out.reason = row.reason;
    out.attempts = row.attempts;
    out.http_status = row.http_status;
    out.bytes = row.bytes;
    out.attachments = row.attachments;
    out.kept_wall_ms = row.kept_wall_ms;
    out.clock_trusted = row.clock_trusted;
    if (row.life == Life::Kept || row.life == Life::Unclear)
        out.due_in_ms = std::max<std::int64_t>(0, (row.due - parts_.clock.since_boot()).count());
    out.key_id = row.key;
    out.reference = row.reference;
    return out;
}

void Desk::on(Peer peer, const ipc::List& m) {
    staff_->looking(peer, [this, peer, after = m.after_number] {
        parts_.store.post([this, peer, after](DiskOutbox& outbox) {
            ipc::Listing listing;
            for (const OutboxRow& row : outbox.list(after, rows_at_once))
                listing.rows.push_back(as_row(row));
            listing.more = listing.rows.size() == rows_at_once;
            server_->send(peer, std::move(listing));
        });
    });
}

void Desk::on(Peer peer, const ipc::Show& m) {
    staff_->looking(peer, [this, peer, id = m.id] {
        parts_.store.post([this, peer, id](DiskOutbox& outbox) {
            ipc::Shown shown;
            if (const auto row = outbox.find(id)) {
                shown.known = true;
                shown.row = as_row(*row);
            }
            server_->send(peer, std::move(shown));
        });
    });
}

void Desk::on(Peer peer, const ipc::AskFigures&) {
    parts_.store.post([this, peer](DiskOutbox& outbox) { server_->send(peer, figures(outbox)); });
}

ipc::Figures Desk::figures(DiskOutbox& outbox) const {
    const auto f = outbox.figures();
    ipc::Figures told;
    told.kept = f.kept;
    told.sending = f.sending;
    told.unclear = f.unclear;
    told.needs_desk = f.needs_desk;
    told.acknowledged = f.acknowledged;
    if (f.oldest_waiting_wall_ms > 0) {
        const auto wall =
            std::chrono::duration_cast<std::chrono::milliseconds>(parts_.clock.wall_time().time_since_epoch()).count();
        told.oldest_waiting_ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, wall - f.oldest_waiting_wall_ms));
    }
    told.bytes_used = f.bytes_used;
    told.bytes_free = f.bytes_free;
    if (courier_ != nullptr) {
        const auto standing = courier_->standing();
        told.state = standing.state;
        told.pause_ms = static_cast<std::uint64_t>(
            std::max<std::int64_t>(0, (standing.not_before - parts_.clock.since_boot()).count()));
    }
    if (!central_configured_) told.state = Sending::NotConfigured;
    told.ready = readiness(outbox, 0);
    told.memory_locked = parts_.memory.really_locked();
    told.keys = static_cast<std::uint16_t>(parts_.keys.size());
    told.key_id = parts_.keys.current_id();
    told.version = program_version;
    told.tombstones = f.tombstones;
    told.set_aside = f.set_aside;
    if (const auto ahead = parts_.clock_floor.disagreement()) told.server_ahead_s = ahead->count();
    told.clock_remembered = parts_.clock_floor.remembered();
    return told;
}

} // namespace net
