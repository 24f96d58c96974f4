// SPDX-License-Identifier: EUPL-1.2
#include "net/central/access/modi.hpp"

#include "forms/base/digest.hpp"
#include "net/runtime/json_text.hpp"

#include <chrono>

namespace net {
namespace {

constexpr auto lifetime = std::chrono::seconds(60);

std::pmr::memory_resource* ordinary() { return std::pmr::get_default_resource(); } // tokens hold nothing of a person

} // namespace

std::string digest_header_value(std::string_view body) { return "SHA-256=" + forms::base64(forms::sha256(body)); }

ModiSigner::ModiSigner(ModiSettings settings, const forms::Clock& clock, Chance& chance)
    : settings_(std::move(settings)), clock_(clock), chance_(chance) {}

void ModiSigner::forget() { key_.reset(); }

bool ModiSigner::ready() {
    if (key_) return true;
    if (settings_.audience.empty() || settings_.issuer.empty()) return false;
    auto key = SigningKey::read(settings_.key_file, settings_.algorithm);
    if (!key.ok()) return false;
    if (settings_.key_id.empty()) {
        auto x5c = x5c_of(settings_.certificate_file);
        if (!x5c) return false;
        reference_ = std::move(*x5c);
    } else {
        JsonText kid;
        kid.open_object().member("kid", settings_.key_id).close_object();
        reference_ = kid.view().substr(1, kid.view().size() - 2);
    }
    key_ = std::move(key).value();
    return true;
}

/// Without the closing brace.
std::string ModiSigner::common_claims() {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.wall_time().time_since_epoch());
    JsonText claims;
    claims.open_object().member("aud", settings_.audience).member("iss", settings_.issuer);
    claims.member("sub", settings_.issuer).member("jti", chance_.uuid().text());
    claims.key("iat").number(now.count()).key("nbf").number(now.count());
    claims.key("exp").number((now + lifetime).count());
    return std::string(claims.view());
}

std::optional<std::vector<std::string>> ModiSigner::headers_for(const HttpRequest& request, bool identify) {
    if (!ready()) return std::nullopt;
    std::vector<std::string> headers;
    const auto add = [&](const char* name, const std::string& claims) {
        const auto token = key_->sign(reference_, claims, ordinary());
        if (token) headers.push_back(name + std::string(*token));
        return token.has_value();
    };
    if (identify && !add("Authorization: Bearer ", common_claims() + "}")) return std::nullopt;

    JsonText audit;
    audit.open_object().member("userID", settings_.user_id).member("userLocation", settings_.location_id);
    if (!settings_.assurance.empty()) audit.member(settings_.assurance_claim, settings_.assurance);
    audit.close_object();
    if (!add("Agid-JWT-TrackingEvidence: ", common_claims() + "," + std::string(audit.view().substr(1))))
        return std::nullopt;

    if (request.method != HttpRequest::Method::Post && request.method != HttpRequest::Method::Put) return headers;
    const std::string digest = digest_header_value(request.body);
    JsonText covered;
    covered.open_object().key("signed_headers").open_array();
    covered.open_object().member("digest", digest).close_object();
    if (!request.content_type.empty())
        covered.open_object().member("content-type", request.content_type).close_object();
    covered.close_array().close_object();
    headers.push_back("Digest: " + digest);
    if (!add("Agid-JWT-Signature: ", common_claims() + "," + std::string(covered.view().substr(1))))
        return std::nullopt;
    return headers;
}

} // namespace net
