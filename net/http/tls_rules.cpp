// SPDX-License-Identifier: EUPL-1.2
#include "net/http/tls_rules.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace net {

bool apply(const TlsRules& rules, SSL_CTX* context) {
    constexpr int bits_112 = 2; // OpenSSL's security level
    if (context == nullptr || rules.host.empty()) return false;
    SSL_CTX_set_security_level(context, bits_112);
    SSL_CTX_set_keylog_callback(context, nullptr);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) return false;
    X509_VERIFY_PARAM* param = SSL_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(param, std::chrono::system_clock::to_time_t(rules.now));
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_ip_asc(param, rules.host.c_str()) == 1 ||
           X509_VERIFY_PARAM_set1_host(param, rules.host.data(), rules.host.size()) == 1;
}

} // namespace net
