// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"
#include "forms/engine/summary.hpp"
#include "kiosk/text/words.hpp"

#include <string>
#include <string_view>

namespace kiosk {

/// How an answer is written for a person: "15 luglio 2026", "1.250,50 €", "14:30". Stored answers are never made from
/// these.
[[nodiscard]] std::string date_words(const forms::PartialDate& date, const Words& words);
[[nodiscard]] std::string date_time_words(const forms::PartialDateTime& date, const Words& words);
[[nodiscard]] std::string time_words(const forms::TimeOfDay& time);
[[nodiscard]] std::string decimal_words(const forms::Decimal& number, const Words& words);
/// `language`: of the form's texts; it chooses the name of the unit.
[[nodiscard]] std::string value_words(const forms::Value& value, const forms::Item& item, const Words& words,
                                      std::string_view language);
/// What may be answered, as a person reads it.
[[nodiscard]] std::string offer_words(const forms::Offer& offer, const forms::Item& item, const Words& words,
                                      std::string_view language);
/// All answers of a summary line in one text; half-typed ones too. Empty when there is none.
[[nodiscard]] std::string line_words(const forms::SummaryLine& line, const forms::Item& item, const Words& words,
                                     std::string_view language);
/// What a half-typed or typed answer looks like in its own field.
[[nodiscard]] std::string unit_words(const forms::Item& item, std::size_t unit, std::string_view language);

/// What stands after a number: its unit, or the text that the form's author put there.
[[nodiscard]] std::string unit_of_number(const forms::Item& item, std::string_view language);

/// The language in which a form is shown to a person who chose `wanted`: that one when the form is complete in it,
/// else the form's own.
[[nodiscard]] std::string form_language(const forms::Definition& definition, std::string_view wanted);

} // namespace kiosk
