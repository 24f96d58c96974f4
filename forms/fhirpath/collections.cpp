// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/evaluator.hpp"

#include <algorithm>

namespace forms::fhirpath {

/// N1 §5.2.1. Also what a fused ItemById falls back to.
Collection Evaluator::filter(const Op& op, const Collection& input, const Scope& scope) {
    Collection kept(arena_);
    Scope inner = scope;
    for (std::size_t i = 0; i < input.size() && spend(op); ++i) {
        inner.self = &input[i];
        inner.index = static_cast<std::int32_t>(i);
        if (condition(argument(op, 0, inner), op) == true && !failed()) kept.push_back(input[i]);
    }
    return kept;
}

Collection Evaluator::project(const Op& op, const Collection& input, const Scope& scope) {
    Collection found(arena_);
    Scope inner = scope;
    for (std::size_t i = 0; i < input.size() && spend(op); ++i) {
        inner.self = &input[i];
        inner.index = static_cast<std::int32_t>(i);
        const Collection part = argument(op, 0, inner);
        if (!spend(op, part.size())) break;
        found.insert(found.end(), part.begin(), part.end());
    }
    return found;
}

/// N1 §5.2.3: only what was not there before is looked at again, so it ends whatever the projection gives. Nodes are
/// told apart by where they are; comparing their contents would cost the square of the form.
Collection Evaluator::repeat(const Op& op, const Collection& input, const Scope& scope) {
    Collection found(arena_);
    Collection next = Collection(input, arena_);
    Scope inner = scope;
    while (!next.empty() && !failed()) {
        Collection added(arena_);
        for (const Element& element : next) {
            inner.self = &element;
            for (const Element& candidate : argument(op, 0, inner)) {
                if (!spend(op)) return found;
                if (!candidate.node) {
                    Comparison compare = comparison();
                    const auto is_same = [&](const Element& e) { return compare.equal(e, candidate) == Answer::Yes; };
                    const bool known = std::any_of(found.begin(), found.end(), is_same);
                    settle(compare, op);
                    if (known || failed()) continue;
                }
                found.push_back(candidate);
                // A value has nothing below it that a projection could reach for ever, unless it computes new ones.
                added.push_back(candidate);
            }
        }
        next = std::move(added);
    }
    return found;
}

Collection Evaluator::exists(const Op& op, const Collection& input, const Scope& scope) {
    if (op.arguments.empty()) return truth(!input.empty());
    Scope inner = scope;
    for (std::size_t i = 0; i < input.size() && spend(op); ++i) {
        inner.self = &input[i];
        inner.index = static_cast<std::int32_t>(i);
        if (condition(argument(op, 0, inner), op) == true && !failed()) return truth(true);
    }
    return truth(false);
}

Collection Evaluator::all(const Op& op, const Collection& input, const Scope& scope) {
    Scope inner = scope;
    for (std::size_t i = 0; i < input.size() && spend(op); ++i) {
        inner.self = &input[i];
        inner.index = static_cast<std::int32_t>(i);
        if (condition(argument(op, 0, inner), op) != true) return truth(false);
    }
    return truth(true);
}

/// allTrue() and its kin, N1 §5.1.4 to §5.1.7.
Collection Evaluator::all_are(const Op& op, const Collection& input) {
    const bool wanted = op.function == Function::AllTrue || op.function == Function::AnyTrue;
    const bool any = op.function == Function::AnyTrue || op.function == Function::AnyFalse;
    for (const Element& element : input) {
        const auto* const value = std::get_if<bool>(&element.value);
        if (value == nullptr) {
            fail(Trouble::WrongTypes, op);
            return nothing();
        }
        if (!spend(op)) return nothing();
        if (any && *value == wanted) return truth(true);
        if (!any && *value != wanted) return truth(false);
    }
    return truth(!any);
}

Collection Evaluator::iif(const Op& op, const Collection& input, const Scope& scope) {
    Scope inner = scope;
    if (input.size() == 1) inner.self = &input.front();
    const auto decided = condition(argument(op, 0, inner), op);
    if (failed()) return nothing();
    return argument(op, decided == true ? 1 : 2, inner);
}

Collection Evaluator::subset(const Op& op, const Collection& input, const Scope& scope) {
    const Collection other = argument(op, 0, scope);
    const bool sub = op.function == Function::SubsetOf;
    const Collection& inside = sub ? input : other;
    const Collection& around = sub ? other : input;
    Comparison compare = comparison();
    const bool holds = std::all_of(inside.begin(), inside.end(), [&](const Element& a) {
        return std::any_of(around.begin(), around.end(),
                           [&](const Element& b) { return compare.equal(a, b) == Answer::Yes; });
    });
    settle(compare, op);
    return truth(holds);
}

/// first, last, tail, skip, take, N1 §5.3.
Collection Evaluator::slice(const Op& op, const Collection& input, const Scope& scope) {
    std::size_t from = 0;
    std::size_t to = input.size();
    if (op.function == Function::First) to = std::min<std::size_t>(1, to);
    if (op.function == Function::Last) from = to == 0 ? 0 : to - 1;
    if (op.function == Function::Tail) from = std::min<std::size_t>(1, to);
    if (op.function == Function::Skip || op.function == Function::Take) {
        const auto number = whole_argument(op, 0, scope);
        if (!number) return nothing();
        const std::size_t count = *number < 0 ? 0 : std::min(static_cast<std::size_t>(*number), to);
        (op.function == Function::Skip ? from : to) = count;
    }
    Collection part(arena_);
    part.assign(input.begin() + static_cast<std::ptrdiff_t>(from), input.begin() + static_cast<std::ptrdiff_t>(to));
    return part;
}

Collection Evaluator::distinct(const Collection& input) { return united(nothing(), input); }

/// Both together, nothing twice.
Collection Evaluator::united(Collection a, const Collection& b) {
    Collection all(arena_);
    Comparison compare = comparison();
    for (const Collection* const side : {static_cast<const Collection*>(&a), &b})
        for (const Element& element : *side) {
            const auto is_same = [&](const Element& e) { return compare.equal(e, element) == Answer::Yes; };
            if (std::none_of(all.begin(), all.end(), is_same) && !compare.trouble()) all.push_back(element);
        }
    settle(compare, program_.op(program_.top));
    return all;
}

Collection Evaluator::intersect(const Op& op, const Collection& input, const Scope& scope) {
    const Collection other = argument(op, 0, scope);
    const bool keep = op.function == Function::Intersect;
    Collection kept(arena_);
    Comparison compare = comparison();
    for (const Element& element : input) {
        const auto is_same = [&](const Element& e) { return compare.equal(e, element) == Answer::Yes; };
        if (std::any_of(other.begin(), other.end(), is_same) == keep) kept.push_back(element);
    }
    settle(compare, op);
    return keep ? distinct(kept) : kept;
}

Collection Evaluator::children(const Collection& input, bool deep) {
    Collection found(arena_);
    const Op& top = program_.op(program_.top);
    const auto add = [&](const Element& parent) {
        if (!parent.node) return;
        parent.node.tree->visit(parent.node.id, [&](std::string_view, const Element& child) {
            if (spend(top)) found.push_back(child);
        });
    };
    for (const Element& element : input)
        add(element);
    for (std::size_t i = 0; deep && i < found.size() && !failed(); ++i)
        add(Element(found[i]));
    return found;
}

/// The answers of items and of all items below them, answers of answers included.
Collection Evaluator::answers(const Collection& input) {
    Collection found(arena_);
    Collection waiting = Collection(input, arena_);
    const Op& top = program_.op(program_.top);
    while (!waiting.empty() && !failed()) {
        Collection below(arena_);
        for (const Element& element : waiting) {
            if (!element.node || !spend(top)) continue;
            const std::size_t before = found.size();
            element.node.tree->children(element.node.id, "answer", found);
            for (std::size_t i = before; i < found.size(); ++i)
                if (spend(top)) below.push_back(found[i]);
            element.node.tree->children(element.node.id, "item", below);
        }
        waiting = std::move(below);
    }
    Collection values(arena_);
    for (const Element& answer : found)
        answer.node.tree->children(answer.node.id, "value", values);
    return values;
}

Collection Evaluator::of_type(const Op& op, const Collection& input) {
    Collection kept(arena_);
    for (const Element& element : input)
        if (spend(op) && is_of_type(element, op.name)) kept.push_back(element);
    return kept;
}

Collection Evaluator::aggregate(const Op& op, const Collection& input, const Scope& scope) {
    Collection total = argument(op, 1, scope);
    Scope inner = scope;
    for (std::size_t i = 0; i < input.size() && spend(op); ++i) {
        inner.self = &input[i];
        inner.index = static_cast<std::int32_t>(i);
        inner.total = &total;
        Collection next = argument(op, 0, inner);
        total = std::move(next);
    }
    return total;
}

/// sum, avg: nothing gives {}, as aggregate($this + $total) would without a start value; min and max by order.
Collection Evaluator::fold(const Op& op, const Collection& input) {
    if (input.empty()) return nothing();
    Op plus = op;
    plus.kind = OpKind::Add;
    Collection result = just(input.front());
    for (std::size_t i = 1; i < input.size() && spend(op); ++i) {
        if (result.empty()) return nothing(); // overflow, or an order that is not clear
        if (op.function == Function::Sum || op.function == Function::Avg) {
            result = calculate(plus, result.front().value, input[i].value);
            continue;
        }
        const Ordering ordering = comparison().order(input[i], result.front());
        if (ordering == Ordering::NotComparable) fail(Trouble::WrongTypes, op);
        if (ordering == Ordering::Unclear) return nothing();
        if (ordering == (op.function == Function::Min ? Ordering::Less : Ordering::Greater)) result = just(input[i]);
    }
    if (op.function != Function::Avg || result.empty() || failed()) return result;
    plus.kind = OpKind::Divide;
    return calculate(plus, result.front().value, Primitive(static_cast<std::int32_t>(input.size())));
}

} // namespace forms::fhirpath
