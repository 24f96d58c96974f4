// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/desk_issue.hpp"
#include "net/http/http_client.hpp"
#include "net/ipc/submission.hpp"

#include <vector>

namespace net::fhir {

/// The errors of an OperationOutcome (FHIR R4 §2.41) about this request, each with the resource and the question its
/// `expression` points to: "Bundle.entry[2].resource.item[0].answer.item[1]", "QuestionnaireResponse.item[3]", or with
/// `where(linkId='…')` in the place of an index. Texts of the server are never read. Empty when the answer is no
/// OperationOutcome. Pure.
[[nodiscard]] std::vector<DeskIssue> desk_issues(const HttpReply& reply, const Submission& submission);

} // namespace net::fhir
