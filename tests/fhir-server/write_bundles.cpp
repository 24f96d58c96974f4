// SPDX-License-Identifier: EUPL-1.2
// fhir_bundles FOLDER   writes the Bundle that the sender would send for each kind of request, one file a kind.
#include "net/central/fhir/bundle.hpp"
#include "tests/fhir-server/requests.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

int main(int count, char** values) {
    if (count != 2) {
        std::cerr << "usage: fhir_bundles FOLDER\n";
        return 2;
    }
    const std::filesystem::path folder = values[1];
    std::filesystem::create_directories(folder);
    for (const tests::NamedRequest& request : tests::kinds_of_request()) {
        const auto bundle = net::fhir::build_bundle(request.submission, request.files);
        if (!bundle) {
            std::cerr << request.name << ": no Bundle\n";
            return 1;
        }
        std::ofstream file(folder / (request.name + ".json"), std::ios::binary);
        file.write(bundle->data(), static_cast<std::streamsize>(bundle->size()));
        file.close();
        if (!file.good()) {
            std::cerr << request.name << ": not written\n";
            return 1;
        }
    }
    return 0;
}
