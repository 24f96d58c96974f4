// SPDX-License-Identifier: EUPL-1.2
// relevant, constraint, calculation: which become FHIR's own rules, and how the others read in FHIRPath.
#include "forms/fhirpath/expression.hpp"
#include "forms/xlsform/write.hpp"
#include "tests/forms/authoring/workbooks.hpp"

#include <doctest/doctest.h>

using namespace forms::xlsform;

namespace {

/// A survey with one question of each kind, and a last row of the given cells.
struct Asked {
    std::string type = "text", relevant = {}, constraint = {}, calculation = {}, message = {}, initial = {};
};
Json questionnaire(const Asked& asked, Notes& notes) {
    const auto bar = [](std::string text) {
        for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
            text.insert(at, "\\");
        return text;
    };
    const std::string row = "| | " + asked.type + " | h | H? | " + bar(asked.relevant) + " | " + bar(asked.constraint) +
                            " | " + bar(asked.calculation) + " | " + asked.message + " | " + asked.initial + " |\n";
    static const std::string before = R"(
        | survey |
        | | type | name | label | relevant | constraint | calculation | constraint_message | default |
        | | integer | n | N? |
        | | decimal | d | D? |
        | | text | t | T? |
        | | select_one l | one | One? |
        | | select_multiple l | many | Many? |
        | | select_one l or_other | free | Free? |
        | | select_one marks | mark | Mark? |
        | | date | day | Day? |
        | | time | hour | Hour? |
        | | acknowledge | ack | Ack? |
        | | image | pic | Pic? |
        | | begin group | g | G |
        | | integer | m | M? |
        | | end group |
        | | begin repeat | r | R |
        | | integer | x | X? |
        | | end repeat |
        | | today | today | |
)";
    static const std::string after = R"(
        | choices |
        | | list_name | name | label |
        | | l | a | A |
        | | l | b | B |
        | | marks | 1 | poor |
        | | marks | 2 | good |
)";
    std::map<std::string, std::string> places;
    const Workbook workbook = workbooks::of(before + row + after);
    const Survey survey = read_survey(workbook, "f", notes);
    return write_questionnaire(survey, notes, places);
}

constexpr const char* sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

/// The rule of the last row under that name: the expression, which must be FHIRPath.
std::string expression_of(const Json& item, const std::string& name) {
    for (const Json& extension : item.value("extension", Json::array()))
        if (extension.at("url") == sdc + name) {
            const std::string text = extension.at("valueExpression").at("expression");
            const auto compiled = forms::fhirpath::Expression::compile(text);
            CHECK_MESSAGE(compiled.ok(), text << ": " << (compiled.ok() ? "" : compiled.error().words));
            return text;
        }
    return {};
}

std::string refusal(const Notes& notes) {
    return notes.mistakes.empty()
               ? std::string()
               : std::string(code_of(notes.mistakes.front().trouble)) + ": " + notes.mistakes.front().words;
}

/// "n >= 18 and n < 65" where enableWhen says it, else the expression, else the refusal.
std::string relevant(const std::string& text) {
    Notes notes;
    const Json form = questionnaire({.relevant = text}, notes);
    if (!notes.mistakes.empty()) return refusal(notes);
    const Json& item = form.at("item").back();
    std::string shown;
    for (const Json& condition : item.value("enableWhen", Json::array())) {
        if (!shown.empty()) shown += item.at("enableBehavior") == "any" ? " or " : " and ";
        shown += condition.at("question").get<std::string>() + " " + condition.at("operator").get<std::string>() + " ";
        for (const auto& [key, value] : condition.items())
            if (key.starts_with("answer"))
                shown += key == "answerCoding" ? value.at("code").get<std::string>() : value.dump();
    }
    return shown.empty() ? expression_of(item, "enableWhenExpression") : shown;
}

std::string computed(const std::string& text, const std::string& type = "calculate") {
    Notes notes;
    const Json form = questionnaire({.type = type, .calculation = text}, notes);
    if (!notes.mistakes.empty()) return refusal(notes);
    return form.at("item").back().at("type").get<std::string>() + ": " +
           expression_of(form.at("item").back(), "calculatedExpression");
}

std::string q(const std::string& name) { return "%resource.item.where(linkId = '" + name + "').answer.value"; }

/// "minValue 1, maxLength 5", or the expression of a constraint of its own.
std::string constraint(const std::string& text, const std::string& type, const std::string& message = {}) {
    Notes notes;
    const Json form = questionnaire({.type = type, .constraint = text, .message = message}, notes);
    if (!notes.mistakes.empty()) return refusal(notes);
    const Json& item = form.at("item").back();
    std::string shown;
    for (const Json& extension : item.value("extension", Json::array())) {
        const std::string url = extension.at("url");
        const std::string name = url.substr(url.rfind('/') + 1);
        if (name == "questionnaire-constraint") {
            for (const Json& part : extension.at("extension"))
                if (part.at("url") == "expression") shown += part.at("valueString").get<std::string>();
            continue;
        }
        for (const auto& [key, value] : extension.items())
            if (key.starts_with("value") && name.find("Control") == std::string::npos)
                shown += name + " " + value.dump() + ", ";
    }
    if (item.contains("maxLength")) shown += "maxLength " + item.at("maxLength").dump() + ", ";
    return shown;
}

} // namespace

TEST_CASE("relevant: what enableWhen can say exactly is said by it") {
    CHECK(relevant("selected(${one}, 'a')") == "one = a");
    CHECK(relevant("${one} = 'a'") == "one = a");
    CHECK(relevant("'a' = ${one}") == "one = a");
    CHECK(relevant("${mark} = 1") == "mark = 1");
    CHECK(relevant("selected(${many}, 'b') and ${n} >= 18 and ${n} < 65") == "many = b and n >= 18 and n < 65");
    CHECK(relevant("${n} > 1 or ${d} <= 2.5") == "n > 1 or d <= 2.5");
    CHECK(relevant("18 <= ${n}") == "n >= 18");
    CHECK(relevant("${t} = 'x y'") == "t = \"x y\"");
    CHECK(relevant("${t} != ''") == "t exists true");
    CHECK(relevant("${one} = ''") == "one exists false");
    CHECK(relevant("count-selected(${many}) > 0") == "many exists true");
    CHECK(relevant("string-length(${t}) >= 1") == "t exists true");
    CHECK(relevant("${day} >= date('2026-01-01')") == "day >= \"2026-01-01\"");
    CHECK(relevant("${ack} = 'OK'") == "ack = true");
    CHECK(relevant("${m} = -3") == "m = -3");
    CHECK(relevant("${d} > 0.1") == "d > 0.1");
    CHECK(relevant("${d} > 0.1234567890123456") == q("d") + " > 0.1234567890123456"); // more than JSON may keep
    CHECK(relevant("true()").empty());
}

TEST_CASE("relevant: what is true without an answer too becomes two conditions") {
    CHECK(relevant("${one} != 'a'") == "one exists false or one != a");
    CHECK(relevant("not(selected(${many}, 'a'))") == "many exists false or many != a");
    CHECK(relevant("not(${n} > 5)") == "n exists false or n <= 5");
    CHECK(relevant("not(${n} != 5)") == "n = 5");
    CHECK(relevant("not(${one} = 'a' and ${n} > 5)") == "one exists false or one != a or n exists false or n <= 5");
}

TEST_CASE("relevant: what enableWhen cannot say becomes an expression") {
    CHECK(relevant("(${one} = 'a' or ${n} > 1) and ${d} < 2") ==
          "(" + q("one") + ".code = 'a' or " + q("n") + " > 1) and " + q("d") + " < 2");
    CHECK(relevant("${one} != 'a' and ${n} > 1") ==
          "iif(" + q("one") + ".code = 'a', false, true) and " + q("n") + " > 1");
    CHECK(relevant("${many} = 'a'") == q("many") + ".code = 'a'"); // that one and no other
    CHECK(relevant("${n} + ${m} > 10") ==
          q("n") + " + %resource.item.where(linkId = 'g').item.where(linkId = 'm').answer.value > 10");
    CHECK(relevant("count-selected(${many}) >= 2") == q("many") + ".count() >= 2");
    CHECK(relevant("selected(${free}, 'other')") == q("free") + ".ofType(string).exists()");
    CHECK(relevant("${n} > ${d}") == q("n") + " > " + q("d"));
    CHECK(relevant("${t} > 5") == q("t") + ".toDecimal() > 5");
    CHECK(relevant("${one} = ${mark}") == "iif(" + q("one") + ".exists() or " + q("mark") + ".exists(), " + q("one") +
                                              ".code = " + q("mark") + ".code, true)");
    CHECK(relevant("${mark} > 1") == q("mark") + ".code.toInteger() > 1");
    CHECK(relevant("regex(${t}, '[0-9]+\\.x')") == q("t") + ".matchesFull('[0-9]+\\\\.x')");
    CHECK(relevant("${day} < today()") == q("day") + " < today()");
    CHECK(relevant("${day} < ${today}") == q("day") + " < today()");
    CHECK(relevant("${hour} > '08:30'") == q("hour") + " > @T08:30:00");
    CHECK(relevant("today() - ${day} > 30") == "today() > " + q("day") + " + 30 days");
    CHECK(relevant("(today() - ${day}) div 365.25 >= 18") == "today() >= " + q("day") + " + 18 years");
    CHECK(relevant("sum(${x}) > 3") ==
          "iif(%resource.item.where(linkId = 'r').item.where(linkId = 'x').answer.value.exists(), "
          "%resource.item.where(linkId = 'r').item.where(linkId = 'x').answer.value.sum(), 0) > 3");
    CHECK(relevant("count(${r}) > 1") == "%resource.item.where(linkId = 'r').count() > 1");
    CHECK(relevant("false()") == "false");
}

TEST_CASE("relevant: what cannot be said is refused with its reason") {
    CHECK(relevant("${x} > 1") == "unsupported-expression: x is asked several times: say which with sum(), count(), "
                                  "min(), max() or join()");
    CHECK(relevant("${g} = 1") == "unsupported-expression: g is no question");
    CHECK(relevant("position(..) = 1") ==
          "bad-expression: paths such as ../name or /data/name are not possible: write ${name}");
    CHECK(relevant("random() > 0.5") == "unsupported-expression: the function random() is not possible here");
    CHECK(relevant("wish(${n})") == "bad-expression: there is no function wish()");
    CHECK(relevant("${t} + 'x' > 1") == "unsupported-expression: 'x' is no number");
    CHECK(relevant("${pic} = 'x'") == "unsupported-expression: a file cannot be compared");
    CHECK(relevant("(today() - ${day}) * 2 > 1").starts_with("unsupported-expression: the days between"));
    CHECK(relevant("${day} > 'yesterday'").starts_with("unsupported-expression: 'yesterday' is no such date"));
}

TEST_CASE("calculation: the type of the item is that of what is computed") {
    CHECK(computed("${n} * 2") == "integer: " + q("n") + " * 2");
    CHECK(computed("${n} div 2") == "decimal: " + q("n") + " / 2");
    CHECK(computed("${n} mod 2") == "integer: " + q("n") + " mod 2");
    CHECK(computed("${n} > 2") == "boolean: " + q("n") + " > 2");
    CHECK(computed("today() + 7") == "date: today() + 7 days");
    CHECK(computed("now()") == "dateTime: now()");
    CHECK(computed("concat(${t}, ' ', ${n})") == "string: " + q("t") + " & ' ' & " + q("n") + ".toString()");
    CHECK(computed("${one}") == "string: " + q("one") + ".code");
    CHECK(computed("jr:choice-name(${one}, '${one}')") == "string: " + q("one") + ".display");
    CHECK(computed("if(${n} > 1, 'x', 'y')") == "string: iif(" + q("n") + " > 1, 'x', 'y')");
    CHECK(computed("if(${n} > 1, ${n}, '')") == "integer: iif(" + q("n") + " > 1, " + q("n") + ", {})");
    CHECK(computed("coalesce(${n}, 0)") == "integer: iif(" + q("n") + ".exists(), " + q("n") + ", 0)");
    CHECK(computed("round(${d})") == "integer: (" + q("d") + " + 0.5).floor()");
    CHECK(computed("round(${d}, 2)") == "decimal: " + q("d") + ".round(2)");
    CHECK(computed("int(${d})") == "integer: " + q("d") + ".truncate()");
    CHECK(computed("number(${t})") == "decimal: " + q("t") + ".toDecimal()");
    CHECK(computed("string-length(${t})") == "integer: (" + q("t") + " & '').length()");
    CHECK(computed("substr(${t}, 1, 3)") == "string: " + q("t") + ".substring(1, 2)");
    CHECK(computed("selected-at(${many}, 0)") == "string: " + q("many") + ".code[0]");
    CHECK(computed("join(', ', ${many})") == "string: " + q("many") + ".code.join(', ')");
    CHECK(computed("max(${n}, ${m}, 3)") ==
          "decimal: (" + q("n") +
              " | %resource.item.where(linkId = 'g').item.where(linkId = 'm').answer.value | 3).max()");
    CHECK(computed("${mark} + ${mark}") ==
          "integer: " + q("mark") + ".code.toInteger() + " + q("mark") + ".code.toInteger()");
    CHECK(computed("format-date(${day}, '%d/%m/%Y')") ==
          "string: " + q("day") + ".toString().substring(8, 2) & '/' & " + q("day") +
              ".toString().substring(5, 2) & '/' & " + q("day") + ".toString().substring(0, 4)");
    CHECK(computed("${ack}") == "boolean: " + q("ack"));
    CHECK(computed("-(${n} + 1)") == "integer: -(" + q("n") + " + 1)");
    CHECK(computed("${n}", "text") == "string: " + q("n") + ".toString()");
    CHECK(computed("${d}", "integer") == "integer: " + q("d") + ".truncate()");
}

TEST_CASE("calculation: the age in whole years") {
    CHECK(computed("int((today() - ${day}) div 365.25)") ==
          "integer: (today()).toString().substring(0, 4).toInteger() - (" + q("day") +
              ").toString().substring(0, 4).toInteger() - iif((today()).toString().substring(5, 5) < (" + q("day") +
              ").toString().substring(5, 5), 1, 0)");
}

TEST_CASE("constraint: what FHIR has a bound for becomes that bound") {
    CHECK(constraint(". >= 18 and . < 100", "integer") == "minValue 18, maxValue 99, ");
    CHECK(constraint("0 < .", "integer") == "minValue 1, ");
    CHECK(constraint(". >= 0.5 and . <= 10", "decimal") == "minValue 0.5, maxValue 10, ");
    CHECK(constraint(". <= date('2026-12-31')", "date") == "maxValue \"2026-12-31\", ");
    CHECK(constraint("string-length(.) <= 40 and string-length(.) > 2", "text") == "minLength 3, maxLength 40, ");
    CHECK(constraint("string-length(.) = 5", "text") == "minLength 5, maxLength 5, ");
    CHECK(constraint("regex(., '[A-Z]{2}|x')", "text") == "regex \"[A-Z]{2}|x\", ");
}

TEST_CASE("constraint: anything else, and what has words of its own, is a constraint with an expression") {
    CHECK(constraint(". > 0.5", "decimal") ==
          "%context.answer.empty() or (iif(%context.answer.value > 0.5, true, false))");
    CHECK(constraint(". <= today()", "date") ==
          "%context.answer.empty() or (iif(%context.answer.value <= today(), true, false))");
    CHECK(constraint(". >= 18", "integer", "Troppo poco") ==
          "%context.answer.empty() or (iif(%context.answer.value >= 18, true, false))");
    CHECK(
        constraint("not(selected(., 'a')) or count-selected(.) = 1", "select_multiple l") ==
        "%context.answer.empty() or (('a' in %context.answer.value.code).not() or %context.answer.value.count() = 1)");
    CHECK(constraint(". > ${n}", "integer") ==
          "%context.answer.empty() or (iif(%context.answer.value > " + q("n") + ", true, false))");
}

TEST_CASE("inside a repeat: answers of the same instance come down as variables of the repeat") {
    Notes notes;
    std::map<std::string, std::string> places;
    const Workbook workbook = workbooks::of(R"(
        | survey |
        | | type | name | label | relevant | calculation |
        | | integer | out | Out? | | |
        | | begin repeat | r | R | | |
        | | begin group | g | G | | |
        | | integer | a-1 | A? | | |
        | | end group | | | | |
        | | integer | b | B? | ${a-1} > 1 | |
        | | text | c | C? | ${a-1} + ${out} > 1 | |
        | | calculate | d | | | ${b} * 2 |
        | | end repeat | | | | |
    )");
    const Survey survey = read_survey(workbook, "f", notes);
    const Json form = write_questionnaire(survey, notes, places);
    REQUIRE(notes.mistakes.empty());
    const Json& repeat = form.at("item").at(1);
    const Json& variables = repeat.at("extension");
    REQUIRE(variables.size() == 2);
    CHECK(variables[0].at("url") == "http://hl7.org/fhir/StructureDefinition/variable");
    CHECK(variables[0].at("valueExpression").at("name") == "answer_a_1");
    CHECK(variables[0].at("valueExpression").at("expression") ==
          "%context.item.where(linkId = 'g').item.where(linkId = 'a-1').answer.value");
    CHECK(repeat.at("item").at(1).contains("enableWhen")); // the nearest instance is FHIR's own rule
    const Json& c = repeat.at("item").at(2);
    CHECK(c.at("extension").at(0).at("valueExpression").at("expression") ==
          "%answer_a_1 + %resource.item.where(linkId = 'out').answer.value > 1");
}
