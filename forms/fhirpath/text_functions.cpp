// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhirpath/evaluator.hpp"
#include "forms/fhirpath/texts.hpp"

#include <re2/re2.h>

namespace forms::fhirpath {
namespace {

constexpr std::size_t most_bytes = 64u << 10;

/// Where the character of that index begins, in bytes; the text's end when there are fewer.
std::size_t byte_of(std::string_view text, std::size_t character) {
    std::size_t at = 0;
    for (; character > 0 && at < text.size(); --character) {
        const auto code_point = first_code_point(text.substr(at));
        at += code_point ? code_point->bytes : 1;
    }
    return at;
}

/// FHIRPath writes the groups of a substitution as $1; RE2 as \1.
std::string rewritten(std::string_view substitution) {
    std::string out;
    for (std::size_t i = 0; i < substitution.size(); ++i) {
        const char c = substitution[i];
        const bool digit_follows =
            i + 1 < substitution.size() && substitution[i + 1] >= '0' && substitution[i + 1] <= '9';
        if (c == '$' && digit_follows)
            out += '\\';
        else if (c == '\\')
            out += "\\\\";
        else
            out += c;
    }
    return out;
}

} // namespace

Collection Evaluator::text_function(const Op& op, const Collection& input, const Scope& scope) {
    const Element* const element = one(input, op);
    if (element == nullptr) return nothing();
    std::pmr::string written(arena_);
    const auto* const found = std::get_if<std::string_view>(&element->value);
    // Numbers and dates read as what toString() gives: N1 §5.5 lets them be used where a text is wanted.
    if (found == nullptr && !append_text(element->value, written)) {
        fail(Trouble::WrongTypes, op);
        return nothing();
    }
    const std::string_view text_in = found != nullptr ? *found : kept(written, arena_);
    if (!spend(op, text_in.size() / 64)) return nothing();
    if (op.function == Function::Length)
        return just(Element(Primitive(static_cast<std::int32_t>(count_code_points(text_in)))));
    if (op.function == Function::Upper) return text(in_upper_case(text_in, arena_));
    if (op.function == Function::Lower) return text(in_lower_case(text_in, arena_));
    if (op.function == Function::Trim) return text(trimmed(text_in));
    if (op.function == Function::Substring) return substring(op, text_in, scope);
    if (op.function == Function::Split || op.function == Function::ToChars) return split(op, text_in, scope);
    if (op.function == Function::Matches || op.function == Function::MatchesFull ||
        op.function == Function::ReplaceMatches)
        return pattern_function(op, text_in, scope);
    if (op.function == Function::Replace) return replaced(op, text_in, scope);
    const auto other = text_argument(op, 0, scope);
    if (!other) return nothing();
    if (op.function == Function::StartsWith) return truth(text_in.starts_with(*other));
    if (op.function == Function::EndsWith) return truth(text_in.ends_with(*other));
    const std::size_t at = text_in.find(*other);
    if (op.function == Function::Contains) return truth(at != std::string_view::npos);
    const auto characters =
        at == std::string_view::npos ? -1 : static_cast<std::int32_t>(count_code_points(text_in.substr(0, at)));
    return just(Element(Primitive(characters)));
}

/// N1 §5.6.2: {} when the start is outside the text.
Collection Evaluator::substring(const Op& op, std::string_view whole, const Scope& scope) {
    const auto start = whole_argument(op, 0, scope);
    if (!start || *start < 0) return nothing();
    const std::size_t from = byte_of(whole, static_cast<std::size_t>(*start));
    if (from >= whole.size()) return nothing();
    const std::string_view rest = whole.substr(from);
    if (op.arguments.size() < 2) return text(rest);
    const auto length = whole_argument(op, 1, scope);
    if (!length) return failed() ? nothing() : text(rest);
    return text(*length <= 0 ? std::string_view("") : rest.substr(0, byte_of(rest, static_cast<std::size_t>(*length))));
}

Collection Evaluator::split(const Op& op, std::string_view whole, const Scope& scope) {
    Collection parts(arena_);
    std::string_view separator;
    if (op.function == Function::Split) {
        const auto given = text_argument(op, 0, scope);
        if (!given) return parts;
        separator = *given;
    }
    while (spend(op)) {
        std::size_t end = separator.empty() ? byte_of(whole, 1) : whole.find(separator);
        if (separator.empty() && whole.empty()) break;
        if (end == std::string_view::npos) end = whole.size();
        parts.push_back(Element(Primitive(whole.substr(0, end))));
        if (end == whole.size()) break;
        whole.remove_prefix(end + separator.size());
    }
    return parts;
}

Collection Evaluator::join(const Op& op, const Collection& input, const Scope& scope) {
    const auto separator = text_argument(op, 0, scope);
    if (failed() || input.empty()) return nothing();
    std::pmr::string joined(arena_);
    for (std::size_t i = 0; i < input.size() && spend(op); ++i) {
        if (i > 0 && separator) joined += *separator;
        if (!append_text(input[i].value, joined)) fail(Trouble::WrongTypes, op);
        if (joined.size() > most_bytes) return nothing();
    }
    return spend(op, joined.size() / 64) ? text(kept(joined, arena_)) : nothing();
}

/// N1 §5.6.8. An empty pattern stands between all characters.
Collection Evaluator::replaced(const Op& op, std::string_view whole, const Scope& scope) {
    const auto pattern = text_argument(op, 0, scope);
    const auto substitution = text_argument(op, 1, scope);
    if (!pattern || !substitution) return nothing();
    std::pmr::string out(arena_);
    while (!whole.empty() && spend(op)) {
        if (pattern->empty()) {
            const std::size_t one_character = byte_of(whole, 1);
            out += *substitution;
            out += whole.substr(0, one_character);
            whole.remove_prefix(one_character);
        } else {
            const std::size_t at = whole.find(*pattern);
            out += whole.substr(0, at);
            if (at == std::string_view::npos) break;
            out += *substitution;
            whole.remove_prefix(at + pattern->size());
        }
        if (out.size() > most_bytes) return nothing();
    }
    if (pattern->empty()) out += *substitution;
    return spend(op, out.size() / 64) ? text(kept(out, arena_)) : nothing();
}

/// matches() looks anywhere in the text, matchesFull() at all of it (N1 §5.6.9, R5's clarification).
Collection Evaluator::pattern_function(const Op& op, std::string_view whole, const Scope& scope) {
    const re2::RE2& pattern = *program_.patterns[op.slot];
    const re2::StringPiece subject(whole.data(), whole.size());
    if (op.function == Function::Matches) return truth(re2::RE2::PartialMatch(subject, pattern));
    if (op.function == Function::MatchesFull) return truth(re2::RE2::FullMatch(subject, pattern));
    const auto substitution = text_argument(op, 1, scope);
    if (!substitution) return nothing();
    const std::string rewrite = rewritten(*substitution);
    const int groups = 1 + pattern.NumberOfCapturingGroups();
    constexpr int most_groups = 17;
    if (groups > most_groups || RE2::MaxSubmatch(rewrite) >= groups) {
        fail(Trouble::WrongTypes, op);
        return nothing();
    }
    // By hand, because RE2's own replacing would leave copies of an answer in memory that is not ours.
    re2::StringPiece matched[most_groups];
    std::pmr::string out(arena_);
    std::size_t at = 0;
    while (at <= whole.size() && spend(op) &&
           pattern.Match(subject, at, whole.size(), re2::RE2::UNANCHORED, matched, groups)) {
        const auto begin = static_cast<std::size_t>(matched[0].data() - whole.data());
        out += whole.substr(at, begin - at);
        for (std::size_t i = 0; i < rewrite.size(); ++i) {
            if (rewrite[i] != '\\') {
                out += rewrite[i];
            } else if (rewrite[++i] == '\\') {
                out += '\\';
            } else {
                const re2::StringPiece& group = matched[rewrite[i] - '0'];
                out += std::string_view(group.data(), group.size());
            }
        }
        at = begin + matched[0].size();
        if (matched[0].empty()) {
            const std::size_t step = at < whole.size() ? byte_of(whole.substr(at), 1) : 1;
            out += whole.substr(at < whole.size() ? at : whole.size(), step);
            at += step;
        }
        if (out.size() > most_bytes) return nothing();
    }
    if (failed()) return nothing();
    if (at < whole.size()) out += whole.substr(at);
    return text(kept(out, arena_));
}

} // namespace forms::fhirpath
