// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/server.hpp"
#include "net/runtime/clock_floor.hpp"
#include "net/runtime/event_log.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/seal/key_ring.hpp"
#include "net/sender/courier_thread.hpp"
#include "net/sender/staff_desk.hpp"
#include "net/sender/feed_desk.hpp"
#include "net/sender/store_thread.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace net {

/// What the sender does for each message. Lives on the ipc thread; nothing here waits for the disk: questions go to the
/// store thread, which sends the answer itself.
class Desk {
public:
    struct Parts {
        StoreThread& store;
        KeyRing& keys;
        const LockedMemory& memory;
        const forms::Clock& clock;
        const ClockFloor& clock_floor;
        FeedDesk& feed;
        EventLog& log;
    };
    Desk(const Parts& parts, bool central_configured) : parts_(parts), central_configured_(central_configured) {}

    // Once, before the first message.
    void serve(ipc::Server& server) { server_ = &server; }
    void hand_to(CourierThread& courier) { courier_ = &courier; }
    void leave_staff_to(StaffDesk& staff) { staff_ = &staff; }

    [[nodiscard]] ipc::Server::Events events();
    /// Tells everybody who watches this request. Any thread.
    void changed(const OutboxRow& row);
    /// The courier looks again, at once. Any thread.
    void go_now() {
        if (courier_ != nullptr) courier_->try_now();
    }

    /// How everything stands. Thread: store.
    [[nodiscard]] ipc::Figures figures(DiskOutbox& outbox) const;

private:
    using Peer = ipc::Server::Peer;
    struct Incoming {
        SealedRequest request;
        std::vector<std::uint32_t> sizes;
        std::size_t part = 0;    ///< the one being filled
        bool correction = false; ///< of what the desk has opened
    };
    [[nodiscard]] bool is(Peer peer, ipc::Role role);

    void on(Peer peer, const ipc::AskReady& m);
    void on(Peer peer, ipc::Keep& m);
    void on(Peer peer, ipc::Piece& m);
    void on(Peer peer, const ipc::Watch& m);
    void on(Peer peer, const ipc::List& m);
    void on(Peer peer, const ipc::Show& m);
    void on(Peer peer, const ipc::Act& m) { staff_->say(peer, m); }
    void on(Peer peer, const ipc::Fetch& m) { staff_->say(peer, m); }
    void on(Peer peer, const ipc::AskFigures& m);
    void on(Peer peer, const ipc::KeyOrder& m);
    void on(Peer peer, ipc::Revise& m);
    void on(Peer peer, ipc::SignIn& m) { staff_->say(peer, std::move(m)); }
    void on(Peer peer, ipc::StaffOrder& m) { staff_->say(peer, std::move(m)); }
    void on(Peer peer, const ipc::SignOut& m) { staff_->say(peer, m); }
    void on(Peer peer, const ipc::StillHere& m) { staff_->say(peer, m); }
    void on(Peer peer, const ipc::Open& m) { staff_->say(peer, m); }
    void on(Peer peer, const ipc::Close& m) { staff_->say(peer, m); }
    void rotate_keys(Peer peer);
    void tell_keys(Peer peer, bool done);
    void on(Peer peer, const ipc::AskPackages& m) { parts_.feed.on(peer, m); }
    void on(Peer peer, const ipc::FetchPackage& m) { parts_.feed.on(peer, m); }
    void on(Peer peer, const ipc::AskStatus& m) { parts_.feed.on(peer, m); }
    void on(Peer peer, const ipc::AskFeed& m) { parts_.feed.on(peer, m); }
    void refuse(Peer peer, const forms::Uuid& id, ipc::NotKeptReason reason);
    void keep(Peer peer, SealedRequest request);
    [[nodiscard]] ipc::ReadyCode readiness(DiskOutbox& outbox, std::uint64_t room) const;
    [[nodiscard]] ipc::Row as_row(const OutboxRow& row) const;

    Parts parts_;
    bool central_configured_;
    ipc::Server* server_ = nullptr;
    StaffDesk* staff_ = nullptr;
    CourierThread* courier_ = nullptr;  ///< null: no central system configured
    std::map<Peer, Incoming> incoming_; ///< ipc thread only
    std::mutex mutex_;
    std::map<forms::Uuid, std::set<Peer>> watchers_; // guarded by mutex_
    std::map<Peer, ipc::Role> peers_;                // guarded by mutex_
};

} // namespace net
