// SPDX-License-Identifier: EUPL-1.2
#include "writing.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

TEST_CASE("an item with enableWhenExpression is there only while it says true") {
    Filling filling(form(item("a", "integer") + "," +
                         item("b", "string", enabled_when("%resource.item.where(linkId='a').answer.value > 3"))));
    CHECK_FALSE(filling.asks("b")); // nothing is not true
    CHECK(filling.type("a", "4") == Outcome::Accepted);
    CHECK(filling.asks("b"));
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK_FALSE(filling.asks("b"));
}

TEST_CASE("an expression that fails hides its item, and is named for the log") {
    Filling filling(form(item("a", "string") + "," +
                         item("b", "string", enabled_when("%resource.item.where(linkId='a').answer.value > 3"))));
    CHECK(filling.type("a", "x") == Outcome::Accepted);
    CHECK_FALSE(filling.asks("b"));
    REQUIRE(filling.draft.troubles().size() == 1);
    CHECK(filling.draft.troubles()[0] == FormulaTrouble{FormulaKind::Enabled, 1, fhirpath::Trouble::WrongTypes});
    CHECK(filling.draft.clear(filling.at("a")) == Outcome::Accepted);
    CHECK(filling.draft.troubles().empty());
}

TEST_CASE("an expression sees what stands below its own answer, in its own instance") {
    Filling filling(form(R"({"linkId":"g","type":"group","repeats":true,"extension":[)" +
                         variable("kind", "item.where(linkId='k').answer.value") + R"(],"item":[)" +
                         item("k", "integer") + "," + item("d", "string", enabled_when("%kind = 1")) + "]}"));
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.type("g[1]/k", "1") == Outcome::Accepted);
    CHECK_FALSE(filling.asks("g/d"));
    CHECK(filling.asks("g[1]/d"));
}

TEST_CASE("a question below an answer looks at that answer") {
    Filling filling(form(item("q", "integer", variable("mine", "answer.value"),
                              R"("item":[)" + item("below", "string", enabled_when("%mine contains 2")) + "]")));
    CHECK(filling.type("q", "1") == Outcome::Accepted);
    CHECK_FALSE(filling.asks("q/below"));
    CHECK(filling.type("q", "2") == Outcome::Accepted);
    CHECK(filling.asks("q/below"));
}

TEST_CASE("a hidden group hides what an expression would read in it") {
    Filling filling(
        form(item("a", "boolean") + R"(,{"linkId":"g","type":"group","extension":[)" +
             enabled_when("%resource.item.where(linkId='a').answer.value") + R"(],"item":[)" + item("x", "integer") +
             "]}," + item("b", "string", enabled_when("%resource.descendants().where(linkId='x').answer.value > 0"))));
    CHECK(filling.set("a", true) == Outcome::Accepted);
    CHECK(filling.type("g/x", "1") == Outcome::Accepted);
    CHECK(filling.asks("b"));
    CHECK(filling.set("a", false) == Outcome::Accepted);
    CHECK_FALSE(filling.asks("b"));
}

TEST_CASE("expressions see whole groups, counted by instances that would be sent") {
    Filling filling(form(R"({"linkId":"g","type":"group","repeats":true,"item":[)" + item("x", "integer") + "]}," +
                         item("many", "string", enabled_when("%resource.item.where(linkId='g').count() > 1"))));
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK_FALSE(filling.asks("many")); // two empty instances are none
    CHECK(filling.type("g/x", "1") == Outcome::Accepted);
    CHECK_FALSE(filling.asks("many"));
    CHECK(filling.type("g[1]/x", "1") == Outcome::Accepted);
    CHECK(filling.asks("many"));
    CHECK(filling.draft.remove_instance(filling.at("g")) == Outcome::Accepted);
    CHECK_FALSE(filling.asks("many"));
}
