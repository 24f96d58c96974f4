// SPDX-License-Identifier: EUPL-1.2
// OAuth 2 client credentials as SMART Backend Services has them (hl7.org/fhir/smart-app-launch, "Client Authentication:
// Asymmetric" and "Backend Services"): a signed assertion instead of a password, a token that lives minutes.
#pragma once
#include "forms/base/clock.hpp"
#include "net/central/access/jws.hpp"
#include "net/http/http_client.hpp"
#include "net/runtime/random.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace net {

struct TokenSettings {
    std::string client_id;
    std::string token_url; ///< empty: asked for at <base>/.well-known/smart-configuration, taken on the same host only
    std::string key_file, key_id;
    JwsAlgorithm algorithm = JwsAlgorithm::ES384; ///< SMART: RS384 or ES384
    std::vector<std::string> scopes;
};

/// What a token endpoint gave.
struct Token {
    std::pmr::string text; ///< visible ASCII, so that it fits a header and nothing else can
    std::chrono::seconds lifetime{};
};
/// RFC 6749 §5.1: "access_token", "token_type" Bearer, "expires_in" (at most a day counts; without it, a minute).
/// Nothing for anything else: another type, a token over 8 KiB or with a space or control character in it.
[[nodiscard]] std::optional<Token> read_token(std::string_view body, std::pmr::memory_resource* memory);
/// The token endpoint of a SMART configuration; nothing when it is not under `origin` ("https://host:port").
[[nodiscard]] std::optional<std::string> read_token_endpoint(std::string_view body, std::string_view origin);
/// "https://host:port" of an address; empty when it has no scheme.
[[nodiscard]] std::string_view origin_of(std::string_view url);

/// Gets tokens, keeps the present one in the memory that is handed in, and gets the next before it runs out.
/// Thread: one.
class TokenSource {
public:
    /// Everything outlives it. `secrets`: locked memory.
    TokenSource(TokenSettings settings, std::string base_url, HttpClient& client, const forms::Clock& clock,
                Chance& chance, std::pmr::memory_resource* secrets);

    /// Nothing: there is a token (`text`). Else why there is none, told as the answer to a request that never left:
    /// it did not (NoConnection, NotTrusted, BadSettings, ClockWrong), or we are not let in (status 401), or the
    /// endpoint asks to come back later (429).
    [[nodiscard]] std::optional<HttpReply> need(std::stop_token stop);
    [[nodiscard]] std::string_view text() const { return token_ ? std::string_view(token_->text) : std::string_view(); }
    /// It was not accepted, or settings may have changed: the next call gets another, and reads the key again.
    void forget();

private:
    [[nodiscard]] std::optional<HttpReply> find_endpoint(std::stop_token stop);
    [[nodiscard]] std::optional<std::pmr::string> assertion();

    TokenSettings settings_;
    std::string base_url_;
    HttpClient& client_;
    const forms::Clock& clock_;
    Chance& chance_;
    std::pmr::memory_resource* secrets_;
    std::optional<SigningKey> key_;
    std::string endpoint_; ///< empty: not known yet
    std::optional<Token> token_;
    forms::BootTime renew_at_{};
};

} // namespace net
