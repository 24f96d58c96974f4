// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/records.hpp"

#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/search.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace net::sandbox {
namespace {

/// The content without what only the server writes.
Json bare(const Json& resource) {
    Json copy = resource;
    if (auto meta = copy.find("meta"); meta != copy.end() && meta->is_object()) {
        meta->erase("versionId");
        meta->erase("lastUpdated");
        if (meta->empty()) copy.erase("meta");
    }
    copy.erase("id");
    return copy;
}

/// resourceType, id and meta first, whatever order they came in.
Json complete(Json resource, const std::string& id, std::int64_t number, std::int64_t updated) {
    Json out = Json::object();
    out["resourceType"] = text_of(resource, "resourceType");
    out["id"] = id;
    Json meta = {{"versionId", std::to_string(number)}, {"lastUpdated", instant_text(updated)}};
    if (const Json* sent = member_of(resource, "meta"); sent != nullptr && sent->is_object())
        for (const auto& [name, value] : sent->items())
            if (name != "versionId" && name != "lastUpdated") meta[name] = value;
    out["meta"] = std::move(meta);
    for (auto& [name, value] : resource.items())
        if (name != "resourceType" && name != "id" && name != "meta") out[name] = std::move(value);
    return out;
}

const Json* identifier_of(const Json& resource, const std::string& system) {
    const Json* all = member_of(resource, "identifier");
    if (all == nullptr || !all->is_array()) return nullptr;
    const auto found =
        std::find_if(all->begin(), all->end(), [&](const Json& i) { return text_of(i, "system") == system; });
    return found == all->end() ? nullptr : &*found;
}

std::string padded(std::int64_t number) {
    std::string digits = std::to_string(number);
    return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

template <class T>
forms::Result<T, Refusal> or_refusal(forms::Result<T, StorageFault> result) {
    if (!result.ok()) return refuse(result.error());
    return std::move(result.value());
}

} // namespace

std::int64_t Records::now() const { return milliseconds_of(parts_.clock.wall_time()); }

forms::Result<std::optional<Version>, Refusal> Records::read(const std::string& type, const std::string& id) {
    return or_refusal(parts_.store.current(type, id));
}

forms::Result<std::optional<Version>, Refusal> Records::read(const std::string& type, const std::string& id,
                                                             std::int64_t number) {
    return or_refusal(parts_.store.numbered(type, id, number));
}

forms::Result<std::vector<Version>, Refusal> Records::find(const Query& query) {
    return or_refusal(parts_.store.find(query));
}

forms::Result<std::int64_t, Refusal> Records::count(const Query& query) {
    return or_refusal(parts_.store.count(query));
}

forms::Result<std::optional<Version>, Refusal> Records::find_one(const Query& query, const std::string& expression) {
    auto found = find(query);
    if (!found.ok()) return found.error();
    if (found.value().size() > 1)
        return refuse(412, IssueCode::MultipleMatches, "The condition names more than one resource", expression);
    if (found.value().empty()) return std::optional<Version>();
    return std::optional(std::move(found.value().front()));
}

forms::Result<std::string, Refusal> Records::new_id(const std::string& type) {
    if (type != "Task") return new_uuid();
    for (int tries = 0; tries < 1000; ++tries) {
        auto number = next_case_number();
        if (!number.ok()) return number.error();
        auto taken = read(type, number.value()); // somebody may have put a Task there under an id of their own
        if (!taken.ok()) return taken.error();
        if (!taken.value()) return number.value();
    }
    return new_uuid();
}

forms::Result<Saved, Refusal> Records::create(Json resource, const std::string& id, IdBy given_by) {
    const std::string system = parts_.base_uri + "/sid/case-number";
    if (text_of(resource, "resourceType") == "Task" && identifier_of(resource, system) == nullptr) {
        std::string value = id;
        if (given_by == IdBy::Client) {
            auto number = next_case_number();
            if (!number.ok()) return number.error();
            value = number.value();
        }
        if (!resource.contains("identifier")) resource["identifier"] = Json::array();
        resource["identifier"].push_back({{"use", "official"}, {"system", system}, {"value", value}});
    }
    return write(std::move(resource), id, 1);
}

bool Records::takes_ids_of_clients(std::string_view type) const {
    // Binary and Provenance have no identifier in R4: without an id of the client's they could not be sent twice.
    constexpr std::string_view with_identifier[] = {"Task", "QuestionnaireResponse", "DocumentReference", "Consent",
                                                    "RelatedPerson"};
    return !parts_.ids_by_server || std::ranges::find(with_identifier, type) == std::end(with_identifier);
}

forms::Result<Saved, Refusal> Records::update(Json resource, const std::string& id, const Preconditions& conditions,
                                              const std::string& expression) {
    const std::string type = text_of(resource, "resourceType");
    auto current = read(type, id);
    if (!current.ok()) return current.error();
    const auto& before = current.value();
    if (!conditions.if_match.empty() && (!before || !names_version(conditions.if_match, before->number)))
        return refuse(412, IssueCode::Conflict, "This is not the current version", expression);
    if (!before && !takes_ids_of_clients(type))
        return refuse(405, IssueCode::NotSupported, "The ids of this type are chosen by this server", expression);
    if (!before) return create(std::move(resource), id, IdBy::Client);
    if (!conditions.if_none_match.empty() && names_version(conditions.if_none_match, before->number))
        return refuse(412, IssueCode::Conflict, "It is there already", expression);

    const auto stored = read_json(before->body);
    if (!stored.ok()) return refuse(StorageFault::Broken);
    if (type == "Task") {
        const std::string system = parts_.base_uri + "/sid/case-number";
        const Json* number = identifier_of(stored.value(), system);
        if (number != nullptr && identifier_of(resource, system) == nullptr) resource["identifier"].push_back(*number);
    }
    if (bare(stored.value()) == bare(resource)) return Saved{*before, false};
    auto saved = write(std::move(resource), id, before->number + 1);
    if (saved.ok()) saved.value().created = false;
    return saved;
}

forms::Result<Saved, Refusal> Records::write(Json resource, const std::string& id, std::int64_t number) {
    const std::int64_t updated = now();
    const Json whole = complete(std::move(resource), id, number, updated);
    Saved saved{{text_of(whole, "resourceType"), id, number, updated, write_json(whole)}, true};
    auto put = parts_.store.put(saved.version, index_of(whole, id, updated));
    if (!put.ok()) return refuse(put.error());
    return saved;
}

forms::Result<std::string, Refusal> Records::next_case_number() {
    const std::string year = std::to_string(year_of(now()));
    auto number = parts_.store.next_number("case-" + year);
    if (!number.ok()) return refuse(number.error());
    return "SB-" + year + '-' + padded(number.value());
}

std::string etag_of(std::int64_t version) { return "W/\"" + std::to_string(version) + '"'; }

bool names_version(std::string_view header, std::int64_t version) {
    const std::string wanted = '"' + std::to_string(version) + '"';
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(','), header.size());
        std::string_view tag = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (tag.starts_with(' '))
            tag.remove_prefix(1);
        while (tag.ends_with(' '))
            tag.remove_suffix(1);
        if (tag == "*") return true;
        if (tag.starts_with("W/")) tag.remove_prefix(2); // compared weakly: RFC 9110 §8.8.3.2
        if (tag == wanted) return true;
    }
    return false;
}

} // namespace net::sandbox
