// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/server/server_model.hpp"

#include "net/central/fhir/bundle.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace campaign {
namespace {

using nlohmann::json;

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> identifiers_of(const json& resource) {
    std::vector<std::pair<std::string, std::string>> found;
    const auto take = [&](const json& one) { found.emplace_back(one.value("system", ""), one.value("value", "")); };
    const auto list = resource.find("identifier");
    if (list == resource.end()) return found;
    if (list->is_object())
        take(*list);
    else
        for (const json& one : *list)
            take(one);
    return found;
}

std::string key_of(const std::string& type, const std::pair<std::string, std::string>& identifier) {
    return type + "|" + identifier.first + "|" + identifier.second;
}

std::string capabilities(OwnIds own_ids) {
    json resources = json::array();
    if (own_ids != OwnIds::NotTaken)
        for (const std::string_view type : net::fhir::created_types)
            resources.push_back({{"type", type}, {"updateCreate", true}});
    const json interactions = json::array({{{"code", "transaction"}}});
    const json rest = json::array({{{"mode", "server"}, {"interaction", interactions}, {"resource", resources}}});
    return json{
        {"resourceType", "CapabilityStatement"}, {"status", "active"}, {"fhirVersion", "4.0.1"}, {"kind", "instance"},
        {"format", json::array({"json"})},       {"rest", rest}}
        .dump();
}

ServerModel::Answer refusal(int status) {
    return {status, R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing"}]})"};
}

} // namespace

std::string ServerModel::request_of(const std::string& bundle) {
    const json parsed = json::parse(bundle, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("entry")) return {};
    for (const json& entry : parsed["entry"])
        if (entry["resource"].value("resourceType", "") == "QuestionnaireResponse")
            return identifiers_of(entry["resource"]).front().second;
    return {};
}

ServerModel::Answer ServerModel::transaction(const std::string& bundle, std::chrono::milliseconds delay) {
    const std::string request = request_of(bundle);
    const json parsed = json::parse(bundle, nullptr, false);
    if (request.empty()) return refusal(400);
    const std::lock_guard lock(mutex_);
    write_due(false);
    json answer = {{"resourceType", "Bundle"}, {"type", "transaction-response"}, {"entry", json::array()}};
    Late late{clock_.since_boot() + delay, {}};
    for (const json& entry : parsed["entry"]) {
        const json& asked = entry["request"];
        Stored made{entry["resource"]["resourceType"], {}, identifiers_of(entry["resource"]), request};
        bool there = false;
        if (asked["method"] == "PUT") {
            made.id = entry["resource"].value("id", "");
            there = by_key_.contains(made.type + "/" + made.id);
            made.only_new = own_ids_ == OwnIds::Kept && asked.value("ifNoneMatch", "") == "*";
            if (there && made.only_new) return refusal(412);
            named_[request].insert(made.type + "/" + made.id);
            // Sent again in the other form, it could be there once under each: so the identifier counts as well.
            for (const auto& identifier : made.identifiers)
                if (identifier.second.starts_with(request)) named_[request].insert(key_of(made.type, identifier));
        } else {
            const std::string condition = decoded(asked.value("ifNoneExist", ""));
            for (const auto& identifier : made.identifiers) {
                const std::string key = key_of(made.type, identifier);
                if (condition != "identifier=" + identifier.first + "|" + identifier.second) continue;
                named_[request].insert(key);
                const auto found = by_key_.find(key);
                if (found == by_key_.end()) continue;
                if (found->second.size() > 1) return refusal(412);
                there = true;
                made.id = found->second.front().id;
            }
            if (!there) made.id = std::to_string(++last_id_);
        }
        answer["entry"].push_back({{"response",
                                    {{"status", there ? "200 OK" : "201 Created"},
                                     {"location", made.type + "/" + made.id + "/_history/1"}}}});
        if (!there) late.resources.push_back(std::move(made));
    }
    outcomes_[request] = {late.at, answer.dump()};
    late_.push_back(std::move(late));
    write_due(false);
    return {200, outcomes_[request].answer};
}

void ServerModel::write(const Stored& resource) {
    const std::string own = resource.type + "/" + resource.id;
    if (by_key_.contains(own)) return; // the same PUT again
    Stored written = resource;
    written.visible = clock_.since_boot() + lag_;
    ++counts_[resource.type];
    if (resource.type == "Task") tasks_.insert(resource.id);
    by_key_[own].push_back(written);
    for (const auto& identifier : resource.identifiers)
        by_key_[key_of(resource.type, identifier)].push_back(written);
}

void ServerModel::write_due(bool all) {
    const auto now = clock_.since_boot();
    std::erase_if(late_, [&](const Late& late) {
        if (!all && late.at > now) return false;
        const bool taken = std::ranges::any_of(late.resources, [&](const Stored& resource) {
            return resource.only_new && by_key_.contains(resource.type + "/" + resource.id);
        });
        if (taken) return true; // another was quicker: nothing of this one is written
        for (const Stored& resource : late.resources)
            write(resource);
        return true;
    });
}

ServerModel::Answer ServerModel::other(const std::string& method, const std::string& target, const std::string& body,
                                       bool only_new) {
    const std::lock_guard lock(mutex_);
    write_due(false);
    std::string path = target.substr(0, target.find('?'));
    const std::string query = path.size() < target.size() ? target.substr(path.size() + 1) : "";
    if (!path.starts_with("/fhir/")) return refusal(404);
    path = path.substr(6);
    if (path == "metadata") return {200, capabilities(own_ids_)};
    if (path.starts_with("_accepted/")) {
        const auto found = outcomes_.find(path.substr(10));
        if (found == outcomes_.end()) return refusal(404);
        return found->second.at > clock_.since_boot() ? Answer{202, ""} : Answer{200, found->second.answer};
    }
    if (const auto slash = path.find('/'); slash != std::string::npos) {
        const auto found = by_key_.find(path);
        if (method == "PUT") {
            const json parsed = json::parse(body, nullptr, false);
            if (!parsed.is_object()) return refusal(400);
            const bool there = found != by_key_.end();
            if (there && only_new && own_ids_ == OwnIds::Kept) return refusal(412);
            write({path.substr(0, slash), path.substr(slash + 1), {}, {}});
            return {there ? 200 : 201, body};
        }
        if (found == by_key_.end()) return refusal(404);
        return {200, json{{"resourceType", path.substr(0, slash)}, {"id", path.substr(slash + 1)}}.dump()};
    }
    json answer = {{"resourceType", "Bundle"}, {"type", "searchset"}, {"entry", json::array()}};
    const auto at = query.find("identifier=");
    const auto wanted = decoded(at == std::string::npos ? "" : query.substr(at + 11, query.find('&', at) - at - 11));
    if (const auto found = by_key_.find(path + "|" + wanted); found != by_key_.end())
        for (const Stored& one : found->second) {
            if (one.visible > clock_.since_boot()) continue;
            json resource = {{"resourceType", one.type}, {"id", one.id}, {"identifier", json::array()}};
            for (const auto& [system, value] : one.identifiers)
                resource["identifier"].push_back({{"system", system}, {"value", value}});
            answer["entry"].push_back({{"resource", resource}});
        }
    return {200, answer.dump()};
}

void ServerModel::settle(bool all) {
    const std::lock_guard lock(mutex_);
    write_due(all);
}

std::size_t ServerModel::count(const std::string& type) {
    const std::lock_guard lock(mutex_);
    return counts_[type];
}

std::pair<std::size_t, std::size_t> ServerModel::copies(const std::string& request) {
    const std::lock_guard lock(mutex_);
    std::size_t least = static_cast<std::size_t>(-1), most = 0;
    for (const std::string& key : named_[request]) {
        const auto found = by_key_.find(key);
        const std::size_t there = found == by_key_.end() ? 0 : found->second.size();
        least = std::min(least, there);
        most = std::max(most, there);
    }
    return {named_[request].empty() ? 0 : least, most};
}

bool ServerModel::has_task(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return tasks_.contains(id);
}

} // namespace campaign
