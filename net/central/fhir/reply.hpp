// SPDX-License-Identifier: EUPL-1.2
// What the content of an answer of a FHIR server proves. Pure functions; ends and statuses: answer_table.hpp.
#pragma once
#include "net/central/central_system.hpp"
#include "net/central/fhir/answer_table.hpp"
#include "net/central/fhir/bundle.hpp"
#include "net/http/http_client.hpp"

#include <span>
#include <string>
#include <string_view>

namespace net::fhir {

/// An answer to the transaction Bundle. Delivered only with 200 or 201, FHIR JSON, a parsed transaction-response and
/// one 200 or 201 answer per entry; `task_entry` is the place of the Task, whose id becomes the reference.
/// `asked`: Transaction, or Place when this is the answer where a 202 said to ask.
[[nodiscard]] CentralResult<Delivered> judge_transaction(const HttpReply& reply, Asked asked, std::size_t entries,
                                                         std::size_t task_entry, std::string_view fallback_reference);
/// An answer to the PUT of a scan where nothing must be: 200 or 201, or 412 because it is there already.
[[nodiscard]] CentralResult<forms::Done> judge_part(const HttpReply& reply);

/// An answer to GET metadata: Address when a CapabilityStatement says `updateCreate` for each of `types`, otherwise,
/// and with any other answer, Condition.
[[nodiscard]] CreateBy judge_capability(const HttpReply& reply, std::span<const std::string_view> types);

/// An answer to a search by identifier: how many entries of `type` carry exactly this identifier, and the id of the
/// first.
struct Match {
    std::size_t count = 0;
    std::string id;
};
[[nodiscard]] CentralResult<Match> judge_search(const HttpReply& reply, std::string_view type, std::string_view system,
                                                std::string_view value);
/// An answer to a read by id: there or not.
[[nodiscard]] CentralResult<bool> judge_read(const HttpReply& reply);

} // namespace net::fhir
