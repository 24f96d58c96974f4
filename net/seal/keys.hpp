// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <string>

namespace net {

/// Names a key pair: the first eight bytes of a hash of its public half.
struct KeyId {
    std::array<std::byte, 8> bytes{};
    auto operator<=>(const KeyId&) const = default;
};

/// X25519. With it a request can be sealed, never opened.
struct PublicKey {
    std::array<std::byte, 32> bytes{};
    auto operator<=>(const PublicKey&) const = default;
};

[[nodiscard]] KeyId id_of(const PublicKey& key);
[[nodiscard]] std::string text_of(const KeyId& id); ///< 16 hexadecimal digits

} // namespace net
