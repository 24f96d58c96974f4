// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/engine/draft.hpp"
#include "net/ipc/submission.hpp"
#include "net/runtime/config.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// What a request says about the visit, beside the answers.
struct VisitFacts {
    forms::Uuid request; ///< made when the form was opened
    std::string language;
    forms::WallTime start, end;
    std::string operator_id; ///< empty: the person was alone at the terminal
    /// One of `net::identity_documents` that a member of the staff has seen; empty: none was stated.
    std::string identity_document;
};

/// One scan of the visit's store.
struct ScannedFile {
    static constexpr int loose = -1; ///< belongs to no question: sent after the others
    int index = loose;               ///< `AttachmentRef::index` of the answer it belongs to
    std::string content_type, title;
    std::string kind = "document", kind_display = "Documento"; ///< of our code system document-type
    std::string created;                                       ///< FHIR dateTime; empty: the end of the visit
    std::span<const std::byte> bytes;
};

/// Everything to be sealed: part 0 is `encode_submission(submission)`, then `files` in their order.
struct FrozenRequest {
    net::Submission submission;
    std::vector<std::span<const std::byte>> files; ///< only those an enabled answer points to, and the loose ones
};

/// Freezes a draft: only enabled answers, the person named by the best number there is (codice fiscale,
/// then STP, then ENI, as the registry writes them; what is no such code names nobody), a declarant only when somebody
/// else speaks, no name and no consent for who chose to stay anonymous. All in the draft's memory. A pure function.
/// Fails with everything that keeps the draft from being complete.
[[nodiscard]] forms::Result<FrozenRequest, std::vector<forms::Issue>> freeze(const forms::Draft& draft,
                                                                             const VisitFacts& visit,
                                                                             const net::Config& config,
                                                                             std::span<const ScannedFile> scans = {});

} // namespace kiosk
