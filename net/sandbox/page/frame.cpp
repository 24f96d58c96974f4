// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/frame.hpp"

#include "net/sandbox/web_text.hpp"

namespace net::sandbox {

std::string address(const Words& words, const std::string& path, Parameters query) {
    if (words.language() == Language::English) query.emplace_back("lang", "en");
    std::string out = path;
    char mark = '?';
    for (const auto& [name, value] : query) {
        out += mark + percent_encoded(name) + '=' + percent_encoded(value);
        mark = '&';
    }
    return out;
}

Reply frame(const Words& words, int status, const std::string& title, const Html& main, const std::string& path,
            const Parameters& query) {
    std::string other = path;
    char mark = '?';
    for (const auto& [name, value] : query) {
        if (name == "lang") continue;
        other += mark + percent_encoded(name) + '=' + percent_encoded(value);
        mark = '&';
    }
    if (words.language() == Language::Italian) other += mark + std::string("lang=en");

    Html html;
    html.put("<!DOCTYPE html>\n<html lang=\"")
        .text(words.code())
        .put("\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    html.text(title)
        .put(" · ")
        .text(words[Word::product])
        .put(
            "</title>\n"
            "<link rel=\"stylesheet\" href=\"/style.css\">\n<link rel=\"icon\" href=\"/icon.svg\">\n</head>\n<body>\n");
    html.put("<a class=\"skip\" href=\"#content\">")
        .text(words[Word::skip])
        .put("</a>\n<header>\n<div class=\"band\"><div class=\"wrap\">");
    html.put("<a class=\"brand\" href=\"")
        .text(address(words, "/"))
        .put("\"><span class=\"mark\" aria-hidden=\"true\"></span><span><b>");
    html.text(words[Word::product])
        .put("</b><span class=\"system\">")
        .text(words[Word::system])
        .put("</span></span></a>");
    html.put("<nav aria-label=\"").text(words[Word::language_label]).put("\"><a class=\"language\" lang=\"");
    html.text(words[Word::other_language_code])
        .put("\" hreflang=\"")
        .text(words[Word::other_language_code])
        .put("\" href=\"");
    html.text(other)
        .put("\">")
        .text(words[Word::other_language])
        .put("</a></nav></div></div>\n<p class=\"warning\"><span class=\"wrap\">");
    html.put("<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12 3 1.8 21h20.4zm-1 "
             "7h2v5.5h-2zm0 7h2v2h-2z\"/></svg>");
    html.text(words[Word::warning])
        .put("</span></p>\n</header>\n<main id=\"content\" tabindex=\"-1\"><div class=\"wrap\">\n");
    html.put(main);
    html.put("</div></main>\n<footer><div class=\"wrap\"><p>").text(words[Word::footer]);
    html.put("</p><p><a href=\"/fhir/metadata?_pretty=true\">")
        .text(words[Word::capabilities])
        .put("</a></p></div></footer>\n</body>\n</html>\n");
    return {.status = status, .content_type = "text/html; charset=utf-8", .body = html.str(), .headers = {}};
}

Word word_of(Step step) {
    switch (step) {
    case Step::Received:
        return Word::status_received;
    case Step::UnderReview:
        return Word::status_under_review;
    case Step::TakenInCharge:
        return Word::status_taken_in_charge;
    case Step::ComeToDesk:
        return Word::status_come_to_desk;
    case Step::Closed:
        return Word::status_closed;
    case Step::Rejected:
        return Word::status_rejected;
    }
    return Word::status_unknown;
}

Html status_label(const Words& words, const std::optional<Step>& step) {
    Html html;
    if (!step) return html.put("<span class=\"status\">").text(words[Word::status_unknown]).put("</span>");
    html.put("<span class=\"status ").text(codes_of(*step).name).put("\">").text(words[word_of(*step)]).put("</span>");
    return html;
}

} // namespace net::sandbox
