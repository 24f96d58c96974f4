// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/seal/key_ring.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// Binds a line of a log to all lines before it.
using ChainMark = std::array<std::byte, 32>;
[[nodiscard]] std::string hex_of(const ChainMark& mark);         ///< 64 hexadecimal digits
[[nodiscard]] bool same(const ChainMark& a, const ChainMark& b); ///< in constant time

/// The key of the audit log's chain: without it nobody can write a line that fits. One file of mode 0600, beside the
/// log and not among the sealing keys: when those are destroyed, what was logged can still be verified. Thread: any,
/// once open.
class ChainKey {
public:
    /// Damaged: there is none and `make` is false, or it is not a key file.
    [[nodiscard]] static forms::Result<ChainKey, KeyFault> open(const std::filesystem::path& file, bool make,
                                                                std::pmr::memory_resource* secret_memory);
    [[nodiscard]] bool made() const { return made_; }
    /// Keyed BLAKE2b over the mark before and the bytes.
    [[nodiscard]] ChainMark mark(const ChainMark& before, std::string_view bytes) const;

private:
    explicit ChainKey(std::pmr::vector<std::byte> key) : key_(std::move(key)) {}
    std::pmr::vector<std::byte> key_;
    bool made_ = false;
};

} // namespace net
