// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/parser.hpp"

#include "forms/base/utf8.hpp"

#include <re2/re2.h>

namespace forms::fhirpath {

Program::Program() = default;
Program::~Program() = default;

/// A member or a function, after a dot or at the beginning of a path.
OpIndex Parser::invocation(OpIndex input, bool leading) {
    const Token& token = here();
    if (token.kind == TokenKind::Special) return special();
    if (token.kind != TokenKind::Name && token.kind != TokenKind::QuotedName)
        return fail(Refusal::NotFhirPath, token.at, "the name of a member or a function should stand here");
    ++next_;
    if (token.kind == TokenKind::Name && is_symbol("(")) return call(input, token);
    if (is_lists(input)) return fail(Refusal::NotFhirPath, token.at, "of %terminologies only expand() is run here");
    Op op;
    op.kind = OpKind::Member;
    op.position = token.at;
    op.name = keep(token.kind == TokenKind::Name ? std::string(token.raw) : token.text);
    op.input = input;
    // A path may begin with the type it starts from ("Patient.name"): the evaluator asks the node.
    op.slot = leading ? 1 : 0;
    return add(std::move(op));
}

OpIndex Parser::call(OpIndex input, const Token& name) {
    const Signature* const signature = find_function(name.raw);
    if (signature == nullptr)
        return fail(Refusal::UnknownFunction, name.at, "the function " + shown_text(name.raw) + "() is not run here");
    if (is_lists(input) != (signature->function == Function::Expand))
        return fail(Refusal::UnknownFunction, name.at,
                    "expand() belongs to %terminologies, and nothing else of it is run here");
    Op op;
    op.kind = OpKind::Call;
    op.function = signature->function;
    op.position = name.at;
    op.input = input;
    ++next_; // the bracket
    if (op.function == Function::Aggregate) ++aggregates_;
    const bool read = arguments(op, *signature, name);
    if (op.function == Function::Aggregate) --aggregates_;
    if (!read) return no_op;
    if (op.function == Function::Now || op.function == Function::Today || op.function == Function::TimeOfDay)
        program_.reads_the_clock = true;
    const bool where = op.function == Function::Where;
    const OpIndex index = add(std::move(op));
    return where && !error_ ? fused(index) : index;
}

bool Parser::arguments(Op& op, const Signature& signature, const Token& name) {
    std::size_t count = 0;
    if (!is_symbol(")")) {
        do {
            if (signature.arguments == Arguments::Type)
                op.name = type_name();
            else
                op.arguments.push_back(expression(0));
            if (error_) return false;
            ++count;
        } while (take_symbol(","));
    }
    if (!expect(")")) return false;
    if (count < signature.fewest || count > signature.most) {
        std::string words = std::string(signature.name) + "() takes " + std::to_string(signature.fewest);
        if (signature.most != signature.fewest) words += " to " + std::to_string(signature.most);
        fail(Refusal::WrongArguments, name.at,
             words + (signature.most == 1 ? " argument, not " : " arguments, not ") + std::to_string(count));
        return false;
    }
    return signature.arguments != Arguments::Pattern || pattern(op, name);
}

/// Patterns are compiled with the expression: what an answer holds never becomes one.
bool Parser::pattern(Op& op, const Token& name) {
    const Op& written = program_.ops[op.arguments[0]];
    const auto* const text =
        written.kind == OpKind::Literal ? std::get_if<std::string_view>(&written.literal) : nullptr;
    if (text == nullptr) {
        fail(Refusal::WrongArguments, written.position,
             "the pattern of " + std::string(name.raw) + "() must be written out as a text");
        return false;
    }
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(1 << 20);
    options.set_dot_nl(true); // N1 §5.6.9: single-line mode
    auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(text->data(), text->size()), options);
    if (!compiled->ok()) {
        fail(Refusal::BadPattern, written.position, "this is no pattern of RE2: " + compiled->error());
        return false;
    }
    op.slot = static_cast<std::uint32_t>(program_.patterns.size());
    program_.patterns.push_back(std::move(compiled));
    return true;
}

bool Parser::is_lists(OpIndex index) const { return index != no_op && program_.ops[index].kind == OpKind::Lists; }

bool Parser::is_member(OpIndex index, std::string_view name) const {
    const Op& op = program_.ops[index];
    return op.kind == OpKind::Member && op.name == name && op.input == no_op;
}

/// Which items a path ends in that goes on with where(linkId = …); `from` becomes what the path begins at.
std::optional<Reach> Parser::reach_of(OpIndex input, OpIndex& from) const {
    if (input == no_op) return std::nullopt;
    const Op& op = program_.ops[input];
    from = op.input;
    if (op.kind == OpKind::Member && op.name == "item") return Reach::Children;
    if (op.kind != OpKind::Call) return std::nullopt;
    if (op.function == Function::Descendants) return Reach::Descendants;
    if (op.function != Function::Repeat) return std::nullopt;
    if (is_member(op.arguments[0], "item")) return Reach::ItemsOfItems;
    const Op& projection = program_.ops[op.arguments[0]];
    if (projection.kind != OpKind::Union) return std::nullopt;
    const auto [a, b] = std::pair(projection.arguments[0], projection.arguments[1]);
    if ((is_member(a, "item") && is_member(b, "answer")) || (is_member(a, "answer") && is_member(b, "item")))
        return Reach::Descendants;
    return std::nullopt;
}

/// item.where(linkId = 'x') is asked of the tree at once, instead of looking at every item.
OpIndex Parser::fused(OpIndex where) {
    const Op& call = program_.ops[where];
    const Op& criterion = program_.ops[call.arguments[0]];
    if (criterion.kind != OpKind::Equal) return where;
    auto [name, wanted] = std::pair(criterion.arguments[0], criterion.arguments[1]);
    if (!is_member(name, "linkId")) std::swap(name, wanted);
    if (!is_member(name, "linkId") || program_.ops[wanted].kind != OpKind::Literal) return where;
    const auto* const link_id = std::get_if<std::string_view>(&program_.ops[wanted].literal);
    OpIndex from = no_op;
    const auto reach = reach_of(call.input, from);
    if (link_id == nullptr || !reach) return where;
    Op op;
    op.kind = OpKind::ItemById;
    op.name = *link_id;
    op.reach = *reach;
    op.input = from;
    op.arguments = {where};
    op.position = call.position;
    return add(std::move(op));
}

Result<Expression, SyntaxError> Expression::compile(std::string_view text, std::span<const std::string> variables) {
    if (text.size() > most_bytes) return SyntaxError{Refusal::TooLong, most_bytes, "an expression has at most 16 KiB"};
    if (!is_utf8(text)) return SyntaxError{Refusal::NotFhirPath, 0, "this text is no UTF-8"};
    auto program = std::make_shared<Program>();
    program->text = text;
    auto tokens = read_tokens(program->text);
    if (!tokens.ok()) return tokens.error();
    Parser parser(*program, std::move(tokens).value(), variables);
    if (auto error = parser.run()) return *error;
    return Expression(std::move(program));
}

const std::string& Expression::text() const { return program_->text; }

int Expression::pattern_steps() const {
    int steps = 0;
    for (const auto& pattern : program_->patterns)
        steps += pattern->ProgramSize();
    return steps;
}

} // namespace forms::fhirpath
