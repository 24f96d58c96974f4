// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/request_page.hpp"

#include "net/sandbox/page/answer_text.hpp"
#include "net/sandbox/page/frame.hpp"
#include "net/sandbox/page/list_page.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace net::sandbox {
namespace {

constexpr int deepest_heading = 5;

std::string scan_id(const Json& attachment) {
    const std::string url = text_of(attachment, "url");
    return url.starts_with("Binary/") ? url.substr(7) : std::string();
}

/// Headings start below the section's own: h3, h4, h5, and no deeper.
Html heading(int level, const std::string& text) {
    Html html;
    switch (std::min(level, deepest_heading)) {
    case 2:
        return html.put("<h2>").text(text).put("</h2>\n");
    case 3:
        return html.put("<h3>").text(text).put("</h3>\n");
    case 4:
        return html.put("<h4>").text(text).put("</h4>\n");
    default:
        return html.put("<h5>").text(text).put("</h5>\n");
    }
}

/// The answers of a QuestionnaireResponse, section by section, in the order in which they were asked.
class Answers {
public:
    explicit Answers(const Words& words) : words_(words) {}

    /// Questions next to each other share one list; groups stand between the lists.
    Html items(const Json& around, int level) {
        Html html;
        const Json* list = member_of(around, "item");
        if (list == nullptr || !list->is_array()) return html;
        const auto times = repeats(*list);
        std::map<std::string, int> seen;
        bool open = false;
        for (const Json& item : *list) {
            const std::string link = text_of(item, "linkId");
            const bool question = item.contains("answer");
            if (question != open) html.put(question ? Html().put("<dl>\n") : Html().put("</dl>\n"));
            open = question;
            if (question)
                html.put(answered(item, level));
            else
                html.put(group(item, level, times.at(link) > 1 ? ++seen[link] : 0));
        }
        if (open) html.put("</dl>\n");
        return html;
    }

private:
    static std::map<std::string, int> repeats(const Json& list) {
        std::map<std::string, int> times;
        for (const Json& item : list)
            ++times[text_of(item, "linkId")];
        return times;
    }

    /// In the language of the page, where the request brings it; `wording` adds the words that were on the screen.
    std::string label(const Json& item) const {
        std::string text = translation_of(item, "text", words_.code());
        if (text.empty()) text = text_of(item, "text");
        return text.empty() ? text_of(item, "linkId") : text;
    }
    Html wording(const std::string& ours, const std::string& shown) const {
        if (ours.empty() || shown.empty() || ours == shown) return Html().text(ours.empty() ? shown : ours);
        Html html;
        html.put("<span dir=\"auto\" lang=\"").text(words_.code()).put("\">").text(ours).put("</span>");
        return html.put("<span class=\"as-shown\" dir=\"auto\">").text(shown).put("</span>");
    }

    Html answered(const Json& item, int level) {
        Html html;
        html.put("<div class=\"pair\"><dt>").put(wording(label(item), text_of(item, "text"))).put("</dt>");
        for (const Json& answer : item["answer"]) {
            html.put("<dd>").put(value(answer));
            Html nested = items(answer, level);
            if (!nested.empty()) html.put("<div class=\"nested\">").put(nested).put("</div>");
            html.put("</dd>");
        }
        return html.put("</div>\n");
    }

    Html value(const Json& answer) {
        Html html;
        const std::string text = value_text(words_, answer);
        const Json* attachment = member_of(answer, "valueAttachment");
        const std::string scan = attachment == nullptr ? std::string() : scan_id(*attachment);
        if (!scan.empty())
            return html.put("<a href=\"#scan-").text(scan).put("\">").text(text.empty() ? scan : text).put("</a>");
        if (text.empty()) return html.put("<span class=\"quiet\">").text(words_[Word::none]).put("</span>");
        const Json* const coding = member_of(answer, "valueCoding");
        return wording(coding ? translation_of(*coding, "display", words_.code()) : text, text);
    }

    Html group(const Json& item, int level, int number) {
        Html html;
        if (text_of(item, "text").empty() && number == 0) return items(item, level); // only there to hold questions together
        Html inside = items(item, level + 1);
        if (inside.empty()) return html; // a display, or a group without answers: nothing was said
        html.put(number > 0 ? Html().put("<section class=\"group repeated\">")
                            : Html().put("<section class=\"group\">"));
        html.put(heading(level, number > 0 ? label(item) + " · " + std::to_string(number) : label(item)));
        return html.put(inside).put("</section>\n");
    }

    const Words& words_;
};

class Sheet {
public:
    Sheet(const Words& words, const RequestView& view, const std::vector<std::string>& present)
        : words_(words), view_(view), present_(present) {}

    Html head(Notice notice) {
        Html html;
        html.put("<nav class=\"crumbs\" aria-label=\"").text(words_[Word::pages_label]).put("\"><a href=\"");
        html.text(address(words_, "/")).put("\">").text(words_[Word::back]).put("</a></nav>\n");
        if (notice == Notice::Moved)
            html.put("<p class=\"notice good\" role=\"status\">").text(words_[Word::moved]).put("</p>\n");
        if (notice == Notice::MovedMeanwhile)
            html.put("<p class=\"notice bad\" role=\"alert\">").text(words_[Word::moved_meanwhile]).put("</p>\n");
        if (notice == Notice::MoveRefused)
            html.put("<p class=\"notice bad\" role=\"alert\">").text(words_[Word::move_refused]).put("</p>\n");
        html.put("<div class=\"title\"><h1><span class=\"over\">").text(words_[Word::request]).put("</span>");
        html.text(view_.line.reference).put("</h1>").put(status_label(words_, view_.line.step));
        if (view_.line.urgent) html.put(" <span class=\"urgent\">").text(words_[Word::urgent]).put("</span>");
        html.put("</div>\n<p class=\"lead\">").text(view_.line.form).put(" · ").put(person_label(words_, view_.line));
        return html.put(" · ").text(date_text(words_, view_.line.sent)).put("</p>\n");
    }

    Html answers() {
        Html html;
        Html inside = Answers(words_).items(view_.response, 3);
        html.put("<section class=\"card answers\" aria-labelledby=\"answers\"><h2 id=\"answers\">");
        html.text(words_[Word::answers]).put("</h2>\n");
        if (inside.empty()) html.put("<p class=\"quiet\">").text(words_[Word::no_answers]).put("</p>");
        // The answers speak the language of the visit, whatever the page speaks.
        const std::string language = text_of(view_.response, "language");
        html.put("<div dir=\"auto\"");
        if (!language.empty()) html.put(" lang=\"").text(language).put("\"");
        return html.put(">\n").put(inside).put("</div></section>\n");
    }

    Html move_form() {
        Html html;
        html.put("<section class=\"card\"><h2>")
            .text(words_[Word::move])
            .put("</h2>\n<p class=\"hint\">")
            .text(words_[Word::move_hint]);
        html.put("</p>\n<form method=\"post\" action=\"")
            .text(address(words_, "/request/" + view_.line.task_id + "/status"));
        html.put("\">\n<input type=\"hidden\" name=\"version\" value=\"")
            .text(std::to_string(view_.task_version.number));
        html.put("\">\n<fieldset><legend>").text(words_[Word::move_legend]).put("</legend>\n");
        for (const StepCodes& codes : all_steps()) {
            if (codes.step == Step::Received) continue; // only a terminal can say that
            html.put("<label class=\"radio\"><input type=\"radio\" name=\"step\" required value=\"")
                .text(codes.name)
                .put("\"");
            if (view_.line.step == codes.step) html.put(" checked");
            html.put("><span>").text(words_[word_of(codes.step)]).put("</span></label>\n");
        }
        html.put("</fieldset>\n<label for=\"reason\">").text(words_[Word::move_reason]);
        html.put("</label>\n<p class=\"hint\" id=\"reason-hint\">").text(words_[Word::move_reason_hint]);
        html.put("</p>\n<textarea id=\"reason\" name=\"reason\" rows=\"3\" maxlength=\"500\" "
                 "aria-describedby=\"reason-hint\">");
        html.text(concept_text(member_of(view_.task, "statusReason"))).put("</textarea>\n<button type=\"submit\">");
        return html.text(words_[Word::move_button]).put("</button>\n</form></section>\n");
    }

    Html people() {
        Html html = open_card(Word::person);
        html.put("<dl>").put(fact(Word::name, person_label(words_, view_.line)));
        if (const Json* person = member_of(view_.task, "for"))
            if (const Json* identifier = member_of(*person, "identifier");
                identifier != nullptr && !view_.line.anonymous)
                html.put(fact(Word::identifier, text_of(*identifier, "value")));
        html.put(fact(Word::told_person, concept_text(member_of(view_.task, "statusReason")))).put("</dl></section>\n");
        if (view_.declarant.is_object()) html.put(declarant());
        return html;
    }

    Html consents() {
        Html html;
        if (view_.consents.empty()) return html;
        html = open_card(Word::consents);
        html.put("<ul class=\"plain\">");
        for (const Json& consent : view_.consents) {
            const Json* provision = member_of(consent, "provision");
            const bool given = provision != nullptr && text_of(*provision, "type") == "permit";
            html.put(given ? Html().put("<li class=\"given\">") : Html().put("<li class=\"refused\">"));
            html.text(words_[given ? Word::consent_given : Word::consent_refused]);
            const Json* actors = provision == nullptr ? nullptr : member_of(*provision, "actor");
            if (actors != nullptr && actors->is_array() && !actors->empty())
                html.put(" ")
                    .text(words_[Word::consent_with])
                    .put(" <b>")
                    .text(reference_text(member_of(actors->front(), "reference")))
                    .put("</b>");
            html.put("</li>");
        }
        return html.put("</ul></section>\n");
    }

    Html documents() {
        Html html;
        if (view_.documents.empty()) return html;
        html = open_card(Word::documents);
        html.put("<ul class=\"scans\">");
        for (const Json& document : view_.documents) {
            const Json* contents = member_of(document, "content");
            if (contents == nullptr || !contents->is_array()) continue;
            for (const Json& content : *contents)
                if (const Json* attachment = member_of(content, "attachment")) html.put(scan(document, *attachment));
        }
        return html.put("</ul></section>\n");
    }

    Html origin() {
        Html html = open_card(Word::origin);
        html.put("<dl>").put(fact(Word::office, reference_text(member_of(view_.task, "owner"))));
        html.put(fact(Word::place, reference_text(member_of(view_.task, "location"))));
        html.put(fact(Word::terminal, agent("assembler"))).put(fact(Word::desk_operator, agent("enterer")));
        if (const std::string verifier = agent("verifier"); !verifier.empty())
            html.put(fact(Word::verified, words_[Word::yes]));
        if (const Json* visit = member_of(view_.provenance, "occurredPeriod"))
            html.put(fact(Word::visit, visit_text(text_of(*visit, "start"), text_of(*visit, "end"))));
        html.put(fact(Word::recorded, date_text(words_, text_of(view_.provenance, "recorded"))));
        html.put(fact(Word::mode, mode())).put(fact(Word::language_of_visit, text_of(view_.response, "language")));
        return html.put("</dl></section>\n");
    }

    Html identifiers() {
        Html html = open_card(Word::identifiers);
        html.put("<dl class=\"codes\">");
        if (const Json* identifier = member_of(view_.response, "identifier"))
            html.put(fact(Word::request_id, text_of(*identifier, "value")));
        html.put(fact(Word::definition, text_of(view_.response, "questionnaire")));
        html.put(fact(Word::definition_hash, hash()))
            .put("</dl>\n<h3>")
            .text(words_[Word::raw_json])
            .put("</h3>\n<ul class=\"plain\">");
        html.put(raw(view_.task)).put(raw(view_.response)).put(raw(view_.declarant));
        for (const Json& one : view_.documents)
            html.put(raw(one));
        for (const Json& one : view_.consents)
            html.put(raw(one));
        return html.put(raw(view_.provenance)).put("</ul></section>\n");
    }

private:
    Html open_card(Word title) {
        Html html;
        return html.put("<section class=\"card\"><h2>").text(words_[title]).put("</h2>\n");
    }
    /// Nothing where there is nothing to say.
    Html fact(Word name, const Html& value) {
        Html html;
        if (value.empty()) return html;
        return html.put("<div class=\"pair\"><dt>").text(words_[name]).put("</dt><dd>").put(value).put("</dd></div>\n");
    }
    Html fact(Word name, const std::string& value) { return fact(name, Html().text(value)); }

    Html declarant() {
        Html html = open_card(Word::declarant);
        html.put("<dl>");
        if (const Json* names = member_of(view_.declarant, "name"); names != nullptr && names->is_array())
            for (const Json& name : *names)
                html.put(fact(Word::name, text_of(name, "text")));
        if (const Json* relations = member_of(view_.declarant, "relationship");
            relations != nullptr && relations->is_array())
            for (const Json& relation : *relations)
                html.put(fact(Word::relationship, concept_text(&relation)));
        if (const Json* contacts = member_of(view_.declarant, "telecom"); contacts != nullptr && contacts->is_array())
            for (const Json& contact : *contacts)
                html.put(fact(Word::contact, text_of(contact, "value")));
        return html.put("</dl></section>\n");
    }

    Html scan(const Json& document, const Json& attachment) {
        Html html;
        const std::string id = scan_id(attachment);
        std::string title = text_of(attachment, "title");
        if (title.empty()) title = concept_text(member_of(document, "type"));
        const bool here = std::find(present_.begin(), present_.end(), id) != present_.end();
        html.put("<li id=\"scan-").text(id).put("\"><figure>");
        if (here)
            html.put("<a href=\"/scan/")
                .text(id)
                .put("\"><img src=\"/scan/")
                .text(id)
                .put("\" alt=\"")
                .text(title)
                .put("\"></a>");
        html.put("<figcaption>").text(title);
        if (!here) html.put(" <span class=\"urgent\">").text(words_[Word::document_missing]).put("</span>");
        return html.put("</figcaption></figure></li>");
    }

    /// Who did `code` according to the Provenance.
    std::string agent(std::string_view code) {
        const Json* agents = member_of(view_.provenance, "agent");
        if (agents == nullptr || !agents->is_array()) return {};
        for (const Json& one : *agents) {
            const Json* type = member_of(one, "type");
            const Json* codings = type == nullptr ? nullptr : member_of(*type, "coding");
            if (codings == nullptr || !codings->is_array()) continue;
            for (const Json& coding : *codings)
                if (text_of(coding, "code") == code) return reference_text(member_of(one, "who"));
        }
        return {};
    }

    std::string visit_text(const std::string& start, const std::string& end) {
        const bool same_day = start.size() >= 16 && end.size() >= 16 && start.substr(0, 10) == end.substr(0, 10);
        if (same_day) return date_text(words_, start) + " – " + end.substr(11, 5);
        return date_text(words_, start) + (end.empty() ? "" : " – " + date_text(words_, end));
    }

    const Json* extension(std::string_view name) {
        const Json* extensions = member_of(view_.response, "extension");
        if (extensions == nullptr || !extensions->is_array()) return nullptr;
        for (const Json& one : *extensions)
            if (text_of(one, "url").ends_with(name)) return &one;
        return nullptr;
    }

    std::string mode() {
        const Json* found = extension("/questionnaireresponse-completionMode");
        const Json* value = found == nullptr ? nullptr : member_of(*found, "valueCodeableConcept");
        const Json* codings = value == nullptr ? nullptr : member_of(*value, "coding");
        if (codings == nullptr || !codings->is_array() || codings->empty()) return {};
        const std::string code = text_of(codings->front(), "code");
        if (code == "FACE") return words_[Word::mode_face];
        if (code == "ELECTRONIC") return words_[Word::mode_electronic];
        if (code == "PHONE") return words_[Word::mode_phone];
        if (code == "MAILWRIT") return words_[Word::mode_mail];
        if (code == "EMAILWRIT") return words_[Word::mode_email];
        return text_of(codings->front(), "display");
    }

    std::string hash() {
        const Json* found = extension("/questionnaire-sha256");
        return found == nullptr ? std::string() : text_of(*found, "valueString");
    }

    Html raw(const Json& resource) {
        Html html;
        if (!resource.is_object()) return html;
        const std::string place = text_of(resource, "resourceType") + '/' + text_of(resource, "id");
        return html.put("<li><a href=\"/fhir/").text(place).put("?_pretty=true\">").text(place).put("</a></li>");
    }

    const Words& words_;
    const RequestView& view_;
    const std::vector<std::string>& present_;
};

} // namespace

Html request_page(const Words& words, const RequestView& view, const std::vector<std::string>& present, Notice notice) {
    Sheet sheet(words, view, present);
    Html html = sheet.head(notice);
    html.put("<div class=\"columns\"><div>\n")
        .put(sheet.answers())
        .put(sheet.documents())
        .put("</div>\n<div class=\"aside\">\n");
    html.put(sheet.move_form()).put(sheet.people()).put(sheet.consents()).put(sheet.origin()).put(sheet.identifiers());
    return html.put("</div></div>\n");
}

std::vector<std::string> scans_of(const RequestView& view) {
    std::vector<std::string> ids;
    for (const Json& document : view.documents) {
        const Json* contents = member_of(document, "content");
        if (contents == nullptr || !contents->is_array()) continue;
        for (const Json& content : *contents)
            if (const Json* attachment = member_of(content, "attachment"))
                if (std::string id = scan_id(*attachment); !id.empty()) ids.push_back(std::move(id));
    }
    return ids;
}

} // namespace net::sandbox
