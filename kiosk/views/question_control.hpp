// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <optional>

namespace kiosk {

/// The part of a question that holds its answer.
void add_control(Flow& flow, const QuestionScreen& screen);

/// "Per esempio: 27 3 1985", where the control has one.
void add_example(Flow& flow, const QuestionScreen& screen);

struct Typing {
    Keyboard keyboard = Keyboard::Letters;
    bool lines = false;
};
/// What the question's field wants to be typed with; empty when there is nothing to type.
[[nodiscard]] std::optional<Typing> typing_of(const QuestionScreen& screen);

} // namespace kiosk
