// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/link/submission_builder.hpp"
#include "net/seal/sealed_request.hpp"

namespace kiosk {

/// The whole request, sealed to the sender's key: from here on nobody on this side can read it. TooLarge beyond the
/// limits of a request (10 attachments of 20 MiB, 60 MiB together; 8 MiB without them).
[[nodiscard]] forms::Result<net::SealedRequest, net::SealFault> seal_request(const FrozenRequest& request,
                                                                             const net::PublicKey& to);

} // namespace kiosk
