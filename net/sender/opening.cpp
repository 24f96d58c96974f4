// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/opening.hpp"

namespace net {

forms::Result<OpenedRequest, Reason> open_request(const SealedRequest& sealed, const KeyRing& ring,
                                                  std::pmr::memory_resource* memory) {
    auto parts = unseal(sealed, ring, memory);
    if (!parts.ok()) return Reason::SealBroken;
    const SecretBytes& body = parts.value().front();
    auto submission = decode_submission({reinterpret_cast<const char*>(body.data()), body.size()}, memory);
    if (!submission.ok() || submission.value().id != sealed.id ||
        submission.value().attachments.size() + 1 != parts.value().size())
        return Reason::NotASubmission;
    OpenedRequest opened{std::move(submission).value(), {}};
    for (std::size_t i = 1; i < parts.value().size(); ++i) {
        if (static_cast<std::size_t>(opened.submission.attachments[i - 1].size) != parts.value()[i].size())
            return Reason::NotASubmission;
        opened.files.push_back(std::move(parts.value()[i]));
    }
    return opened;
}

} // namespace net
