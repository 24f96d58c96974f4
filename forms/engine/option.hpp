// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/value.hpp"
#include "forms/engine/words.hpp"

#include <optional>

namespace forms {

struct Option {
    Value value; ///< integer, date, time, text or Coding
    Words words; ///< what the person reads
    bool initially_chosen = false;
    bool exclusive = false;       ///< choosing it takes every other choice away
    Words prefix;                 ///< "a)", said before the words (questionnaire-optionPrefix)
    std::optional<Decimal> score; ///< ordinalValue, or one of its older names; never shown
};

} // namespace forms
