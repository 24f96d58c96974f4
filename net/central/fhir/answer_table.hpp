// SPDX-License-Identifier: EUPL-1.2
// The left-hand column of the table of answers (threat model §7): how an exchange ended and with which status, to the
// one Fault it means. What is done about it: net/outbox/decisions.hpp. Pure.
#pragma once
#include "net/central/central_system.hpp"
#include "net/http/http_client.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace net::fhir {

/// What was asked. The same status says different things at different places.
enum class Asked {
    Transaction, ///< POST at the base
    Part,        ///< HEAD or PUT of a scan, ahead of the record: a refusal of the place is about this request
    Search,      ///< GET of a type with a condition
    Place,       ///< GET where a 202 said to: what is not there any more is no fault of the address we were given
};

/// Nothing: 200 or 201, and the content decides (reply.hpp).
[[nodiscard]] std::optional<CentralError> fault_of(const HttpReply& reply, Asked asked);

/// The place a 202 named, as a whole address; empty when it is none on the host (scheme, name and port) of `base`:
/// that would be a redirect in disguise. At most 1,000 bytes.
[[nodiscard]] std::string place_on_same_host(std::string_view base, std::string_view location);

} // namespace net::fhir
