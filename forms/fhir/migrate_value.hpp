// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/migrate.hpp"

/// Answers of one question written for another. Only forms/fhir/migrate.cpp includes this.
namespace forms {

struct Converted {
    std::optional<Value> value; ///< none: it cannot be, see `reason`
    bool other_words = false;   ///< the same option, which is now called otherwise
    DropReason reason = DropReason::None;
};

/// The answer to `old` as an answer to `fresh`. Nothing is ever rounded, cut or guessed.
[[nodiscard]] Converted convert(const Item& old, const Value& value, const Item& fresh,
                                std::pmr::memory_resource* memory);

/// An answer in words or figures: an option by its text in the language, numbers and dates as FHIR writes them.
[[nodiscard]] AnswerText words_of(const Item& item, const Value& value, std::string_view language,
                                  std::pmr::memory_resource* memory);

} // namespace forms
