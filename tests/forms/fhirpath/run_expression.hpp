// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhirpath/evaluate.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace in_tests {

/// What an expression gives, written out: 'text', true, 1.50, @2020-05, @2020-01-01T10:00Z, @T10:00, 4 'kg', 4 day; a
/// node by its type in angle brackets; several parted by ", "; nothing as {}. A refusal as "refused 12", a failure as
/// "not-single 12", each with the place in characters.
///
/// It stands on the response in run_expression.cpp, as %resource; %patient, %number (7) and %nothing are variables;
/// now is 2026-11-22T14:05:00+01:00; the list "#colours" holds red and blue; red weighs 3, blue 1.5.
[[nodiscard]] std::string run(std::string_view expression, std::string_view context_link_id = {});
[[nodiscard]] std::string run(std::string_view expression, forms::fhirpath::Budget& budget);

struct Row {
    std::string_view expression, result;
};
/// Checks each row, naming the expression that differs.
void check(std::initializer_list<Row> rows);

} // namespace in_tests
