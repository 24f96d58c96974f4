// SPDX-License-Identifier: EUPL-1.2
// Renews the Bundles in tests/samples/bundles: `net_write_bundles FOLDER`. Never part of a test run.
#include "net/central/fhir/bundle.hpp"
#include "tests/doubles/submissions.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: net_write_bundles FOLDER\n", stderr);
        return 2;
    }
    for (const auto& sample : tests::bundle_samples(std::pmr::get_default_resource())) {
        const auto bundle = net::fhir::build_bundle(sample.submission, sample.files);
        std::ofstream out(std::filesystem::path(argv[1]) / (sample.name + ".json"), std::ios::binary);
        if (!bundle || !(out << *bundle << '\n').flush()) {
            std::fprintf(stderr, "%s was not written\n", sample.name.c_str());
            return 1;
        }
    }
    return 0;
}
