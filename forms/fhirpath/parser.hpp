// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/lexer.hpp"
#include "forms/fhirpath/program.hpp"

/// From words to a program (N1, grammar and precedence). Only forms/fhirpath includes this.
namespace forms::fhirpath {

class Parser {
public:
    Parser(Program& program, std::vector<Token> tokens, std::span<const std::string> variables)
        : program_(program), tokens_(std::move(tokens)), variables_(variables) {}

    /// Fills the program; none when all is well.
    [[nodiscard]] std::optional<SyntaxError> run();

private:
    struct Binary {
        OpKind kind;
        int level; ///< binds tighter the higher it is
    };

    // Every reader returns no_op once something failed.
    OpIndex expression(int level);
    OpIndex unary();
    OpIndex path();
    OpIndex term();
    OpIndex number();
    OpIndex quantity(const Token& token, const Decimal& value);
    OpIndex moment();
    OpIndex variable();
    OpIndex special();
    OpIndex invocation(OpIndex input, bool leading);
    OpIndex call(OpIndex input, const Token& name);
    OpIndex fused(OpIndex where);
    bool arguments(Op& op, const Signature& signature, const Token& name);
    bool pattern(Op& op, const Token& name);
    std::string_view type_name();
    [[nodiscard]] std::optional<Binary> binary_here() const;
    [[nodiscard]] bool is_lists(OpIndex index) const;
    [[nodiscard]] bool is_member(OpIndex index, std::string_view name) const;
    [[nodiscard]] std::optional<Reach> reach_of(OpIndex input, OpIndex& from) const;

    OpIndex add(Op op);
    OpIndex literal(Primitive value, std::size_t at);
    OpIndex fail(Refusal reason, std::size_t at, std::string words);
    std::string_view keep(std::string text);
    [[nodiscard]] const Token& here() const { return tokens_[next_]; }
    [[nodiscard]] bool is_symbol(std::string_view symbol) const;
    [[nodiscard]] bool is_word(std::string_view word) const;
    bool take_symbol(std::string_view symbol);
    bool expect(std::string_view symbol);

    Program& program_;
    std::vector<Token> tokens_;
    std::span<const std::string> variables_;
    std::size_t next_ = 0;
    std::vector<int> depths_; ///< beside the ops: how deep the tree below each is
    int nesting_ = 0;
    int aggregates_ = 0; ///< calls of aggregate() around what is read
    std::optional<SyntaxError> error_;
};

} // namespace forms::fhirpath
