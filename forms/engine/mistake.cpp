// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/mistake.hpp"

namespace forms {

std::string_view code_of(Reason reason) {
    switch (reason) { // no default: the compiler names the one we forgot
    case Reason::NotJson:
        return "not-json";
    case Reason::TooBig:
        return "too-big";
    case Reason::TooDeep:
        return "too-deep";
    case Reason::DuplicateKey:
        return "duplicate-key";
    case Reason::BadText:
        return "bad-text";
    case Reason::NumberOutOfRange:
        return "number-out-of-range";
    case Reason::NotAQuestionnaire:
        return "not-a-questionnaire";
    case Reason::WrongJsonType:
        return "wrong-json-type";
    case Reason::UnknownElement:
        return "unknown-element";
    case Reason::TooManyItems:
        return "too-many-items";
    case Reason::TooManyOptions:
        return "too-many-options";
    case Reason::TooManyConditions:
        return "too-many-conditions";
    case Reason::TextTooLong:
        return "text-too-long";
    case Reason::MissingElement:
        return "missing-element";
    case Reason::BadLinkId:
        return "bad-link-id";
    case Reason::DuplicateLinkId:
        return "duplicate-link-id";
    case Reason::UnknownType:
        return "unknown-type";
    case Reason::UnsupportedType:
        return "unsupported-type";
    case Reason::NotAllowedHere:
        return "not-allowed-here";
    case Reason::BadCode:
        return "bad-code";
    case Reason::UnknownSource:
        return "unknown-source";
    case Reason::ConditionCycle:
        return "condition-cycle";
    case Reason::ConditionTypeMismatch:
        return "condition-type-mismatch";
    case Reason::BehaviorMissing:
        return "behavior-missing";
    case Reason::NeverEnabled:
        return "never-enabled";
    case Reason::BadExpression:
        return "bad-expression";
    case Reason::UnsupportedLanguage:
        return "unsupported-language";
    case Reason::DuplicateVariable:
        return "duplicate-variable";
    case Reason::RuleTwice:
        return "rule-twice";
    case Reason::BadValue:
        return "bad-value";
    case Reason::BadPattern:
        return "bad-pattern";
    case Reason::MinAboveMax:
        return "min-above-max";
    case Reason::InitialNotAllowed:
        return "initial-not-allowed";
    case Reason::OptionsTwice:
        return "options-twice";
    case Reason::UnknownValueSet:
        return "unknown-value-set";
    case Reason::UnsupportedValueSet:
        return "unsupported-value-set";
    case Reason::NoOptions:
        return "no-options";
    case Reason::DuplicateOption:
        return "duplicate-option";
    case Reason::UnsupportedExtension:
        return "unsupported-extension";
    case Reason::UnknownModifierExtension:
        return "unknown-modifier-extension";
    case Reason::MalformedExtension:
        return "malformed-extension";
    case Reason::UnknownControl:
        return "unknown-control";
    }
    return "";
}

} // namespace forms
