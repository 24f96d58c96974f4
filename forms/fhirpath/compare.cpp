// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/compare.hpp"

#include "forms/fhirpath/arithmetic.hpp"
#include "forms/fhirpath/moments.hpp"
#include "forms/fhirpath/texts.hpp"
#include "forms/fhirpath/units.hpp"

#include <algorithm>

namespace forms::fhirpath {
namespace {

constexpr int most_depth = 32;

Answer answer_of(TimeOrder order) {
    if (order == TimeOrder::Unclear) return Answer::Unclear;
    return order == TimeOrder::Same ? Answer::Yes : Answer::No;
}
Answer answer_of(bool equal) { return equal ? Answer::Yes : Answer::No; }

Ordering ordering_of(TimeOrder order) {
    switch (order) { // no default: the compiler names the one we forgot
    case TimeOrder::Before:
        return Ordering::Less;
    case TimeOrder::Same:
        return Ordering::Same;
    case TimeOrder::After:
        return Ordering::Greater;
    case TimeOrder::Unclear:
        return Ordering::Unclear;
    }
    return Ordering::Unclear;
}

template <class Value>
Ordering ordering_of(const Value& a, const Value& b) {
    if (a == b) return Ordering::Same;
    return a < b ? Ordering::Less : Ordering::Greater;
}

/// Both in the unit of the second; Unclear when one cannot be turned into the other.
Ordering order_quantities(const Quantity& a, const Quantity& b) {
    if (const auto same_unit = converted(a, b)) return ordering_of(*same_unit, b.value);
    if (const auto other_way = converted(b, a)) return ordering_of(a.value, *other_way);
    return Ordering::Unclear;
}

const Primitive* member(const Element& coding, std::string_view name, Collection& scratch) {
    scratch.clear();
    coding.node.tree->children(coding.node.id, name, scratch);
    return scratch.empty() ? nullptr : &scratch.front().value;
}

} // namespace

std::optional<Decimal> number_of(const Primitive& value) {
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return Decimal(*whole);
    if (const auto* const decimal = std::get_if<Decimal>(&value)) return *decimal;
    return std::nullopt;
}

std::optional<DateTime> moment_of(const Primitive& value) {
    if (const auto* const date = std::get_if<PartialDate>(&value)) return DateTime{*date, std::nullopt, std::nullopt};
    if (const auto* const moment = std::get_if<DateTime>(&value)) return *moment;
    return std::nullopt;
}

std::optional<Quantity> quantity_of(const Primitive& value) {
    if (const auto* const quantity = std::get_if<Quantity>(&value)) return *quantity;
    if (const auto number = number_of(value)) return Quantity{*number, "1", false};
    return std::nullopt;
}

bool Comparison::spend() {
    if (budget_.steps == 0) trouble_ = Trouble::StepsSpent;
    if (trouble_) return false;
    --budget_.steps;
    return true;
}

Answer Comparison::equal_primitives(const Primitive& a, const Primitive& b) const {
    if (const auto x = number_of(a), y = number_of(b); x && y) return answer_of(*x == *y);
    if (const auto x = moment_of(a), y = moment_of(b); x && y) return answer_of(fhirpath::order(*x, *y, offset_));
    if (const auto x = quantity_of(a), y = quantity_of(b); x && y) {
        const Ordering order = order_quantities(*x, *y);
        // A month has no fixed number of days: nobody can say whether they are equal. Metres are no kilograms.
        const bool calendar = x->calendar && y->calendar;
        if (order == Ordering::Unclear) return calendar ? Answer::Unclear : Answer::No;
        return answer_of(order == Ordering::Same);
    }
    if (a.index() != b.index()) return Answer::No;
    if (const auto* const time = std::get_if<Time>(&a)) return answer_of(fhirpath::order(*time, std::get<Time>(b)));
    if (const auto* const text = std::get_if<std::string_view>(&a))
        return answer_of(*text == std::get<std::string_view>(b));
    if (const auto* const truth = std::get_if<bool>(&a)) return answer_of(*truth == std::get<bool>(b));
    return Answer::No;
}

Answer Comparison::equal(const Element& a, const Element& b) {
    if (!spend()) return Answer::Unclear;
    if (a.is_primitive() && b.is_primitive()) return equal_primitives(a.value, b.value);
    if (a.is_primitive() || b.is_primitive()) return Answer::No;
    if (a.node == b.node) return Answer::Yes;
    if (++depth_ > most_depth) trouble_ = Trouble::TooDeep;
    const Answer answer = trouble_ ? Answer::Unclear : equal_nodes(a, b);
    --depth_;
    return answer;
}

Comparison::Children Comparison::children_of(const Element& element) {
    Children children(arena_);
    if (element.node)
        element.node.tree->visit(element.node.id, [&](std::string_view name, const Element& child) {
            if (spend()) children.push_back({name, child});
        });
    return children;
}

Answer Comparison::equal_nodes(const Element& a, const Element& b) {
    const Children x = children_of(a);
    const Children y = children_of(b);
    if (trouble_) return Answer::Unclear;
    if (x.size() != y.size()) return Answer::No;
    Answer all = Answer::Yes;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const Answer one = x[i].name == y[i].name ? equal(x[i].element, y[i].element) : Answer::No;
        if (one == Answer::No) return Answer::No;
        if (one == Answer::Unclear) all = Answer::Unclear;
    }
    return all;
}

bool Comparison::equivalent(const Element& a, const Element& b) {
    if (!spend()) return false;
    if (a.is_primitive() && b.is_primitive()) {
        const auto* const x = std::get_if<std::string_view>(&a.value);
        const auto* const y = std::get_if<std::string_view>(&b.value);
        if (x != nullptr && y != nullptr) return normalized(*x, arena_) == normalized(*y, arena_);
        const auto n = number_of(a.value);
        const auto m = number_of(b.value);
        if (n && m) {
            const int decimals = std::min(shortest(*n).decimals(), shortest(*m).decimals());
            return rounded(*n, decimals) == rounded(*m, decimals);
        }
        return equal_primitives(a.value, b.value) == Answer::Yes;
    }
    if (a.is_primitive() || b.is_primitive()) return false;
    if (a.node == b.node) return true;
    if (++depth_ > most_depth) trouble_ = Trouble::TooDeep;
    const bool answer = !trouble_ && equivalent_nodes(a, b);
    --depth_;
    return answer;
}

/// Codings by system and code alone (hl7.org/fhir/R4/fhirpath.html, "Equivalence"); everything else child by child.
bool Comparison::equivalent_nodes(const Element& a, const Element& b) {
    if (a.type == "Coding" && b.type == "Coding") {
        Collection scratch(arena_);
        for (const std::string_view name : {"system", "code"}) {
            const Primitive* const x = member(a, name, scratch);
            const Primitive one = x == nullptr ? Primitive() : *x;
            const Primitive* const y = member(b, name, scratch);
            const Primitive other = y == nullptr ? Primitive() : *y;
            if (one.index() != other.index()) return false;
            if (one.index() != 0 && equal_primitives(one, other) != Answer::Yes) return false;
        }
        return true;
    }
    const Children x = children_of(a);
    const Children y = children_of(b);
    if (trouble_ || x.size() != y.size()) return false;
    std::pmr::vector<bool> taken(y.size(), false, arena_);
    for (const Child& child : x) {
        bool found = false;
        for (std::size_t i = 0; i < y.size() && !found; ++i) {
            if (taken[i] || y[i].name != child.name || !equivalent(child.element, y[i].element)) continue;
            taken[i] = true;
            found = true;
        }
        if (!found) return false;
    }
    return true;
}

Ordering Comparison::order(const Element& a, const Element& b) const {
    if (const auto x = number_of(a.value), y = number_of(b.value); x && y) return ordering_of(*x, *y);
    if (const auto x = moment_of(a.value), y = moment_of(b.value); x && y)
        return ordering_of(fhirpath::order(*x, *y, offset_));
    if (const auto x = quantity_of(a.value), y = quantity_of(b.value); x && y) return order_quantities(*x, *y);
    const auto* const time = std::get_if<Time>(&a.value);
    const auto* const other_time = std::get_if<Time>(&b.value);
    if (time != nullptr && other_time != nullptr) return ordering_of(fhirpath::order(*time, *other_time));
    const auto* const text = std::get_if<std::string_view>(&a.value);
    const auto* const other_text = std::get_if<std::string_view>(&b.value);
    if (text != nullptr && other_text != nullptr) return ordering_of(*text, *other_text);
    return Ordering::NotComparable;
}

} // namespace forms::fhirpath
