// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/evaluate.hpp"

#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/lexer.hpp"

namespace forms::fhirpath {
namespace {

constexpr std::uint32_t steps_between_looks_at_the_clock = 1024;
constexpr int most_evaluations_within_each_other = 32;

} // namespace

bool Tree::items(NodeId, std::string_view, Reach, Collection&) const { return false; }

std::optional<Trouble> Host::variable(std::uint32_t, Evaluation&, Collection&) const { return Trouble::NotKnown; }
std::optional<DateTime> Host::now() const { return std::nullopt; }
bool Host::time_is_up() const { return false; }
std::optional<bool> Host::member_of(const Element&, std::string_view) const { return std::nullopt; }
std::optional<Element> Host::list(std::string_view) const { return std::nullopt; }
std::optional<Decimal> Host::score(const Element&) const { return std::nullopt; }

Evaluator::Evaluator(const Program& program, const Surroundings& surroundings, Evaluation& evaluation)
    : program_(program), surroundings_(surroundings), evaluation_(evaluation), arena_(evaluation.arena()),
      looked_at_clock_(evaluation.budget().steps) {
    if (const auto now = surroundings.host->now(); now && now->offset) offset_ = *now->offset;
}

Result<Collection, Failure> Evaluator::run() {
    Scope scope;
    scope.self = &surroundings_.context;
    Collection result = value_of(program_.top, scope);
    if (failure_) return *failure_;
    return result;
}

void Evaluator::fail(Trouble trouble, const Op& op) {
    if (!failure_) failure_ = Failure{trouble, characters_before(program_.text, op.position)};
}

bool Evaluator::spend(const Op& op, std::size_t steps) {
    if (failed()) return false;
    Budget& budget = evaluation_.budget();
    if (steps > budget.steps) {
        budget.steps = 0;
        fail(Trouble::StepsSpent, op);
        return false;
    }
    budget.steps -= static_cast<std::uint32_t>(steps);
    // Comparing spends as well, without passing here.
    if (looked_at_clock_ - budget.steps >= steps_between_looks_at_the_clock) {
        looked_at_clock_ = budget.steps;
        if (surroundings_.host->time_is_up()) fail(Trouble::TimeSpent, op);
    }
    return !failed();
}

Collection Evaluator::just(Element element) {
    Collection collection(arena_);
    collection.push_back(std::move(element));
    return collection;
}
Collection Evaluator::just(std::optional<Decimal> number) {
    return number ? just(Element(Primitive(*number))) : nothing();
}
Collection Evaluator::truth(std::optional<bool> value) { return value ? just(Element(Primitive(*value))) : nothing(); }

const Element* Evaluator::one(const Collection& collection, const Op& op) {
    if (collection.size() > 1) fail(Trouble::NotSingle, op);
    return collection.size() == 1 && !failed() ? &collection.front() : nullptr;
}

/// N1 §4.5: a single value that is no boolean counts as true where a boolean is wanted.
std::optional<bool> Evaluator::condition(const Collection& collection, const Op& op) {
    const Element* const element = one(collection, op);
    if (element == nullptr) return std::nullopt;
    const auto* const value = std::get_if<bool>(&element->value);
    return value == nullptr || *value;
}

template <class Kind>
std::optional<Kind> Evaluator::argument_as(const Op& op, std::size_t number, const Scope& scope) {
    const Collection value = argument(op, number, scope);
    const Element* const element = one(value, op);
    if (element == nullptr) return std::nullopt;
    if (const auto* const found = std::get_if<Kind>(&element->value)) return *found;
    fail(Trouble::WrongTypes, op);
    return std::nullopt;
}

std::optional<std::int32_t> Evaluator::whole_argument(const Op& op, std::size_t number, const Scope& scope) {
    return argument_as<std::int32_t>(op, number, scope);
}

std::optional<std::string_view> Evaluator::text_argument(const Op& op, std::size_t number, const Scope& scope) {
    return argument_as<std::string_view>(op, number, scope);
}

Comparison Evaluator::comparison() { return {arena_, evaluation_.budget(), offset_}; }

void Evaluator::settle(const Comparison& comparison, const Op& op) {
    if (const auto trouble = comparison.trouble()) fail(*trouble, op);
}

Collection Evaluator::input_of(const Op& op, const Scope& scope) {
    if (op.input != no_op) return value_of(op.input, scope);
    if (scope.self == nullptr || (!scope.self->is_primitive() && !scope.self->node)) return nothing();
    return just(*scope.self);
}

Collection Evaluator::argument(const Op& op, std::size_t number, const Scope& scope) {
    return number < op.arguments.size() ? value_of(op.arguments[number], scope) : nothing();
}

Collection Evaluator::value_of(OpIndex index, const Scope& scope) {
    const Op& op = program_.op(index);
    if (!spend(op)) return nothing();
    Collection value = value_of_op(op, scope);
    if (failed()) value.clear();
    return value;
}

Collection Evaluator::value_of_op(const Op& op, const Scope& scope) {
    const auto given = [this](const Element& element) {
        return element.is_primitive() || element.node ? just(element) : nothing();
    };
    switch (op.kind) { // no default: the compiler names the one we forgot
    case OpKind::Literal:
        return just(Element(op.literal));
    case OpKind::Empty:
    case OpKind::Lists:
        return nothing();
    case OpKind::This:
        return input_of(op, scope);
    case OpKind::Index:
        return just(Element(Primitive(scope.index)));
    case OpKind::Total:
        return scope.total != nullptr ? Collection(*scope.total, arena_) : nothing();
    case OpKind::Resource:
        return given(surroundings_.resource);
    case OpKind::Context:
        return given(surroundings_.context);
    case OpKind::Form:
        return given(surroundings_.form);
    case OpKind::FormItem:
        return given(surroundings_.form_item);
    case OpKind::Variable:
        return variable(op);
    case OpKind::Member:
        return member(op, scope);
    case OpKind::ItemById:
        return item_by_id(op, scope);
    case OpKind::Subscript:
        return subscript(op, scope);
    case OpKind::Call:
        return call(op, scope);
    case OpKind::Negate:
    case OpKind::Plus:
        return sign(op, scope);
    case OpKind::Is:
    case OpKind::As: {
        const Collection value = argument(op, 0, scope);
        const Element* const element = one(value, op);
        if (element == nullptr) return nothing();
        if (op.kind == OpKind::Is) return truth(is_of_type(*element, op.name));
        return is_of_type(*element, op.name) ? just(*element) : nothing();
    }
    case OpKind::And:
    case OpKind::Or:
    case OpKind::Xor:
    case OpKind::Implies:
        return logic(op, scope);
    case OpKind::Multiply:
    case OpKind::Divide:
    case OpKind::DivideWhole:
    case OpKind::Remainder:
    case OpKind::Add:
    case OpKind::Subtract:
    case OpKind::Concatenate:
    case OpKind::Union:
    case OpKind::Less:
    case OpKind::LessOrEqual:
    case OpKind::Greater:
    case OpKind::GreaterOrEqual:
    case OpKind::Equal:
    case OpKind::NotEqual:
    case OpKind::Equivalent:
    case OpKind::NotEquivalent:
    case OpKind::In:
    case OpKind::Contains:
        return binary(op, scope);
    }
    return nothing();
}

Collection Evaluator::member(const Op& op, const Scope& scope) {
    const Collection input = input_of(op, scope);
    Collection found(arena_);
    for (const Element& element : input) {
        if (!spend(op)) return nothing();
        if (!element.node) continue;
        const std::size_t before = found.size();
        // N1 §3: a path may begin with the type of what it starts from.
        if (op.slot == 1 && element.type == op.name)
            found.push_back(element);
        else
            element.node.tree->children(element.node.id, op.name, found);
        if (!spend(op, found.size() - before)) return nothing();
    }
    return found;
}

Collection Evaluator::item_by_id(const Op& op, const Scope& scope) {
    const Collection input = input_of(op, scope);
    Collection found(arena_);
    for (const Element& element : input) {
        if (!spend(op)) return nothing();
        if (!element.node) continue;
        const std::size_t before = found.size();
        if (element.node.tree->items(element.node.id, op.name, op.reach, found)) {
            if (!spend(op, found.size() - before)) return nothing();
            continue;
        }
        // No short way here: the long form, which `where` stands for, on this element alone.
        const Op& where = program_.op(op.arguments[0]);
        const Op& path = program_.op(where.input);
        Collection items(arena_);
        const Collection self = just(element);
        if (path.kind == OpKind::Member)
            element.node.tree->children(element.node.id, path.name, items);
        else
            items = path.function == Function::Descendants ? children(self, true) : repeat(path, self, scope);
        const Collection kept = filter(where, items, scope);
        found.insert(found.end(), kept.begin(), kept.end());
    }
    return found;
}

Collection Evaluator::subscript(const Op& op, const Scope& scope) {
    const Collection input = input_of(op, scope);
    const auto index = whole_argument(op, 0, scope);
    if (!index || *index < 0 || static_cast<std::size_t>(*index) >= input.size()) return nothing();
    return just(input[static_cast<std::size_t>(*index)]);
}

Collection Evaluator::variable(const Op& op) {
    Collection value(arena_);
    if (evaluation_.depth >= most_evaluations_within_each_other) {
        fail(Trouble::TooDeep, op);
        return value;
    }
    ++evaluation_.depth;
    const auto trouble = surroundings_.host->variable(op.slot, evaluation_, value);
    --evaluation_.depth;
    if (trouble) fail(*trouble, op);
    (void)spend(op, value.size());
    return value;
}

Result<Collection, Failure> evaluate(const Expression& expression, const Surroundings& surroundings,
                                     Evaluation& evaluation) {
    return Evaluator(expression.program(), surroundings, evaluation).run();
}

bool is_true(const Collection& result) {
    if (result.size() != 1) return false;
    const auto* const value = std::get_if<bool>(&result.front().value);
    return value == nullptr || *value;
}

} // namespace forms::fhirpath
