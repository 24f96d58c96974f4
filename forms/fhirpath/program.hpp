// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/expression.hpp"
#include "forms/fhirpath/functions.hpp"

#include <deque>

namespace re2 {
class RE2;
}

/// A compiled expression from inside. Only forms/fhirpath includes this.
namespace forms::fhirpath {

using OpIndex = std::uint32_t;
constexpr OpIndex no_op = 0xFFFFFFFF;

enum class OpKind : std::uint8_t {
    Literal,   ///< `literal`
    Empty,     ///< {}
    This,      ///< $this, and what a path begins at when nothing stands before it
    Index,     ///< $index
    Total,     ///< $total
    Resource,  ///< %resource, %rootResource
    Context,   ///< %context
    Form,      ///< %questionnaire
    FormItem,  ///< %qitem
    Lists,     ///< %terminologies, before expand()
    Variable,  ///< number `slot`
    Member,    ///< child `name` of `input`
    ItemById,  ///< fused: input.item.where(linkId = 'name') and its deep forms, by `reach`; argument 0 is the long form
    Subscript, ///< input[argument 0]
    Call,      ///< `function` on `input`
    Negate,    ///< -argument 0
    Plus,      ///< +argument 0
    Multiply,
    Divide,
    DivideWhole,
    Remainder,
    Add,
    Subtract,
    Concatenate, ///< argument 0, argument 1; so all below
    Is,
    As, ///< argument 0, type in `name`
    Union,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Equivalent,
    NotEquivalent,
    In,
    Contains,
    And,
    Or,
    Xor,
    Implies
};

struct Op {
    OpKind kind = OpKind::Empty;
    Function function = Function::Empty;
    OpIndex input = no_op; ///< what stands before the dot
    std::vector<OpIndex> arguments;
    std::string_view name;  ///< member, type or linkId; in `Program::texts`
    Primitive literal;      ///< its text is in `Program::texts`
    std::uint32_t slot = 0; ///< of a variable; of a pattern
    Reach reach = Reach::Children;
    std::size_t position = 0;
};

struct Program {
    std::string text;
    std::deque<std::string> texts; ///< does not move what it holds
    std::vector<Op> ops;
    std::vector<std::unique_ptr<re2::RE2>> patterns;
    OpIndex top = no_op;
    bool reads_the_clock = false; ///< today(), now() or timeOfDay() are called

    Program();
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    [[nodiscard]] const Op& op(OpIndex index) const { return ops[index]; }
};

} // namespace forms::fhirpath
