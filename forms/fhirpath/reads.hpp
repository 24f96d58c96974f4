// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/expression.hpp"

#include <set>

/// What an expression looks at, found without running it: feeds the graph of a form. The answer may name too much,
/// never too little. What is read of a form, a patient or a constant is not named: it does not change while a form is
/// filled.
namespace forms::fhirpath {

enum class How {
    Answers,   ///< the answers of the item itself
    Instances, ///< which instances of it are there; for an item that does not repeat, nothing
    Below      ///< the item with everything below it
};
struct Read {
    std::string link_id;
    How how = How::Below;
    std::string from; ///< linkId of the item from which it is looked for; empty: from the top, in all instances
    auto operator<=>(const Read&) const = default;
};
struct Reads {
    bool everything = false; ///< cannot be known: any answer
    std::set<Read> items;
    void add(const Reads& other);
};

/// Where the nodes stand that an expression gives.
struct Focus {
    enum class Level { Whole, Answer, Below };
    std::string link_id; ///< empty: the response itself
    Level level = Level::Whole;
    std::string from; ///< see Read
    auto operator<=>(const Focus&) const = default;
};

struct Analysis {
    Reads on_the_way;       ///< what it reads to find its result
    std::set<Focus> result; ///< what it gives, not yet looked at: a variable may be narrowed by whoever uses it
    [[nodiscard]] Reads reads() const; ///< everything, the result looked at
};

/// `context`: linkId of the item where the expression stands, empty for the form as a whole. `variables`: the analyses
/// of the variables by the index they were compiled with.
[[nodiscard]] Analysis analyse(const Expression& expression, std::string_view context,
                               std::span<const Analysis* const> variables = {});

/// The variables an expression names, by index, each once.
[[nodiscard]] std::set<std::uint32_t> variables_in(const Expression& expression);
[[nodiscard]] bool reads_the_clock(const Expression& expression);

/// The lists of codes that an expression asks for.
struct AskedFor {
    std::set<std::string> lists; ///< addresses in memberOf() and expand()
    bool unknown = false;        ///< an address there is not written out
    bool contained = false;      ///< it looks at what a resource contains
    std::set<std::string> texts; ///< all that are written out: one of them may be the id of what it looks for
};
[[nodiscard]] AskedFor asked_for(const Expression& expression);

} // namespace forms::fhirpath
