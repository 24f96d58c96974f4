// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "forms/base/uuid.hpp"
#include "net/seal/key_ring.hpp"
#include "net/seal/keys.hpp"

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

namespace net {

using Bytes = std::vector<std::byte>;            ///< nothing personal in clear
using SecretBytes = std::pmr::vector<std::byte>; ///< clear text: in locked memory

/// What leaves the interface. Part 0 is the submission, the others its attachments, in their order.
///
/// Header, in clear, authenticated together with every chunk of every part:
///   "SPO1" · version (1 byte, 1) · request id (16) · key id (8) · part count (2, big-endian) · sealed key (80)
/// The sealed key is a random 32-byte key in a libsodium sealed box to the sender's public key. Each part is one
/// XChaCha20-Poly1305 secretstream under that key: 24 bytes of stream header, then chunks of 64 KiB, the last one
/// tagged final. The part's number is authenticated with each chunk, so cut, swapped, doubled or missing pieces are all
/// seen.
struct SealedRequest {
    forms::Uuid id;
    Bytes header;
    std::vector<Bytes> parts;
};

struct ClearHeader {
    forms::Uuid id;
    KeyId key;
    std::uint16_t parts = 0;
};

enum class SealFault {
    NotAHeader, ///< too short, wrong mark, or a version this program does not know
    UnknownKey, ///< sealed to a key that is not in the ring
    Broken,     ///< bytes were changed, cut, swapped, or belong to another request
    TooLarge,   ///< more than 11 parts, or a part beyond its limit
};

inline constexpr std::size_t most_parts = 11;                 ///< the submission and ten attachments
inline constexpr std::size_t largest_body = 8u << 20;         ///< clear bytes of part 0
inline constexpr std::size_t largest_attachment = 20u << 20;  ///< clear bytes
inline constexpr std::size_t largest_attachments = 60u << 20; ///< together
inline constexpr std::size_t seal_header_size = 4 + 1 + 16 + 8 + 2 + 80;
[[nodiscard]] std::size_t sealed_size(std::size_t clear_size);

/// `parts` are read once; nothing of them is copied except sealed. Fails with TooLarge, or with
/// UnknownKey when `to` is no key.
[[nodiscard]] forms::Result<SealedRequest, SealFault> seal(const forms::Uuid& id, const PublicKey& to,
                                                           std::span<const std::span<const std::byte>> parts);

[[nodiscard]] forms::Result<ClearHeader, SealFault> read_header(std::span<const std::byte> header);

/// The parts in clear, in `memory`. All of them, or none.
[[nodiscard]] forms::Result<std::vector<SecretBytes>, SealFault>
unseal(const SealedRequest& sealed, const KeyRing& ring, std::pmr::memory_resource* memory);

} // namespace net
