// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

namespace forms {

/// One line of "check your answers": a question and what was answered. Values are typed: how a date or a number is
/// written for people is for the screen to decide.
struct SummaryLine {
    Path path;                                  ///< where "change" leads
    std::string_view question;                  ///< in the language asked for; valid until the draft changes
    std::vector<const Value*> answers;          ///< valid until the draft changes; empty = not answered
    std::vector<std::string_view> option_words; ///< beside `answers`: the option's text in the language, or empty
    std::vector<const AnswerText*> half_typed;  ///< what was typed and is no answer yet
    bool required = false;
};
struct SummarySection {
    Path path;                  ///< the group; for questions outside any group the first question
    std::string_view title;     ///< may be empty
    std::uint32_t instance = 0; ///< of a repeating group, counted from 0
    bool repeating = false;
    std::vector<SummaryLine> lines;
};

/// Enabled questions in order, under the nearest group that has a text. Desk items and hidden ones are left out for a
/// citizen; so is a repeating group that was not begun.
[[nodiscard]] std::vector<SummarySection> summary(const Draft& draft, std::string_view language,
                                                  Reader reader = Reader::Citizen);

} // namespace forms
