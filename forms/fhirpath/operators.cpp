// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/arithmetic.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/moments.hpp"
#include "forms/fhirpath/texts.hpp"
#include "forms/fhirpath/units.hpp"

#include <limits>

namespace forms::fhirpath {
namespace {

constexpr std::size_t most_text_bytes = 64u << 10;

/// Whole numbers stay whole; beyond 32 bits there is no result (N1 §6.6: overflow gives {}).
std::optional<std::int32_t> in_range(std::int64_t value) {
    if (value < std::numeric_limits<std::int32_t>::min() || value > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return static_cast<std::int32_t>(value);
}

std::optional<std::int32_t> calculate_whole(OpKind kind, std::int64_t a, std::int64_t b) {
    if (kind == OpKind::Multiply) return in_range(a * b);
    if (kind == OpKind::Add) return in_range(a + b);
    if (kind == OpKind::Subtract) return in_range(a - b);
    if (b == 0) return std::nullopt;
    return in_range(kind == OpKind::DivideWhole ? a / b : a % b);
}

std::optional<Decimal> calculate_decimal(OpKind kind, const Decimal& a, const Decimal& b) {
    if (kind == OpKind::Multiply) return multiply(a, b);
    if (kind == OpKind::Divide) return divide(a, b);
    if (kind == OpKind::DivideWhole) return divide_whole(a, b);
    if (kind == OpKind::Remainder) return remainder(a, b);
    return kind == OpKind::Add ? add(a, b) : subtract(a, b);
}

/// Quantities: sums in the unit of the first; a product with, or a quotient by, a plain number keeps the unit; two of
/// the same kind divide to a plain number.
std::optional<Quantity> calculate_quantity(OpKind kind, const Quantity& a, const Quantity& b) {
    const auto with = [](const std::optional<Decimal>& value, const Quantity& like) -> std::optional<Quantity> {
        if (!value) return std::nullopt;
        return Quantity{*value, like.unit, like.calendar};
    };
    if (kind == OpKind::Multiply) {
        if (b.unit == "1") return with(multiply(a.value, b.value), a);
        return a.unit == "1" ? with(multiply(a.value, b.value), b) : std::nullopt;
    }
    if (kind == OpKind::Divide) {
        if (b.unit == "1") return with(divide(a.value, b.value), a);
        const auto same_unit = converted(b, a);
        return same_unit ? with(divide(a.value, *same_unit), Quantity{}) : std::nullopt;
    }
    const auto same_unit = converted(b, a);
    if (!same_unit) return std::nullopt;
    if (kind == OpKind::Add) return with(add(a.value, *same_unit), a);
    return kind == OpKind::Subtract ? with(subtract(a.value, *same_unit), a) : std::nullopt;
}

} // namespace

Collection Evaluator::binary(const Op& op, const Scope& scope) {
    Collection a = argument(op, 0, scope);
    const Collection b = argument(op, 1, scope);
    if (failed()) return nothing();
    const auto is = [&op](auto... kinds) { return ((op.kind == kinds) || ...); };
    if (is(OpKind::Union)) return united(std::move(a), b);
    if (is(OpKind::Equal, OpKind::NotEqual, OpKind::Equivalent, OpKind::NotEquivalent)) return equality(op, a, b);
    if (is(OpKind::Less, OpKind::LessOrEqual, OpKind::Greater, OpKind::GreaterOrEqual)) return order(op, a, b);
    if (is(OpKind::In)) return membership(op, a, b);
    if (is(OpKind::Contains)) return membership(op, b, a);
    if (is(OpKind::Concatenate)) return concatenate(op, a, b);
    return arithmetic(op, a, b);
}

/// Three-valued (N1 §6.5). The right side is not looked at where the left one decides.
Collection Evaluator::logic(const Op& op, const Scope& scope) {
    const auto a = condition(argument(op, 0, scope), op);
    if (failed()) return nothing();
    if (op.kind == OpKind::And && a == false) return truth(false);
    if (op.kind == OpKind::Or && a == true) return truth(true);
    if (op.kind == OpKind::Implies && a == false) return truth(true);
    const auto b = condition(argument(op, 1, scope), op);
    if (failed()) return nothing();
    if (op.kind == OpKind::And) {
        if (b == false) return truth(false);
        return truth(a && b ? std::optional(true) : std::nullopt);
    }
    if (op.kind == OpKind::Or) {
        if (b == true) return truth(true);
        return truth(a && b ? std::optional(false) : std::nullopt);
    }
    if (op.kind == OpKind::Xor) return truth(a && b ? std::optional(*a != *b) : std::nullopt);
    if (b == true) return truth(true);
    return truth(a && b ? std::optional(false) : std::nullopt);
}

Answer Evaluator::equal_all(const Collection& a, const Collection& b) {
    if (a.size() != b.size()) return Answer::No;
    Comparison compare = comparison();
    Answer all = Answer::Yes;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const Answer one = compare.equal(a[i], b[i]);
        if (compare.trouble() || one == Answer::No) {
            settle(compare, program_.op(program_.top));
            return Answer::No;
        }
        if (one == Answer::Unclear) all = Answer::Unclear;
    }
    return all;
}

Collection Evaluator::equality(const Op& op, const Collection& a, const Collection& b) {
    if (op.kind == OpKind::Equal || op.kind == OpKind::NotEqual) {
        if (a.empty() || b.empty()) return nothing();
        const Answer answer = equal_all(a, b);
        if (answer == Answer::Unclear) return nothing();
        return truth((answer == Answer::Yes) == (op.kind == OpKind::Equal));
    }
    const bool wanted = op.kind == OpKind::Equivalent;
    if (a.size() != b.size()) return truth(!wanted);
    Comparison compare = comparison();
    std::pmr::vector<bool> taken(b.size(), false, arena_);
    for (const Element& element : a) {
        bool found = false;
        for (std::size_t i = 0; i < b.size() && !found && !compare.trouble(); ++i) {
            if (taken[i] || !compare.equivalent(element, b[i])) continue;
            taken[i] = true;
            found = true;
        }
        settle(compare, op);
        if (!found || failed()) return truth(!wanted);
    }
    return truth(wanted);
}

Collection Evaluator::order(const Op& op, const Collection& a, const Collection& b) {
    const Element* const x = one(a, op);
    const Element* const y = one(b, op);
    if (x == nullptr || y == nullptr) return nothing();
    const Ordering ordering = comparison().order(*x, *y);
    if (ordering == Ordering::NotComparable) fail(Trouble::WrongTypes, op);
    if (ordering == Ordering::NotComparable || ordering == Ordering::Unclear) return nothing();
    if (op.kind == OpKind::Less) return truth(ordering == Ordering::Less);
    if (op.kind == OpKind::LessOrEqual) return truth(ordering != Ordering::Greater);
    if (op.kind == OpKind::Greater) return truth(ordering == Ordering::Greater);
    return truth(ordering != Ordering::Less);
}

Collection Evaluator::membership(const Op& op, const Collection& element, const Collection& list) {
    const Element* const wanted = one(element, op);
    if (wanted == nullptr) return nothing();
    Comparison compare = comparison();
    bool found = false;
    for (std::size_t i = 0; i < list.size() && !found && !compare.trouble(); ++i)
        found = compare.equal(*wanted, list[i]) == Answer::Yes;
    settle(compare, op);
    return truth(found);
}

Collection Evaluator::concatenate(const Op& op, const Collection& a, const Collection& b) {
    std::pmr::string joined(arena_);
    for (const Collection* const side : {&a, &b}) {
        const Element* const element = one(*side, op);
        if (failed()) return nothing();
        if (element != nullptr && !append_text(element->value, joined)) fail(Trouble::WrongTypes, op);
    }
    if (joined.size() > most_text_bytes || !spend(op, joined.size() / 64)) return nothing();
    return text(kept(joined, arena_));
}

Collection Evaluator::arithmetic(const Op& op, const Collection& a, const Collection& b) {
    const Element* const x = one(a, op);
    const Element* const y = one(b, op);
    if (x == nullptr || y == nullptr) return nothing();
    return calculate(op, x->value, y->value);
}

Collection Evaluator::calculate(const Op& op, const Primitive& a, const Primitive& b) {
    const auto* const whole_a = std::get_if<std::int32_t>(&a);
    const auto* const whole_b = std::get_if<std::int32_t>(&b);
    if (whole_a != nullptr && whole_b != nullptr && op.kind != OpKind::Divide) {
        const auto result = calculate_whole(op.kind, *whole_a, *whole_b);
        return result ? just(Element(Primitive(*result))) : nothing();
    }
    if (const auto x = number_of(a), y = number_of(b); x && y) return just(calculate_decimal(op.kind, *x, *y));
    const auto* const text_a = std::get_if<std::string_view>(&a);
    const auto* const text_b = std::get_if<std::string_view>(&b);
    if (text_a != nullptr && text_b != nullptr && op.kind == OpKind::Add)
        return concatenate(op, just(Element(a)), just(Element(b)));
    const auto* const by = std::get_if<Quantity>(&b);
    if (by != nullptr && (op.kind == OpKind::Add || op.kind == OpKind::Subtract)) {
        const int direction = op.kind == OpKind::Add ? 1 : -1;
        const auto result = [this](const auto& value) { return value ? just(Element(Primitive(*value))) : nothing(); };
        if (const auto* const date = std::get_if<PartialDate>(&a)) return result(moved(*date, *by, direction));
        if (const auto* const moment = std::get_if<DateTime>(&a)) return result(moved(*moment, *by, direction));
        if (const auto* const time = std::get_if<Time>(&a)) return result(moved(*time, *by, direction));
    }
    if (const auto x = quantity_of(a), y = quantity_of(b); x && y) {
        const auto result = calculate_quantity(op.kind, *x, *y);
        return result ? just(Element(Primitive(*result))) : nothing();
    }
    fail(Trouble::WrongTypes, op);
    return nothing();
}

Collection Evaluator::sign(const Op& op, const Scope& scope) {
    const Collection value = argument(op, 0, scope);
    const Element* const element = one(value, op);
    if (element == nullptr) return nothing();
    const bool minus = op.kind == OpKind::Negate;
    if (const auto* const whole = std::get_if<std::int32_t>(&element->value)) {
        if (!minus) return just(Element(Primitive(*whole)));
        const auto negated = in_range(-std::int64_t{*whole});
        return negated ? just(Element(Primitive(*negated))) : nothing();
    }
    if (const auto* const number = std::get_if<Decimal>(&element->value))
        return just(std::optional(minus ? negate(*number) : *number));
    if (const auto* const quantity = std::get_if<Quantity>(&element->value))
        return just(Element(Primitive(
            Quantity{minus ? negate(quantity->value) : quantity->value, quantity->unit, quantity->calendar})));
    fail(Trouble::WrongTypes, op);
    return nothing();
}

} // namespace forms::fhirpath
