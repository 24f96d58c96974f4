// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/seal/keys.hpp"

#include <cstddef>
#include <filesystem>
#include <memory_resource>
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
/// Thread: any, once open.
class KeyRing {
public:
    /// Makes the first pair when the folder has none; `created` then says so.
    [[nodiscard]] static forms::Result<KeyRing, KeyFault> open(const std::filesystem::path& folder,
                                                               std::pmr::memory_resource* secret_memory);
    /// Makes a new pair for what is sealed from now on; the old ones stay.
    [[nodiscard]] forms::Result<forms::Done, KeyFault> rotate();

    [[nodiscard]] bool created() const { return created_; }
    [[nodiscard]] std::size_t size() const { return pairs_.size(); }
    [[nodiscard]] const PublicKey& current() const { return pairs_.back().open; }
    [[nodiscard]] KeyId current_id() const { return pairs_.back().id; }
    [[nodiscard]] bool knows(const KeyId& id) const;

    /// Opens a sealed box for one of these keys; `out` has 48 bytes less than `box`. False: unknown key or tampered.
    [[nodiscard]] bool open_box(const KeyId& id, std::span<const std::byte> box, std::span<std::byte> out) const;

private:
    struct Pair {
        KeyId id;
        PublicKey open;
        std::pmr::vector<std::byte> secret;
    };
    KeyRing(std::filesystem::path folder, std::pmr::memory_resource* memory)
        : folder_(std::move(folder)), memory_(memory) {}
    forms::Result<Pair, KeyFault> read(const std::filesystem::path& file) const;

    std::filesystem::path folder_;
    std::pmr::memory_resource* memory_;
    std::vector<Pair> pairs_; ///< oldest first
    unsigned newest_number_ = 0;
    bool created_ = false;
};

} // namespace net
