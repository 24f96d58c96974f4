// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include "forms/fhir/json_tree.hpp"
#include "forms/fhirpath/moments.hpp"

#include <doctest/doctest.h>

namespace in_tests {
namespace {

using namespace forms::fhirpath;

constexpr std::string_view response = R"({"resourceType":"QuestionnaireResponse","status":"in-progress",
  "authored":"2026-11-22T10:00:00+01:00","item":[
  {"linkId":"name","text":"Name","answer":[{"valueString":"Èva Rossi"}]},
  {"linkId":"born","answer":[{"valueDate":"1980-05-31"}]},
  {"linkId":"year","answer":[{"valueDate":"1980"}]},
  {"linkId":"weight","answer":[{"valueQuantity":{"value":70.5,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}]},
  {"linkId":"height","answer":[{"valueDecimal":1.80}]},
  {"linkId":"smokes","answer":[{"valueBoolean":true,"item":[
    {"linkId":"packs","answer":[{"valueInteger":2}]}]}]},
  {"linkId":"colours","answer":[
    {"valueCoding":{"system":"http://x","code":"red","display":"Red"}},
    {"valueCoding":{"system":"http://x","code":"blue","display":"Blue"}}]},
  {"linkId":"child","item":[{"linkId":"child-name","answer":[{"valueString":"Ada"}]},{"linkId":"child-age","answer":[{"valueInteger":4}]}]},
  {"linkId":"child","item":[{"linkId":"child-name","answer":[{"valueString":"Ugo"}]},{"linkId":"child-age","answer":[{"valueInteger":9}]}]},
  {"linkId":"when","answer":[{"valueDateTime":"2026-11-22T13:00:00Z"}]},
  {"linkId":"at","answer":[{"valueTime":"08:30:00"}]}
]})";

constexpr std::string_view patient = R"({"resourceType":"Patient","birthDate":"1950-02-01",
  "_birthDate":{"extension":[{"url":"http://y","valueDateTime":"1950-02-01T04:00:00+01:00"}]},
  "name":[{"family":"Bianchi","given":["Ada","Rosa"]},{"use":"maiden","family":"Verdi","given":["Ada"]}],
  "deceasedBoolean":false,"extension":[{"url":"http://z","valueInteger":5},{"url":"http://q","valueString":"w"}]})";

const forms::JsonDocument& document(std::string_view bytes) {
    const auto read = [](std::string_view text) {
        auto json = std::make_unique<forms::JsonDocument>(std::pmr::get_default_resource());
        REQUIRE(forms::read_json(text, {}, *json).whole);
        return json;
    };
    static const auto the_response = read(response);
    static const auto the_patient = read(patient);
    return bytes.data() == response.data() ? *the_response : *the_patient;
}

const forms::JsonTree& answers() {
    static const forms::JsonTree tree(document(response));
    return tree;
}
const forms::JsonTree& person() {
    static const forms::JsonTree tree(document(patient));
    return tree;
}

std::string code_in(const Element& coding) {
    Collection found;
    if (!coding.node) return {};
    coding.node.tree->children(coding.node.id, "code", found);
    if (found.empty()) return {};
    return std::string(std::get<std::string_view>(found.front().value));
}

class TestHost final : public Host {
public:
    std::optional<Trouble> variable(std::uint32_t index, Evaluation&, Collection& out) const override {
        if (index == 0) out.push_back(person().root());
        if (index == 1) out.push_back(Element(Primitive(7)));
        return std::nullopt;
    }
    std::optional<DateTime> now() const override { return read_date_time("2026-11-22T14:05:00+01:00"); }
    std::optional<bool> member_of(const Element& code, std::string_view list) const override {
        if (list != "#colours") return std::nullopt;
        return code_in(code) == "red" || code_in(code) == "blue";
    }
    std::optional<forms::Decimal> score(const Element& coding) const override {
        if (code_in(coding) == "red") return forms::Decimal(3);
        return code_in(coding) == "blue" ? forms::Decimal::parse("1.5") : std::nullopt;
    }
};

std::string written(const Element& element) {
    std::pmr::string text;
    if (!append_text(element.value, text)) return "<" + std::string(element.type) + ">";
    if (std::holds_alternative<std::string_view>(element.value)) return "'" + std::string(text) + "'";
    if (std::holds_alternative<Time>(element.value)) return "@T" + std::string(text);
    const bool moment =
        std::holds_alternative<forms::PartialDate>(element.value) || std::holds_alternative<DateTime>(element.value);
    return (moment ? "@" : "") + std::string(text);
}

std::string name_of(Trouble trouble) {
    switch (trouble) { // no default: the compiler names the one we forgot
    case Trouble::StepsSpent:
        return "steps-spent";
    case Trouble::TimeSpent:
        return "time-spent";
    case Trouble::TooDeep:
        return "too-deep";
    case Trouble::NotSingle:
        return "not-single";
    case Trouble::WrongTypes:
        return "wrong-types";
    case Trouble::NotKnown:
        return "not-known";
    }
    return "";
}

std::string run_in(std::string_view text, const Element& context, Budget& budget) {
    const std::vector<std::string> variables{"patient", "number", "nothing"};
    const auto compiled = Expression::compile(text, variables);
    if (!compiled.ok()) return "refused " + std::to_string(compiled.error().position);
    const TestHost host;
    Surroundings surroundings;
    surroundings.resource = answers().root();
    surroundings.context = context;
    surroundings.host = &host;
    Evaluation evaluation(std::pmr::get_default_resource(), budget);
    const auto result = evaluate(compiled.value(), surroundings, evaluation);
    if (!result.ok()) return name_of(result.error().trouble) + " " + std::to_string(result.error().position);
    std::string all;
    for (const Element& element : result.value())
        all += (all.empty() ? "" : ", ") + written(element);
    return all.empty() ? "{}" : all;
}

} // namespace

std::string run(std::string_view expression, std::string_view context_link_id) {
    Budget budget;
    Element context = answers().root();
    if (!context_link_id.empty()) {
        Collection items;
        answers().children(context.node.id, "item", items);
        for (const Element& item : items) {
            Collection link_id;
            answers().children(item.node.id, "linkId", link_id);
            if (std::get<std::string_view>(link_id.front().value) == context_link_id) {
                context = item;
                break;
            }
        }
    }
    return run_in(expression, context, budget);
}

std::string run(std::string_view expression, Budget& budget) { return run_in(expression, answers().root(), budget); }

void check(std::initializer_list<Row> rows) {
    for (const Row& row : rows) {
        INFO(std::string(row.expression));
        CHECK(run(row.expression) == row.result);
    }
}

} // namespace in_tests
