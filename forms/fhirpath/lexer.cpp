// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/lexer.hpp"

#include "forms/base/utf8.hpp"

namespace forms::fhirpath {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Token>, SyntaxError> run() {
        while (!failed_) {
            skip_blanks();
            if (failed_) break;
            token_ = Token{};
            token_.at = at_;
            if (at_ == text_.size()) {
                tokens_.push_back(token_);
                return std::move(tokens_);
            }
            read();
            token_.raw = token_.raw.data() != nullptr ? token_.raw : text_.substr(token_.at, at_ - token_.at);
            tokens_.push_back(std::move(token_));
        }
        return error_;
    }

private:
    [[nodiscard]] char here(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    void fail(std::size_t at, std::string words) {
        if (failed_) return;
        failed_ = true;
        error_ = {Refusal::NotFhirPath, characters_before(text_, at), std::move(words)};
    }

    void skip_blanks() {
        while (at_ < text_.size()) {
            const char c = here();
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                ++at_;
            } else if (c == '/' && here(1) == '/') {
                while (at_ < text_.size() && here() != '\n')
                    ++at_;
            } else if (c == '/' && here(1) == '*') {
                const std::size_t end = text_.find("*/", at_ + 2);
                if (end == std::string_view::npos) return fail(at_, "this comment does not end");
                at_ = end + 2;
            } else {
                return;
            }
        }
    }

    void read() {
        const char c = here();
        if (is_letter(c)) {
            token_.kind = TokenKind::Name;
            skip_name();
        } else if (is_digit(c)) {
            read_number();
        } else if (c == '\'') {
            token_.kind = TokenKind::Text;
            read_quoted(c);
        } else if (c == '`') {
            token_.kind = TokenKind::QuotedName;
            read_quoted(c);
        } else if (c == '@') {
            read_moment();
        } else if (c == '$') {
            token_.kind = TokenKind::Special;
            ++at_;
            skip_name();
        } else {
            read_symbol();
        }
    }

    void skip_name() {
        while (is_letter(here()) || is_digit(here()))
            ++at_;
    }

    void read_number() {
        token_.kind = TokenKind::Number;
        skip_digits();
        if (here() != '.' || !is_digit(here(1))) return;
        ++at_;
        skip_digits();
    }
    void skip_digits() {
        while (is_digit(here()))
            ++at_;
    }

    void read_symbol() {
        token_.kind = TokenKind::Symbol;
        const std::string_view two = text_.substr(at_, 2);
        if (two == "<=" || two == ">=" || two == "!=" || two == "!~") {
            at_ += 2;
            return;
        }
        if (std::string_view(".,()[]{}+-*/&|<>=~%").find(here()) == std::string_view::npos)
            return fail(at_, "FHIRPath has no such sign");
        ++at_;
    }

    void read_quoted(char quote) {
        const std::size_t start = at_++;
        while (here() != quote) {
            if (at_ >= text_.size()) return fail(start, "this text does not end");
            if (here() == '\\')
                read_escape();
            else
                token_.text += text_[at_++];
            if (failed_) return;
        }
        ++at_;
    }

    void read_escape() {
        const std::size_t start = at_++;
        const char c = here();
        ++at_;
        if (c == 'u') return read_code_point(start);
        constexpr std::string_view written = "`'\"\\/fnrt";
        constexpr std::string_view meant = "`'\"\\/\f\n\r\t";
        const std::size_t found = c == '\0' ? std::string_view::npos : written.find(c);
        if (found == std::string_view::npos) return fail(start, "there is no such escape");
        token_.text += meant[found];
    }

    std::optional<char32_t> four_digits() {
        char32_t value = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = here();
            const int digit = is_digit(c)              ? c - '0'
                              : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                              : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                                       : -1;
            if (digit < 0) return std::nullopt;
            value = value * 16 + static_cast<char32_t>(digit);
        }
        return value;
    }

    void read_code_point(std::size_t start) {
        auto value = four_digits();
        if (value && *value >= 0xD800 && *value < 0xDC00 && here() == '\\' && here(1) == 'u') {
            at_ += 2;
            const auto low = four_digits();
            if (!low || *low < 0xDC00 || *low > 0xDFFF)
                value.reset();
            else
                value = 0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00);
        }
        if (!value || *value == 0 || (*value >= 0xD800 && *value <= 0xDFFF))
            return fail(start, "\\u needs the four hexadecimal digits of a character");
        std::pmr::string out;
        append_utf8(out, *value);
        token_.text += out;
    }

    void read_moment() {
        const std::size_t start = ++at_;
        const bool time = here() == 'T';
        token_.kind = time ? TokenKind::Time : TokenKind::Date;
        if (time) ++at_;
        const std::size_t from = at_;
        while (is_digit(here()) || (!time && here() == '-' && is_digit(here(1))))
            ++at_;
        if (!time && here() == 'T') {
            token_.kind = TokenKind::DateTime;
            ++at_;
        }
        if (token_.kind != TokenKind::Date) {
            while (is_digit(here()) || (here() == ':' && is_digit(here(1))) || (here() == '.' && is_digit(here(1))))
                ++at_;
        }
        if (token_.kind == TokenKind::DateTime && text_[at_ - 1] != 'T') {
            if (here() == 'Z') {
                ++at_;
            } else if ((here() == '+' || here() == '-') && is_digit(here(1)) && is_digit(here(2)) && here(3) == ':') {
                at_ += 4;
                skip_digits();
            }
        }
        token_.raw = text_.substr(from, at_ - from);
        if (token_.raw.empty()) fail(start - 1, "a date or a time must follow @");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Token token_;
    std::vector<Token> tokens_;
    SyntaxError error_{};
    bool failed_ = false;
};

} // namespace

std::size_t characters_before(std::string_view text, std::size_t at) { return count_code_points(text.substr(0, at)); }

Result<std::vector<Token>, SyntaxError> read_tokens(std::string_view text) { return Lexer(text).run(); }

} // namespace forms::fhirpath
