// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/json_text.hpp"
#include "net/sandbox/outcome.hpp"

#include <string>
#include <vector>

namespace net::sandbox {

/// Is this a well-formed resource of a type this server takes? Checks element names, JSON types, cardinalities, the
/// formats of primitive types, the codes of required bindings, and a few invariants (FHIR R4). Not checked: profiles,
/// codes of extensible bindings, answers against their Questionnaire. At most twenty problems are listed.
/// `place` is the FHIRPath of the resource, "Bundle.entry[2].resource" for example; empty takes the resource's type.
[[nodiscard]] std::vector<Problem> check_resource(const Json& resource, const std::string& place = {});

/// 1 to 64 of A-Z a-z 0-9 - .
[[nodiscard]] bool is_id(std::string_view text);

} // namespace net::sandbox
