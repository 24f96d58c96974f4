// SPDX-License-Identifier: EUPL-1.2
// Who is there: connections, sessions, the list of staff.
#include "net/sender/staff_desk.hpp"

#include "net/runtime/random.hpp"

namespace net {
namespace {

ipc::StaffAnswer answer_of(const forms::Result<forms::Done, StaffFault>& changed) {
    if (changed.ok()) return ipc::StaffAnswer::Done;
    switch (changed.error()) {
    case StaffFault::Exists:
        return ipc::StaffAnswer::Exists;
    case StaffFault::Unknown:
        return ipc::StaffAnswer::Unknown;
    case StaffFault::BadId:
        return ipc::StaffAnswer::BadId;
    case StaffFault::BadRole:
        return ipc::StaffAnswer::BadRole;
    case StaffFault::BadPin:
        return ipc::StaffAnswer::BadPin;
    case StaffFault::NoRights:
    case StaffFault::Open:
    case StaffFault::Damaged:
        break;
    }
    return ipc::StaffAnswer::NotWritten;
}

AuditAction action_of(ipc::StaffChange change) {
    return change == ipc::StaffChange::Add       ? AuditAction::StaffAdded
           : change == ipc::StaffChange::Disable ? AuditAction::StaffDisabled
                                                 : AuditAction::StaffReset;
}

} // namespace

void StaffDesk::joined(Peer peer, ipc::Role role, std::uint32_t uid) {
    thread_.post([=, this] {
        Line fresh;
        fresh.role = role;
        fresh.uid = uid;
        lines_[peer] = std::move(fresh);
    });
}

void StaffDesk::left(Peer peer) {
    thread_.post([=, this] {
        if (Line* gone = line(peer)) {
            if (gone->session) end_session(peer, *gone, AuditAction::SignedOut);
            lines_.erase(peer);
        }
    });
}

StaffDesk::Line* StaffDesk::line(Peer peer) {
    const auto found = lines_.find(peer);
    return found == lines_.end() ? nullptr : &found->second;
}

bool StaffDesk::write(const AuditActor& who, AuditAction action, AuditOutcome outcome, std::uint64_t request,
                      const std::string& subject) {
    AuditEntry entry;
    entry.actor = who;
    entry.action = action;
    entry.outcome = outcome;
    entry.request = request;
    entry.subject = subject;
    return parts_.audit != nullptr && parts_.audit->write(entry);
}

void StaffDesk::close_opening(Line& of) {
    if (!of.opening) return;
    // A record that cannot be written keeps nobody from closing: the opening stands in the log.
    (void)write(of.session->actor, AuditAction::RequestClosed, AuditOutcome::Done, of.opening->number);
    of.opening.reset();
}

void StaffDesk::end_session(Peer peer, Line& of, AuditAction why) {
    close_opening(of);
    (void)write(of.session->actor, why, AuditOutcome::Done);
    of.session.reset();
    parts_.send(peer, ipc::SignedOut{});
}

std::optional<AuditActor> StaffDesk::actor(Peer peer) {
    Line* here = line(peer);
    if (here == nullptr) return std::nullopt;
    if (here->role == ipc::Role::Tool) return AuditActor{"uid-" + std::to_string(here->uid), StaffRole::Technician};
    if (!here->session) return std::nullopt;
    const auto now = parts_.clock.since_boot();
    const bool over = now - here->session->heard >= idle_limit || now - here->session->begun >= session_limit;
    // Whoever was disabled, or given another role, meanwhile is out too.
    if (over || parts_.door == nullptr || parts_.door->role_of(here->session->actor.id) != here->session->actor.role) {
        end_session(peer, *here, AuditAction::SessionExpired);
        return std::nullopt;
    }
    here->session->heard = now;
    return here->session->actor;
}

std::optional<std::string> StaffDesk::pin_of(const ipc::SealedPin& pin) const {
    const auto opened = unseal({pin.id, pin.header, {pin.part}}, parts_.keys, parts_.memory);
    if (!opened.ok() || opened.value().size() != 1 || opened.value()[0].size() > 64) return std::nullopt;
    const SecretBytes& digits = opened.value()[0];
    return std::string(reinterpret_cast<const char*>(digits.data()), digits.size());
}

void StaffDesk::say(Peer peer, ipc::SignIn m) {
    thread_.post([this, peer, m = std::move(m)] { sign_in(peer, m); });
}

void StaffDesk::sign_in(Peer peer, const ipc::SignIn& m) {
    Line* here = line(peer);
    if (here == nullptr || here->role != ipc::Role::Desk) return parts_.send(peer, ipc::Refusal{1});
    if (here->session) end_session(peer, *here, AuditAction::SignedOut);
    const auto pin = pin_of(m.pin);
    ipc::SignedIn told;
    told.outcome = SignInOutcome::NotNow;
    if (!pin || parts_.door == nullptr) return parts_.send(peer, told);
    const SignIn in = parts_.door->sign_in(m.staff, *pin);
    const AuditActor who{in.known ? m.staff : "unknown", in.known ? parts_.door->role_of(m.staff) : StaffRole::None};
    // What is not even looked at is written down by the error that led there.
    const bool looked_at = in.outcome == SignInOutcome::Done || in.outcome == SignInOutcome::Wrong ||
                           (in.outcome == SignInOutcome::Locked && in.errors == StaffDoor::errors_before_lock);
    const bool written =
        !looked_at || write(who, AuditAction::SignedIn,
                            in.outcome == SignInOutcome::Done ? AuditOutcome::Done : AuditOutcome::Refused);
    told.outcome = in.outcome;
    told.wait_ms = static_cast<std::uint64_t>(in.wait.count());
    if (in.outcome == SignInOutcome::Done) {
        if (!written) {
            told.outcome = SignInOutcome::NotNow;
        } else {
            told.role = in.role;
            const auto now = parts_.clock.since_boot();
            here->session = Session{who, now, now};
        }
    }
    parts_.send(peer, told);
}

void StaffDesk::say(Peer peer, const ipc::SignOut&) {
    thread_.post([=, this] {
        Line* here = line(peer);
        if (here != nullptr && here->session) return end_session(peer, *here, AuditAction::SignedOut);
        parts_.send(peer, ipc::SignedOut{});
    });
}

void StaffDesk::say(Peer peer, const ipc::StillHere&) {
    thread_.post([=, this] { (void)actor(peer); });
}

void StaffDesk::say(Peer peer, ipc::StaffOrder m) {
    thread_.post([this, peer, m = std::move(m)] { staff_order(peer, m); });
}

void StaffDesk::staff_order(Peer peer, const ipc::StaffOrder& m) {
    const auto who = actor(peer);
    const Line* here = line(peer);
    if (!who || here->role != ipc::Role::Tool) return parts_.send(peer, ipc::Refusal{1});
    ipc::StaffTold told;
    told.answer = ipc::StaffAnswer::NotWritten;
    if (parts_.door == nullptr) return parts_.send(peer, told);
    if (m.change == ipc::StaffChange::List) {
        told.answer = ipc::StaffAnswer::Done;
        for (const StaffMember& one : parts_.door->list())
            told.staff.push_back({one.id, one.role, one.disabled, one.locked, one.errors});
        return parts_.send(peer, std::move(told));
    }
    const AuditAction action = action_of(m.change);
    if (!is_staff_id(m.staff)) {
        told.answer = ipc::StaffAnswer::BadId;
        return parts_.send(peer, told);
    }
    if (!write(*who, action, AuditOutcome::Allowed, 0, m.staff)) return parts_.send(peer, told);
    if (m.change == ipc::StaffChange::Disable) {
        told.answer = answer_of(parts_.door->disable(m.staff));
    } else if (const auto pin = pin_of(m.pin)) {
        told.answer = answer_of(m.change == ipc::StaffChange::Add ? parts_.door->add(m.staff, m.role, *pin)
                                                                  : parts_.door->reset(m.staff, *pin));
    } else {
        told.answer = ipc::StaffAnswer::BadPin;
    }
    (void)write(*who, action, told.answer == ipc::StaffAnswer::Done ? AuditOutcome::Done : AuditOutcome::Failed, 0,
                m.staff);
    parts_.send(peer, std::move(told));
}

void StaffDesk::looking(Peer peer, std::function<void()> answer) {
    thread_.post([this, peer, answer = std::move(answer)] {
        if (!actor(peer)) return parts_.send(peer, ipc::Refusal{1});
        answer();
    });
}

void StaffDesk::key_action(Peer peer, AuditAction action, std::function<void(bool written)> done) {
    thread_.post([this, peer, action, done = std::move(done)] {
        const auto who = actor(peer);
        done(who && write(*who, action, AuditOutcome::Allowed));
    });
}

} // namespace net
