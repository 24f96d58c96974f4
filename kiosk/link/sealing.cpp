// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/sealing.hpp"

namespace kiosk {

forms::Result<net::SealedRequest, net::SealFault> seal_request(const FrozenRequest& request, const net::PublicKey& to) {
    const net::Text body = net::encode_submission(request.submission);
    std::vector<std::span<const std::byte>> parts = {std::as_bytes(std::span(body.data(), body.size()))};
    parts.insert(parts.end(), request.files.begin(), request.files.end());
    return net::seal(request.submission.id, to, parts);
}

} // namespace kiosk
