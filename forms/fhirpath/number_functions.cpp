// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/arithmetic.hpp"
#include "forms/fhirpath/evaluator.hpp"

#include <array>
#include <limits>

namespace forms::fhirpath {
namespace {

std::optional<Primitive> as_whole(const std::optional<Decimal>& value) {
    const auto whole = value ? value->whole() : std::nullopt;
    return whole ? std::optional<Primitive>(*whole) : std::nullopt;
}

std::optional<Primitive> magnitude(const Primitive& value) {
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) {
        if (*whole == std::numeric_limits<std::int32_t>::min()) return std::nullopt;
        return *whole < 0 ? -*whole : *whole;
    }
    if (const auto* const quantity = std::get_if<Quantity>(&value)) {
        const bool below = quantity->value < Decimal(0);
        return Quantity{below ? negate(quantity->value) : quantity->value, quantity->unit, quantity->calendar};
    }
    const Decimal number = std::get<Decimal>(value);
    return number < Decimal(0) ? negate(number) : number;
}

} // namespace

/// N1 §5.7. A result that is no number, or has too many digits, is {}.
Collection Evaluator::number_function(const Op& op, const Collection& input, const Scope& scope) {
    const Element* const element = one(input, op);
    if (element == nullptr) return nothing();
    const auto number = number_of(element->value);
    const bool is_quantity = std::holds_alternative<Quantity>(element->value);
    if (!number && !(is_quantity && op.function == Function::Abs)) {
        fail(Trouble::WrongTypes, op);
        return nothing();
    }
    const auto given = [this](const std::optional<Primitive>& value) {
        return value ? just(Element(*value)) : nothing();
    };
    if (op.function == Function::Abs) return given(magnitude(element->value));
    if (op.function == Function::Ceiling) return given(as_whole(ceiling(*number)));
    if (op.function == Function::Floor) return given(as_whole(fhirpath::floor(*number)));
    if (op.function == Function::Truncate) return given(as_whole(truncated(*number)));
    if (op.function == Function::Exp) return just(exponential(*number));
    if (op.function == Function::Ln) return just(logarithm(*number));
    if (op.function == Function::Sqrt) return just(square_root(*number));
    if (op.function == Function::Round) {
        if (op.arguments.empty()) return just(std::optional(rounded(*number, 0)));
        const auto decimals = whole_argument(op, 0, scope);
        if (!decimals || *decimals < 0) return nothing();
        return just(std::optional(rounded(*number, *decimals)));
    }
    const Collection value = argument(op, 0, scope);
    const Element* const second = one(value, op);
    if (second == nullptr) return nothing();
    const auto other = number_of(second->value);
    if (!other) {
        fail(Trouble::WrongTypes, op);
        return nothing();
    }
    if (op.function == Function::Log) return just(logarithm(*number, *other));
    const auto result = power(*number, *other);
    const bool whole = std::holds_alternative<std::int32_t>(element->value) &&
                       std::holds_alternative<std::int32_t>(second->value) && *other >= Decimal(0);
    return whole ? given(as_whole(result)) : just(result);
}

} // namespace forms::fhirpath
