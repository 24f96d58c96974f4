// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/submission.hpp"
#include "net/seal/sealed_request.hpp"

#include <string>
#include <vector>

namespace tests {

/// One kind of request that a terminal can send, with its scans in clear. All invented.
struct NamedRequest {
    std::string name;
    net::Submission submission;
    std::vector<net::SecretBytes> files;
};

/// Every kind: the person themselves with and without a code, a declarant, nobody named, scans, consents, all together.
[[nodiscard]] std::vector<NamedRequest> kinds_of_request();

} // namespace tests
