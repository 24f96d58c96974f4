// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "net/sandbox/jwt_check.hpp"
#include "net/sandbox/message.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace net::sandbox {

/// Lets in only who brings a token, and gives tokens to the one client it knows: SMART Backend Services, strictly.
/// Thread: any.
class TokenDesk {
public:
    struct Settings {
        std::string client_id;
        PublicSigningKey key;
        std::string address; ///< "https://127.0.0.1:4711"; the endpoint is <address>/token
        std::chrono::seconds lifetime{300};
    };
    TokenDesk(Settings settings, const forms::Clock& clock, std::function<std::string()> random);

    /// <base>/.well-known/smart-configuration
    [[nodiscard]] Reply configuration() const;
    /// POST /token
    [[nodiscard]] Reply give(const Request& request);
    /// Does the request bear a token that still counts?
    [[nodiscard]] bool lets_in(const Request& request);

private:
    const Settings settings_;
    const forms::Clock& clock_;
    std::function<std::string()> random_;
    std::mutex mutex_;
    // all below guarded by mutex_
    std::map<std::string, forms::BootTime> tokens_; ///< until when
    std::map<std::string, std::int64_t> seen_;      ///< jti of assertions, until when (seconds since 1970)
};

} // namespace net::sandbox
