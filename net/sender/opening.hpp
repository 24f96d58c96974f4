// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/outbox/courier.hpp"
#include "net/seal/key_ring.hpp"

#include <memory_resource>

namespace net {

/// Opens the seal and reads the submission inside. The reason says why it cannot be sent by anybody.
[[nodiscard]] forms::Result<OpenedRequest, Reason> open_request(const SealedRequest& sealed, const KeyRing& ring,
                                                                std::pmr::memory_resource* memory);

} // namespace net
