// SPDX-License-Identifier: EUPL-1.2
#include "net/central/access/token.hpp"

#include "net/runtime/json_text.hpp"

#include <algorithm>

namespace net {
namespace {

using namespace std::chrono_literals;
constexpr std::size_t longest_token = 8u << 10;
constexpr auto assertion_lifetime = 120s; // SMART allows five minutes; the two clocks may differ
constexpr auto longest_lifetime = 24h;
constexpr auto silent_lifetime = 60s; // when the endpoint does not say how long

/// The value of a member that is a text; nothing when it is missing, twice there, or no text.
std::optional<std::pmr::string> text_member(const JsonMembers& members, std::string_view name,
                                            std::pmr::memory_resource* memory) {
    const auto is = [&](const auto& member) { return member.first == name; };
    const auto found = std::ranges::find_if(members, is);
    if (found == members.end() || std::ranges::count_if(members, is) != 1) return std::nullopt;
    return json_string(found->second, memory);
}

std::string form_encoded(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        }
    }
    return out;
}

/// A request of the caller's that never left, whatever became of ours to the endpoint.
HttpReply not_sent(const HttpReply& ours, std::pmr::memory_resource* memory) {
    using End = HttpReply::End;
    HttpReply told(memory);
    told.library_code = ours.library_code;
    told.end = ours.end;
    const bool later = ours.status == 429 || ours.status == 503;
    if (ours.end == End::Answered && later) {
        told.status = 429;
        told.retry_after = ours.retry_after;
    } else if (ours.end == End::Answered && ours.status < 500) {
        told.status = 401; // refused, or no token in a 200
    } else if (ours.end == End::Answered || ours.end == End::Lost || ours.end == End::TimedOut ||
               ours.end == End::TooLarge) {
        told.end = End::NoConnection;
    }
    return told;
}

HttpReply bad_settings(std::pmr::memory_resource* memory) {
    HttpReply told(memory);
    told.end = HttpReply::End::BadSettings;
    return told;
}

} // namespace

std::string_view origin_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

std::optional<Token> read_token(std::string_view body, std::pmr::memory_resource* memory) {
    const auto members = json_members(body);
    if (!members) return std::nullopt;
    auto text = text_member(*members, "access_token", memory);
    const auto type = text_member(*members, "token_type", memory);
    if (!text || !type || text->empty() || text->size() > longest_token) return std::nullopt;
    if (std::ranges::any_of(*text, [](char c) { return c <= ' ' || c >= '\x7f'; })) return std::nullopt;
    constexpr std::string_view bearer = "bearer";
    if (!std::ranges::equal(*type, bearer, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }))
        return std::nullopt;
    auto lifetime = silent_lifetime;
    for (const auto& [name, value] : *members) {
        if (name != "expires_in") continue;
        const auto seconds = json_whole(value);
        if (!seconds || *seconds <= 0) return std::nullopt;
        lifetime = std::min(std::chrono::seconds(*seconds), std::chrono::seconds(longest_lifetime));
    }
    return Token{std::move(*text), lifetime};
}

std::optional<std::string> read_token_endpoint(std::string_view body, std::string_view origin) {
    const auto members = json_members(body);
    if (!members) return std::nullopt;
    const auto url = text_member(*members, "token_endpoint", std::pmr::get_default_resource());
    if (!url || url->size() > 1000 || !origin.starts_with("https://") || origin_of(*url) != origin) return std::nullopt;
    if (std::ranges::any_of(*url, [](char c) { return c <= ' ' || c >= '\x7f'; })) return std::nullopt;
    return std::string(*url);
}

TokenSource::TokenSource(TokenSettings settings, std::string base_url, HttpClient& client, const forms::Clock& clock,
                         Chance& chance, std::pmr::memory_resource* secrets)
    : settings_(std::move(settings)), base_url_(std::move(base_url)), client_(client), clock_(clock), chance_(chance),
      secrets_(secrets), endpoint_(settings_.token_url) {}

void TokenSource::forget() {
    token_.reset();
    key_.reset();
    endpoint_ = settings_.token_url;
}

std::optional<HttpReply> TokenSource::find_endpoint(std::stop_token stop) {
    if (!endpoint_.empty()) return std::nullopt;
    HttpRequest get{HttpRequest::Method::Get, base_url_ + "/.well-known/smart-configuration", {}, {}, {}};
    get.accept = "application/json";
    const auto reply = client_.ask(get, secrets_, std::move(stop));
    if (reply.end != HttpReply::End::Answered || reply.status != 200) return not_sent(reply, secrets_);
    auto url = read_token_endpoint(reply.body, origin_of(base_url_));
    if (!url) return not_sent(reply, secrets_);
    endpoint_ = std::move(*url);
    return std::nullopt;
}

std::optional<std::pmr::string> TokenSource::assertion() {
    const auto now = std::chrono::floor<std::chrono::seconds>(
        clock_.wall_time().time_since_epoch()); // a time in a token, as it must be
    JsonText claims;
    claims.open_object().member("iss", settings_.client_id).member("sub", settings_.client_id);
    claims.member("aud", endpoint_).member("jti", chance_.uuid().text());
    claims.key("iat").number(now.count()).key("exp").number((now + assertion_lifetime).count()).close_object();
    JsonText kid;
    kid.open_object().member("kid", settings_.key_id).close_object();
    const std::string_view inside = std::string_view(kid.view()).substr(1, kid.view().size() - 2);
    return key_->sign(settings_.key_id.empty() ? std::string_view() : inside, claims.view(), secrets_);
}

std::optional<HttpReply> TokenSource::need(std::stop_token stop) {
    if (token_ && clock_.since_boot() < renew_at_) return std::nullopt;
    token_.reset();
    if (!key_) {
        auto key = SigningKey::read(settings_.key_file, settings_.algorithm);
        if (!key.ok()) return bad_settings(secrets_);
        key_ = std::move(key).value();
    }
    if (auto why = find_endpoint(stop)) return why;
    const auto signed_one = assertion();
    if (!signed_one) return bad_settings(secrets_);
    std::string scopes;
    for (const std::string& scope : settings_.scopes)
        scopes += (scopes.empty() ? "" : " ") + scope;
    std::pmr::string body("grant_type=client_credentials&client_assertion_type="
                          "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&scope=",
                          secrets_);
    body += form_encoded(scopes);
    body += "&client_assertion=";
    body += *signed_one;
    HttpRequest post{HttpRequest::Method::Post, endpoint_, body, "application/x-www-form-urlencoded", {}};
    post.accept = "application/json";
    const auto reply = client_.ask(post, secrets_, std::move(stop));
    if (reply.end != HttpReply::End::Answered || reply.status != 200) return not_sent(reply, secrets_);
    token_ = read_token(reply.body, secrets_);
    if (!token_) return not_sent(reply, secrets_);
    // A fifth before its end, at most a minute: a long upload may begin just then.
    const auto early = std::min<std::chrono::milliseconds>(token_->lifetime / 5, 60s);
    renew_at_ = clock_.since_boot() + token_->lifetime - early;
    return std::nullopt;
}

} // namespace net
