// SPDX-License-Identifier: EUPL-1.2
#include "tests/fhir-server/requests.hpp"

#include "forms/base/digest.hpp"
#include "tests/doubles/submissions.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <utility>

namespace tests {
namespace {

std::pmr::memory_resource* const memory = std::pmr::new_delete_resource(); // nothing here is anybody's

forms::Uuid id(const char* name) {
    return forms::Uuid::named(*forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e11"), name);
}

net::Submission with_code(net::Submission submission) {
    submission.subject_kind = net::Submission::SubjectKind::Identified;
    submission.subject_system = "urn:oid:2.16.840.1.113883.2.9.4.3.2";
    submission.subject_value = "BNCMRA80A41H501X";
    return submission;
}

net::Submission with_declarant(net::Submission submission) {
    auto& declarant = submission.declarant.emplace(memory);
    declarant.full_name = "Élise Bérard";
    declarant.relationship = "vicina di casa";
    return submission;
}

/// The same picture so often: the copies must not be taken for one.
net::Submission with_scans(net::Submission submission, int number) {
    const net::Submission example = daughter_speaks(memory);
    for (int i = 0; i < number; ++i)
        submission.attachments.push_back(example.attachments.front());
    return submission;
}

net::Submission with_consent(net::Submission submission, bool given) {
    net::Submission::Consent consent(memory);
    consent.purpose = "consent-sharing";
    consent.given = given;
    submission.consents.push_back(std::move(consent));
    return submission;
}

net::SecretBytes pixels() {
    net::SecretBytes bytes(memory);
    for (const char c : one_pixel())
        bytes.push_back(static_cast<std::byte>(c));
    return bytes;
}

/// Bytes that no compression, coding or cut leaves as they are without being noticed; each scan has others.
net::SecretBytes noise(std::size_t size, std::uint32_t seed) {
    net::SecretBytes bytes(size, memory);
    for (std::byte& byte : bytes) {
        seed = seed * 1664525 + 1013904223; // Knuth's: only that it does not repeat matters here
        byte = static_cast<std::byte>(seed >> 24);
    }
    return bytes;
}

NamedRequest large_scans() {
    NamedRequest request{"large-scans", with_scans(plain(memory, id("large")), 2), {}};
    for (std::size_t i = 0; i < 2; ++i) {
        request.files.push_back(noise(200'000 + i * 100'000, static_cast<std::uint32_t>(i)));
        auto& attachment = request.submission.attachments[i];
        const net::SecretBytes& bytes = request.files.back();
        attachment.sha1_base64 =
            forms::base64(forms::sha1({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
        attachment.size = static_cast<std::int64_t>(bytes.size());
    }
    return request;
}

NamedRequest spoilt() {
    NamedRequest request{"spoilt", plain(memory, id("spoilt")), {}};
    std::string response(request.submission.response);
    const std::string last = "}]}]}";
    response.replace(response.rfind(last), last.size(),
                     R"(}]},{"linkId":"5","text":"Telefono","answer":[{"valueString":"1","wrong":true}]}]})");
    request.submission.response = response;
    return request;
}

} // namespace

std::vector<NamedRequest> kinds_of_request() {
    std::vector<NamedRequest> all;
    const auto add = [&](const char* name, net::Submission submission) {
        const std::vector<net::SecretBytes> files(submission.attachments.size(), pixels());
        all.push_back({name, std::move(submission), files});
    };
    add("person", plain(memory, id("person")));
    add("person-with-code", with_code(plain(memory, id("code"))));
    add("declarant", with_declarant(plain(memory, id("declarant"))));
    add("anonymous", anonymous(memory, id("anonymous")));
    add("two-scans", with_scans(plain(memory, id("scans")), 2));
    add("consent-given", with_consent(plain(memory, id("given")), true));
    add("consent-refused", with_consent(plain(memory, id("refused")), false));
    add("everything", daughter_speaks(memory));
    return all;
}

std::optional<NamedRequest> request_named(std::string_view name) {
    if (name == "large-scans") return large_scans();
    if (name == "spoilt") return spoilt();
    const auto all = kinds_of_request();
    const auto found = std::ranges::find(all, name, &NamedRequest::name);
    return found == all.end() ? std::nullopt : std::optional(*found);
}

} // namespace tests
