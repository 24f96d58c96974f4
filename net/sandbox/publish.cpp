// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/publish.hpp"

#include "net/sandbox/resource_check.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace net::sandbox {

forms::Result<forms::Done, Refusal> publish(Records& records, std::string_view text) {
    auto read = read_json(text);
    if (!read.ok()) return refuse(read.error());
    Json& form = read.value();
    const std::string url = text_of(form, "url");
    if (text_of(form, "resourceType") != "Questionnaire" || url.empty())
        return refuse(422, IssueCode::Invalid, "This is no Questionnaire with a url");
    if (auto problems = check_resource(form); !problems.empty()) return Refusal{422, std::move(problems)};

    StoreTransaction transaction(records.store());
    if (auto begun = transaction.begin(); !begun.ok()) return refuse(begun.error());
    Query query{"Questionnaire"};
    query.conditions.push_back({"url", {{std::string(), url}}});
    if (const std::string version = text_of(form, "version"); !version.empty())
        query.conditions.push_back({"version", {{std::string(), version}}});
    auto found = records.find(query);
    if (!found.ok()) return found.error();
    const std::string id = found.value().empty() ? records.new_uuid() : found.value().front().id;
    auto saved = records.update(std::move(form), id, {});
    if (!saved.ok()) return saved.error();
    if (auto done = transaction.commit(); !done.ok()) return refuse(done.error());
    return forms::Done{};
}

} // namespace net::sandbox
