// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/submission.hpp"

#include "net/seal/sealed_request.hpp"

#include <memory_resource>
#include <string>
#include <vector>

namespace tests {

/// The published example of a request: Bianca Rossi speaks for her father Mario, one scan. All invented.
[[nodiscard]] net::Submission daughter_speaks(std::pmr::memory_resource* memory);
/// Nobody is named.
[[nodiscard]] net::Submission anonymous(std::pmr::memory_resource* memory, const forms::Uuid& id);
/// A person without any code, nobody else, no scan: what most tests send.
[[nodiscard]] net::Submission plain(std::pmr::memory_resource* memory, const forms::Uuid& id);
/// The pixels of the scan.
[[nodiscard]] std::string one_pixel();

/// The requests whose Bundles lie in tests/samples/bundles, each beside its name.
struct BundleSample {
    std::string name;
    net::Submission submission;
    std::vector<net::SecretBytes> files;
};
[[nodiscard]] std::vector<BundleSample> bundle_samples(std::pmr::memory_resource* memory);

} // namespace tests
