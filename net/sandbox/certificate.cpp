// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/certificate.hpp"

#include "net/sandbox/state_folder.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

namespace net::sandbox {
namespace {

using namespace std::chrono_literals;

constexpr auto grace = 24h;          // clocks of the two sides may differ
constexpr auto lifetime = 24h * 397; // what browsers still take
constexpr auto renew_before = 24h * 30;

struct Free {
    void operator()(EVP_PKEY* p) const noexcept { EVP_PKEY_free(p); }
    void operator()(X509* p) const noexcept { X509_free(p); }
    void operator()(BIO* p) const noexcept { BIO_free_all(p); }
    void operator()(X509_EXTENSION* p) const noexcept { X509_EXTENSION_free(p); }
    void operator()(BIGNUM* p) const noexcept { BN_free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Memory = std::unique_ptr<BIO, Free>;

struct Extension {
    int id;
    const char* value;
};

bool set_serial(X509* certificate) {
    const std::unique_ptr<BIGNUM, Free> number(BN_new());
    return number && BN_rand(number.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

/// A certificate for `key`, signed by `signer`; without an issuer it vouches for itself.
Certificate make(EVP_PKEY* key, const char* name, X509* issuer, EVP_PKEY* signer, std::time_t now,
                 std::initializer_list<Extension> extensions) {
    Certificate made(X509_new());
    if (!made || X509_set_version(made.get(), 2) != 1 || !set_serial(made.get())) return nullptr;
    X509_NAME* subject = X509_get_subject_name(made.get());
    const auto* text = reinterpret_cast<const unsigned char*>(name);
    if (X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) != 1) return nullptr;
    X509* by = issuer != nullptr ? issuer : made.get();
    const auto from = now - std::chrono::seconds(grace).count();
    const auto to = now + std::chrono::seconds(lifetime).count();
    if (X509_set_issuer_name(made.get(), X509_get_subject_name(by)) != 1 ||
        ASN1_TIME_set(X509_getm_notBefore(made.get()), from) == nullptr ||
        ASN1_TIME_set(X509_getm_notAfter(made.get()), to) == nullptr || X509_set_pubkey(made.get(), key) != 1)
        return nullptr;
    X509V3_CTX context{};
    X509V3_set_ctx(&context, by, made.get(), nullptr, nullptr, 0);
    for (const Extension& wanted : extensions) {
        const std::unique_ptr<X509_EXTENSION, Free> extension(
            X509V3_EXT_conf_nid(nullptr, &context, wanted.id, wanted.value));
        if (!extension || X509_add_ext(made.get(), extension.get(), -1) != 1) return nullptr;
    }
    if (X509_sign(made.get(), signer, EVP_sha256()) == 0) return nullptr;
    return made;
}

std::string pem_of(BIO* memory) {
    char* start = nullptr;
    const long size = BIO_get_mem_data(memory, &start);
    return size > 0 ? std::string(start, static_cast<std::size_t>(size)) : std::string();
}

std::string pem_of(X509* certificate) {
    const Memory memory(BIO_new(BIO_s_mem()));
    return memory && PEM_write_bio_X509(memory.get(), certificate) == 1 ? pem_of(memory.get()) : std::string();
}

std::string pem_of(EVP_PKEY* key) {
    // Secure memory: the copy in clear is wiped when the buffer is freed.
    const Memory memory(BIO_new(BIO_s_secmem()));
    const bool written =
        memory && PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? pem_of(memory.get()) : std::string();
}

Memory open_pem(const std::filesystem::path& path) { return Memory(BIO_new_file(path.c_str(), "r")); }

bool still_good(const CertificateFiles& files, std::time_t now) {
    const Memory authority_file = open_pem(files.authority);
    const Memory chain_file = open_pem(files.chain);
    const Memory key_file = open_pem(files.key);
    if (!authority_file || !chain_file || !key_file) return false;
    const Certificate authority(PEM_read_bio_X509(authority_file.get(), nullptr, nullptr, nullptr));
    const Certificate server(PEM_read_bio_X509(chain_file.get(), nullptr, nullptr, nullptr));
    const Key key(PEM_read_bio_PrivateKey(key_file.get(), nullptr, nullptr, nullptr));
    if (!authority || !server || !key || X509_check_private_key(server.get(), key.get()) != 1) return false;
    const Key signer(X509_get_pubkey(authority.get()));
    if (!signer || X509_verify(server.get(), signer.get()) != 1) return false;
    std::time_t until = now + std::chrono::seconds(renew_before).count();
    return X509_cmp_time(X509_get0_notBefore(server.get()), &now) < 0 &&
           X509_cmp_time(X509_get0_notAfter(server.get()), &until) > 0;
}

} // namespace

forms::Result<CertificateFiles, CertificateFault> ensure_certificate(const std::filesystem::path& folder,
                                                                     std::chrono::system_clock::time_point now) {
    CertificateFiles files{folder / "ca.pem", folder / "server.pem", folder / "server.key"};
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    const bool good = still_good(files, seconds);
    ERR_clear_error(); // a missing file is no error here, and must not be taken for one later
    if (good) return files;

    const Key authority_key(EVP_EC_gen("P-256"));
    const Key server_key(EVP_EC_gen("P-256"));
    if (!authority_key || !server_key) return CertificateFault::NotMade;
    const Certificate authority = make(
        authority_key.get(), "Sportello sandbox authority (this machine only)", nullptr, authority_key.get(), seconds,
        {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
         {NID_key_usage, "critical,keyCertSign"},
         {NID_name_constraints, "critical,permitted;DNS:localhost,permitted;IP:127.0.0.1/255.255.255.255"},
         {NID_subject_key_identifier, "hash"}});
    if (!authority) return CertificateFault::NotMade;
    const Certificate server = make(server_key.get(), "localhost", authority.get(), authority_key.get(), seconds,
                                    {{NID_basic_constraints, "critical,CA:FALSE"},
                                     {NID_key_usage, "critical,digitalSignature"},
                                     {NID_ext_key_usage, "serverAuth"},
                                     {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1"},
                                     {NID_subject_key_identifier, "hash"},
                                     {NID_authority_key_identifier, "keyid"}});
    if (!server) return CertificateFault::NotMade;
    const std::string key_text = pem_of(server_key.get());
    const bool written = write_file(files.key, key_text, 0600) && write_file(files.chain, pem_of(server.get()), 0600) &&
                         write_file(files.authority, pem_of(authority.get()), 0644);
    if (!written) return CertificateFault::NotWritten;
    return files;
}

} // namespace net::sandbox
