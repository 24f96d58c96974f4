// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/publish.hpp"

#include "forms/base/digest.hpp"
#include "net/sandbox/resource_check.hpp"
#include "net/sandbox/web_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace net::sandbox {
namespace {

constexpr std::size_t head_of_package = 41 + 64; // as in net/seal/signed_package.hpp

std::string extension_url(const Records& records) { return records.base_uri() + "/StructureDefinition/signed-package"; }

/// The search for what this one replaces, and the name that is signed with it.
struct Named {
    Query query;
    PackageKind kind;
    std::string name;
};

forms::Result<Named, Refusal> name_of(const Json& resource) {
    const std::string type = text_of(resource, "resourceType");
    if (type == "Questionnaire") {
        const std::string url = text_of(resource, "url");
        if (url.empty()) return refuse(422, IssueCode::Invalid, "A form needs a url", "Questionnaire.url");
        Named named{Query{type}, PackageKind::Definition, url};
        named.query.conditions.push_back({"url", {{std::string(), url}}});
        if (const std::string version = text_of(resource, "version"); !version.empty())
            named.query.conditions.push_back({"version", {{std::string(), version}}});
        return named;
    }
    if (type == "CommunicationRequest") {
        const Json* identifiers = member_of(resource, "identifier");
        const bool there = identifiers != nullptr && identifiers->is_array() && !identifiers->empty();
        const std::string system = there ? text_of(identifiers->front(), "system") : std::string();
        const std::string value = there ? text_of(identifiers->front(), "value") : std::string();
        if (system.empty() || value.empty())
            return refuse(422, IssueCode::Invalid, "A notice needs an identifier with system and value",
                          "CommunicationRequest.identifier");
        Named named{Query{type}, PackageKind::Notice, system + '|' + value};
        named.query.conditions.push_back({"identifier", {{system, value}}});
        return named;
    }
    return refuse(422, IssueCode::Invalid, "Only a Questionnaire or a CommunicationRequest can be published");
}

const Json* package_of(const Json& resource, const std::string& url) {
    const Json* extensions = member_of(resource, "extension");
    if (extensions == nullptr || !extensions->is_array()) return nullptr;
    for (const Json& one : *extensions)
        if (text_of(one, "url") == url) return member_of(one, "valueAttachment");
    return nullptr;
}

std::string_view chars_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// What a search finds it by, where the file does not say so: it is for terminals.
void mark_for_search(Json& resource, const std::string& base_uri) {
    const bool form = text_of(resource, "resourceType") == "Questionnaire";
    const Json coding = {{"system", base_uri + (form ? "/CodeSystem/use-context" : "/CodeSystem/message")},
                         {"code", form ? "kiosk" : "public-notice"}};
    const Json meant = {{"coding", Json::array({coding})}};
    if (!form) {
        if (!resource.contains("category")) resource["category"] = Json::array();
        auto& all = resource["category"];
        if (std::find(all.begin(), all.end(), meant) == all.end()) all.push_back(meant);
        return;
    }
    if (!resource.contains("useContext")) resource["useContext"] = Json::array();
    resource["useContext"].push_back(
        {{"code", {{"system", "http://terminology.hl7.org/CodeSystem/usage-context-type"}, {"code", "venue"}}},
         {"valueCodeableConcept", meant}});
}

} // namespace

std::optional<std::string> published_text(Records& records, const Json& listed) {
    const Json* attachment = package_of(listed, extension_url(records));
    if (attachment == nullptr) return std::nullopt;
    const std::string place = text_of(*attachment, "url");
    constexpr std::string_view folder = "Binary/";
    if (!place.starts_with(folder)) return std::nullopt;
    auto binary = records.read("Binary", place.substr(folder.size()));
    if (!binary.ok() || !binary.value()) return std::nullopt;
    const auto resource = read_json(binary.value()->body);
    if (!resource.ok()) return std::nullopt;
    auto package = base64_decoded(text_of(resource.value(), "data"));
    if (!package || package->size() < head_of_package) return std::nullopt;
    return package->substr(head_of_package);
}

forms::Result<forms::Done, Refusal> publish(const Publisher& publisher, std::string_view text) {
    Records& records = publisher.records;
    auto read = read_json(text);
    if (!read.ok()) return refuse(read.error());
    Json& resource = read.value();
    auto named = name_of(resource);
    if (!named.ok()) return named.error();
    if (auto problems = check_resource(resource); !problems.empty()) return Refusal{422, std::move(problems)};

    StoreTransaction transaction(records.store());
    if (auto begun = transaction.begin(); !begun.ok()) return refuse(begun.error());
    auto found = records.find(named.value().query);
    if (!found.ok()) return found.error();
    std::string id = records.new_uuid();
    if (!found.value().empty()) {
        id = found.value().front().id;
        const auto before = read_json(found.value().front().body);
        if (before.ok() && published_text(records, before.value()) == text) return forms::Done{};
    }
    const PackageHead head{named.value().kind, subject_of(named.value().kind, named.value().name),
                           static_cast<std::uint64_t>(std::max<std::int64_t>(records.now(), 0))};
    const auto package = publisher.signer.sign(head, std::as_bytes(std::span(text.data(), text.size())));
    if (package.size() > largest_package)
        return refuse(422, IssueCode::TooLong, "The resource is too large for a package");
    const std::string_view bytes = chars_of(package);
    const std::string binary_id = records.new_uuid();
    const std::span<const std::uint8_t> raw(reinterpret_cast<const std::uint8_t*>(package.data()), package.size());
    Json binary = {{"resourceType", "Binary"},
                   {"id", binary_id},
                   {"contentType", "application/octet-stream"},
                   {"data", forms::base64(raw)}};
    auto stored = records.update(std::move(binary), binary_id, {});
    if (!stored.ok()) return stored.error();

    mark_for_search(resource, records.base_uri());
    if (!resource.contains("extension")) resource["extension"] = Json::array();
    auto& extensions = resource["extension"];
    const std::string url = extension_url(records);
    extensions.erase(std::remove_if(extensions.begin(), extensions.end(),
                                    [&](const Json& one) { return text_of(one, "url") == url; }),
                     extensions.end());
    extensions.push_back({{"url", url},
                          {"valueAttachment",
                           {{"contentType", "application/octet-stream"},
                            {"url", "Binary/" + binary_id},
                            {"size", static_cast<std::int64_t>(package.size())},
                            {"hash", forms::base64(forms::sha1(bytes))}}}});
    auto saved = records.update(std::move(resource), id, {});
    if (!saved.ok()) return saved.error();
    if (auto done = transaction.commit(); !done.ok()) return refuse(done.error());
    return forms::Done{};
}

} // namespace net::sandbox
