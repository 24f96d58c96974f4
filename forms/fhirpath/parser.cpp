// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/parser.hpp"

#include "forms/base/utf8.hpp"
#include "forms/fhirpath/moments.hpp"
#include "forms/fhirpath/units.hpp"

#include <algorithm>
#include <array>

namespace forms::fhirpath {

std::optional<SyntaxError> Parser::run() {
    program_.top = expression(0);
    if (!error_ && here().kind != TokenKind::End)
        fail(Refusal::NotFhirPath, here().at, "the expression should end here");
    return error_;
}

OpIndex Parser::fail(Refusal reason, std::size_t at, std::string words) {
    if (!error_) error_ = SyntaxError{reason, characters_before(program_.text, at), std::move(words)};
    return no_op;
}

std::string_view Parser::keep(std::string text) { return program_.texts.emplace_back(std::move(text)); }

bool Parser::is_symbol(std::string_view symbol) const {
    return here().kind == TokenKind::Symbol && here().raw == symbol;
}
bool Parser::is_word(std::string_view word) const { return here().kind == TokenKind::Name && here().raw == word; }

bool Parser::take_symbol(std::string_view symbol) {
    if (!is_symbol(symbol)) return false;
    ++next_;
    return true;
}

bool Parser::expect(std::string_view symbol) {
    if (error_) return false;
    if (take_symbol(symbol)) return true;
    fail(Refusal::NotFhirPath, here().at, "'" + std::string(symbol) + "' is missing");
    return false;
}

OpIndex Parser::add(Op op) {
    if (error_) return no_op;
    int depth = 0;
    if (op.input != no_op) depth = depths_[op.input];
    for (const OpIndex argument : op.arguments)
        depth = std::max(depth, depths_[argument]);
    if (++depth > Expression::most_depth)
        return fail(Refusal::TooDeep, op.position, "the expression is nested or chained too deeply");
    program_.ops.push_back(std::move(op));
    depths_.push_back(depth);
    return static_cast<OpIndex>(program_.ops.size() - 1);
}

OpIndex Parser::literal(Primitive value, std::size_t at) {
    Op op;
    op.kind = OpKind::Literal;
    op.literal = std::move(value);
    op.position = at;
    return add(std::move(op));
}

std::optional<Parser::Binary> Parser::binary_here() const {
    struct Sign {
        std::string_view text;
        Binary binary;
    };
    static constexpr std::array symbols{
        Sign{"|", {OpKind::Union, 7}},           Sign{"<", {OpKind::Less, 6}},
        Sign{"<=", {OpKind::LessOrEqual, 6}},    Sign{">", {OpKind::Greater, 6}},
        Sign{">=", {OpKind::GreaterOrEqual, 6}}, Sign{"=", {OpKind::Equal, 5}},
        Sign{"!=", {OpKind::NotEqual, 5}},       Sign{"~", {OpKind::Equivalent, 5}},
        Sign{"!~", {OpKind::NotEquivalent, 5}},  Sign{"+", {OpKind::Add, 9}},
        Sign{"-", {OpKind::Subtract, 9}},        Sign{"&", {OpKind::Concatenate, 9}},
        Sign{"*", {OpKind::Multiply, 10}},       Sign{"/", {OpKind::Divide, 10}},
    };
    static constexpr std::array words{
        Sign{"is", {OpKind::Is, 8}},
        Sign{"as", {OpKind::As, 8}},
        Sign{"in", {OpKind::In, 4}},
        Sign{"contains", {OpKind::Contains, 4}},
        Sign{"and", {OpKind::And, 3}},
        Sign{"or", {OpKind::Or, 2}},
        Sign{"xor", {OpKind::Xor, 2}},
        Sign{"implies", {OpKind::Implies, 1}},
        Sign{"div", {OpKind::DivideWhole, 10}},
        Sign{"mod", {OpKind::Remainder, 10}},
    };
    const auto look = [this](const auto& table) -> std::optional<Binary> {
        for (const Sign& sign : table)
            if (here().raw == sign.text) return sign.binary;
        return std::nullopt;
    };
    if (here().kind == TokenKind::Symbol) return look(symbols);
    if (here().kind == TokenKind::Name) return look(words);
    return std::nullopt;
}

/// Precedence climbing: reads everything that binds tighter than `level`. All operators lean to the left.
OpIndex Parser::expression(int level) {
    if (++nesting_ > Expression::most_depth)
        return fail(Refusal::TooDeep, here().at, "the expression is nested too deeply");
    OpIndex left = unary();
    while (!error_) {
        const auto binary = binary_here();
        if (!binary || binary->level <= level) break;
        Op op;
        op.kind = binary->kind;
        op.position = here().at;
        ++next_;
        if (op.kind == OpKind::Is || op.kind == OpKind::As) {
            op.name = type_name();
            op.arguments = {left};
        } else {
            const OpIndex right = expression(binary->level);
            op.arguments = {left, right};
        }
        left = add(std::move(op));
    }
    --nesting_;
    return error_ ? no_op : left;
}

OpIndex Parser::unary() {
    if (!is_symbol("-") && !is_symbol("+")) return path();
    Op op;
    op.kind = is_symbol("-") ? OpKind::Negate : OpKind::Plus;
    op.position = here().at;
    ++next_;
    if (++nesting_ > Expression::most_depth)
        return fail(Refusal::TooDeep, here().at, "the expression is nested too deeply");
    op.arguments = {unary()};
    --nesting_;
    return add(std::move(op));
}

/// A term with everything that hangs on it by dots and brackets.
OpIndex Parser::path() {
    OpIndex left = term();
    while (!error_) {
        const std::size_t at = here().at;
        if (take_symbol(".")) {
            left = invocation(left, false);
        } else if (take_symbol("[")) {
            Op op;
            op.kind = OpKind::Subscript;
            op.position = at;
            op.input = left;
            op.arguments = {expression(0)};
            if (!expect("]")) return no_op;
            left = add(std::move(op));
        } else {
            break;
        }
    }
    return left;
}

OpIndex Parser::term() {
    const Token& token = here();
    switch (token.kind) { // no default: the compiler names the one we forgot
    case TokenKind::End:
        return fail(Refusal::NotFhirPath, token.at, "the expression ends too early");
    case TokenKind::Number:
        return number();
    case TokenKind::Text: {
        if (token.text.find('\0') != std::string::npos)
            return fail(Refusal::NotFhirPath, token.at, "a text may not contain the character 0");
        ++next_;
        return literal(keep(token.text), token.at);
    }
    case TokenKind::Date:
    case TokenKind::DateTime:
    case TokenKind::Time:
        return moment();
    case TokenKind::Special:
        return special();
    case TokenKind::QuotedName:
        return invocation(no_op, true);
    case TokenKind::Name:
        if (token.raw == "true" || token.raw == "false") {
            ++next_;
            return literal(token.raw == "true", token.at);
        }
        return invocation(no_op, true);
    case TokenKind::Symbol:
        break;
    }
    if (is_symbol("%")) return variable();
    if (take_symbol("(")) {
        const OpIndex inside = expression(0);
        return expect(")") ? inside : no_op;
    }
    if (take_symbol("{")) {
        if (!expect("}")) return no_op;
        Op op;
        op.position = token.at;
        return add(std::move(op));
    }
    return fail(Refusal::NotFhirPath, token.at, "a value or a path should stand here");
}

OpIndex Parser::number() {
    const Token& token = here();
    ++next_;
    // "007" is a number in FHIRPath and none in JSON.
    std::string_view digits = token.raw;
    while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.')
        digits.remove_prefix(1);
    const auto value = Decimal::parse(digits);
    if (!value) return fail(Refusal::NotFhirPath, token.at, "this number has more digits than can be kept exactly");
    if (const OpIndex with_unit = quantity(token, *value); error_ || with_unit != no_op) return with_unit;
    const auto whole = digits.find('.') == std::string_view::npos ? value->whole() : std::nullopt;
    return whole ? literal(*whole, token.at) : literal(*value, token.at);
}

/// A number followed by a unit is a quantity.
OpIndex Parser::quantity(const Token& token, const Decimal& value) {
    if (here().kind == TokenKind::Text) {
        const std::string_view unit = keep(here().text);
        ++next_;
        return literal(Quantity{value, unit, false}, token.at);
    }
    if (here().kind == TokenKind::Name && !calendar_word(here().raw).empty()) {
        const std::string_view unit = keep(std::string(calendar_word(here().raw)));
        ++next_;
        return literal(Quantity{value, unit, true}, token.at);
    }
    return no_op;
}

OpIndex Parser::moment() {
    const Token& token = here();
    ++next_;
    if (token.kind == TokenKind::Time) {
        if (const auto time = read_time(token.raw)) return literal(*time, token.at);
    } else if (token.kind == TokenKind::DateTime) {
        if (const auto moment = read_date_time(token.raw)) return literal(*moment, token.at);
    } else if (const auto date = PartialDate::parse(token.raw)) {
        return literal(*date, token.at);
    }
    return fail(Refusal::NotFhirPath, token.at, "there is no such date or time");
}

OpIndex Parser::variable() {
    const std::size_t at = here().at;
    ++next_;
    const Token& token = here();
    if ((token.kind != TokenKind::Name && token.kind != TokenKind::QuotedName && token.kind != TokenKind::Text) ||
        token.at != at + 1)
        return fail(Refusal::NotFhirPath, at, "a name must follow %");
    ++next_;
    const std::string name = token.kind == TokenKind::Name ? std::string(token.raw) : token.text;
    Op op;
    op.position = at;
    const auto found = std::find(variables_.rbegin(), variables_.rend(), name);
    if (found != variables_.rend()) {
        op.kind = OpKind::Variable;
        op.slot = static_cast<std::uint32_t>(variables_.rend() - found - 1);
        op.name = keep(name);
        return add(std::move(op));
    }
    if (name == "resource" || name == "rootResource")
        op.kind = OpKind::Resource;
    else if (name == "context")
        op.kind = OpKind::Context;
    else if (name == "questionnaire")
        op.kind = OpKind::Form;
    else if (name == "qitem")
        op.kind = OpKind::FormItem;
    else if (name == "terminologies" && is_symbol("."))
        op.kind = OpKind::Lists;
    else if (name == "ucum")
        return literal(std::string_view("http://unitsofmeasure.org"), at);
    else if (name == "sct")
        return literal(std::string_view("http://snomed.info/sct"), at);
    else if (name == "loinc")
        return literal(std::string_view("http://loinc.org"), at);
    else if (name.starts_with("vs-"))
        return literal(keep("http://hl7.org/fhir/ValueSet/" + name.substr(3)), at);
    else if (name.starts_with("ext-"))
        return literal(keep("http://hl7.org/fhir/StructureDefinition/" + name.substr(4)), at);
    else
        return fail(Refusal::UnknownVariable, at, "there is no variable %" + shown_text(name));
    return add(std::move(op));
}

OpIndex Parser::special() {
    const Token& token = here();
    ++next_;
    Op op;
    op.position = token.at;
    if (token.raw == "$this")
        op.kind = OpKind::This;
    else if (token.raw == "$index")
        op.kind = OpKind::Index;
    else if (token.raw == "$total" && aggregates_ > 0)
        op.kind = OpKind::Total;
    else if (token.raw == "$total")
        return fail(Refusal::UnknownVariable, token.at, "$total has a meaning inside aggregate() only");
    else
        return fail(Refusal::UnknownVariable, token.at, "there is no " + std::string(token.raw));
    return add(std::move(op));
}

/// "FHIR.Quantity" → "FHIR.Quantity", kept by the program.
std::string_view Parser::type_name() {
    std::string name;
    while (true) {
        const Token& token = here();
        if (token.kind != TokenKind::Name && token.kind != TokenKind::QuotedName) {
            fail(Refusal::NotFhirPath, token.at, "the name of a type should stand here");
            return {};
        }
        name += token.kind == TokenKind::Name ? std::string(token.raw) : token.text;
        ++next_;
        if (name.find('.') != std::string::npos || !is_symbol(".")) break;
        ++next_;
        name += '.';
    }
    return keep(std::move(name));
}

} // namespace forms::fhirpath
