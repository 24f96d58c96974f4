// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/expression.hpp"

namespace forms::fhirpath {

/// How much may still be computed; one budget can serve many evaluations. What is spent depends on the expression and
/// the nodes alone, never on the machine.
struct Budget {
    static constexpr std::uint32_t most_steps = 100'000;
    std::uint32_t steps = most_steps; ///< left: one for each operation, and one for each element it looks at
};

/// Why an evaluation has no result. Never holds a value.
enum class Trouble {
    StepsSpent,
    TimeSpent,  ///< the host said so
    TooDeep,    ///< variables that stand on variables, or nodes within nodes, beyond what the stack should hold
    NotSingle,  ///< several values where one is needed (N1 §4.5)
    WrongTypes, ///< an operation that these types do not have: 'a' + 1
    NotKnown    ///< the host cannot say: a list that is not there
};
struct Failure {
    Trouble trouble;
    std::size_t position = 0; ///< characters before the operation, in the expression that was evaluated
};

/// The memory of one evaluation: results and everything between live in `memory` until this ends.
class Evaluation {
public:
    Evaluation(std::pmr::memory_resource* memory, Budget& budget) : arena_(memory), budget_(budget) {}
    [[nodiscard]] std::pmr::memory_resource* arena() { return &arena_; }
    [[nodiscard]] Budget& budget() { return budget_; }
    int depth = 0; ///< evaluations within each other, through variables

private:
    std::pmr::monotonic_buffer_resource arena_;
    Budget& budget_;
};

/// What an expression cannot know by itself. Thread: that of the evaluation.
class Host {
public:
    virtual ~Host() = default;
    /// Appends the value of the variable of that index. May evaluate further expressions with the same `evaluation`.
    virtual std::optional<Trouble> variable(std::uint32_t index, Evaluation& evaluation, Collection& out) const;
    /// The moment of now(), with its offset; today() is its date. One value for the whole evaluation (N1 §5.9.2).
    [[nodiscard]] virtual std::optional<DateTime> now() const;
    /// Asked now and then; a host with a clock ends an evaluation that takes too long.
    [[nodiscard]] virtual bool time_is_up() const;
    /// Whether a code, coding or concept is in the list of that address; none when the list is not known.
    [[nodiscard]] virtual std::optional<bool> member_of(const Element& code, std::string_view list) const;
    /// The list of that address as a ValueSet whose codes are listed; none when it is not known.
    [[nodiscard]] virtual std::optional<Element> list(std::string_view address) const;
    /// The score of a coding (`ordinalValue`); none when it has none.
    [[nodiscard]] virtual std::optional<Decimal> score(const Element& coding) const;
};

/// Where an expression stands. Any of the elements may be empty.
struct Surroundings {
    Element context;            ///< %context, and $this at the beginning
    Element resource;           ///< %resource
    Element form;               ///< %questionnaire
    Element form_item;          ///< %qitem
    const Host* host = nullptr; ///< required
};

/// N1 semantics. Thread: any, with its own evaluation.
[[nodiscard]] Result<Collection, Failure> evaluate(const Expression& expression, const Surroundings& surroundings,
                                                   Evaluation& evaluation);

/// The value of a condition: true only when it says true (N1 §4.5; empty is not true).
[[nodiscard]] bool is_true(const Collection& result);

/// As toString() would give it, in `out`; false for what has no text.
bool append_text(const Primitive& value, std::pmr::string& out);

} // namespace forms::fhirpath
