// SPDX-License-Identifier: EUPL-1.2
// AgID's interoperability model (ModI), with keys exchanged directly (X.509): ID_AUTH_REST_02, INTEGRITY_REST_01 and
// AUDIT_REST_01. The patterns that go through PDND (vouchers) are not here: those keys belong to the organisation's own
// gateway, never to a terminal that stands in a hall.
#pragma once
#include "forms/base/clock.hpp"
#include "net/central/access/jws.hpp"
#include "net/http/http_client.hpp"
#include "net/runtime/random.hpp"

#include <optional>
#include <string>
#include <vector>

namespace net {

struct ModiSettings {
    std::string audience; ///< as the provider declares it; need not be the address that is called
    std::string issuer;   ///< who we are to the provider
    std::string key_file;
    std::string key_id;           ///< names the key ("kid"); empty: certificate_file does ("x5c")
    std::string certificate_file; ///< PEM
    JwsAlgorithm algorithm = JwsAlgorithm::RS256;
    std::string
        user_id; ///< who acts in our domain: a pseudonym or the terminal's service identity, never a code of a person
    std::string location_id;             ///< the terminal
    std::string assurance;               ///< level of assurance; empty: not said
    std::string assurance_claim = "LoA"; ///< as this provider spells it
};

/// Signs requests. Each gets fresh tokens (a replayed one is refused), over exactly the bytes of its body.
/// Thread: one.
class ModiSigner {
public:
    ModiSigner(ModiSettings settings, const forms::Clock& clock, Chance& chance);

    /// The headers that go with it: `Agid-JWT-TrackingEvidence`; with a body `Digest` and `Agid-JWT-Signature`; with
    /// `identify` the token that says who we are, as `Authorization`. Nothing: a key or certificate cannot be used.
    [[nodiscard]] std::optional<std::vector<std::string>> headers_for(const HttpRequest& request, bool identify);
    /// Key and certificate are read again.
    void forget();

private:
    [[nodiscard]] bool ready();
    [[nodiscard]] std::string common_claims();

    ModiSettings settings_;
    const forms::Clock& clock_;
    Chance& chance_;
    std::optional<SigningKey> key_;
    std::string reference_;
};

/// "SHA-256=" and the base64 of the hash (RFC 3230 §4.1.1, as ModI still wants it).
[[nodiscard]] std::string digest_header_value(std::string_view body);

} // namespace net
