// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/engine/calculate.hpp"

#include <algorithm>

namespace forms {
namespace {

using fhirpath::Element;

AnswerText text_of(const Element& coding, std::string_view name, std::pmr::memory_resource* memory) {
    fhirpath::Collection found(memory);
    if (coding.node) coding.node.tree->children(coding.node.id, name, found);
    const auto* const text = found.empty() ? nullptr : std::get_if<std::string_view>(&found.front().value);
    return text == nullptr ? AnswerText(memory) : shown_text(*text, memory);
}

std::optional<Value> decimal_from(const Element& element) {
    if (const auto* const whole = std::get_if<std::int32_t>(&element.value)) return Decimal(*whole);
    if (const auto* const number = std::get_if<Decimal>(&element.value)) return *number;
    return std::nullopt;
}

std::optional<Value> integer_from(const Element& element) {
    if (const auto* const whole = std::get_if<std::int32_t>(&element.value)) return *whole;
    const auto* const number = std::get_if<Decimal>(&element.value);
    const auto whole = number != nullptr ? number->whole() : std::nullopt;
    return whole ? std::optional<Value>(*whole) : std::nullopt;
}

std::optional<Value> date_from(const Element& element) {
    if (const auto* const date = std::get_if<PartialDate>(&element.value)) return *date;
    if (const auto* const moment = std::get_if<fhirpath::DateTime>(&element.value)) return moment->date;
    return std::nullopt;
}

std::optional<TimeOfDay> whole_time(const fhirpath::Time& time) {
    if (time.parts < 3) return std::nullopt; // FHIR wants the seconds
    return TimeOfDay{time.hour, time.minute, time.second, time.fraction_digits, time.nanoseconds};
}

std::optional<Value> moment_from(const Element& element) {
    PartialDateTime moment;
    if (const auto* const date = std::get_if<PartialDate>(&element.value)) {
        moment.date = *date;
        return moment;
    }
    const auto* const given = std::get_if<fhirpath::DateTime>(&element.value);
    if (given == nullptr) return std::nullopt;
    moment.date = given->date;
    if (!given->time) return moment;
    moment.time = whole_time(*given->time);
    if (!moment.time) return std::nullopt;
    moment.offset = given->offset ? *given->offset : italian_offset(moment.date, *moment.time);
    return moment;
}

std::optional<Value> words_from(const Element& element, std::pmr::memory_resource* memory) {
    std::pmr::string text(memory);
    if (!fhirpath::append_text(element.value, text) || text.size() > Draft::Tree::most_text_bytes) return std::nullopt;
    return Value(shown_text(text, memory));
}

/// In the unit it came with; a plain number in the first unit of the item.
std::optional<Value> quantity_from(const Item& item, const Element& element, std::pmr::memory_resource* memory) {
    Quantity quantity{Decimal(), AnswerText(memory), AnswerText(memory), AnswerText(memory)};
    std::string_view unit = "1";
    if (const auto* const given = std::get_if<fhirpath::Quantity>(&element.value)) {
        quantity.value = given->value;
        unit = given->unit;
    } else if (const auto number = decimal_from(element)) {
        quantity.value = std::get<Decimal>(*number);
    } else {
        return std::nullopt;
    }
    const auto known = std::find_if(item.units.begin(), item.units.end(), [&](const Coding& u) {
        return unit == "1" || u.code == unit || u.display == unit;
    });
    if (known != item.units.end()) {
        quantity.unit = known->display.empty() ? known->code : known->display;
        quantity.system = known->system;
        quantity.code = known->code;
    } else if (unit != "1") {
        quantity.unit = unit;
    }
    return Value(std::move(quantity));
}

/// A coding, an option's own value, or a code that only one option has.
std::optional<Value> choice_from(const Item& item, const Element& element, std::pmr::memory_resource* memory) {
    std::optional<Value> given;
    if (element.node && !element.is_primitive()) {
        if (element.type != "Coding" && !element.type.empty()) return std::nullopt;
        Coding code{text_of(element, "system", memory), text_of(element, "code", memory),
                    text_of(element, "display", memory)};
        if (code.code.empty() && code.display.empty()) return std::nullopt;
        given = std::move(code);
    } else if (auto whole = integer_from(element)) {
        given = std::move(whole);
    } else if (auto date = date_from(element)) {
        given = std::move(date);
    } else {
        given = words_from(element, memory);
    }
    if (!given) return std::nullopt;
    const auto* const text = std::get_if<AnswerText>(&*given);
    const Option* only = nullptr;
    int matching = 0;
    for (const Option& option : item.options) {
        if (same(option.value, *given)) return copy_of(option.value, memory);
        const auto* const code = std::get_if<Coding>(&option.value);
        if (text == nullptr || code == nullptr || (code->code != *text && code->display != *text)) continue;
        only = &option;
        ++matching;
    }
    if (matching == 1) return copy_of(only->value, memory);
    if (std::holds_alternative<Coding>(*given) || item.type == ItemType::OpenChoice || !item.offered_by.empty())
        return given;
    return std::nullopt;
}

} // namespace

std::optional<Value> answer_from(const Item& item, const Element& element, std::pmr::memory_resource* memory) {
    switch (item.type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
    case ItemType::Display:
    case ItemType::Attachment:
        return std::nullopt;
    case ItemType::Boolean: {
        const auto* const truth = std::get_if<bool>(&element.value);
        return truth == nullptr ? std::nullopt : std::optional<Value>(*truth);
    }
    case ItemType::Decimal:
        return decimal_from(element);
    case ItemType::Integer:
        return integer_from(element);
    case ItemType::Date:
        return date_from(element);
    case ItemType::DateTime:
        return moment_from(element);
    case ItemType::Time: {
        const auto* const time = std::get_if<fhirpath::Time>(&element.value);
        const auto whole = time == nullptr ? std::nullopt : whole_time(*time);
        return whole ? std::optional<Value>(*whole) : std::nullopt;
    }
    case ItemType::String:
    case ItemType::Text:
    case ItemType::Url:
        return words_from(element, memory);
    case ItemType::Choice:
    case ItemType::OpenChoice:
        return choice_from(item, element, memory);
    case ItemType::Quantity:
        return quantity_from(item, element, memory);
    }
    return std::nullopt;
}

} // namespace forms
