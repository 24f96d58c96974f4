// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"
#include "tests/forms/hostile_forms.hpp"
#include "tests/forms/measured.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

TEST_CASE("loader: every hostile form is refused by place, within 100 ms and 64 MiB") {
    for (const hostile::HostileForm& one : hostile::forms()) {
        CAPTURE(std::string(one.what));
        const std::string bytes = one.bytes();
        std::vector<std::string> found;
        const measured::Cost cost = measured::cost_of([&] { found = mistakes_in(bytes); });
        REQUIRE_FALSE(found.empty());
        CHECK_MESSAGE(found.front().starts_with(one.first), found.front());
        if (measured::counts) CHECK(cost.milliseconds < 100.0);
        if (measured::counts) CHECK(cost.peak_kib < 64 * 1024);
    }
}

TEST_CASE("loader: a form whose expression never ends is taken, and the expression is ended within 100 ms and 64 MiB") {
    const auto loaded = load_definition(hostile::endless_form());
    REQUIRE(loaded.ok());
    std::size_t troubles = 0;
    const measured::Cost cost = measured::cost_of(
        [&] { troubles = Draft(loaded.value(), std::pmr::get_default_resource()).troubles().size(); });
    CHECK(troubles == 1);
    if (measured::counts) CHECK(cost.milliseconds < 100.0);
    if (measured::counts) CHECK(cost.peak_kib < 64 * 1024);
}
