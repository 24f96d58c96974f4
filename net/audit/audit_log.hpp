// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "net/audit/audit_files.hpp"
#include "net/runtime/event_log.hpp"

#include <filesystem>
#include <memory>
#include <memory_resource>
#include <mutex>

namespace net {

/// What the staff did, one line after the other, each bound to those before (threat model §12). Written by the sender
/// alone. A record is on disk, synchronised, when `write` returns true; whoever gets false refuses the action.
/// A new file begins every `file_size`; none is ever deleted.
/// Thread: any (one short lock, held while the disk synchronises).
class AuditLog {
public:
    static constexpr std::uint64_t file_size = 1u << 20;

    /// What opening found; each is worth a line in the event log.
    struct Opening {
        AuditFault fault = AuditFault::None; ///< other than None: the chain goes on behind the damage, which stays
        std::uint64_t sequence = 0;          ///< of the first record that is missing or broken
        std::uint64_t cut_bytes = 0;         ///< of a last line that a crash left half-written: nobody was told of it
    };
    /// Makes folder (0700) and key when there is no log yet. Verifies the newest file and the head. Nothing when the
    /// disk refuses. `clock` and `log` outlive it.
    [[nodiscard]] static std::unique_ptr<AuditLog> open(const std::filesystem::path& folder, const forms::Clock& clock,
                                                        EventLog& log, std::pmr::memory_resource* secret_memory);
    ~AuditLog();
    AuditLog(const AuditLog&) = delete;
    AuditLog& operator=(const AuditLog&) = delete;

    [[nodiscard]] const Opening& opening() const { return opening_; }
    /// False: it is not written down, and must not be done. After a failed synchronisation the log is closed, opened
    /// and verified anew before anything more is written.
    [[nodiscard]] bool write(const AuditEntry& entry);

private:
    AuditLog(std::filesystem::path folder, const forms::Clock& clock, EventLog& log,
             std::pmr::memory_resource* secret_memory);
    bool connect();
    bool read_newest(const AuditFile& file);
    bool begin_file(std::uint64_t first);
    bool append(const AuditEntry& entry);
    void close();

    std::filesystem::path folder_;
    const forms::Clock& clock_;
    EventLog& log_;
    std::pmr::memory_resource* memory_;
    Opening opening_;
    std::mutex mutex_;
    // all below guarded by mutex_ once open
    std::unique_ptr<ChainKey> key_;
    int file_ = -1, head_ = -1;
    std::uint64_t size_ = 0;     ///< bytes of the newest file
    std::uint64_t sequence_ = 0; ///< of the newest record
    ChainMark mark_{};           ///< of the newest record
};

} // namespace net
