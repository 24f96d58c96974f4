// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/audit/audit_log.hpp"
#include "net/ipc/server.hpp"
#include "net/runtime/event_log.hpp"
#include "net/seal/key_ring.hpp"
#include "net/sender/store_thread.hpp"
#include "net/sender/task_thread.hpp"
#include "net/staff/staff_door.hpp"

#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>

namespace net {

/// Everything that needs to know who asks: signing in, and whatever §12 of the threat model leaves to a role. The
/// interface counts as taken over: who somebody is and what is permitted is decided here alone, by the connection it
/// comes from. An action is in the audit log, on disk, before it is done; when it cannot be logged it is refused.
///
/// A session ends with its connection, when it is asked for, after 15 minutes without a word and after 8 hours.
/// A Tool (whoever may connect as the system user of the sender, or root) acts as technician "uid-…" without signing
/// in: that user has the files in hand anyway, so a PIN would only pretend to keep them out; what they do is logged.
///
/// Thread: calls from the ipc thread; everything happens on a thread of its own, because a look at a PIN takes long and
/// a full synchronisation too.
class StaffDesk {
public:
    using Peer = ipc::Server::Peer;
    static constexpr std::chrono::milliseconds idle_limit{15 * 60'000};
    static constexpr std::chrono::milliseconds session_limit{8 * 3'600'000};

    struct Parts {
        StoreThread& store;
        const KeyRing& keys;
        std::pmr::memory_resource* memory; ///< locked
        const forms::Clock& clock;
        EventLog& log;
        AuditLog* audit; ///< null: it cannot be written; nothing that must be logged is done
        StaffDoor* door; ///< null: nobody can sign in
        std::function<void(Peer, ipc::Message)> send;
        std::function<void(const OutboxRow&)> changed; ///< tells those who watch
        std::function<void()> go_now;                  ///< the courier looks again
    };
    explicit StaffDesk(Parts parts) : parts_(std::move(parts)) {}

    void joined(Peer peer, ipc::Role role, std::uint32_t uid);
    void left(Peer peer);

    void say(Peer peer, ipc::SignIn m);
    void say(Peer peer, const ipc::SignOut& m);
    void say(Peer peer, const ipc::StillHere& m);
    void say(Peer peer, ipc::StaffOrder m);
    void say(Peer peer, const ipc::Act& m);
    void say(Peer peer, const ipc::Fetch& m);
    void say(Peer peer, const ipc::Open& m);
    void say(Peer peer, const ipc::Close& m);
    void revise(Peer peer, SealedRequest request);
    /// Lists and rows: numbers, ages, reasons. `answer` runs when the peer may see them, or else it is refused.
    void looking(Peer peer, std::function<void()> answer);
    /// Writes down what a Tool does with the keys. `done` is told whether it is written.
    void key_action(Peer peer, AuditAction action, std::function<void(bool written)> done);

private:
    struct Opening {
        forms::Uuid id;
        std::uint64_t number = 0;
        bool may_revise = false;
        SealedRequest sealed; ///< to the key of this opening: body and objections
    };
    struct Session {
        AuditActor actor;
        forms::BootTime begun{}, heard{};
    };
    struct Line {
        ipc::Role role = ipc::Role::Kiosk;
        std::uint32_t uid = 0;
        std::optional<Session> session;
        std::optional<Opening> opening;
        std::optional<forms::Uuid> exporting; ///< logged: its further pieces go without a record of their own
    };

    // staff_desk.cpp
    [[nodiscard]] Line* line(Peer peer);
    /// Who acts on this line now; nothing when nobody does. Ends a session that lasted too long.
    [[nodiscard]] std::optional<AuditActor> actor(Peer peer);
    void end_session(Peer peer, Line& of, AuditAction why);
    void close_opening(Line& of);
    [[nodiscard]] bool write(const AuditActor& who, AuditAction action, AuditOutcome outcome, std::uint64_t request = 0,
                             const std::string& subject = {});
    [[nodiscard]] std::optional<std::string> pin_of(const ipc::SealedPin& pin) const;
    void sign_in(Peer peer, const ipc::SignIn& m);
    void staff_order(Peer peer, const ipc::StaffOrder& m);

    // staff_actions.cpp
    void act(Peer peer, const ipc::Act& m);
    [[nodiscard]] ipc::ActOutcome do_act(const ipc::Act& m);
    void fetch(Peer peer, const ipc::Fetch& m);

    // repair.cpp
    void open(Peer peer, const ipc::Open& m);
    [[nodiscard]] ipc::DeskOutcome try_open(Peer peer, const ipc::Open& m, ipc::Opened& told);
    [[nodiscard]] ipc::DeskOutcome try_revise(Peer peer, const SealedRequest& corrected);

    Parts parts_;
    std::map<Peer, Line> lines_; ///< its own thread only
    TaskThread thread_;          ///< last: ends before what it works on
};

/// Can this request be corrected, or must it be looked up first? Corrected bytes go under identifiers of their own
/// (fhir-italia §4.5), so what was sent before must be known to be there or not to be there.
[[nodiscard]] bool settled_at_central(const OutboxRow& row);

} // namespace net
