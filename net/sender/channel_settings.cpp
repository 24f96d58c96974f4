// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/channel_settings.hpp"

namespace net {

ChannelSettings channel_settings(const Config& config) {
    const CentralConfig& c = config.central;
    ChannelSettings settings;
    settings.base_url = c.base_url;
    while (settings.base_url.ends_with('/'))
        settings.base_url.pop_back();
    settings.http.ca_file = c.ca_file;
    settings.http.client_certificate_file = c.client_certificate_file;
    settings.http.client_key_file = c.client_key_file;
    settings.http.pins = c.pins;
    settings.http.answer_limit = c.timeout;
    if (const OAuthConfig& o = config.oauth; !o.client_id.empty())
        settings.token = TokenSettings{
            o.client_id, o.token_url, o.key_file, o.key_id, jws_algorithm(o.algorithm).value_or(JwsAlgorithm::ES384),
            o.scopes};
    if (const ModiConfig& m = config.modi; m.sign)
        settings.modi =
            ModiSettings{m.audience,       m.issuer,           m.key_file,
                         m.key_id,         m.certificate_file, jws_algorithm(m.algorithm).value_or(JwsAlgorithm::RS256),
                         m.user_id,        config.terminal.id, m.assurance,
                         m.assurance_claim};
    return settings;
}

} // namespace net
