// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/path.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace forms {

/// Why a definition was refused. The names of `code_of` are a contract: tests and form writers rely on them.
enum class Reason {
    // Reading (limits hold while reading, before anything is built)
    NotJson,
    TooBig,
    TooDeep,
    DuplicateKey,
    BadText,
    NumberOutOfRange,
    NotAQuestionnaire,
    WrongJsonType,
    UnknownElement,
    TooManyItems,
    TooManyOptions,
    TooManyConditions,
    TextTooLong,
    // Items
    MissingElement,
    BadLinkId,
    DuplicateLinkId,
    UnknownType,
    UnsupportedType,
    NotAllowedHere,
    BadCode,
    // Rules
    UnknownSource,
    ConditionCycle,
    ConditionTypeMismatch,
    BehaviorMissing,
    NeverEnabled,
    // Expressions
    BadExpression,       ///< no FHIRPath, or a function, variable or pattern that cannot be run here
    UnsupportedLanguage, ///< an expression in another language than FHIRPath
    DuplicateVariable,
    RuleTwice, ///< the same thing decided in two ways: enableWhen and enableWhenExpression
    // Answers
    BadValue,
    BadPattern,
    MinAboveMax,
    InitialNotAllowed,
    OptionsTwice,
    UnknownValueSet,
    UnsupportedValueSet,
    NoOptions,
    DuplicateOption,
    // Extensions
    UnsupportedExtension,
    UnknownModifierExtension,
    MalformedExtension,
    UnknownControl,
};
[[nodiscard]] std::string_view code_of(Reason reason); ///< "duplicate-link-id"

/// Something that `Definition::compile` found, with the item it belongs to.
struct Flaw {
    Reason reason;
    ItemIndex item = 0;
    std::string below; ///< JSON pointer below the item: "/enableWhen/1/question"
    std::string words; ///< English, for the person who writes the form
};

/// Something wrong with a definition, by place.
struct Mistake {
    std::string json_pointer; ///< RFC 6901, from the top of the file: "/item/3/item/0/enableWhen/1"
    Reason reason;
    std::string words;   ///< English, for the person who writes the form; never shown to a citizen
    std::string link_id; ///< of the nearest item, may be empty
};

} // namespace forms
