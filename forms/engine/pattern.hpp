// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace forms {

/// A regular expression of a form, compiled once. Matches in time proportional to the text, whatever the pattern (RE2:
/// no look-around, no back references). Const after its making, shared between threads.
class Pattern {
public:
    static constexpr std::size_t longest = 2'000; ///< bytes
    /// Of all patterns of a form together, as `size` counts: some 3 MB. Making them costs time in proportion.
    static constexpr int most_steps = 200'000;

    /// "\u00E9" is read as JavaScript does, which most editors of forms are written in. On failure: words for the
    /// author.
    [[nodiscard]] static Result<std::shared_ptr<const Pattern>, std::string> compile(std::string_view pattern);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    /// The whole text (FHIR R4, extension `regex`); a line break is a character like others.
    [[nodiscard]] bool matches(std::string_view text) const;
    [[nodiscard]] const std::string& text() const { return text_; } ///< as the form wrote it
    /// A measure of the memory it takes, in steps of its program (some 16 bytes each).
    [[nodiscard]] int size() const;

private:
    struct Compiled;
    Pattern();
    std::string text_;
    std::unique_ptr<Compiled> compiled_;
};

} // namespace forms
