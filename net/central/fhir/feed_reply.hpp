// SPDX-License-Identifier: EUPL-1.2
// What answers to the questions of the feed say. Pure functions; faults come from the one table in reply.cpp.
#pragma once
#include "net/central/central_feed.hpp"
#include "net/http/http_client.hpp"

#include <string_view>

namespace net::fhir {

/// A searchset whose resources of `type` carry the extension `extension`.
[[nodiscard]] CentralResult<Listing> judge_listing(const HttpReply& reply, std::string_view type,
                                                   std::string_view extension);
/// A Binary, as the resource or as what it holds.
[[nodiscard]] CentralResult<std::vector<std::byte>> judge_binary(const HttpReply& reply);
/// A searchset of Tasks. A Task's reference is its logical id; `code_system` is that of its businessStatus.
[[nodiscard]] CentralResult<std::vector<FollowedRequest>> judge_tasks(const HttpReply& reply,
                                                                      std::string_view code_system, bool by_identifier);

} // namespace net::fhir
