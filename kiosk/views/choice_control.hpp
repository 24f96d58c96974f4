// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/views/asked.hpp"

namespace kiosk {

/// Rows under each other; side by side where the author wants it and the words fit; or folded behind what is chosen.
void add_choice(Flow& flow, const Asked& asked, const ChoiceControl& control);

/// Questions as rows and their common options as columns, or the other way round, as `screen.table` says. False, with
/// nothing added, when it says neither or the words do not fit.
bool add_choice_table(Flow& flow, const QuestionScreen& screen);

/// Where the focus goes that is sent to this question.
[[nodiscard]] std::string first_key(const ChoiceControl& control, std::string_view question);

} // namespace kiosk
