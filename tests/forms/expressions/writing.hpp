// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/forms/forms_in_tests.hpp"

#include <string>
#include <string_view>

/// Writing the expressions of a form as JSON, in tests.
namespace in_tests {

/// One extension with an expression: expression("sdc-questionnaire-calculatedExpression", "1 + 1").
[[nodiscard]] std::string expression(std::string_view name, std::string_view text);
[[nodiscard]] std::string calculated(std::string_view text);
[[nodiscard]] std::string enabled_when(std::string_view text);
[[nodiscard]] std::string initially(std::string_view text);
[[nodiscard]] std::string variable(std::string_view name, std::string_view text);
[[nodiscard]] std::string constraint(std::string_view key, std::string_view severity, std::string_view text,
                                     std::string_view human, std::string_view more = {});
/// An item: item("a", "integer", calculated("1"), R"("readOnly":true)"). Several extensions are parted by commas.
[[nodiscard]] std::string item(std::string_view link_id, std::string_view type, std::string_view extensions = {},
                               std::string_view more = {});
/// "answer" of a question as text, or "-" when there is none; several parted by " | ".
[[nodiscard]] std::string answer(const forms_in_tests::Filling& filling, std::string_view path);

} // namespace in_tests
