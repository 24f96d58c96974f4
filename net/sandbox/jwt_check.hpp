// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/json_text.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace net::sandbox {

/// A public key that somebody signs with.
using PublicSigningKey = std::shared_ptr<evp_pkey_st>;
/// PEM: "PUBLIC KEY", or a certificate that has one. Null when it is neither.
[[nodiscard]] PublicSigningKey read_public_key(const std::string& pem);

struct CheckedToken {
    Json header, claims;
};
/// A JSON Web Token in compact form, its algorithm one of `algorithms` (never what it says itself; RFC 8725), its
/// signature by `key`. Nothing for anything else. Whom and when it is for is the caller's to judge.
[[nodiscard]] std::optional<CheckedToken> check_token(std::string_view token, const PublicSigningKey& key,
                                                      std::span<const std::string_view> algorithms);

} // namespace net::sandbox
