// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/migrate_value.hpp"

#include <algorithm>

namespace forms {
namespace {

const Option* option_of(const Item& item, const Value& value) {
    const auto found = std::find_if(item.options.begin(), item.options.end(),
                                    [&](const Option& option) { return same(option.value, value); });
    return found == item.options.end() ? nullptr : &*found;
}

/// Figures of a value that has one spelling; none for the others.
std::optional<AnswerText> spelling_of(const Value& value, std::pmr::memory_resource* memory) {
    const auto text = [memory](std::string_view words) { return AnswerText(words, memory); };
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return text(std::to_string(*whole));
    if (const auto* const number = std::get_if<Decimal>(&value)) return text(number->text());
    if (const auto* const date = std::get_if<PartialDate>(&value)) return text(date->text());
    if (const auto* const moment = std::get_if<PartialDateTime>(&value)) return text(moment->text());
    if (const auto* const time = std::get_if<TimeOfDay>(&value)) return text(time->text());
    if (const auto* const words = std::get_if<AnswerText>(&value)) return text(*words);
    return std::nullopt;
}

std::optional<Decimal> number_in(const Value& value) {
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return Decimal(*whole);
    if (const auto* const number = std::get_if<Decimal>(&value)) return *number;
    return std::nullopt;
}

/// Among the options of the new question; an old text may be the words or the code of one.
Converted as_choice(const Item& old, const Value& value, const Item& fresh, std::pmr::memory_resource* memory) {
    const Option* const before = option_of(old, value);
    if (const Option* const option = option_of(fresh, value)) {
        const bool other_words = before != nullptr && before->words.base != option->words.base;
        return {copy_of(option->value, memory), other_words};
    }
    if (const auto* const words = std::get_if<AnswerText>(&value)) {
        for (const Option& option : fresh.options)
            if (option.words.base == std::string_view(*words)) return {copy_of(option.value, memory)};
        if (fresh.type == ItemType::OpenChoice) return {copy_of(value, memory)};
    }
    const bool is_coding = std::holds_alternative<Coding>(value);
    // A list that is not in the form: whether it has this code is for the host to say.
    if (fresh.options.empty() && is_coding) return {copy_of(value, memory)};
    if (fresh.type == ItemType::OpenChoice && is_coding) return {words_of(old, value, {}, memory)};
    return {std::nullopt, false, DropReason::NotAnOption};
}

std::optional<Value> as_date(const Value& value) {
    if (std::holds_alternative<PartialDate>(value)) return value;
    if (const auto* const moment = std::get_if<PartialDateTime>(&value)) { // only one that has no time of day
        if (const auto date = PartialDate::parse(moment->text())) return Value(*date);
    }
    return std::nullopt;
}

std::optional<Value> as_moment(const Value& value) {
    if (std::holds_alternative<PartialDateTime>(value)) return value;
    if (const auto* const date = std::get_if<PartialDate>(&value))
        if (const auto moment = PartialDateTime::parse(date->text())) return Value(*moment);
    return std::nullopt;
}

std::optional<Value> as_type(const Item& old, const Value& value, ItemType type, std::pmr::memory_resource* memory) {
    const auto if_same = [&]<class T>(T*) -> std::optional<Value> {
        if (std::holds_alternative<T>(value)) return copy_of(value, memory);
        return std::nullopt;
    };
    switch (type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
    case ItemType::Display:
        return std::nullopt;
    case ItemType::Boolean:
        return if_same(static_cast<bool*>(nullptr));
    case ItemType::Integer: {
        const auto number = number_in(value);
        const auto whole = number ? number->whole() : std::nullopt;
        if (!whole) return std::nullopt;
        return Value(*whole);
    }
    case ItemType::Decimal: {
        const auto number = number_in(value);
        if (!number) return std::nullopt;
        return Value(*number);
    }
    case ItemType::Date:
        return as_date(value);
    case ItemType::DateTime:
        return as_moment(value);
    case ItemType::Time:
        return if_same(static_cast<TimeOfDay*>(nullptr));
    case ItemType::String: {
        // One line cannot hold what was written on several.
        auto text =
            std::holds_alternative<Coding>(value) ? words_of(old, value, {}, memory) : spelling_of(value, memory);
        if (!text || text->find('\n') != AnswerText::npos) return std::nullopt;
        return Value(*std::move(text));
    }
    case ItemType::Text: {
        auto text =
            std::holds_alternative<Coding>(value) ? words_of(old, value, {}, memory) : spelling_of(value, memory);
        if (!text) return std::nullopt;
        return Value(*std::move(text));
    }
    case ItemType::Url:
        if (old.type != ItemType::Url) return std::nullopt;
        return copy_of(value, memory);
    case ItemType::Attachment:
        return if_same(static_cast<AttachmentRef*>(nullptr));
    case ItemType::Quantity:
        return if_same(static_cast<Quantity*>(nullptr));
    case ItemType::Choice:
    case ItemType::OpenChoice:
        break; // as_choice
    }
    return std::nullopt;
}

} // namespace

Converted convert(const Item& old, const Value& value, const Item& fresh, std::pmr::memory_resource* memory) {
    if (fresh.type == ItemType::Choice || fresh.type == ItemType::OpenChoice) {
        if (old.is_question()) return as_choice(old, value, fresh, memory);
    }
    auto converted = as_type(old, value, fresh.type, memory);
    if (!converted) return {std::nullopt, false, DropReason::OtherType};
    if (!fresh.options.empty() && option_of(fresh, *converted) == nullptr)
        return {std::nullopt, false, DropReason::NotAnOption};
    return {std::move(converted)};
}

AnswerText words_of(const Item& item, const Value& value, std::string_view language,
                    std::pmr::memory_resource* memory) {
    if (const Option* const option = option_of(item, value); option != nullptr && !option->words.empty())
        return AnswerText(option->words.in(language), memory);
    if (auto text = spelling_of(value, memory)) return *std::move(text);
    if (const auto* const flag = std::get_if<bool>(&value)) return AnswerText(*flag ? "true" : "false", memory);
    if (const auto* const code = std::get_if<Coding>(&value))
        return AnswerText(code->display.empty() ? code->code : code->display, memory);
    if (const auto* const quantity = std::get_if<Quantity>(&value)) {
        AnswerText text(quantity->value.text(), memory);
        const AnswerText& unit = quantity->unit.empty() ? quantity->code : quantity->unit;
        if (!unit.empty()) text.append(" ").append(unit);
        return text;
    }
    const auto& file = std::get<AttachmentRef>(value);
    return AnswerText(file.title.empty() ? file.content_type : file.title, memory);
}

} // namespace forms
