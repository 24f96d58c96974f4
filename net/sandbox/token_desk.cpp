// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/token_desk.hpp"

#include "net/sandbox/web_text.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace net::sandbox {
namespace {

constexpr std::int64_t longest_assertion = 300; // seconds, as SMART has it
constexpr std::int64_t skew = 60;
constexpr std::array<std::string_view, 2> algorithms = {"ES384", "RS384"};

Reply json_reply(int status, const Json& json) {
    return {.status = status,
            .content_type = "application/json",
            .body = write_json(json),
            .headers = {{"Cache-Control", "no-store"}}};
}

Reply refuse(const char* error) { return json_reply(400, {{"error", error}}); }

std::int64_t whole(const Json& claims, std::string_view member) {
    const Json* found = member_of(claims, member);
    return found != nullptr && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

} // namespace

TokenDesk::TokenDesk(Settings settings, const forms::Clock& clock, std::function<std::string()> random)
    : settings_(std::move(settings)), clock_(clock), random_(std::move(random)) {}

Reply TokenDesk::configuration() const {
    return json_reply(200, {{"token_endpoint", settings_.address + "/token"},
                            {"grant_types_supported", {"client_credentials"}},
                            {"token_endpoint_auth_methods_supported", {"private_key_jwt"}},
                            {"token_endpoint_auth_signing_alg_values_supported", {"ES384", "RS384"}},
                            {"scopes_supported", {"system/*.cruds"}},
                            {"capabilities", {"client-confidential-asymmetric"}}});
}

Reply TokenDesk::give(const Request& request) {
    if (request.method != Method::Post || !request.content_type.starts_with("application/x-www-form-urlencoded"))
        return refuse("invalid_request");
    const auto form = read_parameters(request.body);
    if (!form) return refuse("invalid_request");
    if (parameter(*form, "grant_type") != "client_credentials") return refuse("unsupported_grant_type");
    if (parameter(*form, "client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        return refuse("invalid_client");
    if (parameter(*form, "scope").empty()) return refuse("invalid_scope");
    const auto token = check_token(parameter(*form, "client_assertion"), settings_.key, algorithms);
    if (!token) return refuse("invalid_client");
    const Json& claims = token->claims;
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock_.wall_time().time_since_epoch()).count();
    const std::int64_t until = whole(claims, "exp");
    const std::string jti = text_of(claims, "jti");
    if (text_of(claims, "iss") != settings_.client_id || text_of(claims, "sub") != settings_.client_id ||
        text_of(claims, "aud") != settings_.address + "/token" || jti.empty() || until + skew < now ||
        until > now + longest_assertion + skew)
        return refuse("invalid_client");
    std::lock_guard lock(mutex_);
    std::erase_if(seen_, [&](const auto& one) { return one.second + skew < now; });
    if (!seen_.emplace(jti, until).second) return refuse("invalid_client"); // brought before
    std::erase_if(tokens_, [&](const auto& one) { return one.second < clock_.since_boot(); });
    std::string made = random_();
    tokens_[made] = clock_.since_boot() + settings_.lifetime;
    return json_reply(200, {{"access_token", std::move(made)},
                            {"token_type", "bearer"},
                            {"expires_in", settings_.lifetime.count()},
                            {"scope", parameter(*form, "scope")}});
}

bool TokenDesk::lets_in(const Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    if (!request.authorization.starts_with(scheme)) return false;
    std::lock_guard lock(mutex_);
    const auto found = tokens_.find(request.authorization.substr(scheme.size()));
    return found != tokens_.end() && found->second > clock_.since_boot();
}

} // namespace net::sandbox
