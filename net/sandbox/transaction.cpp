// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/transaction.hpp"

#include "net/sandbox/element_table.hpp"
#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/resource_check.hpp"
#include "net/sandbox/search.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace net::sandbox {
namespace {

/// One entry on its way: first what it asks for, then where its resource goes.
struct Step {
    std::string place; ///< Bundle.entry[2]
    std::string full_url;
    Json resource;
    std::string type;
    bool is_update = false;
    std::string if_none_exist;
    Preconditions conditions;
    std::string id;
    std::optional<Version> found; ///< a conditional create that found its resource: nothing is written
};

using Ids = std::map<std::string, std::string>; ///< fullUrl → Type/id

bool is_known_type(const std::string& type) {
    const auto types = resource_types();
    return std::find(types.begin(), types.end(), type) != types.end();
}

std::optional<Problem> read_request(const Json& entry, Step& step) {
    const Json* request = member_of(entry, "request");
    const std::string place = step.place + ".request";
    if (request == nullptr || !request->is_object())
        return Problem{IssueCode::Required, "bdl-3: every entry of a transaction has a request", place};
    const std::string method = text_of(*request, "method");
    const std::string url = text_of(*request, "url");
    const std::size_t slash = url.find('/');
    step.type = url.substr(0, slash);
    step.if_none_exist = text_of(*request, "ifNoneExist");
    step.conditions = {text_of(*request, "ifMatch"), text_of(*request, "ifNoneMatch")};
    if (method != "POST" && method != "PUT")
        return Problem{method.empty() ? IssueCode::Required : IssueCode::NotSupported,
                       "In a transaction this server does POST and PUT", place + ".method"};
    step.is_update = method == "PUT";
    if (!is_known_type(step.type))
        return Problem{IssueCode::NotSupported, "This server does not take resources of this type", place + ".url"};
    if (step.is_update != (slash != std::string::npos))
        return Problem{IssueCode::Value, "POST wants Type, PUT wants Type/id", place + ".url"};
    if (!step.is_update) return std::nullopt;
    step.id = url.substr(slash + 1);
    if (!is_id(step.id)) return Problem{IssueCode::Value, "PUT wants Type/id", place + ".url"};
    if (!step.if_none_exist.empty())
        return Problem{IssueCode::Invalid, "ifNoneExist belongs to POST", place + ".ifNoneExist"};
    return std::nullopt;
}

std::optional<Problem> read_entry(const Json& entry, Step& step) {
    if (!entry.is_object()) return Problem{IssueCode::Structure, "An entry is a JSON object", step.place};
    if (auto problem = read_request(entry, step)) return problem;
    const Json* resource = member_of(entry, "resource");
    if (resource == nullptr) return Problem{IssueCode::Required, "The entry has no resource", step.place + ".resource"};
    step.resource = *resource;
    step.full_url = text_of(entry, "fullUrl");
    if (text_of(step.resource, "resourceType") != step.type)
        return Problem{IssueCode::Invalid, "The resource is not of the type in the URL", step.place + ".resource"};
    if (step.is_update && text_of(step.resource, "id") != step.id)
        return Problem{IssueCode::Invalid, "The id of the resource is not that in the URL",
                       step.place + ".resource.id"};
    return std::nullopt;
}

/// Everything that can be said about the Bundle without looking into the store.
forms::Result<std::vector<Step>, Refusal> read_bundle(const Json& bundle) {
    if (text_of(bundle, "resourceType") != "Bundle")
        return refuse(400, IssueCode::Invalid, "The base takes a Bundle", "Bundle.resourceType");
    if (text_of(bundle, "type") != "transaction")
        return refuse(400, IssueCode::NotSupported, "Only Bundles of type transaction", "Bundle.type");
    const Json* entries = member_of(bundle, "entry");
    if (entries == nullptr || !entries->is_array() || entries->empty())
        return refuse(400, IssueCode::Required, "A transaction has entries", "Bundle.entry");
    if (entries->size() > most_entries)
        return refuse(413, IssueCode::TooLong, "Too many entries in one Bundle", "Bundle.entry");

    std::vector<Step> steps;
    Refusal bad{422, {}};
    std::set<std::string> urls;
    std::set<std::string> identities;
    for (const Json& entry : *entries) {
        Step step;
        step.place = "Bundle.entry[" + std::to_string(steps.size()) + ']';
        if (auto problem = read_entry(entry, step))
            bad.problems.push_back(std::move(*problem));
        else
            for (Problem& found : check_resource(step.resource, step.place + ".resource"))
                bad.problems.push_back(std::move(found));
        if (!step.full_url.empty() && !urls.insert(step.full_url).second)
            bad.problems.push_back(
                {IssueCode::Duplicate, "bdl-7: this fullUrl is used twice", step.place + ".fullUrl"});
        const std::string identity = step.is_update ? step.type + '/' + step.id : step.type + '?' + step.if_none_exist;
        if ((step.is_update || !step.if_none_exist.empty()) && !identities.insert(identity).second)
            bad.problems.push_back(
                {IssueCode::Duplicate, "Two entries write the same resource", step.place + ".request"});
        steps.push_back(std::move(step));
    }
    if (bad.problems.empty()) return steps;
    bad.problems.resize(std::min<std::size_t>(bad.problems.size(), 50), {});
    return bad;
}

/// Gives every entry its id: the one asked for, the one that was found, or a new one.
std::optional<Refusal> place_resources(Records& records, std::vector<Step>& steps, Ids& ids) {
    for (Step& step : steps) {
        if (!step.if_none_exist.empty()) {
            const std::string place = step.place + ".request.ifNoneExist";
            auto query = plan_condition(step.type, step.if_none_exist, place);
            if (!query.ok()) return query.error();
            auto found = records.find_one(query.value(), place);
            if (!found.ok()) return found.error();
            step.found = std::move(found.value());
        }
        if (step.found) step.id = step.found->id;
        if (step.id.empty()) {
            auto id = records.new_id(step.type);
            if (!id.ok()) return id.error();
            step.id = std::move(id.value());
        }
        if (!step.full_url.empty()) ids[step.full_url] = step.type + '/' + step.id;
    }
    return std::nullopt;
}

/// Follows the references of one resource.
class Rewriter {
public:
    Rewriter(Records& records, const Ids& ids) : records_(records), ids_(ids) {
        for (const auto& [url, target] : ids)
            written_.insert(target);
    }
    std::optional<Refusal> refusal;

    /// Recursion is bounded by `deepest_json`.
    void follow(Json& value, const std::string& place) {
        if (value.is_array()) {
            std::size_t index = 0;
            for (Json& one : value)
                follow(one, place + '[' + std::to_string(index++) + ']');
        }
        if (!value.is_object()) return;
        for (auto& [name, member] : value.items()) {
            if (!member.is_string()) {
                follow(member, place + '.' + name);
            } else if (name == "reference") {
                reference(member, place + '.' + name);
            } else if (name == "url" || name == "uri" || name == "valueUri" || name == "valueUrl") {
                if (const auto found = ids_.find(member.get_ref<const std::string&>()); found != ids_.end())
                    member = found->second;
            }
        }
    }

private:
    void reference(Json& member, const std::string& place) {
        const auto& text = member.get_ref<const std::string&>();
        if (const auto found = ids_.find(text); found != ids_.end()) {
            member = found->second;
            return;
        }
        if (text.starts_with("urn:uuid:") || text.starts_with("urn:oid:"))
            return refuse_once(IssueCode::NotFound, "No entry of the Bundle has this fullUrl", place);
        const std::size_t slash = text.find('/');
        const std::string type = text.substr(0, slash);
        if (slash == std::string::npos || !is_known_type(type) || written_.contains(text)) return;
        const std::string rest = text.substr(slash + 1);
        auto stored = records_.read(type, rest.substr(0, rest.find('/')));
        if (!stored.ok())
            refusal = stored.error();
        else if (!stored.value())
            refuse_once(IssueCode::NotFound, "The reference leads nowhere", place);
    }
    void refuse_once(IssueCode code, const char* reason, const std::string& place) {
        if (!refusal) refusal = refuse(422, code, reason, place);
    }

    Records& records_;
    const Ids& ids_;
    std::set<std::string> written_;
};

Json entry_of(const Saved& saved, bool with_resource) {
    const Version& version = saved.version;
    Json entry = Json::object();
    if (with_resource) {
        auto resource = read_json(version.body);
        if (resource.ok()) entry["resource"] = std::move(resource.value());
    }
    entry["response"] = {
        {"status", saved.created ? "201 Created" : "200 OK"},
        {"location", version.type + '/' + version.id + "/_history/" + std::to_string(version.number)},
        {"etag", etag_of(version.number)},
        {"lastModified", instant_text(version.updated)},
    };
    return entry;
}

} // namespace

forms::Result<Json, Refusal> run_transaction(Records& records, const Json& bundle, bool with_resources) {
    auto read = read_bundle(bundle);
    if (!read.ok()) return read.error();
    std::vector<Step>& steps = read.value();

    StoreTransaction transaction(records.store());
    if (auto begun = transaction.begin(); !begun.ok()) return refuse(begun.error());
    Ids ids;
    if (auto refusal = place_resources(records, steps, ids)) return *refusal;

    Rewriter rewriter(records, ids);
    for (Step& step : steps)
        rewriter.follow(step.resource, step.place + ".resource");
    if (rewriter.refusal) return *rewriter.refusal;

    Json entries = Json::array();
    for (Step& step : steps) {
        if (step.found) {
            entries.push_back(entry_of({*step.found, false}, with_resources));
            continue;
        }
        auto saved = step.is_update ? records.update(std::move(step.resource), step.id, step.conditions, step.place)
                                    : records.create(std::move(step.resource), step.id, Records::IdBy::Server);
        if (!saved.ok()) return saved.error();
        entries.push_back(entry_of(saved.value(), with_resources));
    }
    if (auto done = transaction.commit(); !done.ok()) return refuse(done.error());
    return Json{{"resourceType", "Bundle"},
                {"id", records.new_uuid()},
                {"type", "transaction-response"},
                {"entry", std::move(entries)}};
}

} // namespace net::sandbox
