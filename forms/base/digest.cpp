// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/digest.hpp"

#include <cstdlib>
#include <openssl/evp.h>

namespace forms {
namespace {

template <class Digest>
Digest digest(std::string_view bytes, const EVP_MD* kind) {
    Digest out{};
    unsigned int length = 0;
    // Fails only when the library itself cannot work (no memory, kind switched off): nothing can be identified then.
    if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, kind, nullptr) != 1 || length != out.size())
        std::abort();
    return out;
}

} // namespace

Sha1 sha1(std::string_view bytes) { return digest<Sha1>(bytes, EVP_sha1()); }
Sha256 sha256(std::string_view bytes) { return digest<Sha256>(bytes, EVP_sha256()); }

std::string hex(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::string base64(std::span<const std::uint8_t> bytes) {
    if (bytes.empty()) return {};
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0'); // EVP_EncodeBlock writes a closing NUL too
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

} // namespace forms
