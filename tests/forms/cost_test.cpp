// SPDX-License-Identifier: EUPL-1.2
// What a change costs: rules that are applied, memory that is asked for. Counted, not timed, so that it holds on any
// machine; tests/bench has the times.
#include "forms/engine/draft_tree.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

/// Counts what is asked of it.
class Counting final : public std::pmr::memory_resource {
public:
    std::size_t asked = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        ++asked;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override {
        std::pmr::new_delete_resource()->deallocate(place, bytes, alignment);
    }
    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

std::uint64_t looks_of(Draft& draft, auto&& change) {
    const std::uint64_t before = draft.tree().looks;
    change();
    return draft.tree().looks - before;
}

constexpr std::string_view children = R"({"linkId":"child","type":"group","repeats":true,"item":[
    {"linkId":"school","type":"boolean"},
    {"linkId":"name","type":"string","enableWhen":[{"question":"school","operator":"=","answerBoolean":true}]},
    {"linkId":"bus","type":"group","enableWhen":[{"question":"school","operator":"=","answerBoolean":true}],"item":[
        {"linkId":"line","type":"string"},
        {"linkId":"stop","type":"string","enableWhen":[{"question":"line","operator":"exists","answerBoolean":true}]}]}]})";

} // namespace

TEST_CASE("cost: an answer in one of 500 instances looks at that instance only") {
    Filling filling(form(children));
    for (int i = 0; i < 500; ++i)
        (void)filling.draft.add_instance(filling.at("child"));
    REQUIRE(filling.draft.instances(filling.at("child")) == 500);
    const Path school = filling.at("child[7]/school");
    // The name and the bus. What stands in the bus looks at nothing outside of it.
    CHECK(looks_of(filling.draft, [&] { (void)filling.draft.set(school, true); }) == 2);
    CHECK(filling.asks("child[7]/name"));
    CHECK(looks_of(filling.draft, [&] { (void)filling.draft.type(filling.at("child[7]/bus/line"), "12"); }) == 1);
    CHECK(looks_of(filling.draft, [&] { (void)filling.draft.type(filling.at("child[7]/name"), "Ada"); }) == 0);
    // A new or a removed instance concerns nobody outside.
    CHECK(looks_of(filling.draft, [&] { (void)filling.draft.remove_instance(filling.at("child[3]")); }) == 0);
    CHECK(looks_of(filling.draft, [&] { (void)filling.draft.add_instance(filling.at("child")); }) == 3);
}

TEST_CASE("cost: an answer costs the same in a form of ten and of five thousand questions") {
    for (const int pairs : {5, 2500}) {
        std::string items;
        for (int i = 0; i < pairs; ++i) {
            const std::string a = "a" + std::to_string(i);
            items += (i > 0 ? "," : "") + (R"({"linkId":")" + a + R"(","type":"boolean"},{"linkId":"b)" +
                                           std::to_string(i) + R"(","type":"string","enableWhen":[{"question":")" + a +
                                           R"(","operator":"=","answerBoolean":true}]})");
        }
        Filling filling(form(items));
        const Path last = filling.at("a" + std::to_string(pairs - 1));
        CHECK(looks_of(filling.draft, [&] { (void)filling.draft.set(last, true); }) == 1);
    }
}

TEST_CASE("cost: a rule that many changes lead to is applied once") {
    // a switches b0 … b99 on, and c asks for any of them.
    std::string items = R"({"linkId":"a","type":"boolean"})";
    std::string any;
    for (int i = 0; i < 100; ++i) {
        const std::string b = "b" + std::to_string(i);
        items +=
            R"(,{"linkId":")" + b +
            R"(","type":"boolean","initial":[{"valueBoolean":true}],"enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]})";
        any += (i > 0 ? "," : "") + (R"({"question":")" + b + R"(","operator":"=","answerBoolean":true})");
    }
    Filling filling(
        form(items + R"(,{"linkId":"c","type":"string","enableBehavior":"any","enableWhen":[)" + any + "]}"));
    CHECK(looks_of(filling.draft, [&] { (void)filling.set("a", true); }) == 101);
    CHECK(filling.asks("c"));
}

TEST_CASE("cost: yes and no ask for no memory, however much follows from them") {
    Counting memory;
    const auto definition = form(children);
    Draft draft(definition, &memory);
    const Path school = definition->path_of("child/school").value();
    REQUIRE(draft.set(school, true) == Outcome::Accepted);
    REQUIRE(draft.set(school, false) == Outcome::Accepted);
    const std::size_t before = memory.asked;
    for (int i = 0; i < 100; ++i)
        REQUIRE(draft.set(school, i % 2 == 0) == Outcome::Accepted);
    CHECK(memory.asked == before);
}

TEST_CASE("cost: a form tells when its pages may have changed, and a letter more is no such change") {
    Filling filling(form(children));
    const auto changes = [&](auto&& change) {
        const std::uint64_t before = filling.draft.shape();
        change();
        return filling.draft.shape() != before;
    };
    CHECK(changes([&] { (void)filling.set("child/school", true); }));
    CHECK(changes([&] { (void)filling.type("child/name", "A"); }));
    CHECK_FALSE(changes([&] { (void)filling.type("child/name", "Ad"); }));
    CHECK_FALSE(changes([&] { (void)filling.set("child/school", true); }));
    CHECK(changes([&] { (void)filling.set("child/school", false); })); // hides its name
    CHECK(changes([&] { (void)filling.type("child/name", ""); }));
    CHECK(changes([&] { (void)filling.draft.add_instance(filling.at("child")); }));
    CHECK(changes([&] { (void)filling.draft.add_instance(filling.at("child")); }));
    CHECK(changes([&] { (void)filling.draft.move_instance(filling.at("child[1]"), 0); }));
    CHECK(changes([&] { (void)filling.draft.remove_instance(filling.at("child[1]")); }));
}
