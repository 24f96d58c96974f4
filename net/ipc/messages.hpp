// SPDX-License-Identifier: EUPL-1.2
// What the programs say to each other. Each message lists its fields once, in `fields`; writing, reading and checking
// follow that list (codec.cpp). Changing a list means raising `protocol`.
#pragma once
#include "forms/base/uuid.hpp"
#include "net/ipc/staff_messages.hpp"
#include "net/ipc/request_step.hpp"
#include "net/outbox/life.hpp"
#include "net/seal/keys.hpp"
#include "net/seal/signed_package.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace net::ipc {

inline constexpr std::uint16_t protocol = 2;
/// Bytes of a frame behind its length word.
inline constexpr std::size_t largest_frame = 1u << 20;
/// Bytes of a sealed part that travel in one Piece.
inline constexpr std::size_t piece_size = 512u << 10;

/// What a client is there for, and with it what it may ask (net/README.md has the table).
enum class Role : std::uint8_t {
    Kiosk = 1, ///< keeps requests and watches them
    Tool = 2,  ///< the technician's shell: whoever may connect as this system's user
    Desk = 3,  ///< the staff's screen: as Kiosk, and more once somebody has signed in
};

/// First message of every client.
struct Hello {
    std::uint16_t version = protocol;
    Role role = Role::Kiosk;
    static void fields(auto& m, auto& f) { f(m.version), f(m.role); }
};
struct Welcome {
    std::uint16_t version = protocol;
    PublicKey key; ///< seal to this one
    KeyId key_id;
    static void fields(auto& m, auto& f) { f(m.version), f(m.key.bytes), f(m.key_id.bytes); }
};

/// May a form be offered now? Ask before it is, and again before a scan.
struct AskReady {
    std::uint64_t room = 0; ///< bytes the request may need; 0: an ordinary one
    static void fields(auto& m, auto& f) { f(m.room); }
};
enum class ReadyCode : std::uint8_t {
    Ready = 0,
    NoSpace = 1,    ///< too little room on the disk
    NoRights = 2,   ///< the state folder cannot be written
    NoKeys = 3,     ///< no key to seal to
    OutboxFull = 4, ///< rows or disk share used up
    ClockWrong = 5, ///< the wall clock stands before this program was built
    Checking = 6,   ///< after an unclean stop: ask again soon
    Broken = 7,     ///< the outbox refuses to work; see the log
};
struct Readiness {
    ReadyCode code = ReadyCode::Ready;
    static void fields(auto& m, auto& f) { f(m.code); }
};

/// Opens the transfer of a sealed request; its parts follow as pieces, part after part, in order.
struct Keep {
    forms::Uuid id;
    std::vector<std::byte> header;
    std::vector<std::uint32_t> part_sizes; ///< sealed bytes of each part
    static void fields(auto& m, auto& f) { f(m.id), f(m.header), f(m.part_sizes); }
};
struct Piece {
    forms::Uuid id;
    std::uint16_t part = 0;
    std::uint32_t offset = 0;
    std::vector<std::byte> bytes; ///< not empty, at most piece_size
    static void fields(auto& m, auto& f) { f(m.id), f(m.part), f(m.offset), f(m.bytes); }
};
/// Safe on this terminal's disk after a full sync: the receipt may be shown.
struct Kept {
    forms::Uuid id;
    std::uint64_t number = 0; ///< of the receipt, without the terminal's prefix; never given twice
    static void fields(auto& m, auto& f) { f(m.id), f(m.number); }
};
enum class NotKeptReason : std::uint8_t {
    NoSpace = 1,
    NoRights = 2,
    OutboxFull = 3,
    UnknownKey = 4, ///< sealed to a key the sender no longer has: join again and seal anew
    Malformed = 5,  ///< pieces that do not fit together
    TooLarge = 6,
    DiskRefused = 7, ///< looked up after reopening: it is not there
};
struct NotKept {
    forms::Uuid id;
    NotKeptReason reason = NotKeptReason::NoSpace;
    static void fields(auto& m, auto& f) { f(m.id), f(m.reason); }
};

/// From now on, tell me whenever this request's life changes; answered at once with its present State.
struct Watch {
    forms::Uuid id;
    static void fields(auto& m, auto& f) { f(m.id); }
};
struct State {
    forms::Uuid id;
    bool known = false; ///< false: no such request here; the other fields mean nothing
    std::uint64_t number = 0;
    Life life = Life::Kept;
    Reason reason = Reason::None;
    std::string reference; ///< of the central system; only when acknowledged
    static void fields(auto& m, auto& f) { f(m.id), f(m.known), f(m.number), f(m.life), f(m.reason), f(m.reference); }
};

// --- for sportelloctl ---------------------------------------------------------------------------------------------

struct Row {
    forms::Uuid id;
    std::uint64_t number = 0;
    Life life = Life::Kept;
    Reason reason = Reason::None;
    std::uint32_t attempts = 0;
    std::uint16_t http_status = 0; ///< of the last reply; 0: none
    std::uint64_t bytes = 0;       ///< sealed; 0 once delivered
    std::uint16_t attachments = 0;
    std::int64_t kept_wall_ms = 0; ///< written down only; see clock_trusted
    bool clock_trusted = false;
    std::int64_t due_in_ms = 0; ///< until the next try or look-up; 0: now, or never by itself
    KeyId key_id;
    std::string reference;
    static void fields(auto& m, auto& f) {
        f(m.id), f(m.number), f(m.life), f(m.reason), f(m.attempts), f(m.http_status), f(m.bytes), f(m.attachments);
        f(m.kept_wall_ms), f(m.clock_trusted), f(m.due_in_ms), f(m.key_id.bytes), f(m.reference);
    }
};
/// Rows with a greater number, oldest first, at most 500 at a time.
struct List {
    std::uint64_t after_number = 0;
    static void fields(auto& m, auto& f) { f(m.after_number); }
};
struct Listing {
    std::vector<Row> rows;
    bool more = false;
    static void fields(auto& m, auto& f) { f(m.rows), f(m.more); }
};
struct Show {
    forms::Uuid id;
    static void fields(auto& m, auto& f) { f(m.id); }
};
struct Shown {
    bool known = false;
    Row row;
    static void fields(auto& m, auto& f) { f(m.known), f(m.row); }
};

enum class Action : std::uint8_t {
    Retry = 1, ///< kept or unclear: now instead of later; at the desk: let it go again
    Hold = 2,  ///< kept or unclear: to the desk
    Erase = 3, ///< for good; only what is acknowledged or at the desk
};
struct Act {
    forms::Uuid id;
    Action action = Action::Retry;
    static void fields(auto& m, auto& f) { f(m.id), f(m.action); }
};
enum class ActOutcome : std::uint8_t {
    Done = 0,
    Unknown = 1,
    NotInThisState = 2,
    Refused = 3,    ///< the disk
    NotAllowed = 4, ///< not signed in, or not with this role
    NotLogged = 5,  ///< the audit log cannot be written, so it was not done
};
struct Acted {
    forms::Uuid id;
    ActOutcome outcome = ActOutcome::Done;
    static void fields(auto& m, auto& f) { f(m.id), f(m.outcome); }
};

/// A piece of a sealed request, as it lies in the outbox: for export. Still sealed.
struct Fetch {
    forms::Uuid id;
    std::uint16_t part = 0;
    std::uint32_t offset = 0;
    static void fields(auto& m, auto& f) { f(m.id), f(m.part), f(m.offset); }
};
struct Fetched {
    forms::Uuid id;
    bool known = false;
    std::vector<std::byte> header;
    std::vector<std::uint32_t> part_sizes;
    std::uint16_t part = 0;
    std::uint32_t offset = 0;
    std::vector<std::byte> bytes;
    static void fields(auto& m, auto& f) {
        f(m.id), f(m.known), f(m.header), f(m.part_sizes), f(m.part), f(m.offset), f(m.bytes);
    }
};

using net::Sending;
struct AskFigures {
    static void fields(auto&, auto&) {}
};
struct Figures {
    std::uint64_t kept = 0, sending = 0, unclear = 0, needs_desk = 0, acknowledged = 0;
    std::uint64_t oldest_waiting_ms = 0; ///< since it was kept, or since this program started
    std::uint64_t bytes_used = 0, bytes_free = 0;
    Sending state = Sending::Working;
    std::uint64_t pause_ms = 0; ///< until the next try of anything
    ReadyCode ready = ReadyCode::Ready;
    bool memory_locked = false;
    std::uint16_t keys = 0;
    KeyId key_id;
    std::string version;
    std::uint64_t tombstones = 0; ///< marks of what was delivered in the last 90 days
    std::uint64_t set_aside = 0;  ///< damaged files waiting for a specialist
    std::int64_t server_ahead_s = 0; ///< of our clock, by what a trusted server said last; 0: they agree, or none spoke
    bool clock_remembered = true;    ///< the disk took the newest date that a trusted server has said
    static void fields(auto& m, auto& f) {
        f(m.kept), f(m.sending), f(m.unclear), f(m.needs_desk), f(m.acknowledged), f(m.oldest_waiting_ms);
        f(m.bytes_used), f(m.bytes_free), f(m.state), f(m.pause_ms), f(m.ready), f(m.memory_locked), f(m.keys);
        f(m.key_id.bytes), f(m.version), f(m.tombstones), f(m.set_aside);
        f(m.server_ahead_s), f(m.clock_remembered);
    }
};

/// Said before the line is cut: the peer did something that is not in the protocol.
struct Refusal {
    std::uint16_t code = 0; ///< 1: not understood, 2: another version, 3: too many peers, 4: not now
    static void fields(auto& m, auto& f) { f(m.code); }
};

/// Keys of the sender, for a technician. Answered with KeysTold.
enum class KeyAction : std::uint8_t {
    List = 1,
    Rotate = 2, ///< a new one to seal to; who is connected is told by a new Welcome. Old ones go when no row needs them
    Destroy = 3, ///< all of them, for good: nothing in the outbox can be opened any more
};
struct KeyOrder {
    KeyAction action = KeyAction::List;
    static void fields(auto& m, auto& f) { f(m.action); }
};
struct KeyName {
    KeyId id;
    static void fields(auto& m, auto& f) { f(m.id.bytes); }
};
struct KeysTold {
    bool done = false;         ///< false: the disk refused; what is listed is what there is now
    std::vector<KeyName> keys; ///< oldest first, the last one is sealed to
    static void fields(auto& m, auto& f) { f(m.done), f(m.keys); }
};

// --- what the central system published -----------------------------------------------------------------------------

/// What signed packages are here? Answered with PackageList, and again whenever there is something new.
struct AskPackages {
    static void fields(auto&, auto&) {}
};
struct PackageNote {
    PackageKind kind = PackageKind::Definition;
    PackageSubject subject;
    std::uint64_t serial = 0;
    std::uint32_t size = 0; ///< bytes of the whole package
    static void fields(auto& m, auto& f) { f(m.kind), f(m.subject.bytes), f(m.serial), f(m.size); }
};
struct PackageList {
    std::vector<PackageNote> packages; ///< newest version of a subject first
    static void fields(auto& m, auto& f) { f(m.packages); }
};
/// A piece of a package, from `offset`. Whoever reads it checks the signature again.
struct FetchPackage {
    PackageSubject subject;
    std::uint64_t serial = 0;
    std::uint32_t offset = 0;
    static void fields(auto& m, auto& f) { f(m.subject.bytes), f(m.serial), f(m.offset); }
};
struct PackagePiece {
    PackageSubject subject;
    std::uint64_t serial = 0;
    bool known = false;
    std::uint32_t size = 0; ///< of the whole package
    std::uint32_t offset = 0;
    std::vector<std::byte> bytes; ///< at most piece_size
    static void fields(auto& m, auto& f) {
        f(m.subject.bytes), f(m.serial), f(m.known), f(m.size), f(m.offset), f(m.bytes);
    }
};

/// Where does a request stand? `code` is what the receipt says beside its number.
struct AskStatus {
    std::uint64_t number = 0;
    std::string code;
    static void fields(auto& m, auto& f) { f(m.number), f(m.code); }
};
enum class StatusOutcome : std::uint8_t {
    Found = 0,
    NotFound = 1, ///< no such number here, or not with this code: which of the two is not said
    TooMany = 2,  ///< wrong codes were tried too often; wait
};
struct StatusTold {
    std::uint64_t number = 0;
    StatusOutcome outcome = StatusOutcome::NotFound;
    Life life = Life::Kept;                  ///< with Found
    RequestStep step = RequestStep::Unknown; ///< with Acknowledged: the last that was heard
    std::int64_t heard_ms_ago = -1;          ///< −1: not since the sender started
    std::uint32_t wait_s = 0;                ///< with TooMany
    static void fields(auto& m, auto& f) {
        f(m.number), f(m.outcome), f(m.life), f(m.step), f(m.heard_ms_ago), f(m.wait_s);
    }
};

/// Where the feed stands; `now`: after asking the central system once more.
struct AskFeed {
    bool now = false;
    static void fields(auto& m, auto& f) { f(m.now); }
};
struct FeedTold {
    bool configured = false; ///< a central system and at least one owner's key
    bool ever = false;       ///< a question was answered since this start
    std::int64_t good_ms_ago = 0;
    std::uint8_t fault = 0; ///< 0: the last question was answered; else net::Fault + 1
    std::uint16_t http_status = 0;
    std::uint32_t refused = 0; ///< packages not taken since this start
    static void fields(auto& m, auto& f) {
        f(m.configured), f(m.ever), f(m.good_ms_ago), f(m.fault), f(m.http_status), f(m.refused);
    }
};

/// The order is the number on the wire: add at the end only.
using Message =
    std::variant<Hello, Welcome, AskReady, Readiness, Keep, Piece, Kept, NotKept, Watch, State, List, Listing, Show,
                 Shown, Act, Acted, Fetch, Fetched, AskFigures, Figures, Refusal, KeyOrder, KeysTold, SignIn, SignedIn,
                 SignOut, SignedOut, StillHere, StaffOrder, StaffTold, Open, Opened, Close, Closed, Revise, Revised, AskPackages,
                 PackageList, FetchPackage, PackagePiece, AskStatus, StatusTold, AskFeed, FeedTold>;

} // namespace net::ipc
