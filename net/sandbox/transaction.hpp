// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/sandbox/json_text.hpp"
#include "net/sandbox/outcome.hpp"
#include "net/sandbox/records.hpp"

namespace net::sandbox {

inline constexpr std::size_t most_entries = 500;

/// A Bundle of type transaction (FHIR R4 §3.1.0.11.2): all of it or nothing, in one transaction of the store. Entries
/// are POST, also with ifNoneExist, and PUT, also with ifMatch and ifNoneMatch. `urn:uuid:` references between the
/// entries are replaced by where the resources ended; a reference that leads nowhere is refused. `with_resources`: the
/// answer carries the stored resources (Prefer: return=representation).
forms::Result<Json, Refusal> run_transaction(Records& records, const Json& bundle, bool with_resources);

} // namespace net::sandbox
