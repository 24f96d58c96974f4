// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string_view>

namespace forms::fhirpath {

/// Every function that is run here: N1 §5 and §6, FHIR R4's additions (hl7.org/fhir/R4/fhirpath.html) and SDC's.
enum class Function : std::uint8_t {
    // Existence, N1 §5.1
    Empty,
    Exists,
    All,
    AllTrue,
    AnyTrue,
    AllFalse,
    AnyFalse,
    SubsetOf,
    SupersetOf,
    Count,
    Distinct,
    IsDistinct,
    // Filtering and projection, §5.2
    Where,
    Select,
    Repeat,
    OfType,
    // Subsetting, §5.3; combining, §5.4
    Single,
    First,
    Last,
    Tail,
    Skip,
    Take,
    Intersect,
    Exclude,
    Union,
    Combine,
    // Conversion, §5.5
    Iif,
    ToBoolean,
    ConvertsToBoolean,
    ToInteger,
    ConvertsToInteger,
    ToDate,
    ConvertsToDate,
    ToDateTime,
    ConvertsToDateTime,
    ToDecimal,
    ConvertsToDecimal,
    ToQuantity,
    ConvertsToQuantity,
    ToText,
    ConvertsToText,
    ToTime,
    ConvertsToTime,
    // Texts, §5.6
    IndexOf,
    Substring,
    StartsWith,
    EndsWith,
    Contains,
    Upper,
    Lower,
    Replace,
    Matches,
    MatchesFull,
    ReplaceMatches,
    Length,
    ToChars,
    Trim,
    Split,
    Join,
    // Numbers, §5.7
    Abs,
    Ceiling,
    Exp,
    Floor,
    Ln,
    Log,
    Power,
    Round,
    Sqrt,
    Truncate,
    // Tree, §5.8; utility, §5.9
    Children,
    Descendants,
    Trace,
    Now,
    TimeOfDay,
    Today,
    Not,
    Is,
    As,
    // Aggregates, §7, and those that SDC forms write
    Aggregate,
    Sum,
    Min,
    Max,
    Avg,
    // FHIR R4
    Extension,
    HasValue,
    GetValue,
    MemberOf,
    Expand, ///< of %terminologies
    // SDC
    Ordinal,
    Answers
};

/// How the arguments of a function are looked at.
enum class Arguments : std::uint8_t {
    Values,   ///< evaluated once, in the surroundings of the call
    Criteria, ///< evaluated for each element of the input, which is $this
    Type,     ///< a type's name
    Pattern   ///< the first is a regular expression written out; the others are values
};

struct Signature {
    std::string_view name;
    Function function;
    std::uint8_t fewest = 0, most = 0;
    Arguments arguments = Arguments::Values;
};

/// Null when no such function is run here.
[[nodiscard]] const Signature* find_function(std::string_view name);

} // namespace forms::fhirpath
