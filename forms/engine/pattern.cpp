// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/pattern.hpp"

#include <re2/re2.h>

namespace forms {
namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// "\u00E9" → "\x{00E9}"; every other escape stays as it is.
std::string in_re2(std::string_view pattern) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        out += pattern[i];
        if (pattern[i] != '\\' || i + 1 == pattern.size()) continue;
        const std::string_view digits = pattern.substr(i + 2, 4);
        const bool is_unicode = pattern[i + 1] == 'u' && digits.size() == 4 && is_hex(digits[0]) && is_hex(digits[1]) &&
                                is_hex(digits[2]) && is_hex(digits[3]);
        if (is_unicode)
            out.append("x{").append(digits).append("}");
        else
            out += pattern[i + 1];
        i += is_unicode ? 5 : 1;
    }
    return out;
}

} // namespace

struct Pattern::Compiled {
    Compiled(const std::string& text, const re2::RE2::Options& options) : expression(text, options) {}
    re2::RE2 expression;
};

Pattern::Pattern() = default;
Pattern::~Pattern() = default;

Result<std::shared_ptr<const Pattern>, std::string> Pattern::compile(std::string_view pattern) {
    if (pattern.empty()) return std::string("a pattern is missing");
    if (pattern.size() > longest) return std::string("this pattern is longer than 2,000 bytes");
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(1 << 20);
    options.set_dot_nl(true);
    options.set_never_capture(true);
    std::shared_ptr<Pattern> made(new Pattern());
    made->text_ = pattern;
    made->compiled_ = std::make_unique<Compiled>(in_re2(pattern), options);
    if (!made->compiled_->expression.ok())
        return "this pattern cannot be run in linear time, or is none: " + made->compiled_->expression.error();
    return std::shared_ptr<const Pattern>(std::move(made));
}

bool Pattern::matches(std::string_view text) const {
    return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled_->expression);
}

int Pattern::size() const { return compiled_->expression.ProgramSize(); }

} // namespace forms
