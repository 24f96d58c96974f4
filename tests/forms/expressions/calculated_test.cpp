// SPDX-License-Identifier: EUPL-1.2
#include "writing.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

namespace {

constexpr std::string_view value_of_a = "%resource.item.where(linkId='a').answer.value";

std::shared_ptr<const Definition> doubling(std::string_view more = {}) {
    return form(item("a", "integer") + "," + item("b", "integer", calculated(std::string(value_of_a) + " * 2"), more));
}

} // namespace

TEST_CASE("a calculated answer follows what it reads") {
    Filling filling(doubling());
    CHECK(answer(filling, "b") == "-");
    CHECK(filling.type("a", "4") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "8");
    CHECK(filling.type("a", "5") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "10");
    CHECK(filling.draft.clear(filling.at("a")) == Outcome::Accepted);
    CHECK(answer(filling, "b") == "-");
    CHECK(filling.draft.troubles().empty());
}

TEST_CASE("calculated answers are sent, and calculated from each other in the right order") {
    Filling filling(form(item("c", "integer", calculated("%resource.item.where(linkId='b').answer.value + 1")) + "," +
                         item("b", "integer", calculated(std::string(value_of_a) + " * 2")) + "," +
                         item("a", "integer")));
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK(answer(filling, "c") == "7");
    CHECK(filling.answers().find(R"("linkId":"c","answer":[{"valueInteger":7}])") != std::string::npos);
}

TEST_CASE("what a person writes in place of a calculated answer stays until it is cleared") {
    Filling filling(doubling());
    CHECK(filling.type("a", "4") == Outcome::Accepted);
    CHECK(filling.type("b", "9") == Outcome::Accepted);
    CHECK(filling.draft.is_kept(filling.at("b")));
    CHECK(filling.type("a", "5") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "9");
    CHECK(filling.draft.clear(filling.at("b")) == Outcome::Accepted);
    CHECK(answer(filling, "b") == "10");
}

TEST_CASE("nobody is written over while they erase a calculated answer to write another") {
    Filling filling(doubling());
    CHECK(filling.type("a", "5") == Outcome::Accepted);
    CHECK(filling.type("b", "1") == Outcome::Accepted);
    CHECK(filling.type("b", "") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "-");
    CHECK(filling.type("a", "6") == Outcome::Accepted); // not even by what it is calculated from
    CHECK(answer(filling, "b") == "-");
    CHECK(filling.type("b", "7") == Outcome::Accepted);
    filling.draft.give_back(filling.at("b")); // the person goes on: it is theirs
    CHECK(answer(filling, "b") == "7");
    CHECK(filling.type("b", "") == Outcome::Accepted);
    filling.draft.give_back(filling.at("b")); // left empty: it is the program's again
    CHECK(answer(filling, "b") == "12");
    CHECK_FALSE(filling.draft.is_kept(filling.at("b")));
}

TEST_CASE("nobody writes over a calculated answer that is for reading only") {
    Filling filling(doubling(R"("readOnly":true)"));
    CHECK(filling.type("a", "4") == Outcome::Accepted);
    CHECK(filling.type("b", "9") == Outcome::ReadOnly);
    CHECK(answer(filling, "b") == "8");
}

TEST_CASE("a stored draft comes back as it was: a person's answers stay, the program's follow") {
    const auto definition = doubling();
    for (const bool by_person : {false, true}) {
        CAPTURE(by_person);
        Filling filling(definition);
        CHECK(filling.type("a", "4") == Outcome::Accepted);
        if (by_person) CHECK(filling.type("b", "9") == Outcome::Accepted);
        auto read = read_response(filling.response(), definition, std::pmr::get_default_resource());
        REQUIRE(read.ok());
        CHECK(read.value().issues.empty());
        Filling again(std::move(std::move(read).value().draft));
        CHECK(answer(again, "b") == (by_person ? "9" : "8"));
        CHECK(again.draft.is_kept(again.at("b")) == by_person);
        CHECK(again.type("a", "6") == Outcome::Accepted);
        CHECK(answer(again, "b") == (by_person ? "9" : "12"));
    }
}

TEST_CASE("a stored answer for reading only is calculated anew") {
    const auto definition = doubling(R"("readOnly":true)");
    auto read = read_response(R"({"resourceType":"QuestionnaireResponse","status":"in-progress","item":[
        {"linkId":"a","answer":[{"valueInteger":4}]},{"linkId":"b","answer":[{"valueInteger":1}]}]})",
                              definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    Filling again(std::move(std::move(read).value().draft));
    CHECK(answer(again, "b") == "8");
}

TEST_CASE("in a repeating group each instance is calculated from its own answers, through a variable of the group") {
    const std::string group = R"({"linkId":"g","type":"group","repeats":true,"extension":[)" +
                              variable("height", "item.where(linkId='h').answer.value") + "," +
                              variable("weight", "%context.item.where(linkId='w').answer.value") + R"(],"item":[)" +
                              item("h", "decimal") + "," + item("w", "decimal") + "," +
                              item("bmi", "decimal", calculated("(%weight / %height.power(2)).round(1)")) + "]}";
    Filling filling(
        form(group + "," +
             item("heaviest", "decimal",
                  calculated("%resource.item.where(linkId='g').item.where(linkId='bmi').answer.value.max()"))));
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.type("g/h", "2") == Outcome::Accepted);
    CHECK(filling.type("g/w", "80") == Outcome::Accepted);
    CHECK(filling.type("g[1]/h", "1") == Outcome::Accepted);
    CHECK(filling.type("g[1]/w", "30") == Outcome::Accepted);
    CHECK(answer(filling, "g/bmi") == "20");
    CHECK(answer(filling, "g[1]/bmi") == "30");
    CHECK(answer(filling, "heaviest") == "30");
    CHECK(filling.draft.remove_instance(filling.at("g[1]")) == Outcome::Accepted);
    CHECK(answer(filling, "heaviest") == "20");
}

TEST_CASE("a repeating question takes all results, another one only one") {
    const std::string colours = "('x' | 'y' | 'z').where(%resource.item.where(linkId='a').answer.value > 0)";
    Filling many(form(item("a", "integer") + "," + item("b", "string", calculated(colours), R"("repeats":true)")));
    CHECK(many.type("a", "1") == Outcome::Accepted);
    CHECK(answer(many, "b") == "x | y | z");
    CHECK(many.type("a", "0") == Outcome::Accepted);
    CHECK(answer(many, "b") == "-");
    Filling one(form(item("a", "integer") + "," + item("b", "string", calculated(colours))));
    CHECK(one.type("a", "1") == Outcome::Accepted);
    CHECK(answer(one, "b") == "-");
    REQUIRE(one.draft.troubles().size() == 1);
    CHECK(one.draft.troubles()[0] == FormulaTrouble{FormulaKind::Calculated, 1, fhirpath::Trouble::NotSingle});
}

TEST_CASE("results are read by the item's type") {
    const auto result = [](std::string_view type, std::string_view text, std::string_view more = {}) {
        const Filling filling(form(item("b", type, calculated(text), more)));
        return answer(filling, "b");
    };
    CHECK(result("decimal", "3") == "3");
    CHECK(result("integer", "3.0") == "3");
    CHECK(result("integer", "3.5") == "-");
    CHECK(result("integer", "'3'") == "-");
    CHECK(result("string", "3.50") == "3.50");
    CHECK(result("string", "'a' & 'b'") == "ab");
    CHECK(result("boolean", "1 < 2") == "true");
    CHECK(result("boolean", "1") == "-");
    CHECK(result("date", "@2020-05-01 + 1 day") == "2020-05-02");
    CHECK(result("date", "@2020-05-01T10:00:00Z") == "2020-05-01");
    CHECK(result("dateTime", "@2020-05-01T10:00:00+02:00") == "2020-05-01T10:00:00+02:00");
    CHECK(result("time", "@T10:30:00") == "10:30:00");
    CHECK(result("time", "@T10:30") == "-");
    CHECK(result("quantity", "70 'kg'") == "70 kg");
    CHECK(result("choice", "'x'", R"("answerOption":[{"valueCoding":{"system":"urn:s","code":"x"}}])") == "x");
    CHECK(result("choice", "'q'", R"("answerOption":[{"valueCoding":{"system":"urn:s","code":"x"}}])") == "-");
    CHECK(
        result(
            "choice", "%qitem.answerOption[1].value",
            R"("answerOption":[{"valueCoding":{"system":"urn:s","code":"x"}},{"valueCoding":{"system":"urn:s","code":"y"}}])") ==
        "y");
}

TEST_CASE("a hidden item is still calculated, and not sent while it is hidden") {
    Filling filling(form(item("a", "integer") + "," +
                         item("b", "integer", calculated(std::string(value_of_a) + " * 2"),
                              R"("enableWhen":[{"question":"a","operator":">","answerInteger":5}])")));
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "6");
    CHECK(filling.answers().find("\"b\"") == std::string::npos);
    CHECK(filling.type("a", "6") == Outcome::Accepted);
    CHECK(filling.answers().find(R"("linkId":"b","answer":[{"valueInteger":12}])") != std::string::npos);
}

TEST_CASE("an answer of a hidden question is not seen, a condition on a calculated answer is decided after it") {
    Filling filling(
        form(item("show", "boolean") + "," +
             item("a", "integer", {}, R"("enableWhen":[{"question":"show","operator":"=","answerBoolean":true}])") +
             "," + item("b", "integer", calculated("iif(" + std::string(value_of_a) + ".exists(), 1, 0)")) + "," +
             item("c", "string", {}, R"("enableWhen":[{"question":"b","operator":"=","answerInteger":1}])")));
    CHECK(filling.set("show", true) == Outcome::Accepted);
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK(filling.asks("c"));
    CHECK(filling.set("show", false) == Outcome::Accepted);
    CHECK(answer(filling, "b") == "0");
    CHECK_FALSE(filling.asks("c"));
}

TEST_CASE("a total over a whole section does not see itself") {
    Filling filling(
        form(R"({"linkId":"s","type":"group","item":[)" + item("x", "integer") + "," + item("y", "integer") + "," +
             item("total", "integer", calculated("%resource.item.where(linkId='s').item.answer.value.sum()")) + "]}"));
    CHECK(filling.type("s/x", "3") == Outcome::Accepted);
    CHECK(filling.type("s/y", "4") == Outcome::Accepted);
    CHECK(answer(filling, "s/total") == "7");
    CHECK(filling.type("s/y", "5") == Outcome::Accepted);
    CHECK(answer(filling, "s/total") == "8");
}

TEST_CASE("an expression that never ends leaves its item empty, and says so") {
    Filling filling(form(item("a", "integer") + "," +
                         item("b", "integer", calculated(std::string(value_of_a) + ".repeat($this + 1).count()")) +
                         "," + item("c", "integer", calculated(std::string(value_of_a) + " + 1"))));
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "-");
    REQUIRE_FALSE(filling.draft.troubles().empty());
    CHECK(filling.draft.troubles()[0] == FormulaTrouble{FormulaKind::Calculated, 1, fhirpath::Trouble::StepsSpent});
}

TEST_CASE("a host's clock ends a change that takes too long") {
    class Hurried final : public Clock {
    public:
        BootTime since_boot() const override { return now += BootTime(30); }
        WallTime wall_time() const override { return {}; }
        mutable BootTime now{};
    };
    const Hurried clock;
    Setting setting;
    setting.clock = &clock;
    Draft draft(form(item("a", "integer") + "," +
                     item("b", "integer", calculated(std::string(value_of_a) + ".repeat($this + 1).count()"))),
                std::pmr::get_default_resource(), Start::WithInitial, std::move(setting));
    Filling filling(std::move(draft));
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "-");
    REQUIRE(filling.draft.troubles().size() == 1);
    CHECK(filling.draft.troubles()[0].trouble == fhirpath::Trouble::TimeSpent);
}

TEST_CASE("questions below a calculated answer live with it") {
    Filling filling(
        form(item("a", "integer") + "," +
             item("b", "integer", calculated(std::string(value_of_a)),
                  R"("repeats":true,"item":[)" + item("n", "string") + "," +
                      item("m", "string", {}, R"("enableWhen":[{"question":"b","operator":"=","answerInteger":2}])") +
                      "]")));
    CHECK(filling.type("a", "2") == Outcome::Accepted);
    CHECK(answer(filling, "b") == "2");
    CHECK(filling.asks("b/m"));
    CHECK(filling.type("b/n", "x") == Outcome::Accepted);
    CHECK(filling.type("a", "3") == Outcome::Accepted);
    CHECK(answer(filling, "b/n") == "x");
    CHECK_FALSE(filling.asks("b/m"));
}

TEST_CASE("an instance that holds nothing but a calculated answer is read back as the one it was") {
    const auto definition = form(item("g", "group", {},
                                      R"("repeats":true,"item":[)" + item("a", "string") + "," +
                                          item("n", "integer", calculated("1"), R"("readOnly":true)") + "]"));
    Filling filling(definition);
    REQUIRE(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.type("g[1]/a", "x") == Outcome::Accepted);
    const std::string saved = filling.response();
    auto read = read_response(saved, definition, std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(read.value().issues.empty());
    const Filling again(std::move(read.value().draft));
    CHECK(again.response() == saved);
    CHECK(answer(again, "g[1]/a") == "x");
}
