// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace forms::xlsform {

/// What a node of an expression is. The expressions of XLSForm are XPath 1.0 (W3C, 16 November 1999) with ${name} for
/// a question, and without paths.
enum class XKind : std::uint8_t {
    Number, ///< text: as written
    Text,
    Question, ///< text: the name inside ${}
    Self,     ///< .
    Column,   ///< text: a column of the choices, in a choice filter
    Call,     ///< text: the function's name
    Negate,
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo
};

struct XNode {
    XKind kind = XKind::Number;
    std::string text;
    std::vector<std::uint32_t> inputs; ///< operands or arguments, by their place in the tree
};

/// A parsed expression. `root` is the last node.
struct XTree {
    std::vector<XNode> nodes;
    [[nodiscard]] const XNode& at(std::uint32_t index) const { return nodes[index]; }
    [[nodiscard]] std::uint32_t root() const { return static_cast<std::uint32_t>(nodes.size() - 1); }
};

/// Parses an expression of at most 16 KiB, nested at most 60 deep. The error is in English, for its author. Quotation
/// marks may be the curved ones that spreadsheets put in by themselves. `is_column`: names that may stand alone,
/// because they are columns of the choices that a filter looks at; empty = none.
[[nodiscard]] Result<XTree, std::string> parse_xpath(std::string_view text,
                                                     const std::function<bool(std::string_view)>& is_column = {});

} // namespace forms::xlsform
