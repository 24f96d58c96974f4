// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/audit/audit_record.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

// The files of an audit log as whoever verifies it meets them: nothing here writes.
namespace net {

/// "audit-<number of its first record, ten digits>.jsonl", oldest first. Nothing when the folder cannot be read.
struct AuditFile {
    std::filesystem::path path;
    std::uint64_t first = 0;
};
[[nodiscard]] std::optional<std::vector<AuditFile>> audit_files(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path audit_key_file(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path audit_head_file(const std::filesystem::path& folder);

/// The newest record, told apart from the log itself: a tail that was cut off is missed by it. It bears a mark of the
/// same key, so that it cannot be made up; an older copy of it can be put back (net/audit/README.md says what follows).
struct AuditHead {
    std::uint64_t sequence = 0;
    ChainMark mark{};
};
/// Two places of `audit_slot_size` bytes, written in turn: a power cut spoils one at most.
inline constexpr std::size_t audit_slot_size = 256;
[[nodiscard]] std::string audit_slot(const AuditHead& head, const ChainKey& key); ///< exactly one slot
/// The newer of those that can be read; nothing when neither can, or the file is missing.
[[nodiscard]] std::optional<AuditHead> read_audit_head(const std::filesystem::path& file, const ChainKey& key);

enum class AuditFault {
    None,
    NoLog,        ///< there is no log in this folder
    NoKey,        ///< its key is missing, damaged, or cannot be read by this user
    Unreadable,   ///< a file cannot be read
    NotARecord,   ///< a line that is no record
    Changed,      ///< a record does not bear the mark that belongs to it
    Missing,      ///< records before this one are gone, or files were swapped
    NotTheNext,   ///< a record that belongs elsewhere, or a log that was begun anew
    TailMissing,  ///< the newest records are gone
    HeadMissing,  ///< the file that names the newest record is gone or was changed
    BrokenBefore, ///< the sender itself found the log broken when it started, and went on behind the damage
};
[[nodiscard]] std::string_view name_of(AuditFault fault);

struct AuditVerdict {
    AuditFault fault = AuditFault::None;
    std::uint64_t sequence = 0; ///< of the first record that is broken or missing
    std::filesystem::path file{};
    std::uint64_t line = 0;    ///< in that file, from 1; 0: the file as a whole
    std::uint64_t records = 0; ///< sound ones before it
    ChainMark newest{};        ///< mark of the last sound one
};

/// Reads the whole log and stops at the first thing that is wrong. `each` is told every sound record. A line that is
/// being written just now (no end yet) is not judged.
[[nodiscard]] AuditVerdict verify_audit(const std::filesystem::path& folder, std::pmr::memory_resource* secret_memory,
                                        const std::function<void(const AuditRecord&)>& each = {});

} // namespace net
