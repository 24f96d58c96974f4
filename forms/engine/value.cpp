// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/value.hpp"

namespace forms {
namespace {

bool same_unit(const Quantity& a, const Quantity& b) {
    if (!a.code.empty() || !b.code.empty()) return a.system == b.system && a.code == b.code;
    return a.unit == b.unit;
}

std::optional<Decimal> number_in(const Value& value) {
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return Decimal(*whole);
    if (const auto* const decimal = std::get_if<Decimal>(&value)) return *decimal;
    return std::nullopt;
}

std::optional<Order> order_of(TimeOrder order) {
    switch (order) {
    case TimeOrder::Before:
        return Order::Less;
    case TimeOrder::Same:
        return Order::Equal;
    case TimeOrder::After:
        return Order::Greater;
    case TimeOrder::Unclear:
        break;
    }
    return std::nullopt;
}

template <class T>
Order order_of(const T& a, const T& b) {
    if (a < b) return Order::Less;
    return b < a ? Order::Greater : Order::Equal;
}

struct Copy {
    std::pmr::memory_resource* memory;

    AnswerText text(const AnswerText& from) const { return AnswerText(from, memory); }

    template <class Plain>
    Value operator()(const Plain& plain) const {
        return plain;
    }
    Value operator()(const AnswerText& from) const { return text(from); }
    Value operator()(const Coding& from) const {
        return Coding{text(from.system), text(from.code), text(from.display)};
    }
    Value operator()(const Quantity& from) const {
        return Quantity{from.value, text(from.unit), text(from.system), text(from.code)};
    }
    Value operator()(const AttachmentRef& from) const {
        return AttachmentRef{text(from.content_type), text(from.title), text(from.creation),
                             text(from.sha1),         from.size,        from.index,
                             text(from.url)};
    }
};

} // namespace

bool operator==(const Quantity& a, const Quantity& b) { return a.value == b.value && same_unit(a, b); }

Value copy_of(const Value& value, std::pmr::memory_resource* memory) { return std::visit(Copy{memory}, value); }

Value text_value(std::string_view text, std::pmr::memory_resource* memory) { return AnswerText(text, memory); }

Coding coding(std::string_view system, std::string_view code, std::string_view display,
              std::pmr::memory_resource* memory) {
    return {AnswerText(system, memory), AnswerText(code, memory), AnswerText(display, memory)};
}

std::optional<Order> compare(const Value& a, const Value& b) {
    const auto x = number_in(a);
    const auto y = number_in(b);
    if (x && y) return order_of(*x, *y);
    if (a.index() != b.index()) return std::nullopt;
    if (const auto* const date = std::get_if<PartialDate>(&a)) return order_of(order(*date, std::get<PartialDate>(b)));
    if (const auto* const moment = std::get_if<PartialDateTime>(&a))
        return order_of(order(*moment, std::get<PartialDateTime>(b)));
    if (const auto* const time = std::get_if<TimeOfDay>(&a)) return order_of(order(*time, std::get<TimeOfDay>(b)));
    if (const auto* const text = std::get_if<AnswerText>(&a)) return order_of(*text, std::get<AnswerText>(b));
    if (const auto* const quantity = std::get_if<Quantity>(&a)) {
        const auto& other = std::get<Quantity>(b);
        if (same_unit(*quantity, other)) return order_of(quantity->value, other.value);
    }
    return std::nullopt;
}

bool same(const Value& a, const Value& b) {
    if (const auto order = compare(a, b)) return *order == Order::Equal;
    return a.index() == b.index() && a == b;
}

bool may_be_offered(const Value& value) {
    return std::holds_alternative<std::int32_t>(value) || std::holds_alternative<PartialDate>(value) ||
           std::holds_alternative<TimeOfDay>(value) || std::holds_alternative<AnswerText>(value) ||
           std::holds_alternative<Coding>(value);
}

} // namespace forms
