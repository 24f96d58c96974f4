// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/submission.hpp"
#include "net/seal/sealed_request.hpp"

#include <optional>
#include <string>
#include <string_view>
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
/// One of these kinds, or one that only the sender can show: `large-scans`, whose scans travel before the record;
/// `spoilt`, in whose second answer is an element that FHIR does not have. Nothing for any other name.
[[nodiscard]] std::optional<NamedRequest> request_named(std::string_view name);

} // namespace tests
