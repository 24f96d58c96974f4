// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/feed_reply.hpp"

#include "net/central/fhir/reply_parts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace net::fhir {
namespace {

using nlohmann::json;

constexpr std::size_t longest_text = 256;

const json* member(const json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

/// Calls `each` for every resource of that type; false when it is no searchset.
template <class Each>
bool for_entries(const json& bundle, std::string_view type, Each each) {
    const auto* kind = text_at(bundle, "type");
    if (kind == nullptr || *kind != "searchset") return false;
    const json* list = member(bundle, "entry");
    if (list == nullptr) return true;
    if (!list->is_array()) return false;
    for (const json& entry : *list) {
        const json* resource = member(entry, "resource");
        if (resource == nullptr) continue;
        const auto* own = text_at(*resource, "resourceType");
        if (own != nullptr && *own == type) each(*resource);
    }
    return true;
}

bool has_more(const json& bundle) {
    const json* links = member(bundle, "link");
    if (links == nullptr || !links->is_array()) return false;
    return std::ranges::any_of(*links, [](const json& link) {
        const auto* relation = text_at(link, "relation");
        return relation != nullptr && *relation == "next";
    });
}

void packages_of(const json& resource, std::string_view extension, std::vector<PublishedPackage>& out) {
    const json* list = member(resource, "extension");
    if (list == nullptr || !list->is_array()) return;
    for (const json& one : *list) {
        const auto* url = text_at(one, "url");
        const json* attachment = member(one, "valueAttachment");
        if (url == nullptr || *url != extension || attachment == nullptr) continue;
        const auto* place = text_at(*attachment, "url");
        const auto* hash = text_at(*attachment, "hash");
        // Only something beside the listing itself, by its id: an address that a server writes is never asked.
        if (place == nullptr || hash == nullptr || !place->starts_with("Binary/") || hash->size() > longest_text)
            continue;
        std::string id = id_in(*place, "Binary");
        if (id.find_first_not_of('.') == std::string::npos) continue; // "..": another place than it seems
        out.push_back({std::move(id), *hash});
    }
}

int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

/// RFC 4648 §4, strictly: with padding, without anything in between.
std::optional<std::vector<std::byte>> base64_decoded(std::string_view text) {
    if (text.size() % 4 != 0 || text.size() / 4 * 3 > largest_package + 3) return std::nullopt;
    std::size_t padding = 0;
    while (padding < 2 && text.ends_with('=')) {
        text.remove_suffix(1);
        ++padding;
    }
    std::vector<std::byte> out;
    out.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : text) {
        const int value = value_of(c);
        if (value < 0) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        have += 6;
        if (have < 8) continue;
        have -= 8;
        out.push_back(static_cast<std::byte>(bits >> have & 0xff));
    }
    return out;
}

RequestStep step_of_status(std::string_view status) {
    constexpr std::array<std::pair<std::string_view, RequestStep>, 10> table = {{
        {"requested", RequestStep::Received},
        {"received", RequestStep::UnderReview},
        {"accepted", RequestStep::TakenInCharge},
        {"ready", RequestStep::TakenInCharge},
        {"in-progress", RequestStep::TakenInCharge},
        {"on-hold", RequestStep::ComeToDesk},
        {"completed", RequestStep::Closed},
        {"rejected", RequestStep::Closed},
        {"failed", RequestStep::Closed},
        {"cancelled", RequestStep::Closed},
    }};
    const auto found = std::ranges::find(table, status, &std::pair<std::string_view, RequestStep>::first);
    return found == table.end() ? RequestStep::Unknown : found->second;
}

/// The office's own word first, FHIR's where there is none that we know.
RequestStep step_of(const json& task, std::string_view code_system) {
    const json* business = member(task, "businessStatus");
    const json* codings = business == nullptr ? nullptr : member(*business, "coding");
    if (codings != nullptr && codings->is_array())
        for (const json& coding : *codings) {
            const auto* system = text_at(coding, "system");
            const auto* code = text_at(coding, "code");
            if (system == nullptr || code == nullptr || *system != code_system) continue;
            if (const auto step = request_step_named(*code); step != RequestStep::Unknown) return step;
        }
    const auto* status = text_at(task, "status");
    return status == nullptr ? RequestStep::Unknown : step_of_status(*status);
}

} // namespace

CentralResult<Listing> judge_listing(const HttpReply& reply, std::string_view type, std::string_view extension) {
    if (reply.end == HttpReply::End::Answered && reply.status == 304) return Listing{true, {}, {}, false};
    if (auto fault = fault_of(reply, Asked::Search)) return *fault;
    const auto bundle = resource_of(reply, "Bundle");
    if (!bundle) return unreadable(reply);
    Listing listing;
    if (reply.etag.size() <= longest_text) listing.tag = reply.etag;
    const bool read =
        for_entries(*bundle, type, [&](const json& resource) { packages_of(resource, extension, listing.packages); });
    if (!read) return unreadable(reply);
    listing.cut = has_more(*bundle);
    return listing;
}

CentralResult<std::vector<std::byte>> judge_binary(const HttpReply& reply) {
    if (auto fault = fault_of(reply, Asked::Search)) return *fault;
    std::optional<std::vector<std::byte>> bytes;
    if (reply.content_type == "application/fhir+json") {
        const auto binary = resource_of(reply, "Binary");
        const auto* data = binary ? text_at(*binary, "data") : nullptr;
        if (data != nullptr) bytes = base64_decoded(*data);
    } else {
        const auto raw = std::as_bytes(std::span(reply.body.data(), reply.body.size()));
        bytes.emplace(raw.begin(), raw.end());
    }
    if (!bytes) return unreadable(reply);
    return std::move(*bytes);
}

CentralResult<std::vector<FollowedRequest>> judge_tasks(const HttpReply& reply, std::string_view code_system,
                                                        bool by_identifier) {
    if (auto fault = fault_of(reply, Asked::Search)) return *fault;
    const auto bundle = resource_of(reply, "Bundle");
    if (!bundle) return unreadable(reply);
    std::vector<FollowedRequest> out;
    const bool read = for_entries(*bundle, "Task", [&](const json& task) {
        const RequestStep step = step_of(task, code_system);
        if (!by_identifier) {
            if (const auto* id = text_at(task, "id")) out.push_back({*id, step});
            return;
        }
        const json* identifiers = member(task, "identifier");
        if (identifiers == nullptr || !identifiers->is_array()) return;
        for (const json& identifier : *identifiers)
            if (const auto* value = text_at(identifier, "value")) out.push_back({*value, step});
    });
    if (!read) return unreadable(reply);
    return out;
}

} // namespace net::fhir
