// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"
#include "kiosk/text/words.hpp"

#include <optional>

namespace kiosk {

/// What looks mistyped in a codice fiscale (decree of 23 December 1976, n. 13813). A hint to look once more, never an
/// error: a code may rightly differ from what one would expect, and nobody is kept from asking for help. Nothing is
/// ever put into an answer from it. Date of birth and names count when they are asked beside the code; the sex in a
/// code is the registry's and nobody is asked about it. None when `question` does not ask for a codice fiscale, is
/// empty, or all fits. `today`: complete.
[[nodiscard]] std::optional<Text> code_advice(const forms::Draft& draft, const forms::Path& question,
                                              const forms::PartialDate& today);

} // namespace kiosk
