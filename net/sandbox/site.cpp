// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/site.hpp"

#include "net/sandbox/json_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace net::sandbox {
namespace {

constexpr std::string_view login_page =
    "<!DOCTYPE html><html lang=\"en\"><title>Sign in</title>"
    "<h1>Sign in to the network</h1><form><input><button>Go</button></form></html>\n";

bool below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

/// "PUT Binary", "GET Task", "POST".
std::string kind_of(const Request& request) {
    std::string kind;
    switch (request.method) {
    case Method::Get:
        kind = "GET";
        break;
    case Method::Head:
        kind = "HEAD";
        break;
    case Method::Post:
        kind = "POST";
        break;
    case Method::Put:
        kind = "PUT";
        break;
    case Method::Other:
        break;
    }
    std::string_view place = request.path;
    place.remove_prefix(std::min(place.size(), std::string_view("/fhir/").size()));
    const std::string_view type = place.substr(0, place.find('/'));
    if (!type.empty()) kind.append(1, ' ').append(type);
    return kind;
}

Reply plain(int status, std::string text) {
    return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text), .headers = {}};
}

} // namespace

Delivery Site::handle(const Request& request) {
    // A page of another site that makes a browser ask under another name (DNS rebinding) gets nothing.
    if (!is_own_host(request.host)) return {plain(421, "This server answers to 127.0.0.1 and localhost only.\n")};
    if (below(request.path, "/fhir")) return central(request);
    if (parts_.tokens != nullptr && request.path == "/token") return {parts_.tokens->give(request)};
    if (below(request.path, "/_sandbox")) return {control(request)};
    const std::string own = "https://" + request.host;
    if (request.method == Method::Post && !request.origin.empty() && request.origin != own)
        return {plain(403, "This form was sent by another site.\n")};
    return {parts_.storage.call([&] { return parts_.page.answer(request); })};
}

Delivery Site::central(const Request& from) {
    if (parts_.tokens != nullptr && from.method == Method::Get && from.path == "/fhir/.well-known/smart-configuration")
        return {parts_.tokens->configuration()};
    if (parts_.tokens != nullptr && from.path != "/fhir/metadata" && !parts_.tokens->lets_in(from)) {
        Reply reply = reply_of(refuse(401, IssueCode::Login, "A token is needed here"));
        reply.headers.emplace_back("WWW-Authenticate", "Bearer");
        return {std::move(reply)};
    }
    (from.method == Method::Get || from.method == Method::Head ? reads_ : writes_).fetch_add(1);
    const auto fault = parts_.allow_faults ? parts_.faults.take(kind_of(from)) : std::nullopt;
    if (fault) {
        if (fault->delay.count() > 0) parts_.faults.wait(fault->delay);
        if (fault->drop == Fault::Drop::Before) return {{}, true};
        if (fault->html)
            return {{.status = 200,
                     .content_type = "text/html; charset=utf-8",
                     .body = std::string(login_page),
                     .headers = {}}};
        if (fault->status != 0) {
            const IssueCode code = fault->expression.empty() ? IssueCode::Exception : IssueCode::Value;
            Reply reply =
                reply_of(refuse(fault->status, code, "This answer was ordered by a test", fault->expression));
            if (fault->retry_after_seconds > 0)
                reply.headers.emplace_back("Retry-After", std::to_string(fault->retry_after_seconds));
            return {std::move(reply)};
        }
    }
    Request request = from;
    request.path = from.path.substr(std::string_view("/fhir").size());
    Reply reply = parts_.storage.call([&] { return parts_.fhir.answer(request); });
    reply.headers.emplace_back("Cache-Control", "no-store");
    reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
    if (fault && fault->drop == Fault::Drop::After) return {{}, true};
    return {std::move(reply), false, fault ? fault->cut : std::nullopt};
}

Reply Site::control(const Request& request) {
    if (!parts_.allow_faults) return plain(404, "Start with --allow-faults to use this.\n");
    if (request.path == "/_sandbox/fault" && request.method == Method::Post) {
        if (!parts_.faults.plan(request.body)) return plain(400, "Not understood; see net/sandbox/README.md.\n");
        return {.status = 204};
    }
    if (request.path == "/_sandbox/reset" && request.method == Method::Post) {
        parts_.faults.clear();
        reads_ = 0;
        writes_ = 0;
        const bool cleared = parts_.storage.call([&] {
            StoreTransaction transaction(parts_.records.store());
            return transaction.begin().ok() && parts_.records.store().clear().ok() && transaction.commit().ok();
        });
        return cleared ? Reply{.status = 204} : plain(500, "The storage refused.\n");
    }
    if (request.path == "/_sandbox/seen" && request.method == Method::Get) {
        const Json seen = {{"reads", reads_.load()}, {"writes", writes_.load()}, {"mishandled", parts_.faults.taken()}};
        return {.status = 200, .content_type = "application/json", .body = write_json(seen), .headers = {}};
    }
    return plain(404, "There is nothing under this address.\n");
}

bool Site::is_own_host(const std::string& host) const {
    const std::string port = ':' + std::to_string(parts_.port);
    return host == "127.0.0.1" + port || host == "localhost" + port;
}

} // namespace net::sandbox
