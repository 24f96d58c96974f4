// SPDX-License-Identifier: EUPL-1.2
// Instances that come, go and move, at any depth, with conditions along and across them.
#include "forms/engine/draft_tree.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace forms;
using namespace forms_in_tests;

namespace {

using Names = std::vector<std::string>;

/// Households with persons with papers. Conditions look at the same person, from the household at its nearest person,
/// from a paper at its person and its household, from outside at the nearest person, and from inside at what stands
/// outside.
std::shared_ptr<const Definition> households() {
    return form(R"({"linkId":"urgent","type":"boolean"},
        {"linkId":"home","type":"group","repeats":true,"item":[
            {"linkId":"rents","type":"boolean"},
            {"linkId":"person","type":"group","repeats":true,"item":[
                {"linkId":"works","type":"boolean"},
                {"linkId":"employer","type":"string","enableWhen":[{"question":"works","operator":"=","answerBoolean":true}]},
                {"linkId":"paper","type":"group","repeats":true,"item":[
                    {"linkId":"number","type":"string"},
                    {"linkId":"permit","type":"string","enableBehavior":"all","enableWhen":[
                        {"question":"works","operator":"=","answerBoolean":true},
                        {"question":"rents","operator":"=","answerBoolean":true}]}]}]},
            {"linkId":"income","type":"string","enableWhen":[{"question":"works","operator":"=","answerBoolean":true}]},
            {"linkId":"call","type":"string","enableWhen":[{"question":"urgent","operator":"=","answerBoolean":true}]}]},
        {"linkId":"somebody","type":"string","enableWhen":[{"question":"works","operator":"=","answerBoolean":true}]},
        {"linkId":"known","type":"string","enableWhen":[{"question":"number","operator":"exists","answerBoolean":true}]})");
}

/// Households [0] with persons [0], [1], [2] and [1] with persons [0], [1]. Each person's employer and first paper is
/// named after their first place.
Filling filled_households() {
    Filling filling(households());
    REQUIRE(filling.draft.add_instance(filling.at("home")).ok());
    REQUIRE(filling.draft.add_instance(filling.at("home")).ok());
    for (const int home : {0, 1})
        for (int person = 0; person < 3 - home; ++person) {
            const std::string place = "home[" + std::to_string(home) + "]/person";
            if (person > 0 || home > 0) (void)filling.draft.add_instance(filling.at(place));
            const std::string here = place + "[" + std::to_string(person) + "]";
            const std::string name = std::to_string(home) + std::to_string(person);
            REQUIRE(filling.type(here + "/employer", name) == Outcome::Accepted);
            REQUIRE(filling.type(here + "/paper/number", name) == Outcome::Accepted);
        }
    return filling;
}

std::string typed(const Filling& filling, std::string_view path) {
    const Answer* const answer = filling.draft.answer(filling.at(path));
    return answer == nullptr ? "none" : std::string(answer->typed);
}

/// What was decided change by change must be what deciding everything anew finds.
void check_all_decided(Filling& filling) {
    const Names before = filling.enabled();
    const_cast<Draft::Tree&>(filling.draft.tree()).decide_all();
    REQUIRE(filling.enabled() == before);
}

} // namespace

TEST_CASE("repeats: an instance that moves takes its answers and what they switch on along, at any depth") {
    Filling filling = filled_households();
    REQUIRE(filling.set("home[0]/person[2]/works", true) == Outcome::Accepted);
    REQUIRE(filling.set("home[0]/rents", true) == Outcome::Accepted);
    CHECK(filling.asks("home[0]/person[2]/employer"));
    CHECK(filling.asks("home[0]/person[2]/paper/permit"));
    CHECK(filling.asks("home[0]/income"));

    REQUIRE(filling.draft.move_instance(filling.at("home[0]/person[2]"), 0) == Outcome::Accepted);
    CHECK(typed(filling, "home[0]/person[0]/employer") == "02");
    CHECK(typed(filling, "home[0]/person[1]/paper/number") == "00");
    CHECK(filling.asks("home[0]/person[0]/paper/permit"));
    CHECK_FALSE(filling.asks("home[0]/person[2]/employer"));
    CHECK_FALSE(filling.asks("home[0]/income")); // the nearest person is another one now

    REQUIRE(filling.draft.move_instance(filling.at("home[0]"), 1) == Outcome::Accepted);
    CHECK(typed(filling, "home[1]/person[0]/employer") == "02");
    CHECK(filling.asks("home[1]/person[0]/paper/permit"));
    CHECK_FALSE(filling.asks("home[0]/person[0]/paper/permit"));
    REQUIRE(filling.draft.move_instance(filling.at("home[1]/person[0]"), 2) == Outcome::Accepted);
    CHECK(filling.asks("home[1]/income"));
    CHECK(filling.asks("somebody"));
    check_all_decided(filling);
}

TEST_CASE("repeats: an answer given after a move counts where its instance stands now, and only there") {
    Filling filling = filled_households();
    REQUIRE(filling.draft.move_instance(filling.at("home[0]/person[0]"), 2) == Outcome::Accepted);
    REQUIRE(filling.draft.move_instance(filling.at("home[1]"), 0) == Outcome::Accepted);
    REQUIRE(filling.set("home[1]/person[2]/works", true) == Outcome::Accepted); // was home[0]/person[0]
    CHECK(typed(filling, "home[1]/person[2]/employer") == "00");
    CHECK(filling.asks("home[1]/person[2]/employer"));
    CHECK(filling.asks("home[1]/income"));
    for (const std::string_view other : {"home[0]/person[0]/employer", "home[0]/person[1]/employer",
                                         "home[1]/person[0]/employer", "home[1]/person[1]/employer", "home[0]/income"})
        CHECK_FALSE(filling.asks(other));
    check_all_decided(filling);
}

TEST_CASE("repeats: what looked at an instance that is removed is decided again, and later ones move up whole") {
    Filling filling = filled_households();
    REQUIRE(filling.set("home[0]/person[0]/works", true) == Outcome::Accepted);
    REQUIRE(filling.set("home[0]/person[2]/works", true) == Outcome::Accepted);
    REQUIRE(filling.draft.remove_instance(filling.at("home[0]/person[0]")) == Outcome::Accepted);
    CHECK(filling.draft.instances(filling.at("home[0]/person")) == 2);
    CHECK(typed(filling, "home[0]/person[1]/employer") == "02");
    CHECK(filling.asks("home[0]/person[1]/employer"));
    CHECK(filling.asks("home[0]/income"));
    CHECK_FALSE(filling.asks("somebody")); // asks the nearest household
    REQUIRE(filling.draft.remove_instance(filling.at("home[1]")) == Outcome::Accepted);
    CHECK(filling.asks("somebody"));
    REQUIRE(filling.draft.remove_instance(filling.at("home[0]/person[1]")) == Outcome::Accepted);
    CHECK(typed(filling, "home[0]/person[0]/employer") == "01");
    CHECK_FALSE(filling.asks("home[0]/income"));
    CHECK_FALSE(filling.asks("somebody"));
    CHECK(filling.asks("known"));
    check_all_decided(filling);
}

TEST_CASE("repeats: the last instance is emptied, and what looked at it is told") {
    Filling filling(households());
    REQUIRE(filling.set("home/person/works", true) == Outcome::Accepted);
    REQUIRE(filling.type("home/person/paper/number", "AB 1") == Outcome::Accepted);
    CHECK(filling.enabled().back() == "known");
    REQUIRE(filling.draft.remove_instance(filling.at("home/person")) == Outcome::Accepted);
    CHECK_FALSE(filling.asks("home/person/employer"));
    CHECK_FALSE(filling.asks("somebody"));
    CHECK_FALSE(filling.asks("known"));
    CHECK(filling.answers().empty());
    check_all_decided(filling);
}

TEST_CASE("repeats: a new instance is decided at once, and its first answers count for the others") {
    Filling filling(form(R"({"linkId":"open","type":"boolean"},
        {"linkId":"g","type":"group","repeats":true,"item":[
            {"linkId":"flag","type":"boolean","initial":[{"valueBoolean":true}]},
            {"linkId":"in","type":"string","enableWhen":[{"question":"flag","operator":"=","answerBoolean":true}]},
            {"linkId":"out","type":"string","enableWhen":[{"question":"open","operator":"=","answerBoolean":true}]}]},
        {"linkId":"any","type":"string","enableWhen":[{"question":"flag","operator":"=","answerBoolean":true}]})"));
    REQUIRE(filling.set("g/flag", false) == Outcome::Accepted);
    CHECK_FALSE(filling.asks("any"));
    REQUIRE(filling.set("open", true) == Outcome::Accepted);
    REQUIRE(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.asks("g[1]/in"));
    CHECK(filling.asks("g[1]/out"));
    CHECK(filling.asks("any"));
    REQUIRE(filling.draft.remove_instance(filling.at("g[1]")) == Outcome::Accepted);
    CHECK_FALSE(filling.asks("any"));
    check_all_decided(filling);
}

TEST_CASE("repeats: when an answer is taken away, the questions below later ones still look at their own") {
    Filling filling(form(R"({"linkId":"need","type":"choice","repeats":true,"answerOption":[
            {"valueCoding":{"system":"urn:x","code":"x"}},{"valueCoding":{"system":"urn:x","code":"y"}},
            {"valueCoding":{"system":"urn:x","code":"z"}}],"item":[
        {"linkId":"more","type":"string","enableWhen":[{"question":"need","operator":"=","answerCoding":{"system":"urn:x","code":"y"}}]}]})"));
    for (const std::size_t option : {0u, 1u, 2u})
        REQUIRE(filling.choose("need", option) == Outcome::Accepted);
    REQUIRE(filling.type("need[1]/more", "ecco") == Outcome::Accepted);
    REQUIRE(filling.draft.clear(filling.at("need[0]")) == Outcome::Accepted);
    CHECK(typed(filling, "need[0]/more") == "ecco");
    CHECK(filling.asks("need[0]/more"));
    CHECK_FALSE(filling.asks("need[1]/more"));
    // The answers now at these places are changed: each is seen from below itself.
    const Value x = coding("urn:x", "x");
    const Value y = coding("urn:x", "y");
    REQUIRE(filling.set("need[1]", y) == Outcome::Accepted);
    CHECK(filling.asks("need[1]/more"));
    REQUIRE(filling.set("need[0]", x) == Outcome::Accepted);
    CHECK_FALSE(filling.asks("need[0]/more"));
    CHECK(filling.asks("need[1]/more"));
    check_all_decided(filling);
}

TEST_CASE("repeats: a draft that is handed on goes on deciding") {
    Filling filling = filled_households();
    Draft elsewhere = std::move(filling.draft);
    Filling again(std::move(elsewhere));
    REQUIRE(again.set("home[1]/person[1]/works", true) == Outcome::Accepted);
    CHECK(again.asks("home[1]/person[1]/employer"));
    CHECK(again.asks("somebody"));
    check_all_decided(again);
}

TEST_CASE("repeats: after any change of instances and answers all is decided as if anew") {
    std::mt19937 random(7);
    const auto definition = households();
    for (int round = 0; round < 40; ++round) {
        Filling filling(definition);
        const auto places = [&](std::string_view link_id) {
            std::vector<Path> found;
            const auto walk = [&](auto&& self, const Path& at, const std::vector<ItemIndex>& line,
                                  std::size_t depth) -> void {
                if (depth == line.size()) return found.push_back(at);
                const Item& item = definition->item(line[depth]);
                const Path first = depth == 0 ? Path(line[0], {0}) : at.child(line[depth]);
                const std::uint32_t count = item.is_group() ? filling.draft.instances(first) : 1;
                for (std::uint32_t k = 0; k < count; ++k)
                    self(self, first.with_instance(k), line, depth + 1);
            };
            const auto line = definition->line_of(definition->find(link_id).value());
            walk(walk, {}, {line.begin(), line.end()}, 0);
            return found;
        };
        const auto any = [&](std::string_view link_id) {
            const auto all = places(link_id);
            return all[random() % all.size()];
        };
        static constexpr std::string_view flags[] = {"urgent", "rents", "works", "works"};
        static constexpr std::string_view groups[] = {"home", "person", "person", "paper"};
        for (int edit = 0; edit < 60; ++edit) {
            const Path flag = any(flags[random() % 4]);
            const Path group = any(groups[random() % 4]);
            switch (random() % 7) {
            case 0:
            case 1:
                (void)filling.draft.set(flag, random() % 2 == 0);
                break;
            case 2:
                (void)filling.draft.clear(flag);
                break;
            case 3:
                (void)filling.draft.type(any("number"), random() % 2 == 0 ? "AB 1" : "");
                break;
            case 4:
                (void)filling.draft.add_instance(group);
                break;
            case 5:
                (void)filling.draft.remove_instance(group);
                break;
            case 6:
                (void)filling.draft.move_instance(group, static_cast<std::uint32_t>(random() % 3));
                break;
            }
            CAPTURE(round);
            CAPTURE(edit);
            check_all_decided(filling);
        }
    }
}
