// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/json_value.hpp"
#include "forms/fhir/loading.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

constexpr std::size_t most_links = 16;
constexpr std::size_t most_mime_types = 64;

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

/// "type/subtype", "type/*" or "*/*", by the letters of RFC 6838 §4.2.
bool is_mime_type(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size() || text.size() > 127) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("/!#$&-^_.+*").find(c) != std::string_view::npos;
    });
}

/// The extension counts in MB (10^6 bytes). None when there is not even one byte; far beyond what a draft may hold,
/// the number does not matter.
std::optional<std::int64_t> bytes_of(const Decimal& megabytes) {
    constexpr std::int32_t far_beyond = 1'000'000;
    if (megabytes > Decimal(far_beyond)) return std::int64_t{far_beyond} * far_beyond;
    std::int64_t bytes = megabytes.coefficient();
    int scale = megabytes.decimals();
    for (; scale > 6; --scale)
        bytes /= 10;
    for (; scale < 6; ++scale)
        bytes *= 10;
    if (bytes < 1) return std::nullopt;
    return bytes;
}

} // namespace

/// Wishes about the look. A code of another publisher, or a newer one, is no wish we know: the item is drawn plainly.
void ItemReader::read_look(Node extension, ExtensionUse use, Item& item) {
    if (use == ExtensionUse::ChoiceOrientation) {
        const auto code = members_.text(extension, "valueCode");
        if (code == "horizontal")
            item.orientation = Orientation::Horizontal;
        else if (code == "vertical")
            item.orientation = Orientation::Vertical;
        else
            mistakes_.add(Reason::BadCode, extension, "choiceOrientation is horizontal or vertical");
    }
    if (use == ExtensionUse::Collapsible) {
        const auto code = members_.text(extension, "valueCode");
        if (code == "default-open")
            item.collapsible = Collapsible::Open;
        else if (code == "default-closed")
            item.collapsible = Collapsible::Closed;
        else
            mistakes_.add(Reason::BadCode, extension, "collapsible is default-open or default-closed");
    }
    if (use == ExtensionUse::ShortText || use == ExtensionUse::OpenLabel) {
        Words& words = use == ExtensionUse::ShortText ? item.short_text : item.open_label;
        words = members_.words(extension, "valueString");
        if (words.empty()) mistakes_.add(Reason::MalformedExtension, extension, "a text is missing");
    }
    if (use == ExtensionUse::SupportLink) {
        const auto link = members_.text(extension, "valueUri");
        if (!link || link->empty())
            mistakes_.add(Reason::MalformedExtension, extension, "a link is missing");
        else if (item.support_links.size() < most_links)
            item.support_links.push_back(shown_text(*link));
        else
            mistakes_.add(Reason::BadValue, extension, "more links than one question can need");
    }
    if (use == ExtensionUse::DisplayCategory) read_category(extension, item);
    if (use == ExtensionUse::KeyboardKind) read_keyboard(extension, item);
    if (use == ExtensionUse::UsageMode) read_usage(extension, item);
    if (use == ExtensionUse::SliderStep) read_slider_step(extension, item);
}

void ItemReader::read_category(Node extension, Item& item) {
    const Node concept_node = json_.member(extension, "valueCodeableConcept");
    if (concept_node == JsonDocument::none || json_.kind(concept_node) != JsonKind::Object) {
        mistakes_.add(Reason::MalformedExtension, extension, "displayCategory needs valueCodeableConcept");
        return;
    }
    for (const Node node : members_.objects(concept_node, "coding")) {
        if (members_.text(node, "system") != "http://hl7.org/fhir/questionnaire-display-category") continue;
        const auto code = members_.text(node, "code");
        if (code == "instructions") item.category = DisplayCategory::Instructions;
        if (code == "security") item.category = DisplayCategory::Security;
        if (code == "help") item.category = DisplayCategory::Help;
    }
}

void ItemReader::read_keyboard(Node extension, Item& item) {
    const Node node = json_.member(extension, "valueCoding");
    if (node == JsonDocument::none || json_.kind(node) != JsonKind::Object) {
        mistakes_.add(Reason::MalformedExtension, extension, "keyboard needs valueCoding");
        return;
    }
    const auto code = members_.text(node, "code");
    if (code == "phone") item.keyboard = Keyboard::Phone;
    if (code == "email") item.keyboard = Keyboard::Email;
    if (code == "number") item.keyboard = Keyboard::Number;
    if (code == "url") item.keyboard = Keyboard::Url;
    if (code == "chat") item.keyboard = Keyboard::Chat;
}

void ItemReader::read_usage(Node extension, Item& item) {
    const auto code = members_.text(extension, "valueCode");
    if (code == "capture-display")
        item.usage = Usage::CaptureAndDisplay;
    else if (code == "capture")
        item.usage = Usage::Capture;
    else if (code == "display")
        item.usage = Usage::Display;
    else if (code == "display-non-empty")
        item.usage = Usage::DisplayNonEmpty;
    else
        mistakes_.add(Reason::BadCode, extension,
                      "usageMode is capture-display, capture, display or display-non-empty");
    // For reading a finished form only: nobody is asked for it here, and nobody owes it.
    if (item.usage == Usage::Display || item.usage == Usage::DisplayNonEmpty) item.hidden = true;
}

void ItemReader::read_slider_step(Node extension, Item& item) {
    const auto step = members_.number(extension);
    if (!step) return;
    if (*step > Decimal(0))
        item.slider_step = step;
    else
        mistakes_.add(Reason::BadValue, extension, "the step of a slider is above 0");
}

void ItemReader::read_mime_type(Node extension, Item& item) {
    const auto code = members_.text(extension, "valueCode");
    const std::string kind = lower_case(trimmed(code.value_or("")));
    if (!is_mime_type(kind))
        mistakes_.add(Reason::BadValue, extension, "this is no kind of file, as \"image/png\" is");
    else if (item.mime_types.size() == most_mime_types)
        mistakes_.add(Reason::BadValue, extension, "more kinds of files than one question can need");
    else if (std::find(item.mime_types.begin(), item.mime_types.end(), kind) == item.mime_types.end())
        item.mime_types.push_back(kind);
}

void ItemReader::read_max_size(Node extension, Item& item) {
    const auto size = members_.number(extension);
    if (!size) return;
    const auto bytes = bytes_of(*size);
    if (bytes)
        item.max_bytes = *bytes;
    else
        mistakes_.add(Reason::BadValue, extension, "the largest file has 1 byte or more");
}

} // namespace forms
