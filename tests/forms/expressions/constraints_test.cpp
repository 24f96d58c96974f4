// SPDX-License-Identifier: EUPL-1.2
#include "writing.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

TEST_CASE("a constraint that does not hold is an issue with its own words, in every language it has") {
    const std::string words =
        R"(,"_valueString":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation",
        "extension":[{"url":"lang","valueCode":"fr"},{"url":"content","valueString":"Un nombre pair"}]}]})";
    Filling filling(
        form(item("a", "integer", constraint("even", "error", "answer.value mod 2 = 0", "Un numero pari", words))));
    CHECK(filling.issues().empty()); // no answer, nothing to judge
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK(filling.issues() == std::vector<std::string>{"a constraint-broken"});
    const auto issues = filling.draft.issues_of(filling.at("a"));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].constraint->key == "even");
    CHECK(issues[0].constraint->human.in("it") == "Un numero pari");
    CHECK(issues[0].constraint->human.in("fr") == "Un nombre pair");
    CHECK(filling.type("a", "4") == Outcome::Accepted);
    CHECK(filling.issues().empty());
    CHECK(complete(filling.draft, "it").ok());
}

TEST_CASE("a warning is told and does not keep the form from being sent") {
    Filling filling(form(item("a", "integer", constraint("big", "warning", "answer.value < 100", "Davvero?"))));
    CHECK(filling.type("a", "300") == Outcome::Accepted);
    CHECK(filling.issues().empty());
    const auto warnings = filling.draft.warnings();
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].path == filling.at("a"));
    CHECK(warnings[0].constraint->human.base == "Davvero?");
    CHECK(complete(filling.draft, "it").ok());
}

TEST_CASE("a constraint of a group is judged in each instance, and told at a question") {
    Filling filling(form(
        R"({"linkId":"g","type":"group","repeats":true,"extension":[)" +
        constraint("order", "error", "item.where(linkId='from').answer.value <= item.where(linkId='to').answer.value",
                   "Prima l'inizio, poi la fine") +
        R"(],"item":[)" + item("n", "string") + "," + item("from", "date") + "," + item("to", "date") + "]}"));
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.type("g/from", "1/1/2020") == Outcome::Accepted);
    CHECK(filling.issues().empty()); // half of it says nothing yet
    CHECK(filling.type("g/to", "2/1/2020") == Outcome::Accepted);
    CHECK(filling.type("g[1]/from", "3/1/2020") == Outcome::Accepted);
    CHECK(filling.type("g[1]/to", "2/1/2020") == Outcome::Accepted);
    CHECK(filling.issues() == std::vector<std::string>{"g[1]/from constraint-broken"});
}

TEST_CASE("a constraint of the whole form is told where it says, or at the first question it reads") {
    const std::string rule =
        "%resource.item.where(linkId='x').answer.value + %resource.item.where(linkId='y').answer.value < 10";
    const std::string items = item("w", "integer") + "," + item("x", "integer") + "," + item("y", "integer");
    Filling filling(form(items, R"("extension":[)" + constraint("sum", "error", rule, "Troppo") + "]"));
    CHECK(filling.type("x", "5") == Outcome::Accepted);
    CHECK(filling.type("y", "6") == Outcome::Accepted);
    CHECK(filling.issues() == std::vector<std::string>{"x constraint-broken"});
    Filling placed(
        form(items, R"("extension":[)" +
                        constraint("sum", "error", rule, "Troppo",
                                   R"x(},{"url":"location","valueString":"%resource.item.where(linkId='y')")x") +
                        "]"));
    CHECK(placed.type("x", "5") == Outcome::Accepted);
    CHECK(placed.type("y", "6") == Outcome::Accepted);
    CHECK(placed.issues() == std::vector<std::string>{"y constraint-broken"});
}

TEST_CASE("targetConstraint says the same with an Expression") {
    Filling filling(form(item(
        "a", "integer",
        R"({"url":"http://hl7.org/fhir/StructureDefinition/targetConstraint","extension":[{"url":"key","valueId":"k"},{"url":"severity","valueCode":"error"},)"
        R"({"url":"expression","valueExpression":{"language":"text/fhirpath","expression":"answer.value > 1"}},{"url":"human","valueString":"Di più"}]})")));
    CHECK(filling.type("a", "1") == Outcome::Accepted);
    CHECK(filling.issues() == std::vector<std::string>{"a constraint-broken"});
}

TEST_CASE("a hidden question breaks no constraint, and a failing one is not held against a person") {
    Filling filling(form(item("a", "integer", constraint("k", "error", "answer.value + 'x' > 1", "No")) + "," +
                         item("b", "integer", constraint("k2", "error", "false", "No"),
                              R"("enableWhen":[{"question":"a","operator":">","answerInteger":5}])")));
    CHECK(filling.type("a", "6") == Outcome::Accepted);
    CHECK(filling.type("b", "1") == Outcome::Accepted);
    CHECK(filling.issues() == std::vector<std::string>{"b constraint-broken"});
    CHECK(filling.type("a", "1") == Outcome::Accepted);
    CHECK(filling.issues().empty());
    CHECK(filling.draft.troubles().size() == 1);
}
