// SPDX-License-Identifier: EUPL-1.2
#include "net/central/access/jws.hpp"

#include "forms/base/digest.hpp"
#include "net/runtime/whole_file.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

#include <sys/stat.h>

namespace net {
namespace {

constexpr std::size_t largest_pem = 64u << 10;

template <auto free>
struct Free {
    template <class T>
    void operator()(T* p) const noexcept {
        free(p);
    }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

int no_pass_phrase(char*, int, int, void*) { return 0; }

bool elliptic(JwsAlgorithm a) { return a == JwsAlgorithm::ES256 || a == JwsAlgorithm::ES384; }
/// Bytes of each of the two numbers of a signature on the curve (RFC 7518 §3.4).
std::size_t half_size(JwsAlgorithm a) { return a == JwsAlgorithm::ES256 ? 32 : 48; }
const EVP_MD* digest_of(JwsAlgorithm a) {
    return a == JwsAlgorithm::RS256 || a == JwsAlgorithm::ES256 ? EVP_sha256() : EVP_sha384();
}

bool fits(EVP_PKEY* key, JwsAlgorithm algorithm) {
    if (!elliptic(algorithm)) return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= 2048;
    std::array<char, 32> group{};
    std::size_t size = 0;
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
        EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) != 1)
        return false;
    return std::string_view(group.data(), size) == (algorithm == JwsAlgorithm::ES256 ? "prime256v1" : "secp384r1");
}

/// The library's form of a signature on a curve is ASN.1; a token wants the two numbers side by side.
bool side_by_side(std::string& signature, std::size_t half) {
    const auto* start = reinterpret_cast<const unsigned char*>(signature.data());
    const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> pair(
        d2i_ECDSA_SIG(nullptr, &start, static_cast<long>(signature.size())));
    if (!pair) return false;
    std::string out(2 * half, '\0');
    auto* bytes = reinterpret_cast<unsigned char*>(out.data());
    const int size = static_cast<int>(half);
    if (BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes, size) != size ||
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes + half, size) != size)
        return false;
    signature = std::move(out);
    return true;
}

} // namespace

std::string_view name_of(JwsAlgorithm algorithm) {
    switch (algorithm) {
    case JwsAlgorithm::RS256:
        return "RS256";
    case JwsAlgorithm::RS384:
        return "RS384";
    case JwsAlgorithm::ES256:
        return "ES256";
    case JwsAlgorithm::ES384:
        return "ES384";
    }
    return "none";
}

std::optional<JwsAlgorithm> jws_algorithm(std::string_view name) {
    for (const auto one : {JwsAlgorithm::RS256, JwsAlgorithm::RS384, JwsAlgorithm::ES256, JwsAlgorithm::ES384})
        if (name_of(one) == name) return one;
    return std::nullopt;
}

std::pmr::string base64url(std::string_view bytes, std::pmr::memory_resource* memory) {
    std::string text = forms::base64({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    while (text.ends_with('='))
        text.pop_back();
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return {text.begin(), text.end(), memory};
}

forms::Result<SigningKey, SigningFault> SigningKey::read(const std::filesystem::path& pem_file,
                                                         JwsAlgorithm algorithm) {
    struct stat facts {};
    if (::stat(pem_file.c_str(), &facts) != 0) return SigningFault::NotReadable;
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) return SigningFault::OpenToOthers;
    // Read by the library itself, into memory that it wipes.
    const Bio file(BIO_new_file(pem_file.c_str(), "r"));
    if (!file) return SigningFault::NotReadable;
    std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(file.get(), nullptr, no_pass_phrase, nullptr), EVP_PKEY_free);
    if (!key) return SigningFault::NotAKey;
    if (!fits(key.get(), algorithm)) return SigningFault::WrongKind;
    return SigningKey(std::move(key), algorithm);
}

std::optional<std::pmr::string> SigningKey::sign(std::string_view reference, std::string_view claims,
                                                 std::pmr::memory_resource* memory) const {
    std::string header = R"({"alg":")" + std::string(name_of(algorithm_)) + R"(","typ":"JWT")";
    if (!reference.empty()) header += "," + std::string(reference);
    header += "}";
    std::pmr::string token = base64url(header, memory) + "." + base64url(claims, memory);

    const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(token.data());
    if (!context || EVP_DigestSignInit(context.get(), nullptr, digest_of(algorithm_), nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes, token.size()) != 1)
        return std::nullopt;
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, token.size()) !=
        1)
        return std::nullopt;
    signature.resize(size);
    if (elliptic(algorithm_) && !side_by_side(signature, half_size(algorithm_))) return std::nullopt;
    token += ".";
    token += base64url(signature, memory);
    return token;
}

std::optional<std::string> x5c_of(const std::filesystem::path& pem_file) {
    const auto pem = read_small_file(pem_file, largest_pem);
    if (!pem) return std::nullopt;
    const Bio memory(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
    if (!memory) return std::nullopt;
    const std::unique_ptr<X509, Free<X509_free>> certificate(
        PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
    if (!certificate) return std::nullopt;
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    if (size <= 0) return std::nullopt;
    const std::string text = forms::base64({der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    return R"("x5c":[")" + text + R"("])";
}

} // namespace net
