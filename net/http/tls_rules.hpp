// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <string>

struct ssl_ctx_st;

namespace net {

/// What is demanded of the other side beside authorities and pins, whatever the machine's own settings for OpenSSL say.
struct TlsRules {
    std::string host;    ///< as it is called: a name, or an address in figures
    forms::WallTime now; ///< certificates are judged at this moment
};

/// Sets the rules on a TLS context before its first handshake: TLS 1.2 or newer; keys and signatures of at least 112
/// bits (no RSA below 2048, no SHA-1); the host in a subject alternative name (a common name counts for nothing, a
/// wildcard only as a whole first label); the moment of judgement; no log of session keys, which curl would otherwise
/// write wherever the environment tells it to. False: not everything could be set; then nobody may be called.
[[nodiscard]] bool apply(const TlsRules& rules, ssl_ctx_st* context);

} // namespace net
