// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/extensions.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

// The addresses are spelled out, so that a search for one finds it here.
constexpr std::array known{
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/translation", ExtensionUse::Translation,
                   "wording in another language"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl", ExtensionUse::ItemControl,
                   "look of a question, and which texts are help, why, unit"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", ExtensionUse::Hidden, "never shown"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive",
                   ExtensionUse::OptionExclusive, "this option excludes the others"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-optionPrefix", ExtensionUse::OptionPrefix,
                   "a label before the option"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs", ExtensionUse::MinOccurs,
                   "fewest answers or instances"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs", ExtensionUse::MaxOccurs,
                   "most answers or instances"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/minValue", ExtensionUse::MinValue, "smallest answer"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/maxValue", ExtensionUse::MaxValue, "largest answer"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/minLength", ExtensionUse::MinLength, "fewest characters"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces", ExtensionUse::MaxDecimalPlaces,
                   "most digits after the point"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-unit", ExtensionUse::Unit,
                   "the unit of a quantity"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption", ExtensionUse::UnitOption,
                   "units a person may choose from"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/entryFormat", ExtensionUse::EntryFormat,
                   "a hint how to write the answer"},
    KnownExtension{"https://sportello.example.org/fhir/StructureDefinition/filled-by", ExtensionUse::FilledBy,
                   "an item for the operator"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/mimeType", ExtensionUse::MimeType, "kinds of files"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/maxSize", ExtensionUse::MaxSize, "largest file, in MB"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-usageMode", ExtensionUse::UsageMode,
                   "when the item is there"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-collapsible",
                   ExtensionUse::Collapsible, "a group that may be folded"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-choiceOrientation",
                   ExtensionUse::ChoiceOrientation, "options side by side or one below the other"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-displayCategory",
                   ExtensionUse::DisplayCategory, "kind of an explaining text"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue", ExtensionUse::SliderStep,
                   "step of a slider"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-supportLink", ExtensionUse::SupportLink,
                   "a link: shown as text, never followed"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/rendering-style", ExtensionUse::Presentation, "style"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/rendering-styleSensitive", ExtensionUse::Presentation,
                   "style"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/rendering-xhtml", ExtensionUse::Xhtml,
                   "markup: its plain text, where the form gives no other"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/rendering-markdown", ExtensionUse::Markdown,
                   "a text with emphasis and lists"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/designNote", ExtensionUse::Presentation,
                   "a note between authors"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/ordinalValue", ExtensionUse::Score, "a score of an option"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/itemWeight", ExtensionUse::Score, "a score of an option"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/iso21090-CO-value", ExtensionUse::Score,
                   "a score of an option"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/structuredefinition-wg", ExtensionUse::Presentation,
                   "who publishes it"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText",
                   ExtensionUse::ShortText, "a shorter wording"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-openLabel",
                   ExtensionUse::OpenLabel, "wording of the free option"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-optionalDisplay",
                   ExtensionUse::Presentation, "may be left out where there is no room"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-width", ExtensionUse::Presentation,
                   "width of a column"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-choiceColumn",
                   ExtensionUse::Presentation, "columns of a list"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-keyboard",
                   ExtensionUse::KeyboardKind, "kind of keyboard"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-preferredTerminologyServer",
                   ExtensionUse::Presentation, "an address: never asked"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract",
                   ExtensionUse::Presentation, "what the receiver makes of the answer"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observation-extract-category",
                   ExtensionUse::Presentation, "what the receiver makes of the answer"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemExtractionContext",
                   ExtensionUse::Presentation, "what the receiver makes of the answer"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/regex", ExtensionUse::Pattern, "how an answer is written"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-minQuantity",
                   ExtensionUse::MinQuantity, "smallest quantity"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity",
                   ExtensionUse::MaxQuantity, "largest quantity"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-unitValueSet", ExtensionUse::UnitValueSet,
                   "a list of units a person may choose from"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-unitOpen", ExtensionUse::UnitOpen,
                   "whether other units may be written"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-instruction", ExtensionUse::Instruction,
                   "help, as older editors write it"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-assemble-expectation",
                   ExtensionUse::AssembleExpectation, "whether the form is made of modules"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-questionnaireAdaptive",
                   ExtensionUse::Adaptive, "whether each question comes from a server"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-targetStructureMap",
                   ExtensionUse::Presentation, "what the receiver makes of the answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-definitionExtract",
                   ExtensionUse::Presentation, "what the receiver makes of the answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-definitionExtractValue",
                   ExtensionUse::Presentation, "what the receiver makes of the answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-extractAllocateId",
                   ExtensionUse::Presentation, "what the receiver makes of the answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtract",
                   ExtensionUse::Presentation, "what the receiver makes of the answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtractBundle",
                   ExtensionUse::Presentation, "what the receiver makes of the answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-isSubject",
                   ExtensionUse::Presentation, "what the receiver makes of the answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemPopulationContext",
                   ExtensionUse::Presentation,
                   "what a server could fill in before: a terminal has no such server, the person answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-sourceQueries",
                   ExtensionUse::Presentation,
                   "what a server could fill in before: a terminal has no such server, the person answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-sourceStructureMap",
                   ExtensionUse::Presentation,
                   "what a server could fill in before: a terminal has no such server, the person answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationLinkPeriod",
                   ExtensionUse::Presentation,
                   "what a server could fill in before: a terminal has no such server, the person answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-candidateExpression",
                   ExtensionUse::Presentation,
                   "what a server could fill in before: a terminal has no such server, the person answers"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-contextExpression",
                   ExtensionUse::Presentation,
                   "what a server could fill in before: a terminal has no such server, the person answers"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-referenceResource",
                   ExtensionUse::Presentation,
                   "which resources a reference may lead to: the receiver looks them up by the name given"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-referenceProfile", ExtensionUse::Presentation,
                   "which resources a reference may lead to: the receiver looks them up by the name given"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-referenceFilter", ExtensionUse::Presentation,
                   "which resources a reference may lead to: the receiver looks them up by the name given"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-allowedResource", ExtensionUse::Presentation,
                   "which resources a reference may lead to: the receiver looks them up by the name given"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-lookupQuestionnaire",
                   ExtensionUse::Presentation,
                   "which resources a reference may lead to: the receiver looks them up by the name given"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-fhirType", ExtensionUse::Presentation,
                   "the type of the element that the item stands for"},
    KnownExtension{"http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.versionAlgorithm[x]",
                   ExtensionUse::Presentation, "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.copyrightLabel",
                   ExtensionUse::Presentation, "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-assembledFrom",
                   ExtensionUse::Presentation, "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-assembleContext",
                   ExtensionUse::Presentation, "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-endpoint",
                   ExtensionUse::Presentation, "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-performerType",
                   ExtensionUse::Presentation, "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/cqf-library", ExtensionUse::Presentation,
                   "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/preferredTerminologyServer", ExtensionUse::Presentation,
                   "an address: never asked"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/terminology-server", ExtensionUse::Presentation,
                   "an address: never asked"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-unitSupplementalSystem",
                   ExtensionUse::Presentation, "about the form itself"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode",
                   ExtensionUse::Presentation, "a wish about the look that this terminal does not follow"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-columnCount",
                   ExtensionUse::Presentation, "a wish about the look that this terminal does not follow"},
    KnownExtension{"http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.item.disabledDisplay",
                   ExtensionUse::Presentation, "a wish about the look that this terminal does not follow"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-subQuestionnaire",
                   ExtensionUse::Refused,
                   "a module stands here: assemble the form first ($assemble), and load what comes out"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemMedia", ExtensionUse::Refused,
                   "a picture or sound belongs to this question, and forms bring none here: say it in words"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemAnswerMedia",
                   ExtensionUse::Refused,
                   "a picture or sound belongs to this answer, and forms bring none here: say it in words"},
    KnownExtension{"http://hl7.org/fhir/StructureDefinition/questionnaire-signatureRequired", ExtensionUse::Refused,
                   "a signature is wanted here, and this terminal takes none"},
    KnownExtension{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerOptionsToggleExpression",
                   ExtensionUse::Refused,
                   "options that come and go by a rule are not run here: use two questions with conditions"},
};

/// Namespaces whose extensions carry rules of a form wherever they are published.
bool is_about_forms(std::string_view url) {
    return url.find("/uv/sdc/") != std::string_view::npos ||
           url.find("/StructureDefinition/questionnaire-") != std::string_view::npos ||
           url.find("/StructureDefinition/sdc-") != std::string_view::npos ||
           url.find("/cqf-") != std::string_view::npos || url.find("/cqif-") != std::string_view::npos;
}

} // namespace

std::span<const KnownExtension> known_extensions() { return known; }

std::string_view words_of_refused(std::string_view url) {
    const auto* const found =
        std::find_if(known.begin(), known.end(), [&](const KnownExtension& e) { return e.url == url; });
    return found == known.end() ? std::string_view() : found->why;
}

ExtensionVerdict judge_extension(std::string_view url, ExtensionUse& use) {
    const auto* const found =
        std::find_if(known.begin(), known.end(), [&](const KnownExtension& e) { return e.url == url; });
    if (found != known.end()) {
        use = found->use;
        return ExtensionVerdict::Known;
    }
    const bool ours_or_hl7 = url.starts_with("http://hl7.org/fhir/") || url.starts_with(own_base);
    return ours_or_hl7 || is_about_forms(url) ? ExtensionVerdict::Unsupported : ExtensionVerdict::LeftAside;
}

} // namespace forms
