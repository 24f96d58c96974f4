// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/request_view.hpp"

#include "net/sandbox/page/answer_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace net::sandbox {
namespace {

using MaybeJson = forms::Result<Json, Refusal>; // null: there is none

MaybeJson parsed(const std::optional<Version>& version) {
    if (!version) return Json(nullptr);
    auto json = read_json(version->body);
    if (!json.ok()) return refuse(StorageFault::Broken);
    return std::move(json.value());
}

/// What "Task/12" points to; null for a logical reference, or when it is not here.
MaybeJson follow(Records& records, const Json* reference) {
    const std::string target = reference == nullptr ? std::string() : text_of(*reference, "reference");
    const std::size_t slash = target.find('/');
    if (slash == std::string::npos) return Json(nullptr);
    auto found = records.read(target.substr(0, slash), target.substr(slash + 1));
    if (!found.ok()) return found.error();
    return parsed(found.value());
}

forms::Result<std::vector<Json>, Refusal> all_with(Records& records, const std::string& type, const char* parameter,
                                                   const std::string& value) {
    Query query{type};
    query.conditions.push_back({parameter, {{std::string(), value}}});
    query.limit = 100;
    auto found = records.find(query);
    if (!found.ok()) return found.error();
    std::vector<Json> all;
    for (const Version& version : found.value()) {
        auto json = read_json(version.body);
        if (!json.ok()) return refuse(StorageFault::Broken);
        all.push_back(std::move(json.value()));
    }
    return all;
}

std::string translated_title(const Json& questionnaire, const Words& words) {
    if (text_of(questionnaire, "language") != words.code())
        if (std::string title = translation_of(questionnaire, "title", words.code()); !title.empty()) return title;
    return text_of(questionnaire, "title");
}

/// The title of the form if its definition is here, else the Task's own description, else the last part of the address.
forms::Result<std::string, Refusal> form_title(Records& records, const Words& words, const Json& task,
                                               const std::string& canonical) {
    const std::string url = canonical.substr(0, canonical.find('|'));
    auto forms_here = all_with(records, "Questionnaire", "url", url);
    if (!forms_here.ok()) return forms_here.error();
    if (!forms_here.value().empty()) {
        std::string title = translated_title(forms_here.value().back(), words);
        if (!title.empty()) return title;
    }
    if (std::string said = text_of(task, "description"); !said.empty()) return said;
    std::string name = url.substr(url.rfind('/') == std::string::npos ? 0 : url.rfind('/') + 1);
    std::replace(name.begin(), name.end(), '-', ' ');
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

std::string case_number(const Json& task, const std::string& base_uri) {
    const Json* identifiers = member_of(task, "identifier");
    if (identifiers == nullptr || !identifiers->is_array()) return {};
    for (const Json& identifier : *identifiers)
        if (text_of(identifier, "system") == base_uri + "/sid/case-number") return text_of(identifier, "value");
    return {};
}

RequestLine line_with(const Json& task, const std::string& id, const std::string& base_uri, std::string form) {
    RequestLine line;
    line.task_id = id;
    line.reference = case_number(task, base_uri);
    if (line.reference.empty()) line.reference = id;
    line.sent = text_of(task, "authoredOn");
    line.form = std::move(form);
    line.urgent = text_of(task, "priority") == "urgent" || text_of(task, "priority") == "stat";
    line.step = step_of(task, base_uri);
    if (const Json* person = member_of(task, "for")) {
        const Json* identifier = member_of(*person, "identifier");
        line.anonymous = identifier != nullptr && text_of(*identifier, "system") == base_uri + "/sid/anonymous";
        line.person = text_of(*person, "display");
    }
    return line;
}

} // namespace

forms::Result<RequestLine, Refusal> line_of(Records& records, const Words& words, const Json& task,
                                            const std::string& id) {
    auto response = follow(records, member_of(task, "focus"));
    if (!response.ok()) return response.error();
    auto title = form_title(records, words, task, text_of(response.value(), "questionnaire"));
    if (!title.ok()) return title.error();
    return line_with(task, id, records.base_uri(), std::move(title.value()));
}

forms::Result<std::optional<RequestView>, Refusal> view_of(Records& records, const Words& words,
                                                           const std::string& task_id) {
    auto version = records.read("Task", task_id);
    if (!version.ok()) return version.error();
    if (!version.value()) return std::optional<RequestView>();
    auto task = parsed(version.value());
    if (!task.ok()) return task.error();
    RequestView view;
    view.task_version = *version.value();
    view.task = std::move(task.value());
    auto response = follow(records, member_of(view.task, "focus"));
    if (!response.ok()) return response.error();
    view.response = std::move(response.value());
    auto declarant = follow(records, member_of(view.task, "requester"));
    if (!declarant.ok()) return declarant.error();
    view.declarant = std::move(declarant.value());
    auto line = line_of(records, words, view.task, task_id);
    if (!line.ok()) return line.error();
    view.line = std::move(line.value());
    if (view.response.is_null()) return std::optional(std::move(view));

    const std::string target = "QuestionnaireResponse/" + text_of(view.response, "id");
    auto consents = all_with(records, "Consent", "source-reference", target);
    if (!consents.ok()) return consents.error();
    view.consents = std::move(consents.value());
    auto documents = all_with(records, "DocumentReference", "related", target);
    if (!documents.ok()) return documents.error();
    view.documents = std::move(documents.value());
    auto provenance = all_with(records, "Provenance", "target", target);
    if (!provenance.ok()) return provenance.error();
    if (!provenance.value().empty()) view.provenance = std::move(provenance.value().front());
    return std::optional(std::move(view));
}

} // namespace net::sandbox
