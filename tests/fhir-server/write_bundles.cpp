// SPDX-License-Identifier: EUPL-1.2
// fhir_bundles FOLDER   writes the Bundle that the sender would send for each kind of request, one file a kind.
#include "net/central/fhir/bundle.hpp"
#include "tests/doubles/submissions.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory_resource>
#include <string>
#include <vector>

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
    const net::Submission example = tests::daughter_speaks(memory);
    for (int i = 0; i < number; ++i) submission.attachments.push_back(example.attachments.front());
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
    const std::string picture = tests::one_pixel();
    net::SecretBytes bytes(memory);
    for (const char c : picture) bytes.push_back(static_cast<std::byte>(c));
    return bytes;
}

bool write(const std::filesystem::path& folder, const char* name, const net::Submission& submission) {
    const std::vector<net::SecretBytes> files(submission.attachments.size(), pixels());
    const auto bundle = net::fhir::build_bundle(submission, files);
    if (!bundle) {
        std::cerr << name << ": no Bundle\n";
        return false;
    }
    std::ofstream file(folder / (std::string(name) + ".json"), std::ios::binary);
    file.write(bundle->data(), static_cast<std::streamsize>(bundle->size()));
    file.close();
    return file.good();
}

} // namespace

int main(int count, char** values) {
    if (count != 2) {
        std::cerr << "usage: fhir_bundles FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = values[1];
    std::filesystem::create_directories(folder);
    const bool all = write(folder, "person", tests::plain(memory, id("person"))) &&
                     write(folder, "person-with-code", with_code(tests::plain(memory, id("code")))) &&
                     write(folder, "declarant", with_declarant(tests::plain(memory, id("declarant")))) &&
                     write(folder, "anonymous", tests::anonymous(memory, id("anonymous"))) &&
                     write(folder, "two-scans", with_scans(tests::plain(memory, id("scans")), 2)) &&
                     write(folder, "consent-given", with_consent(tests::plain(memory, id("given")), true)) &&
                     write(folder, "consent-refused", with_consent(tests::plain(memory, id("refused")), false)) &&
                     write(folder, "everything", tests::daughter_speaks(memory));
    return all ? 0 : 1;
}
