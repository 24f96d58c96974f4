// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"
#include "kiosk/model/question_part.hpp"
#include "kiosk/model/screens.hpp"

namespace kiosk {

/// A display item as it is shown at its place: what an expression says, else its marked wording where the form gives
/// one; and what the text is for.
[[nodiscard]] TextBlock text_block(const forms::Draft& draft, const forms::Path& place, const PageVoice& voice);
/// The addresses that explain a question. Nothing on this terminal opens them: they are read, or written down.
[[nodiscard]] std::optional<TextBlock> links_block(const forms::Item& item, const PageVoice& voice);

} // namespace kiosk
