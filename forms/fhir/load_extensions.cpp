// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/json_value.hpp"
#include "forms/fhir/loading.hpp"
#include "forms/fhir/xhtml.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

constexpr std::string_view control_system = "http://hl7.org/fhir/questionnaire-item-control";
constexpr std::string_view own_control_system = "https://sportello.example.org/fhir/CodeSystem/item-control";

struct ControlCode {
    std::string_view code;
    Control control;
};

// The codes of R4 and those that SDC added to the same system. A code that is not here is a wish this terminal has no
// look for: the question is drawn as its type is (R4 binds the codes as extensible, and lets a filler leave them
// aside).
constexpr std::array control_codes{
    ControlCode{"group", Control::None},          ControlCode{"list", Control::List},
    ControlCode{"table", Control::Table},         ControlCode{"htable", Control::HTable},
    ControlCode{"gtable", Control::GTable},       ControlCode{"atable", Control::ATable},
    ControlCode{"tbl", Control::Table},           ControlCode{"grid", Control::Grid},
    ControlCode{"page", Control::Page},           ControlCode{"tab-container", Control::TabContainer},
    ControlCode{"header", Control::Header},       ControlCode{"footer", Control::Footer},
    ControlCode{"text", Control::None},           ControlCode{"inline", Control::Inline},
    ControlCode{"prompt", Control::Prompt},       ControlCode{"unit", Control::Unit},
    ControlCode{"lower", Control::Lower},         ControlCode{"upper", Control::Upper},
    ControlCode{"flyover", Control::Flyover},     ControlCode{"help", Control::Help},
    ControlCode{"question", Control::None},       ControlCode{"autocomplete", Control::Autocomplete},
    ControlCode{"drop-down", Control::DropDown},  ControlCode{"check-box", Control::CheckBox},
    ControlCode{"lookup", Control::Autocomplete}, ControlCode{"radio-button", Control::RadioButton},
    ControlCode{"slider", Control::Slider},       ControlCode{"spinner", Control::Spinner},
    ControlCode{"text-box", Control::TextBox},    ControlCode{"legal", Control::Legal},
};

} // namespace

void ItemReader::read_extensions(Node node, ItemIndex index) {
    Item& item = items_[index];
    const bool bounded = item.is_question();
    members_.each_extension(node, [&](Node extension, ExtensionUse use) {
        switch (use) { // no default: the compiler names the one we forgot
        case ExtensionUse::ItemControl:
            return read_control(extension, item);
        case ExtensionUse::Hidden:
            item.hidden = extension_flag(extension);
            return;
        case ExtensionUse::MinOccurs:
            item.min_occurs = extension_whole(extension, 0).value_or(0);
            places_.keep(index, "/minOccurs", extension);
            return;
        case ExtensionUse::MaxOccurs:
            item.max_occurs = extension_whole(extension, 1).value_or(0);
            return;
        case ExtensionUse::MinLength:
            item.min_length = extension_whole(extension, 0).value_or(0);
            places_.keep(index, "/minLength", extension);
            return;
        case ExtensionUse::MaxDecimalPlaces:
            item.max_decimals = extension_whole(extension, 0).value_or(-1);
            return;
        case ExtensionUse::MinValue:
        case ExtensionUse::MaxValue: {
            const bool is_min = use == ExtensionUse::MinValue;
            if (bounded)
                return read_bound(extension, index, is_min ? item.min_value : item.max_value,
                                  is_min ? "/minValue" : "/maxValue");
            break;
        }
        case ExtensionUse::Unit:
        case ExtensionUse::UnitOption:
            if (bounded) return read_unit(extension, item);
            break;
        case ExtensionUse::UnitValueSet:
            if (item.type == ItemType::Quantity) return read_unit_list(extension, item);
            break;
        case ExtensionUse::UnitOpen:
            if (item.type == ItemType::Quantity) return read_unit_open(extension, item);
            break;
        case ExtensionUse::MinQuantity:
        case ExtensionUse::MaxQuantity: {
            const bool is_min = use == ExtensionUse::MinQuantity;
            if (item.type == ItemType::Quantity)
                return read_bound(extension, index, is_min ? item.min_value : item.max_value,
                                  is_min ? "/minValue" : "/maxValue");
            break;
        }
        case ExtensionUse::Pattern:
            if (item.is_question() && item.type != ItemType::Boolean && item.type != ItemType::Choice &&
                item.type != ItemType::Attachment && item.type != ItemType::Quantity)
                return read_pattern(extension, item);
            break;
        case ExtensionUse::Instruction:
            item.help = members_.words(extension, "valueString");
            return;
        case ExtensionUse::EntryFormat:
            if (const auto hint = members_.text(extension, "valueString")) {
                item.entry_hint = members_.words(extension, "valueString");
                return;
            }
            mistakes_.add(Reason::MalformedExtension, extension, "a text is missing");
            return;
        case ExtensionUse::FilledBy:
            return read_filled_by(extension, item);
        case ExtensionUse::ChoiceOrientation:
        case ExtensionUse::SliderStep:
        case ExtensionUse::DisplayCategory:
        case ExtensionUse::SupportLink:
        case ExtensionUse::KeyboardKind:
        case ExtensionUse::ShortText:
        case ExtensionUse::OpenLabel:
        case ExtensionUse::UsageMode:
        case ExtensionUse::Collapsible:
            return read_look(extension, use, item);
        case ExtensionUse::MimeType:
            if (item.type == ItemType::Attachment) return read_mime_type(extension, item);
            break;
        case ExtensionUse::MaxSize:
            if (item.type == ItemType::Attachment) return read_max_size(extension, item);
            break;
        case ExtensionUse::Fetched:
            return read_fetched(extension, item.variables);
        case ExtensionUse::Variable:
        case ExtensionUse::EnabledBy:
        case ExtensionUse::CalculatedBy:
        case ExtensionUse::BeginsWith:
        case ExtensionUse::OfferedBy:
        case ExtensionUse::Constraint:
            return read_item_expression(extension, use, index);
        case ExtensionUse::WordedBy: // R4's own way to say "calculated", in whatever language
            if (read_expression(extension).empty()) return;
            break;
        case ExtensionUse::LaunchContext:
            break;
        case ExtensionUse::Illustration:
            if (item.text.empty())
                mistakes_.add(Reason::UnsupportedExtension, extension,
                              "no picture or sound is shown here, and no words stand beside it: say it in words");
            return;
        case ExtensionUse::Score:
        case ExtensionUse::Presentation:
            return;
        case ExtensionUse::Translation:
        case ExtensionUse::OptionExclusive:
        case ExtensionUse::OptionPrefix:
        case ExtensionUse::Xhtml:
            // Meant for the text, and often written beside it.
            if (item.text.empty())
                item.text.base = plain_text_of_xhtml(members_.text(extension, "valueString").value_or(""));
            return;
        case ExtensionUse::Markdown:
        case ExtensionUse::AssembleExpectation:
        case ExtensionUse::Adaptive:
        case ExtensionUse::Refused:
            break;
        }
        mistakes_.add(Reason::UnsupportedExtension, extension,
                      "this extension does not belong on an item of this type");
    });
}

void ItemReader::read_control(Node extension, Item& item) {
    const Node concept_node = json_.member(extension, "valueCodeableConcept");
    if (concept_node == JsonDocument::none || json_.kind(concept_node) != JsonKind::Object) {
        mistakes_.add(Reason::MalformedExtension, extension, "itemControl needs valueCodeableConcept");
        return;
    }
    for (const Node node : members_.objects(concept_node, "coding")) {
        const std::string_view system = members_.text(node, "system").value_or("");
        const std::string_view code = members_.text(node, "code").value_or("");
        if (system == own_control_system && code == "why") {
            item.control = Control::Why;
            continue;
        }
        if (system != control_system && system != own_control_system) continue; // another publisher's look
        const auto* const found = std::find_if(control_codes.begin(), control_codes.end(),
                                               [&](const ControlCode& c) { return c.code == code; });
        if (system == own_control_system)
            mistakes_.add(Reason::UnknownControl, node, "no such item control is known");
        else if (found != control_codes.end() && found->control != Control::None)
            item.control = found->control;
    }
}

void ItemReader::read_bound(Node extension, ItemIndex index, Seldom<Value>& bound, const char* name) {
    std::string_view type;
    const Node member = typed_member(json_, extension, "value", type);
    const bool orderly = type == "Integer" || type == "Decimal" || type == "Date" || type == "DateTime" ||
                         type == "Time" || type == "Quantity";
    auto value = member != JsonDocument::none && orderly
                     ? value_from(json_, member, type, std::pmr::get_default_resource())
                     : std::nullopt;
    if (!value) {
        mistakes_.add(Reason::BadValue, extension, "a bound is a number, a date, a time or a quantity");
        return;
    }
    if (bound) {
        mistakes_.add(Reason::BadValue, extension, "this bound is there twice");
        return;
    }
    places_.keep(index, name, extension);
    bound = std::move(*value);
}

void ItemReader::read_filled_by(Node extension, Item& item) {
    const auto who = members_.text(extension, "valueCode");
    if (who == "desk")
        item.filled_by_desk = true;
    else if (who != "citizen")
        mistakes_.add(Reason::BadCode, extension, "filled-by is desk or citizen");
}

std::optional<std::int32_t> ItemReader::extension_whole(Node extension, int smallest) {
    if (json_.member(extension, "valueInteger") == JsonDocument::none) {
        mistakes_.add(Reason::MalformedExtension, extension, "a whole number is missing");
        return std::nullopt;
    }
    const auto value = members_.whole(extension, "valueInteger");
    if (value && *value < smallest) {
        mistakes_.add(Reason::BadValue, extension, "this number is too small");
        return std::nullopt;
    }
    return value;
}

bool ItemReader::extension_flag(Node extension) {
    if (json_.member(extension, "valueBoolean") == JsonDocument::none)
        mistakes_.add(Reason::MalformedExtension, extension, "true or false is missing");
    return members_.flag(extension, "valueBoolean");
}

} // namespace forms
