// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/published_page.hpp"

#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/page/answer_text.hpp"
#include "net/sandbox/page/frame.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <utility>

namespace net::sandbox {
namespace {

constexpr std::array<std::pair<const char*, Word>, 4> tongues = {
    {{"it", Word::tongue_it}, {"fr", Word::tongue_fr}, {"en", Word::tongue_en}, {"ar", Word::tongue_ar}}};
constexpr std::array<std::pair<const char*, Word>, 3> kinds = {
    {{"emergency", Word::kind_emergency}, {"opening-hours", Word::kind_hours}, {"procedure", Word::kind_procedure}}};
constexpr std::array<std::pair<const char*, Word>, 4> durations = {
    {{"1", Word::for_an_hour}, {"24", Word::for_a_day}, {"168", Word::for_a_week}, {"720", Word::for_a_month}}};

std::string first_payload(const Json& notice) {
    const Json* payload = member_of(notice, "payload");
    if (payload == nullptr || !payload->is_array() || payload->empty()) return {};
    return text_of(payload->front(), "contentString");
}

std::string end_of(const Json& notice) {
    const Json* period = member_of(notice, "occurrencePeriod");
    return period == nullptr ? std::string() : text_of(*period, "end");
}

forms::Result<std::vector<std::pair<Version, Json>>, Refusal> all_of(Records& records, const char* type) {
    Query query{type};
    query.order = Order::LastStored;
    query.limit = 200;
    auto found = records.find(query);
    if (!found.ok()) return found.error();
    std::vector<std::pair<Version, Json>> all;
    for (Version& version : found.value()) {
        auto resource = read_json(version.body);
        if (resource.ok()) all.emplace_back(std::move(version), std::move(resource.value()));
    }
    return all;
}

Html options(const Words& words, const char* name, auto& list) {
    Html html;
    html.put("<select id=\"").text(name).put("\" name=\"").text(name).put("\">");
    for (const auto& [value, word] : list)
        html.put("<option value=\"").text(value).put("\">").text(words[word]).put("</option>");
    return html.put("</select>\n");
}

Html new_notice(const Words& words, const std::vector<std::pair<Version, Json>>& forms) {
    Html html;
    html.put("<section class=\"card\"><h2>").text(words[Word::new_notice]).put("</h2>\n<p class=\"hint\">");
    html.text(words[Word::new_notice_hint]).put("</p>\n<form method=\"post\" action=\"");
    html.text(address(words, "/published/notice")).put("\">\n");
    for (const auto& [code, word] : tongues) {
        html.put("<label for=\"title-").text(code).put("\">").text(words[Word::notice_title]).put(" (");
        html.text(words[word]).put(")</label>\n<input id=\"title-").text(code).put("\" name=\"title-").text(code);
        html.put("\" maxlength=\"120\" lang=\"").text(code).put("\" dir=\"auto\">\n<label for=\"text-").text(code);
        html.put("\">")
            .text(words[Word::notice_text])
            .put(" (")
            .text(words[word])
            .put(")</label>\n<textarea id=\"text-");
        html.text(code).put("\" name=\"text-").text(code).put("\" rows=\"2\" maxlength=\"1000\" lang=\"").text(code);
        html.put("\" dir=\"auto\"></textarea>\n");
    }
    html.put("<label for=\"kind\">")
        .text(words[Word::notice_kind])
        .put("</label>\n")
        .put(options(words, "kind", kinds));
    html.put("<label class=\"radio\"><input type=\"checkbox\" name=\"urgent\" value=\"1\"><span>");
    html.text(words[Word::urgent]).put("</span></label>\n<label for=\"hours\">").text(words[Word::notice_for]);
    html.put("</label>\n").put(options(words, "hours", durations));
    html.put("<label for=\"bodies\">").text(words[Word::notice_bodies]).put("</label>\n<p class=\"hint\">");
    html.text(words[Word::notice_bodies_hint]).put("</p>\n<input id=\"bodies\" name=\"bodies\" maxlength=\"2000\">\n");
    html.put("<label for=\"about\">")
        .text(words[Word::notice_about])
        .put("</label>\n<select id=\"about\" name=\"about\">");
    html.put("<option value=\"\">").text(words[Word::notice_about_all]).put("</option>");
    for (const auto& [version, form] : forms)
        html.put("<option value=\"")
            .text(text_of(form, "url"))
            .put("\">")
            .text(text_of(form, "title"))
            .put("</option>");
    html.put("</select>\n<button type=\"submit\">").text(words[Word::publish_button]);
    return html.put("</button>\n</form></section>\n");
}

} // namespace

forms::Result<Html, Refusal> published_page(Records& records, const Words& words, PublishNotice said) {
    auto forms = all_of(records, "Questionnaire");
    if (!forms.ok()) return forms.error();
    auto notices = all_of(records, "CommunicationRequest");
    if (!notices.ok()) return notices.error();
    Html html;
    html.put("<p><a href=\"").text(address(words, "/")).put("\">").text(words[Word::back]).put("</a></p>\n<h1>");
    html.text(words[Word::published]).put("</h1>\n<p class=\"lead\">").text(words[Word::published_lead]).put("</p>\n");
    if (said != PublishNotice::None) {
        html.put("<p class=\"notice\" role=\"status\">");
        html.text(words[said == PublishNotice::Published ? Word::publish_done : Word::publish_refused]).put("</p>\n");
    }
    html.put("<div class=\"card\"><table class=\"requests\"><caption>").text(words[Word::published_forms]);
    html.put("</caption>\n<tbody>\n");
    for (const auto& [version, form] : forms.value()) {
        html.put("<tr><th scope=\"row\">").text(text_of(form, "title")).put("</th><td>");
        html.text(text_of(form, "version")).put("</td><td>").text(text_of(form, "status")).put("</td><td>");
        html.text(text_of(form, "url")).put("</td></tr>\n");
    }
    html.put("</tbody></table></div>\n<div class=\"card\"><table class=\"requests\"><caption>");
    html.text(words[Word::published_notices]).put("</caption>\n<tbody>\n");
    for (const auto& [version, notice] : notices.value()) {
        const bool active = text_of(notice, "status") == "active";
        html.put("<tr><th scope=\"row\">").text(first_payload(notice)).put("</th><td>");
        html.text(words[active ? Word::notice_active : Word::notice_withdrawn]).put("</td><td>");
        html.text(words[Word::notice_until])
            .put(" <time>")
            .text(short_date_text(end_of(notice)))
            .put("</time></td><td>");
        if (active) {
            html.put("<form method=\"post\" action=\"");
            html.text(address(words, "/published/" + version.id + "/withdraw")).put("\"><button type=\"submit\">");
            html.text(words[Word::withdraw_button]).put("</button></form>");
        }
        html.put("</td></tr>\n");
    }
    html.put("</tbody></table></div>\n").put(new_notice(words, forms.value()));
    return html;
}

std::optional<std::string> notice_of(const Parameters& form, const std::string& base_uri, const std::string& id,
                                     std::int64_t now) {
    int hours = 0;
    const std::string wanted = parameter(form, "hours");
    if (std::from_chars(wanted.data(), wanted.data() + wanted.size(), hours).ec != std::errc() || hours < 1 ||
        hours > 720)
        return std::nullopt;
    Json titles, texts;
    std::string language;
    for (const auto& [code, word] : tongues) {
        const std::string title = parameter(form, std::string("title-") + code);
        const std::string text = parameter(form, std::string("text-") + code);
        if (title.empty() || text.empty()) continue;
        if (language.empty()) {
            language = code;
            titles = {{"contentString", title}};
            texts = {{"contentString", text}};
            continue;
        }
        for (auto& [into, said] : {std::pair<Json&, const std::string&>(titles, title), {texts, text}})
            into["_contentString"]["extension"].push_back(
                {{"url", "http://hl7.org/fhir/StructureDefinition/translation"},
                 {"extension",
                  Json::array({{{"url", "lang"}, {"valueCode", code}}, {{"url", "content"}, {"valueString", said}}})}});
    }
    if (language.empty()) return std::nullopt;
    const Json kind = {{"coding", Json::array({{{"system", base_uri + "/CodeSystem/notice-kind"},
                                                {"code", parameter(form, "kind")}}})}};
    Json notice = {{"resourceType", "CommunicationRequest"},
                   {"language", language},
                   {"identifier", Json::array({{{"system", base_uri + "/sid/notice"}, {"value", id}}})},
                   {"status", "active"},
                   {"category", Json::array({kind})},
                   {"priority", parameter(form, "urgent") == "1" ? "urgent" : "routine"},
                   {"payload", Json::array({titles, texts})},
                   {"occurrencePeriod",
                    {{"start", instant_text(now)}, {"end", instant_text(now + std::int64_t{hours} * 3'600'000)}}},
                   {"authoredOn", instant_text(now)}};
    if (const std::string about = parameter(form, "about"); !about.empty())
        notice["about"] = Json::array(
            {{{"type", "Questionnaire"}, {"identifier", {{"system", "urn:ietf:rfc:3986"}, {"value", about}}}}});
    std::string bodies = parameter(form, "bodies");
    while (!bodies.empty()) {
        const std::size_t end = std::min(bodies.find_first_of(", "), bodies.size());
        if (end > 0)
            notice["recipient"].push_back(
                {{"type", "Organization"},
                 {"identifier", {{"system", base_uri + "/sid/body"}, {"value", bodies.substr(0, end)}}}});
        bodies.erase(0, end + 1);
    }
    return write_json(notice);
}

} // namespace net::sandbox
