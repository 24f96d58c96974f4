// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/compare.hpp"
#include "forms/fhirpath/program.hpp"

/// Runs a program. Only forms/fhirpath includes this.
namespace forms::fhirpath {

/// What $this, $index and $total mean where an operation stands.
struct Scope {
    const Element* self = nullptr;
    std::int32_t index = 0;
    const Collection* total = nullptr;
};

class Evaluator {
public:
    Evaluator(const Program& program, const Surroundings& surroundings, Evaluation& evaluation);

    [[nodiscard]] Result<Collection, Failure> run();

private:
    /// After a failure every collection is empty, and every loop ends because nothing can be spent.
    Collection value_of(OpIndex index, const Scope& scope);
    Collection value_of_op(const Op& op, const Scope& scope);
    Collection input_of(const Op& op, const Scope& scope);
    Collection argument(const Op& op, std::size_t number, const Scope& scope);

    // evaluate.cpp: paths
    Collection member(const Op& op, const Scope& scope);
    Collection item_by_id(const Op& op, const Scope& scope);
    Collection subscript(const Op& op, const Scope& scope);
    Collection variable(const Op& op);
    // operators.cpp
    Collection binary(const Op& op, const Scope& scope);
    Collection logic(const Op& op, const Scope& scope);
    Collection equality(const Op& op, const Collection& a, const Collection& b);
    Collection order(const Op& op, const Collection& a, const Collection& b);
    Collection membership(const Op& op, const Collection& element, const Collection& list);
    Collection arithmetic(const Op& op, const Collection& a, const Collection& b);
    Collection calculate(const Op& op, const Primitive& a, const Primitive& b);
    Collection concatenate(const Op& op, const Collection& a, const Collection& b);
    Collection sign(const Op& op, const Scope& scope);
    Answer equal_all(const Collection& a, const Collection& b);
    // collections.cpp
    Collection call(const Op& op, const Scope& scope);
    Collection filter(const Op& op, const Collection& input, const Scope& scope);
    Collection project(const Op& op, const Collection& input, const Scope& scope);
    Collection repeat(const Op& op, const Collection& input, const Scope& scope);
    Collection exists(const Op& op, const Collection& input, const Scope& scope);
    Collection all(const Op& op, const Collection& input, const Scope& scope);
    Collection all_are(const Op& op, const Collection& input);
    Collection iif(const Op& op, const Collection& input, const Scope& scope);
    Collection subset(const Op& op, const Collection& input, const Scope& scope);
    Collection slice(const Op& op, const Collection& input, const Scope& scope);
    Collection distinct(const Collection& input);
    Collection intersect(const Op& op, const Collection& input, const Scope& scope);
    Collection united(Collection a, const Collection& b);
    Collection children(const Collection& input, bool deep);
    Collection answers(const Collection& input);
    Collection of_type(const Op& op, const Collection& input);
    Collection aggregate(const Op& op, const Collection& input, const Scope& scope);
    Collection fold(const Op& op, const Collection& input);
    Collection extension(const Op& op, const Collection& input, const Scope& scope);
    Collection member_of(const Op& op, const Collection& input, const Scope& scope);
    Collection scores(const Collection& input);
    // text_functions.cpp, number_functions.cpp, conversions.cpp: functions on one value
    Collection text_function(const Op& op, const Collection& input, const Scope& scope);
    Collection pattern_function(const Op& op, std::string_view text, const Scope& scope);
    Collection replaced(const Op& op, std::string_view text, const Scope& scope);
    Collection join(const Op& op, const Collection& input, const Scope& scope);
    Collection substring(const Op& op, std::string_view text, const Scope& scope);
    Collection split(const Op& op, std::string_view text, const Scope& scope);
    Collection number_function(const Op& op, const Collection& input, const Scope& scope);
    Collection convert(const Op& op, const Collection& input, const Scope& scope);
    std::optional<Primitive> in_unit(const Op& op, std::optional<Primitive> value, const Scope& scope);
    Collection moment_function(const Op& op);

    // What operations share.
    bool spend(const Op& op, std::size_t steps = 1);
    void fail(Trouble trouble, const Op& op);
    [[nodiscard]] bool failed() const { return failure_.has_value(); }
    [[nodiscard]] Collection nothing() { return Collection(arena_); }
    [[nodiscard]] Collection just(Element element);
    [[nodiscard]] Collection just(std::optional<Decimal> number);
    [[nodiscard]] Collection text(std::string_view kept_text) { return just(Element(Primitive(kept_text))); }
    [[nodiscard]] Collection truth(std::optional<bool> value);
    /// The only element; null for none, and, with a failure, for several.
    const Element* one(const Collection& collection, const Op& op);
    std::optional<bool> condition(const Collection& collection, const Op& op);
    /// An argument that must be one value of that kind: none for nothing, and, with a failure, for anything else.
    template <class Kind>
    std::optional<Kind> argument_as(const Op& op, std::size_t number, const Scope& scope);
    std::optional<std::int32_t> whole_argument(const Op& op, std::size_t number, const Scope& scope);
    std::optional<std::string_view> text_argument(const Op& op, std::size_t number, const Scope& scope);
    Comparison comparison();
    void settle(const Comparison& comparison, const Op& op);

    const Program& program_;
    const Surroundings& surroundings_;
    Evaluation& evaluation_;
    std::pmr::memory_resource* arena_;
    std::uint32_t looked_at_clock_; ///< steps that were left then
    std::int16_t offset_ = 0;
    std::optional<Failure> failure_;
};

/// Whether an element is of a type as N1 §6.3 and FHIR name it: "Coding", "FHIR.string", "System.String".
[[nodiscard]] bool is_of_type(const Element& element, std::string_view type);

} // namespace forms::fhirpath
