// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <span>
#include <string_view>

namespace forms {

/// The address of our own extensions and code systems. Recognised by name, never fetched.
inline constexpr std::string_view own_base = "https://sportello.example.org/fhir";

/// What the loader does with an extension it knows.
enum class ExtensionUse {
    Translation,
    ItemControl,
    Hidden,
    OptionExclusive,
    MinOccurs,
    MaxOccurs,
    MinValue,
    MaxValue,
    MinLength,
    MaxDecimalPlaces,
    Unit,
    UnitOption,
    EntryFormat,
    FilledBy,
    ChoiceOrientation,
    SliderStep,
    OptionPrefix,
    Score,
    DisplayCategory,
    SupportLink,
    Markdown,
    Xhtml,
    KeyboardKind,
    ShortText,
    OpenLabel,
    MimeType,
    MaxSize,
    UsageMode,
    Collapsible,
    Variable,
    Fetched, ///< names what a server with a patient's record would give
    LaunchContext,
    EnabledBy,
    CalculatedBy,
    BeginsWith,
    OfferedBy,
    WordedBy,
    Constraint,
    Pattern,
    MinQuantity,
    MaxQuantity,
    UnitValueSet,
    UnitOpen,
    Instruction,
    AssembleExpectation,
    Adaptive,
    Illustration, ///< a picture or sound: left aside where words stand beside it, for addresses in forms are never
                  ///< asked
    Refused,      ///< a rule that this engine does not run: refused, with `why` as the words
    Presentation  ///< changes how something looks or what a receiver makes of it, never what may be answered: accepted
                  ///< and left aside
};

struct KnownExtension {
    std::string_view url;
    ExtensionUse use;
    std::string_view why; ///< what it is, for a reader of this table; of a refused one, what its author should do
};

[[nodiscard]] std::span<const KnownExtension> known_extensions();

/// What an extension's address means: known; not known, but from somebody else's namespace and therefore free of rules
/// for us (FHIR R4 §2.1.4: an extension that is no modifier may be left aside); or not supported.
enum class ExtensionVerdict { Known, LeftAside, Unsupported };
[[nodiscard]] ExtensionVerdict judge_extension(std::string_view url, ExtensionUse& use);
/// What the author of a form should do about an extension with the use `Refused`.
[[nodiscard]] std::string_view words_of_refused(std::string_view url);

} // namespace forms
