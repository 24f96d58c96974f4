// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/uuid.hpp"
#include "net/store/database.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace net {

/// What stays of a delivered request: enough to know it again, nothing to find it by.
struct Tombstone {
    std::uint64_t number = 0; ///< of the receipt
    std::string reference;    ///< of the central system
    std::int64_t delivered_wall_ms = 0;
    bool clock_trusted = false;
};

/// The marks of what was delivered, in a file of their own (tombstones.db): an older outbox.db, put back from a backup
/// or set aside and put back, meets them and sends nothing a second time. A mark is written before the outbox says
/// "acknowledged", so that there is never an erased body without one.
///
/// They stay 90 days (threat-model §6) of this program's running time, counted on the boot-time clock: a wall clock
/// that jumps ten years ahead expires nothing, and time spent switched off only makes them stay longer.
/// Thread: the store thread.
class Tombstones {
public:
    static constexpr std::chrono::hours stay{24 * 90};

    /// A damaged file is set aside; `set_aside` then says so. Fails as Database::open does, and with TooNew.
    [[nodiscard]] static StoreResult<Tombstones> open(const std::filesystem::path& folder, const std::string& vfs,
                                                      forms::BootTime now);

    /// Durable when it returns. A second time for the same id: nothing changes.
    [[nodiscard]] StoreResult<forms::Done> add(const forms::Uuid& id, const Tombstone& stone);
    /// The mark as it stood in an outbox of the first schema.
    [[nodiscard]] StoreResult<forms::Done> add(std::span<const std::byte> mark, const Tombstone& stone);
    [[nodiscard]] StoreResult<std::optional<Tombstone>> find(const forms::Uuid& id);
    [[nodiscard]] StoreResult<std::uint64_t> count();
    /// Running time goes on; at most once an hour it is written down and what is too old removed.
    [[nodiscard]] StoreResult<forms::Done> advance(forms::BootTime now);

    /// Moves the log into the file and cuts it.
    [[nodiscard]] StoreResult<forms::Done> checkpoint() { return database_.checkpoint(); }

    [[nodiscard]] bool set_aside() const { return set_aside_; }

private:
    explicit Tombstones(Database database) : database_(std::move(database)) {}
    static StoreResult<Tombstones> connect(const std::filesystem::path& file, const std::string& vfs,
                                           forms::BootTime now);

    Database database_;
    bool set_aside_ = false;
    std::chrono::milliseconds age_{}, written_age_{};
    forms::BootTime last_{};
};

} // namespace net
