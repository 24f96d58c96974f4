// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/json_value.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

using Node = JsonDocument::Node;

/// The text of an optional member; none when it is there and no string.
std::optional<std::string_view> text_of(const JsonDocument& json, Node object, std::string_view key) {
    const Node member = json.member(object, key);
    if (member == JsonDocument::none) return std::string_view{};
    if (json.kind(member) != JsonKind::String) return std::nullopt;
    return json.text(member);
}

template <class T>
std::optional<Value> as_value(std::optional<T> read) {
    if (!read) return std::nullopt;
    return Value(*read);
}

std::optional<Value> coding_from(const JsonDocument& json, Node node, std::pmr::memory_resource* memory) {
    const auto system = text_of(json, node, "system");
    const auto code = text_of(json, node, "code");
    const auto display = text_of(json, node, "display");
    if (!system || !code || !display || (code->empty() && display->empty())) return std::nullopt;
    return coding(*system, *code, shown_text(*display), memory);
}

std::optional<Value> quantity_from(const JsonDocument& json, Node node, std::pmr::memory_resource* memory) {
    const Node value = json.member(node, "value");
    // "More than 5 kg" is no answer that can be compared: a comparator is not accepted.
    if (value == JsonDocument::none || json.member(node, "comparator") != JsonDocument::none) return std::nullopt;
    const auto number = json.kind(value) == JsonKind::Number ? Decimal::parse(json.text(value)) : std::nullopt;
    const auto unit = text_of(json, node, "unit");
    const auto system = text_of(json, node, "system");
    const auto code = text_of(json, node, "code");
    if (!number || !unit || !system || !code) return std::nullopt;
    return Quantity{*number, shown_text(*unit, memory), AnswerText(*system, memory), AnswerText(*code, memory)};
}

std::optional<Value> attachment_from(const JsonDocument& json, Node node, std::pmr::memory_resource* memory) {
    std::array<std::string_view, 5> texts;
    constexpr std::array<std::string_view, 5> keys{"contentType", "title", "creation", "hash", "url"};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto text = text_of(json, node, keys[i]);
        if (!text) return std::nullopt;
        texts[i] = *text;
    }
    // The bytes of a scan never stand in the answers.
    if (json.member(node, "data") != JsonDocument::none) return std::nullopt;
    std::int64_t size = 0;
    if (const Node member = json.member(node, "size"); member != JsonDocument::none) {
        const auto number = json.kind(member) == JsonKind::Number ? Decimal::parse(json.text(member)) : std::nullopt;
        if (!number || number->decimals() != 0 || number->coefficient() < 0) return std::nullopt;
        size = number->coefficient();
    }
    const auto keep = [memory](std::string_view text) { return AnswerText(text, memory); };
    return AttachmentRef{keep(texts[0]), shown_text(texts[1], memory), keep(texts[2]), keep(texts[3]), size, 0,
                         keep(texts[4])};
}

/// Only what names somebody or something: an address would be lost in an answer that is text.
std::optional<Value> named_reference(const JsonDocument& json, Node node, std::pmr::memory_resource* memory) {
    const auto display = text_of(json, node, "display");
    for (const std::string_view key : {"reference", "identifier"})
        if (json.member(node, key) != JsonDocument::none) return std::nullopt;
    if (!display || display->empty()) return std::nullopt;
    return shown_text(*display, memory);
}

std::optional<Value> value_from_text(std::string_view text, std::string_view type, std::pmr::memory_resource* memory) {
    if (type == "Date") return as_value(PartialDate::parse(text));
    if (type == "DateTime") return as_value(PartialDateTime::parse(text));
    if (type == "Time") return as_value(TimeOfDay::parse(text));
    if (type == "String") return shown_text(text, memory);
    if (type == "Uri") {
        if (text.empty() || text.find_first_of(" \t\r\n") != std::string_view::npos) return std::nullopt;
        return shown_text(text, memory);
    }
    return std::nullopt;
}

} // namespace

Node typed_member(const JsonDocument& json, Node object, std::string_view prefix, std::string_view& type) {
    if (json.kind(object) != JsonKind::Object) return JsonDocument::none;
    for (Node child = json.first(object); child != JsonDocument::none; child = json.next(child)) {
        const std::string_view key = json.key(child);
        if (!key.starts_with(prefix) || key.size() == prefix.size()) continue;
        const char after = key[prefix.size()];
        if (after < 'A' || after > 'Z') continue;
        type = key.substr(prefix.size());
        return child;
    }
    return JsonDocument::none;
}

std::optional<Value> value_from(const JsonDocument& json, Node node, std::string_view type,
                                std::pmr::memory_resource* memory) {
    switch (json.kind(node)) { // no default: the compiler names the one we forgot
    case JsonKind::True:
    case JsonKind::False:
        if (type == "Boolean") return Value(json.kind(node) == JsonKind::True);
        return std::nullopt;
    case JsonKind::Number: {
        const auto number = Decimal::parse(json.text(node));
        if (!number) return std::nullopt;
        if (type == "Decimal") return Value(*number);
        const bool is_plain = json.text(node).find_first_of(".eE") == std::string_view::npos;
        if (type == "Integer" && is_plain) return as_value(number->whole());
        return std::nullopt;
    }
    case JsonKind::String:
        return value_from_text(json.text(node), type, memory);
    case JsonKind::Object:
        if (type == "Coding") return coding_from(json, node, memory);
        if (type == "Quantity") return quantity_from(json, node, memory);
        if (type == "Attachment") return attachment_from(json, node, memory);
        if (type == "Reference") return named_reference(json, node, memory);
        return std::nullopt;
    case JsonKind::Null:
    case JsonKind::Array:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace forms
