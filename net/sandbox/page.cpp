// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page.hpp"

#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/page/embedded.hpp"
#include "net/sandbox/page/frame.hpp"
#include "net/sandbox/page/list_page.hpp"
#include "net/sandbox/page/published_page.hpp"
#include "net/sandbox/page/request_page.hpp"
#include "net/sandbox/publish.hpp"
#include "net/sandbox/resource_check.hpp"
#include "net/sandbox/web_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace net::sandbox {
namespace {

constexpr std::int64_t lines_on_a_page = 50;
constexpr std::size_t longest_reason = 2000; // 500 characters, as bytes

/// A browser takes nothing from elsewhere for this page, runs nothing, and shows it in nobody's frame.
constexpr const char* policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

std::int64_t whole_number(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? value : 0;
}

/// "/request/12/status" → "12" with the ending "/status"; empty if it is not of this form.
std::string between(std::string_view path, std::string_view start, std::string_view end) {
    if (!path.starts_with(start) || !path.ends_with(end) || path.size() <= start.size() + end.size()) return {};
    const std::string id(path.substr(start.size(), path.size() - start.size() - end.size()));
    return is_id(id) ? id : std::string();
}

Reply file(std::string_view bytes, const char* type) {
    return {
        .status = 200, .content_type = type, .body = std::string(bytes), .headers = {{"Cache-Control", "no-cache"}}};
}

} // namespace

Reply Page::answer(const Request& request) {
    const Words& words = parameter(request.query, "lang") == "en" ? english_ : italian_;
    const bool reads = request.method == Method::Get || request.method == Method::Head;
    Reply reply;
    if (reads && request.path == "/")
        reply = list(request, words);
    else if (reads && request.path == "/style.css")
        reply = file(page::style_css(), "text/css; charset=utf-8");
    else if (reads && request.path == "/icon.svg")
        reply = file(page::icon_svg(), "image/svg+xml");
    else if (const auto id = between(request.path, "/scan/", ""); reads && !id.empty())
        reply = scan(id);
    else if (const auto task = between(request.path, "/request/", ""); reads && !task.empty())
        reply = one(request, words, task);
    else if (const auto moved = between(request.path, "/request/", "/status");
             request.method == Method::Post && !moved.empty())
        reply = move(request, words, moved);
    else if (reads && request.path == "/published")
        reply = published(request, words);
    else if (request.method == Method::Post && request.path == "/published/notice")
        reply = publish_notice(request, words);
    else if (const auto notice = between(request.path, "/published/", "/withdraw");
             request.method == Method::Post && !notice.empty())
        reply = withdraw(words, notice);
    else
        reply = missing(request, words, 404);
    const bool cached = std::any_of(reply.headers.begin(), reply.headers.end(),
                                    [](const auto& h) { return h.first == "Cache-Control"; });
    if (!cached) reply.headers.emplace_back("Cache-Control", "no-store");
    reply.headers.emplace_back("Content-Security-Policy", policy);
    reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
    reply.headers.emplace_back("Referrer-Policy", "same-origin");
    return reply;
}

Reply Page::list(const Request& request, const Words& words) {
    ListView view;
    view.page_size = lines_on_a_page;
    view.offset = whole_number(parameter(request.query, "from"));
    view.only = step_named(parameter(request.query, "status"));
    Query query{"Task"};
    query.order = Order::LastStored;
    query.limit = lines_on_a_page;
    query.offset = view.offset;
    if (view.only) {
        Condition status{"business-status"};
        status.tokens.push_back(
            {records_.base_uri() + "/CodeSystem/request-status", std::string(codes_of(*view.only).business)});
        query.conditions.push_back(std::move(status));
    }
    auto total = records_.count(query);
    auto tasks = records_.find(query);
    if (!total.ok() || !tasks.ok()) return missing(request, words, 500);
    view.total = total.value();
    for (const Version& version : tasks.value()) {
        const auto task = read_json(version.body);
        if (!task.ok()) return missing(request, words, 500);
        auto line = line_of(records_, words, task.value(), version.id);
        if (!line.ok()) return missing(request, words, 500);
        view.lines.push_back(std::move(line.value()));
    }
    return frame(words, 200, words[Word::requests], list_page(words, view), "/", request.query);
}

Reply Page::one(const Request& request, const Words& words, const std::string& id) {
    auto view = view_of(records_, words, id);
    if (!view.ok()) return missing(request, words, 500);
    if (!view.value()) return missing(request, words, 404);
    std::vector<std::string> present;
    for (const std::string& scan_id : scans_of(*view.value())) {
        auto binary = records_.read("Binary", scan_id);
        if (!binary.ok()) return missing(request, words, 500);
        if (binary.value()) present.push_back(scan_id);
    }
    const std::string said = parameter(request.query, "notice");
    const Notice notice = said == "moved"       ? Notice::Moved
                          : said == "meanwhile" ? Notice::MovedMeanwhile
                          : said == "refused"   ? Notice::MoveRefused
                                                : Notice::None;
    return frame(words, 200, view.value()->line.reference, request_page(words, *view.value(), present, notice),
                 request.path);
}

Reply Page::move(const Request& request, const Words& words, const std::string& id) {
    const auto back = [&](const char* notice) {
        return Reply{.status = 303, .headers = {{"Location", address(words, "/request/" + id, {{"notice", notice}})}}};
    };
    const auto form = read_parameters(request.body);
    const auto step = form ? step_named(parameter(*form, "step")) : std::nullopt;
    const std::string reason = form ? parameter(*form, "reason") : std::string();
    if (!request.content_type.starts_with("application/x-www-form-urlencoded") || !step || *step == Step::Received ||
        reason.size() > longest_reason)
        return back("refused");

    StoreTransaction transaction(records_.store());
    if (!transaction.begin().ok()) return missing(request, words, 500);
    auto version = records_.read("Task", id);
    if (!version.ok()) return missing(request, words, 500);
    if (!version.value()) return missing(request, words, 404);
    if (whole_number(parameter(*form, "version")) != version.value()->number) return back("meanwhile");
    auto task = read_json(version.value()->body);
    if (!task.ok()) return missing(request, words, 500);
    move_to(task.value(), *step, reason, instant_text(records_.now()), records_.base_uri());
    // The same rules as for everybody else; a control character in the reason is refused here.
    if (!read_json(write_json(task.value())).ok() || !check_resource(task.value()).empty()) return back("refused");
    if (!records_.update(std::move(task.value()), id, {}).ok()) return missing(request, words, 500);
    if (!transaction.commit().ok()) return missing(request, words, 500);
    return back("moved");
}

Reply Page::published(const Request& request, const Words& words) {
    const std::string said = parameter(request.query, "notice");
    auto html = published_page(records_, words,
                               said == "published" ? PublishNotice::Published
                               : said == "refused" ? PublishNotice::Refused
                                                   : PublishNotice::None);
    if (!html.ok()) return missing(request, words, 500);
    return frame(words, 200, words[Word::published], html.value(), request.path);
}

Reply Page::publish_notice(const Request& request, const Words& words) {
    const auto form = read_parameters(request.body);
    const auto text = form && request.content_type.starts_with("application/x-www-form-urlencoded")
                          ? notice_of(*form, records_.base_uri(), records_.new_uuid(), records_.now())
                          : std::nullopt;
    const bool done = text && publish({records_, signer_}, *text).ok();
    return {.status = 303,
            .headers = {{"Location", address(words, "/published", {{"notice", done ? "published" : "refused"}})}}};
}

/// Signed as it was, but revoked: a terminal believes nothing else.
Reply Page::withdraw(const Words& words, const std::string& id) {
    bool done = false;
    auto version = records_.read("CommunicationRequest", id);
    if (version.ok() && version.value()) {
        const auto listed = read_json(version.value()->body);
        const auto text = listed.ok() ? published_text(records_, listed.value()) : std::nullopt;
        auto notice = text ? read_json(*text) : forms::Result<Json, JsonFault>(JsonFault::NotJson);
        if (notice.ok()) {
            notice.value()["status"] = "revoked";
            done = publish({records_, signer_}, write_json(notice.value())).ok();
        }
    }
    return {.status = 303,
            .headers = {{"Location", address(words, "/published", {{"notice", done ? "published" : "refused"}})}}};
}

Reply Page::scan(const std::string& id) {
    auto binary = records_.read("Binary", id);
    if (!binary.ok()) return {.status = 500};
    if (!binary.value()) return {.status = 404};
    const auto resource = read_json(binary.value()->body);
    if (!resource.ok()) return {.status = 500};
    const std::string type = text_of(resource.value(), "contentType");
    if (type != "image/png" && type != "image/jpeg") return {.status = 404}; // nothing a browser could run
    const auto bytes = base64_decoded(text_of(resource.value(), "data"));
    if (!bytes) return {.status = 404};
    return {.status = 200, .content_type = type, .body = *bytes, .headers = {}};
}

Reply Page::missing(const Request& request, const Words& words, int status) {
    const bool unknown = status == 404;
    Html html;
    html.put("<h1>").text(words[unknown ? Word::not_found : Word::failed]).put("</h1>\n<p class=\"lead\">");
    html.text(words[unknown ? Word::not_found_hint : Word::failed_hint])
        .put("</p>\n<p><a href=\"")
        .text(address(words, "/"));
    html.put("\">").text(words[Word::back]).put("</a></p>\n");
    return frame(words, status, words[unknown ? Word::not_found : Word::failed], html, request.path);
}

} // namespace net::sandbox
