// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/engine/draft_tree.hpp"

#include <algorithm>

namespace forms {
namespace {

template <class T>
std::optional<Value> as_value(std::optional<T> read) {
    if (!read) return std::nullopt;
    return Value(*read);
}

std::optional<Value> read_integer(std::string_view text) {
    // "1.500" in a field for whole numbers can only mean fifteen hundred, grouped as Italians write it.
    auto number = Decimal::parse_typed(text);
    if (!number && text.find(',') == std::string_view::npos) {
        std::string digits(text);
        std::erase(digits, '.');
        number = Decimal::parse_typed(digits);
    }
    return number ? as_value(number->whole()) : std::nullopt;
}

/// "70", "70 kg": the number, then one of the item's units; without a unit the first one is meant.
std::optional<Value> read_quantity(const Item& item, std::string_view text, std::pmr::memory_resource* memory) {
    const std::size_t end = text.find_last_of("0123456789");
    if (end == std::string_view::npos) return std::nullopt;
    const auto number = Decimal::parse_typed(trimmed(text.substr(0, end + 1)));
    if (!number) return std::nullopt;
    const std::string_view wanted = trimmed(text.substr(end + 1));
    const auto named = [&](const Coding& unit) { return wanted == unit.code || wanted == unit.display; };
    const auto unit = wanted.empty() ? item.units.begin() : std::find_if(item.units.begin(), item.units.end(), named);
    Quantity quantity{*number, AnswerText(memory), AnswerText(memory), AnswerText(memory)};
    if (unit != item.units.end()) {
        quantity.unit = unit->display.empty() ? unit->code : unit->display;
        quantity.system = unit->system;
        quantity.code = unit->code;
    } else if (!wanted.empty()) {
        if (!item.units.empty() && !item.open_units) return std::nullopt;
        quantity.unit = wanted;
    }
    return quantity;
}

Value one_line(std::string_view text, std::pmr::memory_resource* memory) {
    AnswerText line = shown_text(text, memory);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return line;
}

/// What is left of a text, if anything: invisible characters alone are no answer.
std::optional<Value> unless_empty(Value value) {
    if (std::get<AnswerText>(value).empty()) return std::nullopt;
    return value;
}

} // namespace

std::optional<Value> read_typed(const Item& item, std::string_view text, std::pmr::memory_resource* memory) {
    text = trimmed(text);
    if (text.empty()) return std::nullopt;
    switch (item.type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
    case ItemType::Display:
    case ItemType::Choice:
    case ItemType::Attachment:
        return std::nullopt;
    case ItemType::Boolean:
        if (text == "true") return Value(true);
        if (text == "false") return Value(false);
        return std::nullopt;
    case ItemType::Decimal:
        return as_value(Decimal::parse_typed(text));
    case ItemType::Integer:
        return read_integer(text);
    case ItemType::Date:
        return as_value(PartialDate::parse_typed(text));
    case ItemType::DateTime:
        return as_value(PartialDateTime::parse_typed(text));
    case ItemType::Time:
        return as_value(TimeOfDay::parse_typed(text));
    case ItemType::Url:
        if (text.find_first_of(" \t\n") != std::string_view::npos) return std::nullopt;
        return unless_empty(one_line(text, memory));
    case ItemType::String:
    case ItemType::OpenChoice:
        return unless_empty(one_line(text, memory));
    case ItemType::Text:
        return unless_empty(shown_text(text, memory));
    case ItemType::Quantity:
        return read_quantity(item, text, memory);
    }
    return std::nullopt;
}

} // namespace forms
