// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/access/channel.hpp"
#include "net/central/central_feed.hpp"

#include <memory_resource>
#include <string>

namespace net {

/// Where and what to ask. Systems are stems of our own names, never fetched.
struct FhirFeedSettings {
    std::string base_uri;
    std::string context = "kiosk"; ///< code in <base_uri>/CodeSystem/use-context that marks forms for terminals
    std::string since;             ///< FHIR date; definitions dated before are not asked for. Empty: all
};

/// The FHIR R4 side of it (hl7.org/fhir/R4: http.html#search, #cread; questionnaire.html#search):
///   Questionnaire?context=…&date=ge…&_elements=url,version,date,status,extension
///   CommunicationRequest?category=<base_uri>/CodeSystem/message|public-notice&_elements=identifier,status,extension
/// with If-None-Match. Each resource carries the extension <base_uri>/StructureDefinition/signed-package (an Attachment
/// whose url is Binary/<id> and whose hash is the SHA-1 of the package); the Binary holds the signed bytes. What else
/// the listing says is not believed.
///   Task?_id=a,b,c  and  Task?identifier=…  with _elements=identifier,status,businessStatus
/// Thread: one.
class FhirFeed final : public CentralFeed {
public:
    /// As FhirCentral.
    FhirFeed(FhirFeedSettings settings, ChannelSettings channel, const forms::Clock& clock, ClockFloor& floor,
             Chance& chance, std::pmr::memory_resource* memory);

    CentralResult<Listing> list(PackageKind kind, const std::string& tag, std::stop_token stop) override;
    CentralResult<std::vector<std::byte>> fetch(const PublishedPackage& package, std::stop_token stop) override;
    CentralResult<std::vector<FollowedRequest>> follow(std::span<const std::string> references,
                                                       std::stop_token stop) override;
    void start_afresh() override { client_.forget_connections(); }

private:
    FhirFeedSettings settings_;
    std::string base_url_;
    Channel client_;
    std::pmr::memory_resource* memory_;
};

} // namespace net
