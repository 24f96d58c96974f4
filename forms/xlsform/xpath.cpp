// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/xpath.hpp"

#include "forms/base/utf8.hpp"

#include <array>
#include <optional>

namespace forms::xlsform {
namespace {

constexpr std::size_t most_bytes = 16u << 10;
constexpr int most_depth = 60;

struct Token {
    enum class Kind { End, Number, Text, Question, Name, Sign } kind = Kind::End;
    std::string text;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) { return begins_name(c) || is_digit(c) || c == '-' || c == '.'; }

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    /// None with a reason in `flaw`.
    std::optional<Token> next(std::string& flaw) {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' ||
                                      text_[at_] == '\r' || text_.substr(at_, 2) == "\xC2\xA0"))
            at_ += text_[at_] == '\xC2' ? 2 : 1;
        if (at_ >= text_.size()) return Token{};
        const char c = text_[at_];
        const std::string_view rest = text_.substr(at_);
        if (c == '\'' || c == '"') return quoted(rest.substr(0, 1), rest.substr(0, 1), flaw);
        if (rest.starts_with("‘") || rest.starts_with("’")) return quoted(rest.substr(0, 3), "’", flaw);
        if (rest.starts_with("“") || rest.starts_with("”")) return quoted(rest.substr(0, 3), "”", flaw);
        if (rest.starts_with("${")) return question(flaw);
        if (is_digit(c) || (c == '.' && rest.size() > 1 && is_digit(rest[1]))) return number();
        if (rest.starts_with("..") || c == '/') {
            flaw = "paths such as ../name or /data/name are not possible: write ${name}";
            return std::nullopt;
        }
        if (begins_name(c)) return name();
        for (const std::string_view sign : {"!=", "<=", ">=", "==", "=", "<", ">", "+", "-", "*", "(", ")", ",", "."})
            if (rest.starts_with(sign)) {
                at_ += sign.size();
                return Token{Token::Kind::Sign, std::string(sign)};
            }
        flaw = "this character does not belong in an expression: " + std::string(1, c);
        if (static_cast<unsigned char>(c) >= 0x80) flaw = "this expression holds a character that does not belong";
        return std::nullopt;
    }

private:
    std::optional<Token> quoted(std::string_view opening, std::string_view closing, std::string& flaw) {
        const std::size_t begin = at_ + opening.size();
        const std::size_t end = text_.find(closing, begin);
        if (end == std::string_view::npos) {
            flaw = "a text has no closing quotation mark";
            return std::nullopt;
        }
        at_ = end + closing.size();
        return Token{Token::Kind::Text, std::string(text_.substr(begin, end - begin))};
    }

    std::optional<Token> question(std::string& flaw) {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) {
            flaw = "${ has no closing bracket";
            return std::nullopt;
        }
        const std::string_view inside = trimmed(text_.substr(at_ + 2, end - at_ - 2));
        at_ = end + 1;
        return Token{Token::Kind::Question, std::string(inside)};
    }

    Token number() {
        const std::size_t begin = at_;
        bool point = false;
        while (at_ < text_.size() && (is_digit(text_[at_]) || (text_[at_] == '.' && !point))) {
            point = point || text_[at_] == '.';
            ++at_;
        }
        return {Token::Kind::Number, std::string(text_.substr(begin, at_ - begin))};
    }

    Token name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && (continues_name(text_[at_]) ||
                                      (text_[at_] == ':' && at_ + 1 < text_.size() && begins_name(text_[at_ + 1]))))
            ++at_;
        return {Token::Kind::Name, std::string(text_.substr(begin, at_ - begin))};
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

class Parser {
public:
    Parser(std::string_view text, const std::function<bool(std::string_view)>& is_column)
        : lexer_(text), is_column_(is_column) {}

    Result<XTree, std::string> parse() {
        advance();
        const auto top = level(0, 0);
        if (flaw_.empty() && token_.kind != Token::Kind::End) flaw_ = "'" + token_.text + "' is not expected here";
        if (!flaw_.empty() || !top) return flaw_.empty() ? std::string("the expression is empty") : flaw_;
        return std::move(tree_);
    }

private:
    using Index = std::uint32_t;
    struct Operator {
        std::string_view sign;
        XKind kind;
        int level;
    };
    static constexpr std::array operators{
        Operator{"or", XKind::Or, 0},      Operator{"and", XKind::And, 1},
        Operator{"=", XKind::Equal, 2},    Operator{"!=", XKind::NotEqual, 2},
        Operator{"<", XKind::Less, 3},     Operator{"<=", XKind::LessOrEqual, 3},
        Operator{">", XKind::Greater, 3},  Operator{">=", XKind::GreaterOrEqual, 3},
        Operator{"+", XKind::Plus, 4},     Operator{"-", XKind::Minus, 4},
        Operator{"*", XKind::Times, 5},    Operator{"div", XKind::Divide, 5},
        Operator{"mod", XKind::Modulo, 5},
    };
    static constexpr int highest_level = 6;

    void advance() {
        if (!flaw_.empty()) return;
        auto token = lexer_.next(flaw_);
        token_ = token ? std::move(*token) : Token{};
    }
    bool is_sign(std::string_view sign) const { return token_.kind == Token::Kind::Sign && token_.text == sign; }

    std::optional<Index> add(XKind kind, std::string text, std::vector<Index> inputs) {
        tree_.nodes.push_back({kind, std::move(text), std::move(inputs)});
        return static_cast<Index>(tree_.nodes.size() - 1);
    }

    const Operator* operator_here(int at_level) const {
        if (token_.kind != Token::Kind::Sign && token_.kind != Token::Kind::Name) return nullptr;
        for (const Operator& candidate : operators)
            if (candidate.level == at_level && candidate.sign == token_.text) return &candidate;
        return nullptr;
    }

    /// Operators of one level, the left ones first (XPath 1.0 §3.9), over those of the next.
    std::optional<Index> level(int number, int depth) {
        if (depth > most_depth) {
            flaw_ = "the expression is nested too deeply";
            return std::nullopt;
        }
        if (number == highest_level) return unary(depth);
        auto left = level(number + 1, depth);
        int chain = 0;
        while (left && flaw_.empty()) {
            if (is_sign("==")) flaw_ = "write = instead of ==";
            const Operator* const found = operator_here(number);
            if (found == nullptr) break;
            if (++chain > most_depth) {
                flaw_ = "the expression is too long a chain";
                return std::nullopt;
            }
            advance();
            const auto right = level(number + 1, depth);
            if (!right) return std::nullopt;
            left = add(found->kind, "", {*left, *right});
        }
        return flaw_.empty() ? left : std::nullopt;
    }

    std::optional<Index> unary(int depth) {
        if (depth > most_depth) {
            flaw_ = "the expression is nested too deeply";
            return std::nullopt;
        }
        if (!is_sign("-")) return primary(depth);
        advance();
        const auto operand = unary(depth + 1);
        return operand ? add(XKind::Negate, "", {*operand}) : std::nullopt;
    }

    std::optional<Index> primary(int depth) {
        const Token token = token_;
        switch (token.kind) { // no default: the compiler names the one we forgot
        case Token::Kind::Number:
            advance();
            return add(XKind::Number, token.text, {});
        case Token::Kind::Text:
            advance();
            return add(XKind::Text, token.text, {});
        case Token::Kind::Question:
            advance();
            return add(XKind::Question, token.text, {});
        case Token::Kind::Name:
            advance();
            return call(token.text, depth);
        case Token::Kind::Sign:
            if (token.text == ".") {
                advance();
                return add(XKind::Self, "", {});
            }
            if (token.text == "(") {
                advance();
                const auto inside = level(0, depth + 1);
                if (!inside) return std::nullopt;
                return closing() ? inside : std::nullopt;
            }
            break;
        case Token::Kind::End:
            break;
        }
        if (flaw_.empty())
            flaw_ = token.kind == Token::Kind::End ? "something is missing at the end"
                                                   : "'" + token.text + "' is not expected here";
        return std::nullopt;
    }

    bool closing() {
        if (!is_sign(")")) {
            if (flaw_.empty()) flaw_ = "a closing bracket is missing";
            return false;
        }
        advance();
        return flaw_.empty();
    }

    std::optional<Index> call(const std::string& name, int depth) {
        if (!is_sign("(") && is_column_ && is_column_(name)) return add(XKind::Column, name, {});
        if (!is_sign("(")) {
            if (flaw_.empty()) flaw_ = "'" + name + "' stands alone: texts need quotation marks, questions ${name}";
            return std::nullopt;
        }
        advance();
        std::vector<Index> arguments;
        while (!is_sign(")")) {
            if (!arguments.empty()) {
                if (!is_sign(",")) {
                    if (flaw_.empty()) flaw_ = "a comma or a closing bracket is missing";
                    return std::nullopt;
                }
                advance();
            }
            const auto argument = level(0, depth + 1);
            if (!argument) return std::nullopt;
            arguments.push_back(*argument);
        }
        advance();
        return flaw_.empty() ? add(XKind::Call, name, std::move(arguments)) : std::nullopt;
    }

    Lexer lexer_;
    Token token_;
    XTree tree_;
    std::string flaw_;
    const std::function<bool(std::string_view)>& is_column_;
};

} // namespace

Result<XTree, std::string> parse_xpath(std::string_view text, const std::function<bool(std::string_view)>& is_column) {
    if (text.size() > most_bytes) return std::string("the expression is longer than allowed");
    return Parser(text, is_column).parse();
}

} // namespace forms::xlsform
