// SPDX-License-Identifier: EUPL-1.2
// What the desk and the technician say to the sender as members of the staff (threat model §11–12). A session belongs
// to the connection that signed in: there is no token that could be stolen, and it ends with the line.
#pragma once
#include "forms/base/uuid.hpp"
#include "net/seal/keys.hpp"
#include "net/staff/roles.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace net::ipc {

/// A PIN on its way: the six digits as part 0 of a seal to the sender's key, so that they stand in no buffer in clear.
struct SealedPin {
    forms::Uuid id; ///< random, of this seal
    std::vector<std::byte> header, part;
    static void fields(auto& m, auto& f) { f(m.id), f(m.header), f(m.part); }
};

/// From a Desk only. One session a line; signing in again ends the one before.
struct SignIn {
    std::string staff;
    SealedPin pin;
    static void fields(auto& m, auto& f) { f(m.staff), f(m.pin); }
};
struct SignedIn {
    SignInOutcome outcome = SignInOutcome::Wrong;
    StaffRole role = StaffRole::None;
    std::uint64_t wait_ms = 0; ///< with Wait
    static void fields(auto& m, auto& f) { f(m.outcome), f(m.role), f(m.wait_ms); }
};
struct SignOut {
    static void fields(auto&, auto&) {}
};
/// The session of this line is over: asked for, or nothing was heard of it for too long.
struct SignedOut {
    static void fields(auto&, auto&) {}
};
/// Somebody is typing there: the session goes on. Not answered.
struct StillHere {
    static void fields(auto&, auto&) {}
};

/// From a Tool only: who may sign in.
enum class StaffChange : std::uint8_t { List = 1, Add = 2, Disable = 3, Reset = 4 };
struct StaffOrder {
    StaffChange change = StaffChange::List;
    std::string staff;
    StaffRole role = StaffRole::None; ///< with Add
    SealedPin pin;                    ///< with Add and Reset
    static void fields(auto& m, auto& f) { f(m.change), f(m.staff), f(m.role), f(m.pin); }
};
struct StaffLine {
    std::string staff;
    StaffRole role = StaffRole::None;
    bool disabled = false, locked = false;
    std::uint32_t errors = 0;
    static void fields(auto& m, auto& f) { f(m.staff), f(m.role), f(m.disabled), f(m.locked), f(m.errors); }
};
enum class StaffAnswer : std::uint8_t {
    Done = 0,
    Exists = 1,
    Unknown = 2,
    BadId = 3,
    BadRole = 4,
    BadPin = 5,
    NotWritten = 6, ///< the disk refused, or the audit log did
};
struct StaffTold {
    StaffAnswer answer = StaffAnswer::Done;
    std::vector<StaffLine> staff; ///< with List
    static void fields(auto& m, auto& f) { f(m.answer), f(m.staff); }
};

enum class DeskOutcome : std::uint8_t {
    Done = 0,
    NotSignedIn = 1, ///< or no longer
    NotAllowed = 2,  ///< not with this role
    Unknown = 3,     ///< no such request
    NotInThisState = 4,
    Elsewhere = 5,   ///< somebody else has one open: one at a time
    CannotOpen = 6,  ///< its seal is broken, or it was written by another program
    LookFirst = 7,   ///< it may have arrived: let it go again as it is, the sender looks it up first
    NotOpen = 8,     ///< not opened by this line
    Malformed = 9,   ///< not the same request, form or papers
    NotWritten = 10, ///< the audit log or the outbox refused
};

/// From a signed-in supervisor: open this request, sealed again to `to`, a key of this opening only. Answered with
/// Opened; what was opened is then fetched like any sealed request (Fetch): part 0 is the submission, part 1 a JSON
/// array of what the central system objected to: [{"code":"required","path":"children[1]/name"},…].
struct Open {
    forms::Uuid id;
    PublicKey to;
    static void fields(auto& m, auto& f) { f(m.id), f(m.to.bytes); }
};
struct Opened {
    forms::Uuid id;
    DeskOutcome outcome = DeskOutcome::Done;
    std::uint32_t revision = 0; ///< times it was corrected before
    bool may_revise = false;    ///< false: LookFirst holds for it
    static void fields(auto& m, auto& f) { f(m.id), f(m.outcome), f(m.revision), f(m.may_revise); }
};
/// Puts it back as it was. Answered with Closed.
struct Close {
    static void fields(auto&, auto&) {}
};
struct Closed {
    static void fields(auto&, auto&) {}
};
/// The opened request, corrected: one part, the submission, whose pieces follow. Its papers stay as they are. On Done
/// it goes again.
struct Revise {
    forms::Uuid id;
    std::vector<std::byte> header;
    std::vector<std::uint32_t> part_sizes;
    static void fields(auto& m, auto& f) { f(m.id), f(m.header), f(m.part_sizes); }
};
struct Revised {
    forms::Uuid id;
    DeskOutcome outcome = DeskOutcome::Done;
    static void fields(auto& m, auto& f) { f(m.id), f(m.outcome); }
};

} // namespace net::ipc
