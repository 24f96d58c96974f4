// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

struct x509_st;
struct evp_pkey_st;

namespace tests {

/// What a certificate says. The defaults are a good server's.
struct Wanted {
    std::string subject = "Test server";
    std::string alt_names = "IP:127.0.0.1"; ///< as OpenSSL writes them: "DNS:name,IP:127.0.0.1"; empty: none
    bool authority = false;                 ///< CA:TRUE
    std::string path_length{};              ///< of an authority: "0"; empty: any
    std::string key_usage{}, extended_key_usage{}, name_constraints{}; ///< empty: not said
    bool unknown_critical = false;                                     ///< bears a critical extension that nobody knows
    enum class Key { P256, Rsa1024, Rsa2048 } key = Key::P256;
    bool sha1 = false; ///< signed over SHA-1 instead of SHA-256
    std::chrono::seconds from = -std::chrono::hours(24), to = std::chrono::hours(24 * 30); ///< from the real now
};

/// A certificate and its key.
struct Identity {
    std::shared_ptr<x509_st> certificate;
    std::shared_ptr<evp_pkey_st> key;

    [[nodiscard]] std::string pin() const; ///< "sha256//" + base64, as the configuration wants it
    [[nodiscard]] std::string certificate_pem() const;
    [[nodiscard]] std::string key_pem() const;
    void write(const std::filesystem::path& certificate_file, const std::filesystem::path& key_file = {}) const;
};
/// Without an issuer it vouches for itself. Aborts the test when OpenSSL refuses.
[[nodiscard]] Identity issue(const Wanted& wanted, const Identity* issuer = nullptr);
/// The same certificate with one byte of it changed and its signature left as it was.
[[nodiscard]] Identity with_changed_subject(const Identity& identity);
[[nodiscard]] Wanted authority_named(std::string subject);

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
