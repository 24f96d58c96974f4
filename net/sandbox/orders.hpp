// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/publish.hpp"

#include <string_view>

namespace net::sandbox {

/// What a file in the drop folder asks for, by its resourceType: Questionnaire and CommunicationRequest are published;
/// Parameters with `step` (as in the page's form: "under-review", …) and optionally `request` (the id of a Task) and
/// `reason` move a request along, the newest one where none is named.
[[nodiscard]] forms::Result<forms::Done, Refusal> carry_out(const Publisher& publisher, std::string_view text);

} // namespace net::sandbox
