// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

/// A question "a" of this type, and "b" which appears under this condition on it.
std::shared_ptr<const Definition> pair_of(std::string_view type, std::string_view op, std::string_view operand,
                                          std::string_view more = "") {
    return form(R"({"linkId":"a","type":")" + std::string(type) + "\"" + std::string(more) +
                R"(},{"linkId":"b","type":"string","enableWhen":[{"question":"a","operator":")" + std::string(op) +
                "\"," + std::string(operand) + "}]}");
}

bool appears(std::string_view type, std::string_view op, std::string_view operand, std::string_view typed,
             std::string_view more = "") {
    Filling filling(pair_of(type, op, operand, more));
    if (!typed.empty()) REQUIRE(filling.type("a", typed) == Outcome::Accepted);
    return filling.asks("b");
}

constexpr std::string_view two_options =
    R"(,"answerOption":[{"valueCoding":{"system":"urn:x","code":"x"}},{"valueCoding":{"system":"urn:x","code":"y"}},
    {"valueCoding":{"system":"urn:x","code":"none"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive","valueBoolean":true}]}])";

} // namespace

TEST_CASE("conditions: every operator, on every type of answer that has an order") {
    struct Row {
        std::string_view type, operand, less, equal, greater;
    };
    const Row rows[] = {
        {"integer", R"("answerInteger":5)", "4", "5", "6"},
        {"decimal", R"("answerDecimal":1.50)", "1,49", "1,5", "1,501"},
        {"date", R"("answerDate":"2000-02-29")", "28/2/2000", "29/2/2000", "1/3/2000"},
        {"dateTime", R"("answerDateTime":"2026-11-22T09:00:00Z")", "22/11/2026 9:59", "22/11/2026 10:00",
         "22/11/2026 10:01"},
        {"time", R"("answerTime":"08:30:00")", "8:29", "8:30", "8:31"},
        {"string", R"("answerString":"m")", "a", "m", "z"},
        {"quantity", R"("answerQuantity":{"value":70,"unit":"kg"})", "69,9 kg", "70 kg", "71 kg"},
    };
    for (const Row& row : rows) {
        CAPTURE(std::string(row.type));
        const auto check = [&](std::string_view op, bool less, bool equal, bool greater) {
            CAPTURE(std::string(op));
            CHECK(appears(row.type, op, row.operand, row.less) == less);
            CHECK(appears(row.type, op, row.operand, row.equal) == equal);
            CHECK(appears(row.type, op, row.operand, row.greater) == greater);
            CHECK_FALSE(appears(row.type, op, row.operand, "")); // without an answer no comparison holds
        };
        check("=", false, true, false);
        check("!=", true, false, true);
        check("<", true, false, false);
        check("<=", true, true, false);
        check(">", false, false, true);
        check(">=", false, true, true);
    }
}

TEST_CASE("conditions: exists asks whether there is an answer, half of one is none") {
    for (const bool wanted : {true, false}) {
        Filling filling(pair_of("date", "exists", wanted ? R"("answerBoolean":true)" : R"("answerBoolean":false)"));
        CHECK(filling.asks("b") == !wanted);
        CHECK(filling.type("a", "02/02") == Outcome::NotYetAValue);
        CHECK(filling.asks("b") == !wanted);
        CHECK(filling.type("a", "02/02/2020") == Outcome::Accepted);
        CHECK(filling.asks("b") == wanted);
    }
}

TEST_CASE("conditions: a boolean and a code are equal or not") {
    CHECK(appears("boolean", "=", R"("answerBoolean":true)", "true"));
    CHECK_FALSE(appears("boolean", "=", R"("answerBoolean":true)", "false"));
    CHECK(appears("boolean", "!=", R"("answerBoolean":true)", "false"));
    Filling filling(pair_of("choice", "=", R"("answerCoding":{"system":"urn:x","code":"y"})", two_options));
    CHECK(filling.choose("a", 0) == Outcome::Accepted);
    CHECK_FALSE(filling.asks("b"));
    CHECK(filling.choose("a", 1) == Outcome::Accepted);
    CHECK(filling.asks("b"));
}

TEST_CASE("conditions: dates that overlap are in no order") {
    CHECK_FALSE(appears("date", "<", R"("answerDate":"1980-05-31")", "1980"));
    CHECK_FALSE(appears("date", ">=", R"("answerDate":"1980-05-31")", "1980"));
    CHECK(appears("date", "<", R"("answerDate":"1980-05-31")", "1979"));
}

TEST_CASE("conditions: quantities of different units are in no order") {
    CHECK_FALSE(appears("quantity", ">", R"("answerQuantity":{"value":1,"unit":"kg"})", "500 g"));
}

TEST_CASE("conditions: of several answers one is enough, and for 'not equal' none may be equal") {
    const std::string repeats = R"(,"repeats":true)" + std::string(two_options);
    Filling equal(pair_of("choice", "=", R"("answerCoding":{"system":"urn:x","code":"y"})", repeats));
    Filling unequal(pair_of("choice", "!=", R"("answerCoding":{"system":"urn:x","code":"y"})", repeats));
    for (Filling* const filling : {&equal, &unequal}) {
        CHECK(filling->choose("a", 0) == Outcome::Accepted);
        CHECK(filling->asks("b") == (filling == &unequal));
        CHECK(filling->choose("a", 1) == Outcome::Accepted);
        CHECK(filling->asks("b") == (filling == &equal));
    }
}

TEST_CASE("conditions: all or any of them must hold, as the form says") {
    for (const std::string_view behavior : {"all", "any"}) {
        Filling filling(form(R"({"linkId":"a","type":"boolean"},{"linkId":"b","type":"boolean"},
            {"linkId":"c","type":"string","enableBehavior":")" +
                             std::string(behavior) + R"(","enableWhen":[
                {"question":"a","operator":"=","answerBoolean":true},{"question":"b","operator":"=","answerBoolean":true}]})"));
        CHECK_FALSE(filling.asks("c"));
        (void)filling.set("a", true);
        CHECK(filling.asks("c") == (behavior == "any"));
        (void)filling.set("b", true);
        CHECK(filling.asks("c"));
    }
}

TEST_CASE("conditions: a hidden answer counts as none, along the whole chain, and comes back with its question") {
    Filling filling(form(R"({"linkId":"a","type":"boolean"},
        {"linkId":"b","type":"boolean","enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]},
        {"linkId":"g","type":"group","enableWhen":[{"question":"b","operator":"=","answerBoolean":true}],"item":[{"linkId":"c","type":"boolean"}]},
        {"linkId":"d","type":"string","enableWhen":[{"question":"c","operator":"=","answerBoolean":true}]})"));
    (void)filling.set("a", true);
    (void)filling.set("b", true);
    (void)filling.set("g/c", true);
    (void)filling.type("d", "ciao");
    CHECK(filling.enabled() == std::vector<std::string>{"a", "b", "g", "g/c", "d"});
    (void)filling.set("a", false);
    CHECK(filling.enabled() == std::vector<std::string>{"a"});
    CHECK(filling.answers() == R"([{"linkId":"a","answer":[{"valueBoolean":false}]}])");
    CHECK(filling.draft.answer(filling.at("d")) != nullptr); // kept, not sent
    (void)filling.set("a", true);
    CHECK(filling.enabled() == std::vector<std::string>{"a", "b", "g", "g/c", "d"});
    CHECK(filling.answers().find("ciao") != std::string::npos);
}

TEST_CASE("conditions: inside a repeating group each instance looks at its own answers") {
    Filling filling(form(R"({"linkId":"child","type":"group","repeats":true,"item":[
        {"linkId":"at-school","type":"boolean"},
        {"linkId":"which","type":"group","item":[
            {"linkId":"name","type":"string","enableWhen":[{"question":"at-school","operator":"=","answerBoolean":true}]}]}]})"));
    (void)filling.set("child/at-school", false);
    REQUIRE(filling.draft.add_instance(filling.at("child")).ok());
    (void)filling.set("child[1]/at-school", true);
    CHECK_FALSE(filling.asks("child[0]/which/name"));
    CHECK(filling.asks("child[1]/which/name"));
}

TEST_CASE(
    "conditions: from outside a repeating group the nearest instance is meant, the last before or the first after") {
    Filling filling(form(
        R"({"linkId":"before","type":"string","enableWhen":[{"question":"at-school","operator":"=","answerBoolean":true}]},
        {"linkId":"child","type":"group","repeats":true,"item":[{"linkId":"at-school","type":"boolean"}]},
        {"linkId":"after","type":"string","enableWhen":[{"question":"at-school","operator":"=","answerBoolean":true}]})"));
    (void)filling.set("child/at-school", true);
    CHECK(filling.asks("before"));
    CHECK(filling.asks("after"));
    REQUIRE(filling.draft.add_instance(filling.at("child")).ok());
    CHECK(filling.asks("before"));
    CHECK_FALSE(filling.asks("after")); // the nearest is the new one, which has no answer
    (void)filling.set("child[1]/at-school", true);
    (void)filling.set("child[0]/at-school", false);
    CHECK_FALSE(filling.asks("before"));
    CHECK(filling.asks("after"));
    CHECK(filling.draft.move_instance(filling.at("child[1]"), 0) == Outcome::Accepted);
    CHECK(filling.asks("before"));
    CHECK_FALSE(filling.asks("after"));
    CHECK(filling.draft.remove_instance(filling.at("child[1]")) == Outcome::Accepted);
    CHECK(filling.asks("after"));
}

TEST_CASE("conditions: below the answers of a repeated question the nearest answer is meant") {
    Filling filling(
        form(R"({"linkId":"language","type":"string","repeats":true,"item":[{"linkId":"fluent","type":"boolean"}]},
        {"linkId":"course","type":"string","enableWhen":[{"question":"fluent","operator":"=","answerBoolean":false}]})"));
    (void)filling.type("language", "Arabic");
    (void)filling.set("language/fluent", false);
    CHECK(filling.asks("course"));
    (void)filling.type("language[1]", "Italian");
    CHECK_FALSE(filling.asks("course"));
    (void)filling.set("language[1]/fluent", false);
    CHECK(filling.asks("course"));
    CHECK(filling.draft.clear(filling.at("language[0]")) == Outcome::Accepted);
    CHECK(filling.asks("course"));
}

TEST_CASE("conditions: a nested question looks again when the question it stands under appears or vanishes") {
    Filling filling(form(
        R"({"linkId":"q","type":"boolean","enableWhen":[{"question":"later","operator":"exists","answerBoolean":true}],
        "item":[{"linkId":"unless","type":"string","enableWhen":[{"question":"q","operator":"exists","answerBoolean":false}]}]},
        {"linkId":"later","type":"string"},
        {"linkId":"out","type":"string","enableWhen":[{"question":"unless","operator":"exists","answerBoolean":true}]})"));
    (void)filling.set("q", true); // as from a stored response, while it is hidden
    (void)filling.type("q/unless", "something");
    CHECK_FALSE(filling.asks("q/unless"));
    (void)filling.type("later", "here");
    CHECK_FALSE(filling.asks("q/unless"));
    CHECK_FALSE(filling.asks("out"));
    (void)filling.draft.clear(filling.at("q"));
    CHECK(filling.asks("q/unless"));
    CHECK_FALSE(filling.asks("out")); // it stands below no answer
}

TEST_CASE("conditions: a nested question looks at the very answer it stands under") {
    Filling filling(form(R"({"linkId":"need","type":"choice","repeats":true)" + std::string(two_options) + R"(,"item":[
        {"linkId":"more","type":"string","enableWhen":[{"question":"need","operator":"=","answerCoding":{"system":"urn:x","code":"y"}}]}]})"));
    (void)filling.choose("need", 0);
    (void)filling.choose("need", 1);
    CHECK_FALSE(filling.asks("need/more"));
    CHECK(filling.asks("need[1]/more"));
}

TEST_CASE("conditions: a source may stand after what depends on it") {
    Filling filling(form(
        R"({"linkId":"b","type":"string","enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]},{"linkId":"a","type":"boolean"})"));
    CHECK_FALSE(filling.asks("b"));
    (void)filling.set("a", true);
    CHECK(filling.asks("b"));
}

TEST_CASE("conditions: a chain of two thousand questions is followed at once") {
    std::string items = R"({"linkId":"0","type":"boolean"})";
    for (int i = 1; i < 2000; ++i)
        items += R"(,{"linkId":")" + std::to_string(i) +
                 R"(","type":"boolean","initial":[{"valueBoolean":true}],"enableWhen":[{"question":")" +
                 std::to_string(i - 1) + R"(","operator":"=","answerBoolean":true}]})";
    Filling filling(form(items));
    CHECK(filling.enabled().size() == 1);
    (void)filling.set("0", true);
    CHECK(filling.enabled().size() == 2000);
    (void)filling.set("0", false);
    CHECK(filling.enabled().size() == 1);
}
