// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/jwt_check.hpp"

#include "net/sandbox/web_text.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>

namespace net::sandbox {
namespace {

constexpr std::size_t longest_token = 16u << 10;

struct Free {
    void operator()(BIO* p) const noexcept { BIO_free_all(p); }
    void operator()(X509* p) const noexcept { X509_free(p); }
    void operator()(EVP_MD_CTX* p) const noexcept { EVP_MD_CTX_free(p); }
    void operator()(ECDSA_SIG* p) const noexcept { ECDSA_SIG_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// RFC 4648 §5; padding is not allowed in a token.
std::optional<std::string> url_decoded(std::string_view text) {
    if (text.find_first_of("+/=\r\n\t ") != std::string_view::npos) return std::nullopt;
    std::string plain(text);
    std::ranges::replace(plain, '-', '+');
    std::ranges::replace(plain, '_', '/');
    return base64_decoded(plain);
}

/// The two numbers side by side, as a token has them, in the library's own form.
std::optional<std::string> as_asn1(const std::string& pair) {
    const Owned<ECDSA_SIG> signature(ECDSA_SIG_new());
    const auto* bytes = reinterpret_cast<const unsigned char*>(pair.data());
    const int half = static_cast<int>(pair.size() / 2);
    BIGNUM* r = BN_bin2bn(bytes, half, nullptr);
    BIGNUM* s = BN_bin2bn(bytes + half, half, nullptr);
    if (!signature || r == nullptr || s == nullptr || ECDSA_SIG_set0(signature.get(), r, s) != 1) return std::nullopt;
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0) return std::nullopt;
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

} // namespace

PublicSigningKey read_public_key(const std::string& pem) {
    const Owned<BIO> first(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (EVP_PKEY* key = PEM_read_bio_PUBKEY(first.get(), nullptr, nullptr, nullptr)) return {key, EVP_PKEY_free};
    const Owned<BIO> second(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const Owned<X509> certificate(PEM_read_bio_X509(second.get(), nullptr, nullptr, nullptr));
    if (!certificate) return nullptr;
    return {X509_get_pubkey(certificate.get()), EVP_PKEY_free};
}

std::optional<CheckedToken> check_token(std::string_view token, const PublicSigningKey& key,
                                        std::span<const std::string_view> algorithms) {
    const auto first = token.find('.'), second = token.rfind('.');
    if (!key || token.size() > longest_token || first == std::string_view::npos || first == second ||
        token.substr(first + 1, second - first - 1).find('.') != std::string_view::npos)
        return std::nullopt;
    const auto header_text = url_decoded(token.substr(0, first));
    const auto claims_text = url_decoded(token.substr(first + 1, second - first - 1));
    auto signature = url_decoded(token.substr(second + 1));
    if (!header_text || !claims_text || !signature) return std::nullopt;
    auto header = read_json(*header_text);
    auto claims = read_json(*claims_text);
    if (!header.ok() || !claims.ok() || !header.value().is_object() || !claims.value().is_object()) return std::nullopt;
    const std::string algorithm = text_of(header.value(), "alg");
    if (std::ranges::find(algorithms, algorithm) == algorithms.end()) return std::nullopt;
    const bool elliptic = algorithm.starts_with("ES");
    if (EVP_PKEY_get_base_id(key.get()) != (elliptic ? EVP_PKEY_EC : EVP_PKEY_RSA)) return std::nullopt;
    if (elliptic) {
        if (signature->size() != (algorithm == "ES256" ? 64U : 96U)) return std::nullopt;
        signature = as_asn1(*signature);
        if (!signature) return std::nullopt;
    }
    const std::string_view covered = token.substr(0, second);
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    if (!context ||
        EVP_DigestVerifyInit(context.get(), nullptr, algorithm.ends_with("384") ? EVP_sha384() : EVP_sha256(), nullptr,
                             key.get()) != 1 ||
        EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature->data()), signature->size(),
                         reinterpret_cast<const unsigned char*>(covered.data()), covered.size()) != 1)
        return std::nullopt;
    return CheckedToken{std::move(header.value()), std::move(claims.value())};
}

} // namespace net::sandbox
