// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <filesystem>
#include <string>

namespace tests {

/// A certificate authority and a server certificate for 127.0.0.1, made on the spot and written as PEM files.
struct Certificates {
    std::filesystem::path ca, server, server_key;
    std::filesystem::path client, client_key; ///< of a terminal that the same authority knows
    std::string pin;                          ///< of the server's key, as CURLOPT_PINNEDPUBLICKEY wants it
};

enum class Validity { Now, Expired };
/// `host`: what the certificate is for, "IP:127.0.0.1" or "DNS:name".
[[nodiscard]] Certificates make_certificates(const std::filesystem::path& folder,
                                             const std::string& host = "IP:127.0.0.1",
                                             Validity validity = Validity::Now);

} // namespace tests
