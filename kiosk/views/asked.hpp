// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <string>
#include <string_view>

namespace kiosk {

/// One question as its control sees it: alone on its page, or one of several.
struct Asked {
    const QuestionScreen& screen;
    const Control& control;
    std::string_view key, stem, label, hint;
    bool required = true;
    bool alone = true;

    [[nodiscard]] Tongue tongue() const { return {screen.language, screen.direction}; }
    /// The words of the error of that field; empty: there is none.
    [[nodiscard]] std::string error_of(std::string_view field) const {
        for (const ErrorLine& line : screen.errors)
            if (line.field_key == field) return line.text;
        return {};
    }
};

[[nodiscard]] inline Asked asked_alone(const QuestionScreen& screen) {
    return {screen,
            screen.control,
            screen.key,
            {},
            screen.heading,
            screen.hint,
            screen.optional_mark.empty(),
            screen.parts.empty()};
}
[[nodiscard]] inline Asked asked_among(const QuestionScreen& screen, const AskedPart& part) {
    return {screen, part.control, part.key, part.stem, part.label, part.hint, part.optional_mark.empty(), false};
}

} // namespace kiosk
