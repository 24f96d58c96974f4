// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/feed_desk.hpp"

#include "net/ipc/receipt_code.hpp"

#include <algorithm>
#include <span>

namespace net {

ipc::PackageList FeedDesk::list() const {
    ipc::PackageList list;
    if (packages_ == nullptr) return list;
    constexpr std::size_t most = 1000; // what a frame's list may hold
    for (const PackageStore::Held& held : packages_->list())
        if (list.packages.size() < most)
            list.packages.push_back({held.head.kind, held.head.subject, held.head.serial, held.size});
    return list;
}

void FeedDesk::on(Peer peer, const ipc::AskPackages&) {
    {
        const std::lock_guard lock(mutex_);
        listeners_.insert(peer);
    }
    server_->send(peer, list());
}

void FeedDesk::changed() {
    const ipc::PackageList now = list();
    const std::lock_guard lock(mutex_);
    for (const Peer peer : listeners_)
        server_->send(peer, now);
}

void FeedDesk::left(Peer peer) {
    const std::lock_guard lock(mutex_);
    listeners_.erase(peer);
}

void FeedDesk::on(Peer peer, const ipc::FetchPackage& m) {
    ipc::PackagePiece piece;
    piece.subject = m.subject;
    piece.serial = m.serial;
    piece.offset = m.offset;
    const auto bytes = packages_ == nullptr ? nullptr : packages_->bytes(m.subject, m.serial);
    if (bytes && m.offset <= bytes->size()) {
        piece.known = true;
        piece.size = static_cast<std::uint32_t>(bytes->size());
        const auto rest = std::span(*bytes).subspan(m.offset);
        const auto some = rest.first(std::min(rest.size(), ipc::piece_size));
        piece.bytes.assign(some.begin(), some.end());
    }
    server_->send(peer, std::move(piece));
}

/// Whether a number exists and whether its code is right is one answer: who guesses learns nothing from either.
ipc::StatusTold FeedDesk::status_of(DiskOutbox& outbox, const ipc::AskStatus& m) {
    const forms::BootTime now = parts_.clock.since_boot();
    ipc::StatusTold told;
    told.number = m.number;
    if (const auto wait = guesses_.wait(now); wait.count() > 0) {
        told.outcome = ipc::StatusOutcome::TooMany;
        told.wait_s = static_cast<std::uint32_t>((wait.count() + 999) / 1000);
        return told;
    }
    const auto rows = m.number == 0 ? std::vector<OutboxRow>() : outbox.list(m.number - 1, 1);
    const bool there = !rows.empty() && rows.front().number == m.number;
    const std::string wanted = receipt_code(there ? rows.front().id : forms::Uuid());
    if (!same_secret(wanted, m.code) || !there) {
        guesses_.wrong(now);
        return told;
    }
    guesses_.right();
    const OutboxRow& row = rows.front();
    told.outcome = ipc::StatusOutcome::Found;
    told.life = row.life;
    if (row.life != Life::Acknowledged) return told;
    told.step = request_step_named(row.task_status);
    if (follower_ == nullptr) return told;
    const Follower::Known known = follower_->wanted(row.id);
    if (known.step != RequestStep::Unknown) told.step = known.step;
    if (known.heard) told.heard_ms_ago = (now - *known.heard).count();
    feed_->wake();
    return told;
}

void FeedDesk::on(Peer peer, const ipc::AskStatus& m) {
    parts_.outbox.post([this, peer, m](DiskOutbox& outbox) {
        const ipc::StatusTold told = status_of(outbox, m);
        parts_.log.write(LogEvent::StatusAsked, {{"outcome", static_cast<std::int64_t>(told.outcome)}});
        server_->send(peer, told);
    });
}

ipc::FeedTold FeedDesk::told() const {
    ipc::FeedTold told;
    told.configured = feed_ != nullptr && packages_ != nullptr &&
                      (packages_->takes(PackageKind::Definition) || packages_->takes(PackageKind::Notice));
    if (feed_ == nullptr) return told;
    const FeedStanding standing = feed_->standing();
    told.ever = standing.ever;
    if (standing.ever) told.good_ms_ago = (parts_.clock.since_boot() - standing.last_good).count();
    if (standing.trouble) {
        told.fault = static_cast<std::uint8_t>(static_cast<int>(standing.trouble->fault) + 1);
        told.http_status = static_cast<std::uint16_t>(std::clamp(standing.trouble->http_status, 0, 999));
    }
    told.refused = standing.refused;
    return told;
}

void FeedDesk::on(Peer peer, const ipc::AskFeed& m) {
    if (!m.now || feed_ == nullptr) return server_->send(peer, told());
    feed_->hurry([this, peer] { server_->send(peer, told()); });
}

} // namespace net
