// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using forms::fhirpath::Budget;
using in_tests::run;

namespace {

/// Counts what is taken from it and what is given back.
class Counting final : public std::pmr::memory_resource {
public:
    std::size_t held = 0, most = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        held += bytes;
        if (held > most) most = held;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override {
        held -= bytes;
        std::pmr::new_delete_resource()->deallocate(place, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

constexpr std::string_view thousand =
    "('aaaaaaaaaa'.toChars().combine('aaaaaaaaaa'.toChars())).select('aaaaaaaaaa'.toChars()).select('aaaaa'.toChars())";

} // namespace

TEST_CASE("an expression that never ends is ended by its steps, at once and always at the same place") {
    for (const std::string_view endless :
         {std::string_view("1.repeat($this + 1)"), std::string_view("repeat(%resource).count()"),
          std::string_view("'abcdefghij'.toChars().select('abcdefghij'.toChars()).select('abcdefghij'.toChars())."
                           "select('abcdefghij'.toChars()).select('abcdefghij'.toChars()).distinct()")}) {
        INFO(std::string(endless));
        Budget budget;
        CHECK(run(endless, budget).starts_with("steps-spent"));
        CHECK(budget.steps == 0);
    }
}

TEST_CASE("a text that doubles itself stops at 64 KiB") {
    std::string doubling = "'aaaaaaaaaaaaaaaa'";
    for (int i = 0; i < 30; ++i)
        doubling += ".replace('a', 'aa')";
    Budget budget;
    const std::string result = run(doubling + ".length()", budget);
    CHECK((result == "{}" || result.starts_with("steps-spent")));
}

TEST_CASE("the budget is shared by evaluations, and what is spent does not depend on the machine") {
    Budget first;
    (void)run(thousand, first);
    const auto spent = Budget::most_steps - first.steps;
    CHECK(spent > 1000);
    CHECK(spent < 20'000);
    Budget second;
    (void)run(thousand, second);
    CHECK(first.steps == second.steps);
    (void)run(thousand, second);
    CHECK(second.steps == Budget::most_steps - 2 * spent);
}

TEST_CASE("a host with a clock can end an evaluation") {
    class Impatient final : public forms::fhirpath::Host {
        bool time_is_up() const override { return true; }
    };
    const auto expression = forms::fhirpath::Expression::compile("1.repeat($this + 1)");
    const Impatient host;
    forms::fhirpath::Surroundings surroundings;
    surroundings.host = &host;
    Budget budget;
    forms::fhirpath::Evaluation evaluation(std::pmr::get_default_resource(), budget);
    const auto result = forms::fhirpath::evaluate(expression.value(), surroundings, evaluation);
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().trouble == forms::fhirpath::Trouble::TimeSpent);
    CHECK(budget.steps > 90'000);
}

TEST_CASE("everything is computed in the memory handed in, and given back at the end") {
    const auto expression = forms::fhirpath::Expression::compile(
        "('Rossi'.upper() | 'Bianchi'.lower() & 'a').join(',').replace('a', "
        "'bbbbbbbbbbbbbbbbbbbbbb').split('b').select($this & "
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx').where(length() > 3).distinct().count()");
    const forms::fhirpath::Host host;
    forms::fhirpath::Surroundings surroundings;
    surroundings.host = &host;
    Counting memory;
    Counting elsewhere;
    auto* const usual = std::pmr::set_default_resource(&elsewhere);
    {
        Budget budget;
        forms::fhirpath::Evaluation evaluation(&memory, budget);
        CHECK(forms::fhirpath::evaluate(expression.value(), surroundings, evaluation).ok());
    }
    std::pmr::set_default_resource(usual);
    CHECK(memory.most > 0);
    CHECK(memory.held == 0);
    CHECK(elsewhere.most == 0);
}
