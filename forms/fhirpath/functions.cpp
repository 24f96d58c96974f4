// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/functions.hpp"

#include <algorithm>
#include <array>

namespace forms::fhirpath {
namespace {

using enum Arguments;

constexpr std::array signatures{
    Signature{"empty", Function::Empty},
    Signature{"exists", Function::Exists, 0, 1, Criteria},
    Signature{"any", Function::Exists, 0, 1, Criteria}, // the name of drafts before N1, still written
    Signature{"all", Function::All, 1, 1, Criteria},
    Signature{"allTrue", Function::AllTrue},
    Signature{"anyTrue", Function::AnyTrue},
    Signature{"allFalse", Function::AllFalse},
    Signature{"anyFalse", Function::AnyFalse},
    Signature{"subsetOf", Function::SubsetOf, 1, 1},
    Signature{"supersetOf", Function::SupersetOf, 1, 1},
    Signature{"count", Function::Count},
    Signature{"distinct", Function::Distinct},
    Signature{"isDistinct", Function::IsDistinct},
    Signature{"where", Function::Where, 1, 1, Criteria},
    Signature{"select", Function::Select, 1, 1, Criteria},
    Signature{"repeat", Function::Repeat, 1, 1, Criteria},
    Signature{"ofType", Function::OfType, 1, 1, Type},
    Signature{"single", Function::Single},
    Signature{"first", Function::First},
    Signature{"last", Function::Last},
    Signature{"tail", Function::Tail},
    Signature{"skip", Function::Skip, 1, 1},
    Signature{"take", Function::Take, 1, 1},
    Signature{"intersect", Function::Intersect, 1, 1},
    Signature{"exclude", Function::Exclude, 1, 1},
    Signature{"union", Function::Union, 1, 1},
    Signature{"combine", Function::Combine, 1, 1},
    Signature{"iif", Function::Iif, 2, 3, Criteria},
    Signature{"toBoolean", Function::ToBoolean},
    Signature{"convertsToBoolean", Function::ConvertsToBoolean},
    Signature{"toInteger", Function::ToInteger},
    Signature{"convertsToInteger", Function::ConvertsToInteger},
    Signature{"toDate", Function::ToDate},
    Signature{"convertsToDate", Function::ConvertsToDate},
    Signature{"toDateTime", Function::ToDateTime},
    Signature{"convertsToDateTime", Function::ConvertsToDateTime},
    Signature{"toDecimal", Function::ToDecimal},
    Signature{"convertsToDecimal", Function::ConvertsToDecimal},
    Signature{"toQuantity", Function::ToQuantity, 0, 1},
    Signature{"convertsToQuantity", Function::ConvertsToQuantity, 0, 1},
    Signature{"toString", Function::ToText},
    Signature{"convertsToString", Function::ConvertsToText},
    Signature{"toTime", Function::ToTime},
    Signature{"convertsToTime", Function::ConvertsToTime},
    Signature{"indexOf", Function::IndexOf, 1, 1},
    Signature{"substring", Function::Substring, 1, 2},
    Signature{"startsWith", Function::StartsWith, 1, 1},
    Signature{"endsWith", Function::EndsWith, 1, 1},
    Signature{"contains", Function::Contains, 1, 1},
    Signature{"upper", Function::Upper},
    Signature{"lower", Function::Lower},
    Signature{"replace", Function::Replace, 2, 2},
    Signature{"matches", Function::Matches, 1, 1, Pattern},
    Signature{"matchesFull", Function::MatchesFull, 1, 1, Pattern},
    Signature{"replaceMatches", Function::ReplaceMatches, 2, 2, Pattern},
    Signature{"length", Function::Length},
    Signature{"toChars", Function::ToChars},
    Signature{"trim", Function::Trim},
    Signature{"split", Function::Split, 1, 1},
    Signature{"join", Function::Join, 0, 1},
    Signature{"abs", Function::Abs},
    Signature{"ceiling", Function::Ceiling},
    Signature{"exp", Function::Exp},
    Signature{"floor", Function::Floor},
    Signature{"ln", Function::Ln},
    Signature{"log", Function::Log, 1, 1},
    Signature{"power", Function::Power, 1, 1},
    Signature{"round", Function::Round, 0, 1},
    Signature{"sqrt", Function::Sqrt},
    Signature{"truncate", Function::Truncate},
    Signature{"children", Function::Children},
    Signature{"descendants", Function::Descendants},
    Signature{"trace", Function::Trace, 1, 2},
    Signature{"now", Function::Now},
    Signature{"timeOfDay", Function::TimeOfDay},
    Signature{"today", Function::Today},
    Signature{"not", Function::Not},
    Signature{"is", Function::Is, 1, 1, Type},
    Signature{"as", Function::As, 1, 1, Type},
    Signature{"aggregate", Function::Aggregate, 1, 2, Criteria},
    Signature{"sum", Function::Sum},
    Signature{"min", Function::Min},
    Signature{"max", Function::Max},
    Signature{"avg", Function::Avg},
    Signature{"extension", Function::Extension, 1, 1},
    Signature{"hasValue", Function::HasValue},
    Signature{"getValue", Function::GetValue},
    Signature{"memberOf", Function::MemberOf, 1, 1},
    Signature{"expand", Function::Expand, 1, 1},
    Signature{"ordinal", Function::Ordinal},
    Signature{"weight", Function::Ordinal},
    Signature{"answers", Function::Answers},
};

} // namespace

const Signature* find_function(std::string_view name) {
    const auto* const found =
        std::find_if(signatures.begin(), signatures.end(), [&](const Signature& s) { return s.name == name; });
    return found == signatures.end() ? nullptr : found;
}

} // namespace forms::fhirpath
