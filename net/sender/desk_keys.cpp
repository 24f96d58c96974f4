// SPDX-License-Identifier: EUPL-1.2
// What a technician does with the sender's keys while it runs.
#include "net/sender/desk.hpp"

#include <set>

namespace net {

bool Desk::is(Peer peer, ipc::Role role) {
    const std::lock_guard lock(mutex_);
    const auto who = peers_.find(peer);
    return who != peers_.end() && who->second == role;
}

void Desk::tell_keys(Peer peer, bool done) {
    ipc::KeysTold told;
    told.done = done;
    for (const KeyId& id : parts_.keys.ids())
        told.keys.push_back({id});
    server_->send(peer, std::move(told));
}

void Desk::on(Peer peer, const ipc::KeyOrder& m) {
    // The interface has no use for this; whoever took it over should not get it for nothing.
    if (!is(peer, ipc::Role::Tool)) return server_->send(peer, ipc::Refusal{1});
    switch (m.action) {
    case ipc::KeyAction::List:
        return tell_keys(peer, true);
    case ipc::KeyAction::Destroy: {
        // Here and now, not behind whatever the store thread is busy with: two seconds are the promise.
        const bool done = parts_.keys.destroy().ok();
        parts_.log.write(LogEvent::KeysDestroyed, {{"files_gone", std::int64_t{done}}});
        // The one action that a full disk must not hold up: written down after it, if it can be.
        staff_->key_action(peer, AuditAction::KeysDestroyed, [](bool) {});
        return tell_keys(peer, done);
    }
    case ipc::KeyAction::Rotate:
        break;
    }
    staff_->key_action(peer, AuditAction::KeysChanged,
                       [this, peer](bool written) { written ? rotate_keys(peer) : tell_keys(peer, false); });
}

void Desk::rotate_keys(Peer peer) {
    parts_.store.post([this, peer](DiskOutbox& outbox) {
        const bool done = parts_.keys.rotate().ok();
        if (!done) {
            parts_.log.write(LogEvent::KeyUnreadable, {{"rotate", 1L}});
            return tell_keys(peer, false);
        }
        std::set<KeyId> needed;
        std::uint64_t after = 0;
        for (auto some = outbox.list(after, 500); !some.empty(); some = outbox.list(after, 500)) {
            after = some.back().number;
            for (const OutboxRow& row : some)
                if (row.life != Life::Acknowledged) needed.insert(row.key);
        }
        // A file that was set aside may hold requests sealed to any of them.
        std::size_t retired = 0;
        if (outbox.figures().set_aside == 0) {
            if (auto gone = parts_.keys.retire(needed); gone.ok())
                retired = gone.value();
            else
                parts_.log.write(LogEvent::KeyUnreadable, {{"retire", 1L}});
        }
        parts_.log.write(LogEvent::KeyRotated, {{"keys", static_cast<std::int64_t>(parts_.keys.size())},
                                                {"retired", static_cast<std::int64_t>(retired)}});
        const ipc::Welcome fresh{ipc::protocol, parts_.keys.current(), parts_.keys.current_id()};
        {
            const std::lock_guard lock(mutex_);
            for (const auto& [one, role] : peers_)
                server_->send(one, fresh);
        }
        tell_keys(peer, true);
    });
}

} // namespace net
