// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/fhir_feed.hpp"

#include "net/central/fhir/bundle.hpp"
#include "net/central/fhir/feed_reply.hpp"

#include <algorithm>
#include <utility>

namespace net {
namespace {

constexpr std::string_view most_listed = "200";

/// A reference that is our own identifier of the Task, because the server told no id.
bool is_identifier(std::string_view reference) { return reference.size() > 36 && reference.ends_with("-task"); }

std::string joined(const std::vector<std::string>& values) {
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : ",") + fhir::url_encoded(value);
    return out;
}

} // namespace

FhirFeed::FhirFeed(FhirFeedSettings settings, ChannelSettings channel, const forms::Clock& clock, ClockFloor& floor,
                   Chance& chance, std::pmr::memory_resource* memory)
    : settings_(std::move(settings)), base_url_(channel.base_url),
      client_(std::move(channel), clock, floor, chance, memory), memory_(memory) {}

CentralResult<Listing> FhirFeed::list(PackageKind kind, const std::string& tag, std::stop_token stop) {
    const bool forms = kind == PackageKind::Definition;
    const std::string type = forms ? "Questionnaire" : "CommunicationRequest";
    HttpRequest search;
    search.url = base_url_ + "/" + type + "?";
    if (forms) {
        search.url +=
            "context=" + fhir::url_encoded(settings_.base_uri + "/CodeSystem/use-context|" + settings_.context);
        if (!settings_.since.empty()) search.url += "&date=ge" + fhir::url_encoded(settings_.since);
        search.url += "&_elements=url,version,date,status,extension";
    } else {
        search.url += "category=" + fhir::url_encoded(settings_.base_uri + "/CodeSystem/message|public-notice");
        search.url += "&_elements=identifier,status,extension";
    }
    search.url += "&_count=";
    search.url += most_listed;
    if (!tag.empty()) search.headers.push_back("If-None-Match: " + tag);
    return fhir::judge_listing(client_.ask(search, memory_, std::move(stop)), type,
                               settings_.base_uri + "/StructureDefinition/signed-package");
}

CentralResult<std::vector<std::byte>> FhirFeed::fetch(const PublishedPackage& package, std::stop_token stop) {
    HttpRequest read;
    read.url = base_url_ + "/Binary/" + package.place;
    return fhir::judge_binary(client_.ask(read, memory_, std::move(stop)));
}

CentralResult<std::vector<FollowedRequest>> FhirFeed::follow(std::span<const std::string> references,
                                                             std::stop_token stop) {
    std::vector<std::string> ids, identifiers;
    for (const std::string& reference : references.first(std::min(references.size(), most_followed_at_once)))
        (is_identifier(reference) ? identifiers : ids).push_back(reference);
    std::vector<FollowedRequest> found;
    for (const bool by_identifier : {false, true}) {
        const auto& wanted = by_identifier ? identifiers : ids;
        if (wanted.empty()) continue;
        HttpRequest search;
        search.url = base_url_ + "/Task?" + (by_identifier ? "identifier=" : "_id=") + joined(wanted) +
                     "&_elements=identifier,status,businessStatus&_count=100";
        auto some = fhir::judge_tasks(client_.ask(search, memory_, stop),
                                      settings_.base_uri + "/CodeSystem/request-status", by_identifier);
        if (!some.ok()) return some.error();
        for (FollowedRequest& each : some.value())
            if (std::ranges::find(wanted, each.reference) != wanted.end()) found.push_back(std::move(each));
    }
    return found;
}

} // namespace net
