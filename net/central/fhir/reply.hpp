// SPDX-License-Identifier: EUPL-1.2
// What an answer of a FHIR server proves. Pure functions; the one table of replies in the program.
#pragma once
#include "net/central/central_system.hpp"
#include "net/http/http_client.hpp"

#include <string>
#include <string_view>

namespace net::fhir {

/// An answer to the transaction Bundle. Delivered only with 200 or 201, FHIR JSON, a parsed transaction-response and
/// one 200 or 201 answer per entry; `task_entry` is the place of the Task, whose id becomes the reference.
[[nodiscard]] CentralResult<Delivered> judge_transaction(const HttpReply& reply, std::size_t entries,
                                                         std::size_t task_entry, std::string_view fallback_reference);
/// An answer to a PUT of one resource: 200 or 201.
[[nodiscard]] CentralResult<Delivered> judge_update(const HttpReply& reply);

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
