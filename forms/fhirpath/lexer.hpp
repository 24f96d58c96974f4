// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/expression.hpp"

/// The words of an expression (N1, grammar). Only forms/fhirpath includes this.
namespace forms::fhirpath {

enum class TokenKind : std::uint8_t { End, Symbol, Name, QuotedName, Text, Number, Date, DateTime, Time, Special };

struct Token {
    TokenKind kind = TokenKind::End;
    std::size_t at = 0;   ///< bytes before it
    std::string_view raw; ///< as written; of a Special, with its "$"; of dates and times without "@"
    std::string text;     ///< of texts and quoted names: without quotes, escapes read
};

/// All words of `text`, the last one an End. Thread: any.
[[nodiscard]] Result<std::vector<Token>, SyntaxError> read_tokens(std::string_view text);

/// `at` bytes into `text`, in characters.
[[nodiscard]] std::size_t characters_before(std::string_view text, std::size_t at);

} // namespace forms::fhirpath
