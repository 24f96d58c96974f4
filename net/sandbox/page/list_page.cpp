// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/list_page.hpp"

#include "net/sandbox/page/answer_text.hpp"
#include "net/sandbox/page/frame.hpp"

#include <algorithm>
#include <string>

namespace net::sandbox {
namespace {

Html filter_link(const Words& words, const std::optional<Step>& step, const std::optional<Step>& current) {
    Html html;
    Parameters query;
    if (step) query.emplace_back("status", std::string(codes_of(*step).name));
    html.put("<li><a href=\"").text(address(words, "/", query)).put("\"");
    if (step == current) html.put(" aria-current=\"true\"");
    return html.put(">").text(step ? words[word_of(*step)] : words[Word::filter_all]).put("</a></li>");
}

Html filters(const Words& words, const std::optional<Step>& current) {
    Html html;
    html.put("<nav class=\"filters\" aria-label=\"").text(words[Word::filter_label]).put("\"><ul>");
    html.put(filter_link(words, std::nullopt, current));
    for (const StepCodes& codes : all_steps())
        if (codes.step != Step::Rejected) html.put(filter_link(words, codes.step, current));
    return html.put("</ul></nav>\n");
}

Html row(const Words& words, const RequestLine& line) {
    Html html;
    html.put("<tr><th scope=\"row\" data-label=\"").text(words[Word::column_reference]).put("\"><a href=\"");
    html.text(address(words, "/request/" + line.task_id))
        .put("\">")
        .text(line.reference)
        .put("</a></th><td data-label=\"");
    html.text(words[Word::column_time])
        .put("\"><time>")
        .text(short_date_text(line.sent))
        .put("</time></td><td data-label=\"");
    html.text(words[Word::column_status]).put("\"><span class=\"states\">").put(status_label(words, line.step));
    if (line.urgent) html.put(" <span class=\"urgent\">").text(words[Word::urgent]).put("</span>");
    html.put("</span></td><td data-label=\"")
        .text(words[Word::column_form])
        .put("\">")
        .text(line.form)
        .put("</td><td data-label=\"");
    html.text(words[Word::column_person]).put("\">").put(person_label(words, line)).put("</td></tr>\n");
    return html;
}

Html table(const Words& words, const ListView& view) {
    Html html;
    html.put("<div class=\"card\"><table class=\"requests\"><caption>").text(words[Word::table_caption]).put(" (");
    html.text(std::to_string(view.total)).put(")</caption>\n<thead><tr>");
    for (const Word word :
         {Word::column_reference, Word::column_time, Word::column_status, Word::column_form, Word::column_person})
        html.put("<th scope=\"col\">").text(words[word]).put("</th>");
    html.put("</tr></thead>\n<tbody>\n");
    for (const RequestLine& line : view.lines)
        html.put(row(words, line));
    return html.put("</tbody></table></div>\n");
}

Html paging(const Words& words, const ListView& view) {
    Html html;
    if (view.offset == 0 && view.offset + view.page_size >= view.total) return html;
    const auto link = [&](std::int64_t offset, Word word) {
        Parameters query;
        if (view.only) query.emplace_back("status", std::string(codes_of(*view.only).name));
        if (offset > 0) query.emplace_back("from", std::to_string(offset));
        html.put("<li><a href=\"").text(address(words, "/", query)).put("\">").text(words[word]).put("</a></li>");
    };
    html.put("<nav class=\"paging\" aria-label=\"").text(words[Word::pages_label]).put("\"><ul>");
    if (view.offset > 0) link(std::max<std::int64_t>(view.offset - view.page_size, 0), Word::newer);
    if (view.offset + view.page_size < view.total) link(view.offset + view.page_size, Word::older);
    return html.put("</ul></nav>\n");
}

} // namespace

Html person_label(const Words& words, const RequestLine& line) {
    Html html;
    if (line.anonymous) return html.put("<span class=\"quiet\">").text(words[Word::anonymous]).put("</span>");
    if (line.person.empty()) return html.put("<span class=\"quiet\">").text(words[Word::no_name]).put("</span>");
    return html.text(line.person);
}

Html list_page(const Words& words, const ListView& view) {
    Html html;
    html.put("<h1>")
        .text(words[Word::requests])
        .put("</h1>\n<p class=\"lead\">")
        .text(words[Word::requests_lead])
        .put("</p>\n<p><a href=\"")
        .text(address(words, "/published"))
        .put("\">")
        .text(words[Word::published])
        .put("</a></p>\n");
    html.put(filters(words, view.only));
    if (!view.lines.empty()) return html.put(table(words, view)).put(paging(words, view));
    html.put("<div class=\"card empty\"><h2>")
        .text(words[view.only ? Word::none_with_status : Word::none_yet])
        .put("</h2>");
    if (!view.only) html.put("<p>").text(words[Word::none_yet_hint]).put("</p>");
    return html.put("</div>\n");
}

} // namespace net::sandbox
