// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/reply.hpp"

#include "net/central/fhir/answer_table.hpp"
#include "net/central/fhir/reply_parts.hpp"
#include "net/runtime/json_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace net::fhir {
namespace {

using nlohmann::json;

constexpr std::size_t deepest = 64;

/// Nothing when it is no JSON, or when a reader could take it otherwise than we do: the same name twice in an object, a
/// NUL in a text (threat model, section 8).
json unambiguous(std::string_view text) {
    std::vector<std::set<std::string, std::less<>>> names;
    bool plain = true;
    const auto look = [&](int, json::parse_event_t event, json& met) {
        using Event = json::parse_event_t;
        if (event == Event::object_start) names.emplace_back();
        if (event == Event::object_end) names.pop_back();
        if ((event == Event::key || event == Event::value) && met.is_string()) {
            const auto& text_met = met.get_ref<const std::string&>();
            plain = plain && text_met.find('\0') == std::string::npos;
            if (event == Event::key) plain = names.back().insert(text_met).second && plain;
        }
        return true;
    };
    json parsed = json::parse(text.begin(), text.end(), look, /*allow_exceptions=*/false);
    return plain ? parsed : json(json::value_t::discarded);
}

bool carries(const json& resource, std::string_view system, std::string_view value) {
    const auto same = [&](const json& identifier) {
        const auto* s = text_at(identifier, "system");
        const auto* v = text_at(identifier, "value");
        return s != nullptr && v != nullptr && *s == system && *v == value;
    };
    const auto found = resource.find("identifier");
    if (found == resource.end()) return false;
    if (found->is_object()) // QuestionnaireResponse has one, the others a list
        return same(*found);
    if (found->is_array())
        for (const json& one : *found)
            if (same(one)) return true;
    return false;
}

} // namespace

CentralError unreadable(const HttpReply& reply) { return {Fault::BadReply, reply.status, 0, {}, {}}; }

std::optional<json> resource_of(const HttpReply& reply, std::string_view type) {
    if (reply.content_type != "application/fhir+json") return std::nullopt;
    const auto depth = json_depth(reply.body); // before parsing: copying and destroying a value recurses
    if (!depth || *depth > deepest) return std::nullopt;
    json value = unambiguous(reply.body);
    if (!value.is_object()) return std::nullopt;
    const auto kind = value.find("resourceType");
    if (kind == value.end() || !kind->is_string() || kind->get_ref<const std::string&>() != type) return std::nullopt;
    return value;
}

const std::string* text_at(const json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? &found->get_ref<const std::string&>() : nullptr;
}

std::string id_in(std::string_view location, std::string_view type) {
    const std::string mark = std::string(type) + "/";
    auto at = location.rfind("/" + mark);
    if (at != std::string_view::npos)
        ++at;
    else if (location.starts_with(mark))
        at = 0;
    else
        return {};
    std::string_view id = location.substr(at + mark.size());
    id = id.substr(0, id.find_first_of("/?#"));
    constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
    if (id.size() > 64 || id.find_first_not_of(allowed) != std::string_view::npos) return {};
    return std::string(id);
}

CentralResult<Delivered> judge_transaction(const HttpReply& reply, Asked asked, std::size_t entries,
                                           std::size_t task_entry, std::string_view fallback_reference) {
    if (auto fault = fault_of(reply, asked)) return *fault;
    const auto bundle = resource_of(reply, "Bundle");
    if (!bundle) return unreadable(reply);
    const auto* type = text_at(*bundle, "type");
    const auto list = bundle->find("entry");
    if (type == nullptr || *type != "transaction-response" || list == bundle->end() || !list->is_array() ||
        list->size() != entries)
        return unreadable(reply);
    Delivered delivered{.reference = std::string(fallback_reference), .http_status = reply.status, .all_new = true};
    for (std::size_t i = 0; i < entries; ++i) {
        const json& entry = (*list)[i];
        if (!entry.is_object()) return unreadable(reply);
        const auto response = entry.find("response");
        if (response == entry.end()) return unreadable(reply);
        const auto* status = text_at(*response, "status");
        if (status == nullptr || !(status->starts_with("200") || status->starts_with("201")) ||
            (status->size() > 3 && (*status)[3] != ' '))
            return unreadable(reply);
        delivered.all_new = delivered.all_new && status->starts_with("201");
        if (i != task_entry) continue;
        std::string id;
        if (const auto* location = text_at(*response, "location")) id = id_in(*location, "Task");
        if (const auto resource = entry.find("resource"); id.empty() && resource != entry.end())
            if (const auto* own = text_at(*resource, "id")) id = id_in("Task/" + *own, "Task");
        if (!id.empty()) delivered.reference = id;
    }
    return delivered;
}

CentralResult<forms::Done> judge_part(const HttpReply& reply) {
    if (reply.end == HttpReply::End::Answered && reply.status == 412) return forms::Done{}; // put where it is already
    if (auto fault = fault_of(reply, Asked::Part)) return *fault;
    return forms::Done{};
}

CentralResult<Match> judge_search(const HttpReply& reply, std::string_view type, std::string_view system,
                                  std::string_view value) {
    if (auto fault = fault_of(reply, Asked::Search)) return *fault;
    const auto bundle = resource_of(reply, "Bundle");
    if (!bundle) return unreadable(reply);
    const auto* kind = text_at(*bundle, "type");
    if (kind == nullptr || *kind != "searchset") return unreadable(reply);
    Match match;
    const auto list = bundle->find("entry");
    if (list == bundle->end()) return match;
    if (!list->is_array()) return unreadable(reply);
    for (const json& entry : *list) {
        if (!entry.is_object()) return unreadable(reply);
        const auto resource = entry.find("resource");
        if (resource == entry.end() || !resource->is_object()) continue;
        const auto* own_type = text_at(*resource, "resourceType");
        // A server that ignores the condition returns everything: only what carries our identifier counts.
        if (own_type == nullptr || *own_type != type || !carries(*resource, system, value)) continue;
        ++match.count;
        if (const auto* id = text_at(*resource, "id"); id != nullptr && match.id.empty())
            match.id = id_in(std::string(type) + "/" + *id, type);
    }
    return match;
}

CentralResult<bool> judge_read(const HttpReply& reply) {
    if (reply.end == HttpReply::End::Answered && (reply.status == 404 || reply.status == 410)) return false;
    if (auto fault = fault_of(reply, Asked::Search)) return *fault;
    return reply.status == 200 ? CentralResult<bool>(true) : CentralResult<bool>(unreadable(reply));
}

CreateBy judge_capability(const HttpReply& reply, std::span<const std::string_view> types) {
    if (fault_of(reply, Asked::Search)) return CreateBy::Condition;
    const auto statement = resource_of(reply, "CapabilityStatement");
    if (!statement) return CreateBy::Condition;
    const auto says_so = [&](const json& rest, std::string_view type) {
        const auto list = rest.find("resource");
        if (list == rest.end() || !list->is_array()) return false;
        for (const json& one : *list) {
            const auto* name = text_at(one, "type");
            if (name == nullptr || *name != type) continue;
            const auto can = one.find("updateCreate");
            return can != one.end() && can->is_boolean() && can->get<bool>();
        }
        return false;
    };
    const auto rests = statement->find("rest");
    if (rests == statement->end() || !rests->is_array()) return CreateBy::Condition;
    for (const json& rest : *rests) {
        const auto* mode = text_at(rest, "mode");
        if (mode == nullptr || *mode != "server") continue;
        return std::ranges::all_of(types, [&](std::string_view type) { return says_so(rest, type); })
                   ? CreateBy::Address
                   : CreateBy::Condition;
    }
    return CreateBy::Condition;
}

} // namespace net::fhir
