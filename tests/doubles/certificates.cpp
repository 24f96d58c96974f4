// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/certificates.hpp"

#include "forms/base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdlib>
#include <fstream>

namespace tests {
namespace {

using namespace std::chrono_literals;

void need(bool fine) {
    if (!fine) std::abort();
}

std::shared_ptr<EVP_PKEY> make_key(Wanted::Key kind) {
    EVP_PKEY* made = kind == Wanted::Key::P256      ? EVP_EC_gen("P-256")
                     : kind == Wanted::Key::Rsa1024 ? EVP_RSA_gen(1024)
                                                    : EVP_RSA_gen(2048);
    need(made != nullptr);
    return {made, EVP_PKEY_free};
}

void extend(X509* cert, X509* issuer, int kind, const std::string& value) {
    if (value.empty()) return;
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    need(extension != nullptr && X509_add_ext(cert, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

void add_unknown_critical(X509* cert) {
    const std::shared_ptr<ASN1_OBJECT> name(OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1), ASN1_OBJECT_free);
    const std::shared_ptr<ASN1_OCTET_STRING> value(ASN1_OCTET_STRING_new(), ASN1_OCTET_STRING_free);
    need(ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char*>("\x05\x00"), 2) == 1);
    X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, name.get(), 1, value.get());
    need(extension != nullptr && X509_add_ext(cert, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

std::string text_of(BIO* memory) {
    char* start = nullptr;
    const long size = BIO_get_mem_data(memory, &start);
    std::string text(start, static_cast<std::size_t>(size));
    BIO_free(memory);
    return text;
}

} // namespace

std::string Identity::pin() const {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    need(size > 0);
    const auto hash = forms::sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return "sha256//" + forms::base64(hash);
}

std::string Identity::certificate_pem() const {
    BIO* memory = BIO_new(BIO_s_mem());
    need(memory != nullptr && PEM_write_bio_X509(memory, certificate.get()) == 1);
    return text_of(memory);
}

std::string Identity::key_pem() const {
    BIO* memory = BIO_new(BIO_s_mem());
    need(memory != nullptr && PEM_write_bio_PrivateKey(memory, key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return text_of(memory);
}

void Identity::write(const std::filesystem::path& certificate_file, const std::filesystem::path& key_file) const {
    need(bool(std::ofstream(certificate_file) << certificate_pem()));
    if (!key_file.empty()) need(bool(std::ofstream(key_file) << key_pem()));
}

Identity issue(const Wanted& wanted, const Identity* issuer) {
    static std::atomic<long> serial = 0;
    Identity made{{X509_new(), X509_free}, make_key(wanted.key)};
    X509* cert = made.certificate.get();
    need(cert != nullptr && X509_set_version(cert, 2) == 1);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(cert), wanted.from.count());
    X509_gmtime_adj(X509_getm_notAfter(cert), wanted.to.count());
    need(X509_set_pubkey(cert, made.key.get()) == 1);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wanted.subject.c_str()), -1, -1, 0);
    X509* by = issuer != nullptr ? issuer->certificate.get() : cert;
    X509_set_issuer_name(cert, X509_get_subject_name(by));
    const std::string path = wanted.path_length.empty() ? "" : ",pathlen:" + wanted.path_length;
    extend(cert, by, NID_basic_constraints, wanted.authority ? "critical,CA:TRUE" + path : "critical,CA:FALSE");
    extend(cert, by, NID_key_usage, wanted.key_usage);
    extend(cert, by, NID_ext_key_usage, wanted.extended_key_usage);
    extend(cert, by, NID_name_constraints, wanted.name_constraints);
    if (!wanted.authority) extend(cert, by, NID_subject_alt_name, wanted.alt_names);
    if (wanted.unknown_critical) add_unknown_critical(cert);
    EVP_PKEY* signer = issuer != nullptr ? issuer->key.get() : made.key.get();
    need(X509_sign(cert, signer, wanted.sha1 ? EVP_sha1() : EVP_sha256()) > 0);
    return made;
}

Identity with_changed_subject(const Identity& identity) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(identity.certificate.get(), &der);
    need(size > 0);
    std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    const auto at = bytes.rfind("Test server");
    need(at != std::string::npos);
    bytes[at] = 'B';
    const auto* start = reinterpret_cast<const unsigned char*>(bytes.data());
    Identity changed{{d2i_X509(nullptr, &start, size), X509_free}, identity.key};
    need(changed.certificate != nullptr);
    return changed;
}

Wanted authority_named(std::string subject) {
    Wanted wanted;
    wanted.subject = std::move(subject);
    wanted.authority = true;
    return wanted;
}

Certificates make_certificates(const std::filesystem::path& folder, const std::string& host, Validity validity) {
    const Identity ca = issue(authority_named("Test authority"));
    Wanted wanted;
    wanted.alt_names = host;
    if (validity == Validity::Expired) {
        wanted.from = -240h;
        wanted.to = -24h;
    }
    const Identity server = issue(wanted, &ca);
    wanted = {};
    wanted.subject = "Test terminal";
    wanted.alt_names.clear();
    const Identity client = issue(wanted, &ca);

    Certificates made{folder / "ca.pem",     folder / "server.pem", folder / "server.key",
                      folder / "client.pem", folder / "client.key", server.pin()};
    ca.write(made.ca);
    server.write(made.server, made.server_key);
    client.write(made.client, made.client_key);
    return made;
}

} // namespace tests
