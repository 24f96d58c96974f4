// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/authoring/hostile_workbooks.hpp"
#include "tests/forms/measured.hpp"

#include <doctest/doctest.h>

TEST_CASE("workbook: every hostile one is refused by cell, within 100 ms and 64 MiB") {
    for (const hostile::HostileWorkbook& one : hostile::workbooks()) {
        CAPTURE(std::string(one.what));
        const std::string bytes = one.bytes();
        std::vector<std::string> reasons;
        const measured::Cost cost = measured::cost_of([&] { reasons = hostile::reasons_against(bytes); });
        REQUIRE_FALSE(reasons.empty());
        CHECK_MESSAGE(reasons.front().starts_with(one.first), reasons.front());
        if (measured::counts) CHECK(cost.milliseconds < 100.0);
        if (measured::counts) CHECK(cost.peak_kib < 64 * 1024);
    }
}
