// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhirpath/arithmetic.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/moments.hpp"
#include "forms/fhirpath/texts.hpp"
#include "forms/fhirpath/units.hpp"

#include <algorithm>
#include <array>

namespace forms::fhirpath {
namespace {

using Converted = std::optional<Primitive>;

const std::string_view* text_in(const Primitive& value) { return std::get_if<std::string_view>(&value); }

Converted to_boolean(const Primitive& value) {
    constexpr std::array<std::string_view, 6> yes{"true", "t", "yes", "y", "1", "1.0"};
    constexpr std::array<std::string_view, 6> no{"false", "f", "no", "n", "0", "0.0"};
    if (std::holds_alternative<bool>(value)) return value;
    if (const auto number = number_of(value)) {
        if (*number == Decimal(1)) return true;
        return *number == Decimal(0) ? Converted(false) : std::nullopt;
    }
    const auto* const text = text_in(value);
    if (text == nullptr) return std::nullopt;
    const auto is_text = [&](std::string_view word) { return equals_ignoring_ascii_case(*text, word); };
    if (std::any_of(yes.begin(), yes.end(), is_text)) return true;
    return std::any_of(no.begin(), no.end(), is_text) ? Converted(false) : std::nullopt;
}

/// Digits with an optional sign and decimals; zeros may lead, as they may not in JSON.
std::optional<Decimal> number_in(std::string_view text) {
    const bool minus = text.starts_with('-');
    if (minus || text.starts_with('+')) text.remove_prefix(1);
    while (text.size() > 1 && text[0] == '0' && text[1] != '.')
        text.remove_prefix(1);
    if (text.empty() || text[0] < '0' || text[0] > '9' || text.find_first_of("eE") != std::string_view::npos)
        return std::nullopt;
    const auto number = Decimal::parse(text);
    return number && minus ? std::optional(negate(*number)) : number;
}

Converted to_integer(const Primitive& value) {
    if (std::holds_alternative<std::int32_t>(value)) return value;
    if (const auto* const truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
    const auto* const text = text_in(value);
    if (text == nullptr || text->find('.') != std::string_view::npos) return std::nullopt;
    const auto number = number_in(*text);
    const auto whole = number ? number->whole() : std::nullopt;
    return whole ? Converted(*whole) : std::nullopt;
}

Converted to_decimal(const Primitive& value) {
    if (const auto number = number_of(value)) return *number;
    if (const auto* const truth = std::get_if<bool>(&value)) return Decimal(*truth ? 1 : 0);
    const auto* const text = text_in(value);
    const auto number = text == nullptr ? std::nullopt : number_in(*text);
    return number ? Converted(*number) : std::nullopt;
}

Converted to_date(const Primitive& value) {
    if (std::holds_alternative<PartialDate>(value)) return value;
    if (const auto* const moment = std::get_if<DateTime>(&value)) return moment->date;
    const auto* const text = text_in(value);
    const auto moment = text == nullptr ? std::nullopt : read_date_time(*text);
    return moment ? Converted(moment->date) : std::nullopt;
}

Converted to_date_time(const Primitive& value) {
    if (const auto moment = moment_of(value)) return *moment;
    const auto* const text = text_in(value);
    const auto moment = text == nullptr ? std::nullopt : read_date_time(*text);
    return moment ? Converted(*moment) : std::nullopt;
}

Converted to_time(const Primitive& value) {
    if (std::holds_alternative<Time>(value)) return value;
    const auto* const text = text_in(value);
    const auto time = text == nullptr ? std::nullopt : read_time(text->starts_with('T') ? text->substr(1) : *text);
    return time ? Converted(*time) : std::nullopt;
}

/// "4 days", "4 'kg'", "4" (N1 §5.5.7).
Converted to_quantity(const Primitive& value) {
    if (const auto quantity = quantity_of(value)) return *quantity;
    if (const auto* const truth = std::get_if<bool>(&value)) return Quantity{Decimal(*truth ? 1 : 0), "1", false};
    const auto* const text = text_in(value);
    if (text == nullptr) return std::nullopt;
    const std::size_t end = std::min(text->find_first_not_of("+-.0123456789"), text->size());
    const auto number = number_in(text->substr(0, end));
    std::string_view unit = trimmed(text->substr(end));
    if (!number) return std::nullopt;
    if (unit.empty()) return Quantity{*number, "1", false};
    if (unit.size() > 2 && unit.front() == '\'' && unit.back() == '\'')
        return Quantity{*number, unit.substr(1, unit.size() - 2), false};
    if (calendar_word(unit).empty()) return std::nullopt;
    return Quantity{*number, calendar_word(unit), true};
}

} // namespace

bool append_text(const Primitive& value, std::pmr::string& out) {
    if (const auto* const truth = std::get_if<bool>(&value))
        out += *truth ? "true" : "false";
    else if (const auto number = number_of(value))
        out += number->text();
    else if (const auto* const date = std::get_if<PartialDate>(&value))
        out += date->text();
    else if (const auto* const moment = std::get_if<DateTime>(&value))
        out += text_of(*moment);
    else if (const auto* const time = std::get_if<Time>(&value))
        out += text_of(*time);
    else if (const auto* const text = text_in(value))
        out += *text;
    else if (const auto* const quantity = std::get_if<Quantity>(&value)) {
        out += quantity->value.text();
        out += quantity->calendar ? " " : " '";
        out += quantity->unit;
        out += quantity->calendar ? "" : "'";
    } else
        return false;
    return true;
}

Collection Evaluator::convert(const Op& op, const Collection& input, const Scope& scope) {
    const Element* const element = one(input, op);
    if (element == nullptr) return nothing();
    const auto is = [&op](Function to, Function converts) { return op.function == to || op.function == converts; };
    const Primitive& value = element->value;
    Converted converted;
    bool asked = op.function == Function::ConvertsToText; // whether it can be converted, and not to what
    if (is(Function::ToText, Function::ConvertsToText)) {
        std::pmr::string text(arena_);
        if (append_text(value, text)) converted = kept(text, arena_);
    } else if (is(Function::ToBoolean, Function::ConvertsToBoolean)) {
        converted = to_boolean(value);
        asked = op.function == Function::ConvertsToBoolean;
    } else if (is(Function::ToInteger, Function::ConvertsToInteger)) {
        converted = to_integer(value);
        asked = op.function == Function::ConvertsToInteger;
    } else if (is(Function::ToDecimal, Function::ConvertsToDecimal)) {
        converted = to_decimal(value);
        asked = op.function == Function::ConvertsToDecimal;
    } else if (is(Function::ToDate, Function::ConvertsToDate)) {
        converted = to_date(value);
        asked = op.function == Function::ConvertsToDate;
    } else if (is(Function::ToDateTime, Function::ConvertsToDateTime)) {
        converted = to_date_time(value);
        asked = op.function == Function::ConvertsToDateTime;
    } else if (is(Function::ToTime, Function::ConvertsToTime)) {
        converted = to_time(value);
        asked = op.function == Function::ConvertsToTime;
    } else {
        converted = in_unit(op, to_quantity(value), scope);
        asked = op.function == Function::ConvertsToQuantity;
    }
    if (asked) return truth(converted.has_value());
    return converted ? just(Element(*converted)) : nothing();
}

/// toQuantity(unit): the quantity in that unit, if it can be turned into it.
std::optional<Primitive> Evaluator::in_unit(const Op& op, std::optional<Primitive> value, const Scope& scope) {
    if (!value || op.arguments.empty()) return value;
    const auto unit = text_argument(op, 0, scope);
    if (!unit) return std::nullopt;
    const bool calendar = !calendar_word(*unit).empty();
    const Quantity like{Decimal(1), calendar ? calendar_word(*unit) : *unit, calendar};
    const auto number = fhirpath::converted(std::get<Quantity>(*value), like);
    return number ? Converted(Quantity{*number, like.unit, calendar}) : std::nullopt;
}

/// today(), now(), timeOfDay(): always the moment that the host gave.
Collection Evaluator::moment_function(const Op& op) {
    const auto now = surroundings_.host->now();
    if (!now) {
        fail(Trouble::NotKnown, op);
        return nothing();
    }
    if (op.function == Function::Today) return just(Element(Primitive(now->date)));
    if (op.function == Function::Now) return just(Element(Primitive(*now)));
    return now->time ? just(Element(Primitive(*now->time))) : nothing();
}

} // namespace forms::fhirpath
