// SPDX-License-Identifier: EUPL-1.2
#include "writing.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

namespace {

using Found = std::vector<std::string>;
Found mistakes(std::string_view items, std::string_view more = {}) { return mistakes_in(questionnaire(items, more)); }

} // namespace

TEST_CASE("expressions that cannot be run are refused by place") {
    CHECK(mistakes(item("a", "integer", calculated("1 +"))) == Found{"/item/0/extension/0 bad-expression"});
    CHECK(mistakes(item("a", "integer", calculated("resolve()"))) == Found{"/item/0/extension/0 bad-expression"});
    CHECK(mistakes(item("a", "integer", calculated("%nobody + 1"))) == Found{"/item/0/extension/0 bad-expression"});
    CHECK(mistakes(item("a", "integer", enabled_when("'a'.matches(linkId)"))) ==
          Found{"/item/0/extension/0 bad-expression"});
    CHECK(mistakes(item("a", "string"), R"("extension":[)" + variable("x", "foo()") + "]") ==
          Found{"/extension/0 bad-expression"});
    CHECK(mistakes(item("a", "integer", constraint("k", "error", "answer.", "No"))) ==
          Found{"/item/0/extension/0 bad-expression"});
}

TEST_CASE("the words of a refusal name the character") {
    const auto loaded = load_definition(questionnaire(item("a", "integer", calculated("1 + frob()"))));
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error()[0].words.find("frob") != std::string::npos);
    CHECK(loaded.error()[0].words.find("(character 4)") != std::string::npos);
}

TEST_CASE("other languages are refused by place") {
    for (const std::string_view language : {"text/cql", "application/x-fhir-query", "text/x-other"}) {
        const std::string extension =
            R"({"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression","valueExpression":{"language":")" +
            std::string(language) + R"(","expression":"1"}})";
        CHECK(mistakes(item("a", "integer", extension)) ==
              Found{"/item/0/extension/0/valueExpression/language unsupported-language"});
    }
}

TEST_CASE("circles of expressions, conditions and calculated answers are refused with every place in them") {
    CHECK(mistakes(item("a", "integer", calculated("%resource.item.where(linkId='a').answer.value + 1"))) ==
          Found{"/item/0/extension/0 condition-cycle"});
    CHECK(mistakes(item("a", "integer", calculated("%context.answer.value + 1"))) ==
          Found{"/item/0/extension/0 condition-cycle"});
    CHECK(mistakes(item("a", "integer", calculated("%resource.item.where(linkId='b').answer.value")) + "," +
                   item("b", "integer", calculated("%resource.item.where(linkId='a').answer.value"))) ==
          Found{"/item/0/extension/0 condition-cycle", "/item/1/extension/0 condition-cycle"});
    // a shows b, b is worked out from c, c is shown by an expression on b
    CHECK(mistakes(item("b", "integer", calculated("%resource.item.where(linkId='c').answer.value")) + "," +
                   item("c", "integer", enabled_when("%resource.item.where(linkId='b').answer.value > 1"))) ==
          Found{"/item/0/extension/0 condition-cycle", "/item/1/extension/0 condition-cycle"});
    CHECK(mistakes(item("b", "integer", calculated("%c")) + "," +
                       item("c", "integer", {},
                            R"("enableWhen":[{"question":"b","operator":"exists","answerBoolean":true}])"),
                   R"("extension":[)" + variable("c", "%resource.item.where(linkId='c').answer.value") + "]") ==
          Found{"/item/0/extension/0 condition-cycle", "/item/1/enableWhen condition-cycle"});
    CHECK(mistakes(item("a", "integer", calculated("%resource.item.answer.value.sum()")) + "," +
                   item("b", "integer", calculated("%resource.item.answer.value.count()")))
              .size() == 2);
}

TEST_CASE("what would be decided twice is refused") {
    CHECK(mistakes(item("a", "integer", calculated("1") + "," + calculated("2"))) ==
          Found{"/item/0/extension/1 rule-twice"});
    CHECK(mistakes(item("s", "boolean") + "," +
                   item("a", "integer", enabled_when("true"),
                        R"("enableWhen":[{"question":"s","operator":"=","answerBoolean":true}])")) ==
          Found{"/item/1/enableWhen rule-twice"});
    CHECK(mistakes(item("a", "integer", initially("1"), R"("initial":[{"valueInteger":3}])")) ==
          Found{"/item/0/initial initial-not-allowed"});
    CHECK(mistakes(item("a", "integer", calculated("1") + "," + initially("2"))) == Found{"/item/0 rule-twice"});
    CHECK(mistakes(item("a", "integer"), R"("extension":[)" + variable("x", "1") + "," + variable("x", "2") + "]") ==
          Found{"/extension/1 duplicate-variable"});
}

TEST_CASE("expressions stand where they can mean something") {
    CHECK(mistakes(item("a", "display", calculated("1"))) == Found{"/item/0/extension/0 not-allowed-here"});
    CHECK(mistakes(R"({"linkId":"g","type":"group","extension":[)" + calculated("1") + R"(],"item":[)" +
                   item("a", "string") + "]}") == Found{"/item/0/extension/0 not-allowed-here"});
    CHECK(mistakes(item("a", "string"), R"("extension":[)" + calculated("1") + "]") ==
          Found{"/extension/0 not-allowed-here"});
    CHECK(
        mistakes(item(
            "a", "integer",
            R"({"url":"http://hl7.org/fhir/StructureDefinition/variable","valueExpression":{"language":"text/fhirpath","expression":"1"}})")) ==
        Found{"/item/0/extension/0 missing-element"});
    CHECK(mistakes(item("a", "integer", constraint("k", "fatal", "true", "No"))) ==
          Found{"/item/0/extension/0/extension/1 bad-code"});
    CHECK(mistakes(item("a", "integer", R"({"url":"http://hl7.org/fhir/StructureDefinition/variable"})")) ==
          Found{"/item/0/extension/0 malformed-extension"});
}

TEST_CASE("a variable is known below its item and after it, nowhere else") {
    const std::string uses = item("b", "integer", calculated("%x"));
    CHECK(mistakes(item("a", "integer", variable("x", "1")) + "," + uses) ==
          Found{"/item/1/extension/0 bad-expression"});
    CHECK(mistakes(item("a", "integer", variable("y", "%x") + "," + variable("x", "1"))) ==
          Found{"/item/0/extension/0 bad-expression"});
    CHECK(mistakes(item("b", "integer", variable("x", "1") + "," + variable("y", "%x + 1") + "," + calculated("%y")))
              .empty());
}

TEST_CASE("too many expressions, or too long ones, are refused while reading") {
    std::string many = item("a", "integer");
    LoadOptions options;
    options.limits.expressions = 5;
    for (int i = 0; i < 6; ++i)
        many += "," + item("b" + std::to_string(i), "integer", calculated("1"));
    CHECK(mistakes_in(questionnaire(many), options) ==
          Found{"/item/6/extension/0/valueExpression too-many-conditions"});
    std::string variables;
    for (int i = 0; i < 101; ++i)
        variables += (i > 0 ? "," : "") + variable("v" + std::to_string(i), "1");
    CHECK(mistakes(item("a", "integer", variables)) == Found{"/item/0/extension/100 bad-expression"});
}
