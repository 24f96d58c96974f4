// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/seal/chain_key.hpp"
#include "net/staff/roles.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace net {

/// What the audit log knows (threat model §12). There is no free text: no name of a citizen, no answer and no reason in
/// words can get in.
enum class AuditAction : std::uint8_t {
    LogBegun,    ///< the first record of a log
    LogResumed,  ///< the sender has started
    ChainBroken, ///< at the start the log did not fit together: the chain begins anew behind the damage
    SignedIn,
    SignedOut,
    SessionExpired, ///< nothing was done for too long
    StaffAdded,
    StaffDisabled,
    StaffReset, ///< new PIN, errors forgotten
    RequestOpened,
    RequestClosed,
    RequestRevised, ///< what was corrected took the place of what was kept; both hashes stand with it
    RequestRetried,
    RequestHeld,
    RequestErased,
    RequestExported,
    KeysChanged,   ///< the sealing keys were rotated
    KeysDestroyed, ///< the outbox was made unreadable for ever
    IdentitySeen,  ///< they state that the person has shown them a document; which kind stands in the request alone
};
enum class AuditOutcome : std::uint8_t {
    Allowed, ///< written before it is done; Done or Failed follows
    Done,
    Refused, ///< the role, the PIN or the state does not permit it
    Failed,  ///< it was allowed and the disk or the system would not
};
[[nodiscard]] std::string_view name_of(AuditAction action);
[[nodiscard]] std::string_view name_of(AuditOutcome outcome);
[[nodiscard]] std::optional<AuditAction> audit_action(std::string_view name);
[[nodiscard]] std::optional<AuditOutcome> audit_outcome(std::string_view name);

/// Whoever did it. `id` is a staff id, "uid-1000" for the user of a socket or a shell, "sender" for the program itself,
/// and "unknown" for an id that is not in the staff list: what was typed there may well be a PIN.
struct AuditActor {
    std::string id;
    StaffRole role = StaffRole::None;
};

struct AuditEntry {
    AuditActor actor;
    AuditAction action = AuditAction::LogBegun;
    AuditOutcome outcome = AuditOutcome::Done;
    std::uint64_t request = 0;     ///< number of its receipt; 0: it is about none
    std::string subject{};         ///< staff id that was changed; empty: nobody's
    std::string before{}, after{}; ///< RequestRevised: SHA-256 of the sealed bodies, hexadecimal
};

struct AuditRecord {
    std::uint64_t sequence = 0; ///< from 1, without a gap
    std::int64_t wall_ms = 0;   ///< since 1970; written down only
    bool clock_trusted = false;
    AuditEntry entry;
    ChainMark previous{}, mark{};
};

/// One line with its end. `mark` is what `ChainKey::mark` makes of `previous` and everything before ,"mark":.
[[nodiscard]] std::string audit_line(AuditRecord& record, const ChainKey& key);

enum class AuditLineFault {
    NotARecord,
    WrongMark, ///< changed, or written without the key
};
/// A line without its end.
[[nodiscard]] forms::Result<AuditRecord, AuditLineFault> read_audit_line(std::string_view line, const ChainKey& key);

} // namespace net
