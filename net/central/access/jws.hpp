// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <filesystem>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace net {

/// RFC 7518 §3.1. The algorithm is fixed by our configuration, never by what a key or a peer says (RFC 8725 §3.1).
enum class JwsAlgorithm { RS256, RS384, ES256, ES384 };
[[nodiscard]] std::string_view name_of(JwsAlgorithm algorithm);
[[nodiscard]] std::optional<JwsAlgorithm> jws_algorithm(std::string_view name);

enum class SigningFault {
    NotReadable,  ///< the file is not there, or not for this user
    OpenToOthers, ///< others than its owner may read it: chmod 0600
    NotAKey,      ///< no private key in PEM, or one behind a pass phrase
    WrongKind,    ///< not of this algorithm: RSA of 2048 bits at least, P-256 for ES256, P-384 for ES384
};

/// A private key of ours that signs JSON Web Tokens, in compact form (RFC 7515 §7.1).
/// Thread: one.
class SigningKey {
public:
    [[nodiscard]] static forms::Result<SigningKey, SigningFault> read(const std::filesystem::path& pem_file,
                                                                      JwsAlgorithm algorithm);
    /// `reference`: members of the header that name the key, as JSON: "kid":"…" or "x5c":[…]; `claims`: the payload.
    /// Nothing when the library refuses.
    [[nodiscard]] std::optional<std::pmr::string> sign(std::string_view reference, std::string_view claims,
                                                       std::pmr::memory_resource* memory) const;

private:
    SigningKey(std::shared_ptr<evp_pkey_st> key, JwsAlgorithm algorithm)
        : key_(std::move(key)), algorithm_(algorithm) {}
    std::shared_ptr<evp_pkey_st> key_;
    JwsAlgorithm algorithm_;
};

/// "x5c":["…"]: the first certificate of a PEM file (RFC 7515 §4.1.6); nothing when there is none.
[[nodiscard]] std::optional<std::string> x5c_of(const std::filesystem::path& pem_file);
/// RFC 4648 §5 without padding.
[[nodiscard]] std::pmr::string base64url(std::string_view bytes, std::pmr::memory_resource* memory);

} // namespace net
