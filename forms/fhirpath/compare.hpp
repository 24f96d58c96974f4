// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/evaluate.hpp"

/// Equality, equivalence and order of two elements (N1 §6.1, §6.2). Only forms/fhirpath includes this.
namespace forms::fhirpath {

enum class Answer { No, Yes, Unclear }; ///< Unclear: {}, as of dates that differ in precision

enum class Ordering { Less, Same, Greater, Unclear, NotComparable };

/// What comparing costs and needs to know.
class Comparison {
public:
    Comparison(std::pmr::memory_resource* arena, Budget& budget, std::int16_t offset)
        : arena_(arena), budget_(budget), offset_(offset) {}

    [[nodiscard]] Answer equal(const Element& a, const Element& b);
    [[nodiscard]] bool equivalent(const Element& a, const Element& b);
    [[nodiscard]] Ordering order(const Element& a, const Element& b) const;
    /// The budget ended or the nodes were too deep: answers mean nothing.
    [[nodiscard]] std::optional<Trouble> trouble() const { return trouble_; }

private:
    struct Child {
        std::string_view name;
        Element element;
    };
    using Children = std::pmr::vector<Child>;
    Children children_of(const Element& element);
    Answer equal_nodes(const Element& a, const Element& b);
    bool equivalent_nodes(const Element& a, const Element& b);
    bool spend();
    [[nodiscard]] Answer equal_primitives(const Primitive& a, const Primitive& b) const;

    std::pmr::memory_resource* arena_;
    Budget& budget_;
    std::int16_t offset_; ///< of moments that do not name one
    int depth_ = 0;
    std::optional<Trouble> trouble_;
};

/// As a decimal, when it is an integer or a decimal.
[[nodiscard]] std::optional<Decimal> number_of(const Primitive& value);
/// A date, or the moment itself; none for anything else.
[[nodiscard]] std::optional<DateTime> moment_of(const Primitive& value);
/// A quantity, or a number as a quantity without unit.
[[nodiscard]] std::optional<Quantity> quantity_of(const Primitive& value);

} // namespace forms::fhirpath
