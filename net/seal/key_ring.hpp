// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/seal/keys.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <memory_resource>
#include <set>
#include <shared_mutex>
#include <span>
#include <vector>

namespace net {

enum class KeyFault {
    NoRights, ///< the folder or a file cannot be read or written
    Open,     ///< a key file may be read by others: treat it as known to them
    Damaged,  ///< not a key file, or its halves do not belong together
    Refused,  ///< the disk refused a write or a sync
};

/// The sender's key pairs: one file each in a folder (mode 0700, files 0600). The newest seals; the older ones still
/// open what was sealed to them. Secret halves live in the memory handed in (locked, zeroed) and nowhere else.
/// Every copy of a secret half is in that memory or in one of those files: the database has only what was sealed to the
/// open half. Thread: any, once open.
class KeyRing {
public:
    /// Makes the first pair when the folder has none; `created` then says so.
    [[nodiscard]] static forms::Result<KeyRing, KeyFault> open(const std::filesystem::path& folder,
                                                               std::pmr::memory_resource* secret_memory);
    /// One pair that is never in a file and goes with the object: for what is sealed to one opening at the desk.
    [[nodiscard]] static KeyRing passing(std::pmr::memory_resource* secret_memory);
    /// Makes a new pair for what is sealed from now on; the old ones stay.
    [[nodiscard]] forms::Result<forms::Done, KeyFault> rotate();
    /// Destroys the pairs older than every one of `needed`; always stay the newest and the one before it, to which
    /// somebody may be sealing at this moment. Returns how many went.
    [[nodiscard]] forms::Result<std::size_t, KeyFault> retire(const std::set<KeyId>& needed);
    /// Wipes all secret halves from memory, overwrites and removes all files: what is sealed to them can never be
    /// opened again. Some milliseconds. On a failure the files that could not be removed are still there; memory is
    /// wiped in any case. (A flash disk may keep old blocks: only an encrypted disk makes overwriting certain.)
    [[nodiscard]] forms::Result<forms::Done, KeyFault> destroy();
    /// The same for the files alone: for when no sender runs.
    [[nodiscard]] static forms::Result<forms::Done, KeyFault> destroy_files(const std::filesystem::path& folder);

    [[nodiscard]] bool created() const { return created_; }
    [[nodiscard]] std::size_t size() const;
    /// All zeros once the keys were destroyed: nothing can be sealed to that.
    [[nodiscard]] PublicKey current() const;
    [[nodiscard]] KeyId current_id() const;
    [[nodiscard]] std::vector<KeyId> ids() const; ///< oldest first
    [[nodiscard]] bool knows(const KeyId& id) const;

    /// Opens a sealed box for one of these keys; `out` has 48 bytes less than `box`. False: unknown key or tampered.
    [[nodiscard]] bool open_box(const KeyId& id, std::span<const std::byte> box, std::span<std::byte> out) const;

private:
    struct Pair {
        KeyId id;
        PublicKey open;
        std::pmr::vector<std::byte> secret;
        unsigned number = 0; ///< of its file
    };
    KeyRing(std::filesystem::path folder, std::pmr::memory_resource* memory)
        : folder_(std::move(folder)), memory_(memory) {}
    forms::Result<Pair, KeyFault> read(const std::filesystem::path& file) const;

    std::filesystem::path folder_;
    std::pmr::memory_resource* memory_;
    mutable std::unique_ptr<std::shared_mutex> mutex_ = std::make_unique<std::shared_mutex>();
    std::vector<Pair> pairs_;    ///< oldest first; guarded by mutex_
    unsigned newest_number_ = 0; ///< guarded by mutex_
    bool created_ = false;
};

} // namespace net
