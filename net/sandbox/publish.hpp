// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/sandbox/outcome.hpp"
#include "net/sandbox/records.hpp"
#include "net/seal/signed_package.hpp"

#include <string_view>

namespace net::sandbox {

/// What stands for the owner of the forms and the publisher of the notices: one demo key for both.
struct Publisher {
    Records& records;
    const Signer& signer;
};

/// Offers a Questionnaire, or a notice as a CommunicationRequest, to the terminals: the bytes as they are, signed, in a
/// Binary; and the resource itself, so that it can be searched, with the extension that leads to the package
/// (<base_uri>/StructureDefinition/signed-package). What is there under the same url and version, or the same
/// identifier, is replaced. The same bytes again make no new package.
[[nodiscard]] forms::Result<forms::Done, Refusal> publish(const Publisher& publisher, std::string_view resource);

/// The signed bytes that a listed resource leads to: what its publisher wrote. Nothing when it was put there by
/// somebody else.
[[nodiscard]] std::optional<std::string> published_text(Records& records, const Json& listed);

} // namespace net::sandbox
