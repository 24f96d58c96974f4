// SPDX-License-Identifier: EUPL-1.2
// Any bytes as the answer of a token endpoint, as a SMART configuration, and as a signed token before the sandbox.
#include "net/central/access/token.hpp"
#include "net/sandbox/jwt_check.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto token = net::read_token(text, std::pmr::get_default_resource())) {
        // What goes into a header must not be able to begin another.
        if (token->text.empty() || token->text.size() > 8192 || token->lifetime.count() < 1 ||
            token->lifetime > std::chrono::hours(24) || token->text.find_first_of("\r\n \t") != std::string_view::npos)
            std::abort();
    }
    constexpr std::string_view origin = "https://central.example";
    if (const auto url = net::read_token_endpoint(text, origin))
        if (net::origin_of(*url) != origin) std::abort();
    constexpr std::array<std::string_view, 4> algorithms = {"RS256", "RS384", "ES256", "ES384"};
    static const auto key =
        net::sandbox::read_public_key("-----BEGIN PUBLIC KEY-----\n"
                                      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEOuZLjG+ZKTRb2Ld9kNrl+K2wSTQK\n"
                                      "bahoq0GuluHxdzcvzhYFFIcA+SN0+N8ksMqyjrm8n1Q6KNfxQk6qxIarMA==\n"
                                      "-----END PUBLIC KEY-----\n");
    if (net::sandbox::check_token(text, key, algorithms)) std::abort(); // nobody has the private half
    return 0;
}
