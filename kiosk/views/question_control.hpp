// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/views/asked.hpp"
#include "kiosk/widgets/text_field.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// The part of a question that holds its answer.
void add_control(Flow& flow, const Asked& asked);

/// "Per esempio: 27 3 1985", where the control has one.
void add_example(Flow& flow, const Asked& asked);

/// The field `suffix` of the question ("" or ".other"), with its error and hint.
[[nodiscard]] FieldSpec field_spec(const Asked& asked, std::string_view suffix, std::string_view label,
                                   const TextContent& content);

struct Typing {
    Keyboard keyboard = Keyboard::Letters;
    bool lines = false;
};
/// What the field that is written into wants to be typed with; empty when there is nothing to type on the page.
[[nodiscard]] std::optional<Typing> typing_of(const QuestionScreen& screen, std::string_view active_field);

/// The control that an error leads to: fields stand for themselves, a choice is entered by an option.
[[nodiscard]] std::string field_to_focus(const QuestionScreen& screen, std::string_view field_key);

} // namespace kiosk
