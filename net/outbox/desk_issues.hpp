// SPDX-License-Identifier: EUPL-1.2
// What the central system complained of, kept for the desk. A path names questions and with them the form, which nobody
// who holds the disk may learn (threat model §5): the complaints are sealed to the sender's own key, like the request.
#pragma once
#include "net/central/desk_issue.hpp"
#include "net/seal/sealed_request.hpp"

#include <memory_resource>
#include <span>
#include <vector>

namespace net {

/// The complaints as `NewsFacts::issues` takes them; empty when there are none. At most `most_desk_issues` are kept.
[[nodiscard]] Bytes seal_issues(std::span<const DeskIssue> issues, const forms::Uuid& request, const PublicKey& to,
                                std::pmr::memory_resource* memory);

/// What `Outbox::issues` gave, opened again. No bytes: no complaints. Fails as `unseal` does, and with Broken when the
/// inside is no list of complaints about `request`.
[[nodiscard]] forms::Result<std::vector<DeskIssue>, SealFault> open_issues(std::span<const std::byte> sealed,
                                                                           const forms::Uuid& request,
                                                                           const KeyRing& ring,
                                                                           std::pmr::memory_resource* memory);

} // namespace net
