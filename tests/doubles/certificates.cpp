// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/certificates.hpp"

#include "forms/base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace tests {
namespace {

template <auto free>
struct Free {
    template <class T>
    void operator()(T* p) const {
        free(p);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Free<X509_free>>;

void need(bool fine) {
    if (!fine) std::abort();
}

Key make_key() {
    Key key(EVP_EC_gen("P-256"));
    need(key != nullptr);
    return key;
}

void extend(X509* cert, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    need(extension != nullptr && X509_add_ext(cert, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

Cert make_cert(EVP_PKEY* key, const char* name, X509* issuer, EVP_PKEY* issuer_key, long serial, Validity validity) {
    Cert cert(X509_new());
    need(cert != nullptr && X509_set_version(cert.get(), 2) == 1);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), serial);
    const long day = 24 * 3600;
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), validity == Validity::Now ? -day : -10 * day);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), validity == Validity::Now ? 30 * day : -day);
    need(X509_set_pubkey(cert.get(), key) == 1);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509* by = issuer != nullptr ? issuer : cert.get();
    X509_set_issuer_name(cert.get(), X509_get_subject_name(by));
    extend(cert.get(), by, NID_basic_constraints, issuer == nullptr ? "critical,CA:TRUE" : "critical,CA:FALSE");
    (void)issuer_key;
    return cert;
}

void write_cert(const std::filesystem::path& file, X509* cert) {
    std::unique_ptr<FILE, Free<fclose>> out(std::fopen(file.c_str(), "w"));
    need(out != nullptr && PEM_write_X509(out.get(), cert) == 1);
}

void write_key(const std::filesystem::path& file, EVP_PKEY* key) {
    std::unique_ptr<FILE, Free<fclose>> out(std::fopen(file.c_str(), "w"));
    need(out != nullptr && PEM_write_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

} // namespace

Certificates make_certificates(const std::filesystem::path& folder, const std::string& host, Validity validity) {
    const Key ca_key = make_key();
    const Cert ca = make_cert(ca_key.get(), "Test authority", nullptr, ca_key.get(), 1, Validity::Now);
    need(X509_sign(ca.get(), ca_key.get(), EVP_sha256()) > 0);
    const Key key = make_key();
    const Cert cert = make_cert(key.get(), "Test server", ca.get(), ca_key.get(), 2, validity);
    extend(cert.get(), ca.get(), NID_subject_alt_name, host.c_str());
    need(X509_sign(cert.get(), ca_key.get(), EVP_sha256()) > 0);

    const Key client_key = make_key();
    const Cert client = make_cert(client_key.get(), "Test terminal", ca.get(), ca_key.get(), 3, Validity::Now);
    need(X509_sign(client.get(), ca_key.get(), EVP_sha256()) > 0);

    Certificates made{folder / "ca.pem",     folder / "server.pem", folder / "server.key",
                      folder / "client.pem", folder / "client.key", {}};
    write_cert(made.ca, ca.get());
    write_cert(made.server, cert.get());
    write_cert(made.client, client.get());
    write_key(made.server_key, key.get());
    write_key(made.client_key, client_key.get());
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    need(size > 0);
    const auto hash = forms::sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    made.pin = "sha256//" + forms::base64(hash);
    return made;
}

} // namespace tests
