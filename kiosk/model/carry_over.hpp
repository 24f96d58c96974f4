// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

namespace kiosk {

/// Takes the answers of `from` over into `into`, a draft of another wording of the same form: what has the same linkIds
/// on its way and still is an answer there stays, half-typed text too; the rest is left out. For a form's author, who
/// goes on where they were after each change. No report: nobody's request depends on it.
void carry_over(const forms::Draft& from, forms::Draft& into);

} // namespace kiosk
