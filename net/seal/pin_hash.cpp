// SPDX-License-Identifier: EUPL-1.2
#include "net/seal/pin_hash.hpp"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace net {

std::optional<std::string> hash_pin(std::string_view pin) {
    if (sodium_init() < 0) std::abort();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return std::nullopt;
    return std::string(text.data());
}

bool pin_matches(std::string_view hash, std::string_view pin) {
    if (sodium_init() < 0) std::abort();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (hash.size() < text.size()) std::memcpy(text.data(), hash.data(), hash.size());
    return crypto_pwhash_str_verify(text.data(), pin.data(), pin.size()) == 0;
}

} // namespace net
