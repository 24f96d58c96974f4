// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/seal/sealed_request.hpp"

#include <span>
#include <string>
#include <vector>

namespace tests {

/// The n-th id of a test's own row of ids.
[[nodiscard]] inline forms::Uuid id_number(int n) {
    return forms::Uuid::named(*forms::Uuid::parse("3c1f8e0a-9b7d-4e6f-8a5b-2d4c6e8f0a1b"), std::to_string(n));
}

/// A request really sealed, to a key that nobody keeps: for tests that never look inside.
[[nodiscard]] inline net::SealedRequest sealed(const forms::Uuid& id,
                                               const std::vector<std::string>& parts = {"body"}) {
    std::vector<std::span<const std::byte>> bytes;
    for (const auto& part : parts)
        bytes.push_back(std::as_bytes(std::span(part.data(), part.size())));
    net::PublicKey key;
    key.bytes[0] = std::byte{9}; // the base point: a valid key
    return net::seal(id, key, bytes).value();
}

} // namespace tests
