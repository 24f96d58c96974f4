// SPDX-License-Identifier: EUPL-1.2
// A form written elsewhere brings expressions along: every text ends in an expression or in a refusal with its place
// inside the text; what was accepted is analysed and run, which must end within its budget and give the same twice.
#include "forms/fhir/json_tree.hpp"
#include "forms/fhirpath/evaluate.hpp"
#include "forms/fhirpath/moments.hpp"
#include "forms/fhirpath/reads.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace forms::fhirpath;

const forms::JsonTree& answers() {
    static const auto json = [] {
        auto document = std::make_unique<forms::JsonDocument>(std::pmr::get_default_resource());
        (void)forms::read_json(
            R"({"resourceType":"QuestionnaireResponse","item":[{"linkId":"a","answer":[{"valueInteger":3},{"valueDecimal":1.5}]},)"
            R"({"linkId":"b","answer":[{"valueString":"Perch\u00e9","item":[{"linkId":"c","answer":[{"valueDate":"2020-05"}]}]}]},)"
            R"({"linkId":"q","answer":[{"valueQuantity":{"value":4,"code":"kg"}}]},)"
            R"({"linkId":"k","answer":[{"valueCoding":{"system":"s","code":"x"}}]}]})",
            {}, *document);
        return document;
    }();
    static const forms::JsonTree tree(*json);
    return tree;
}

class FuzzHost final : public Host {
public:
    std::optional<Trouble> variable(std::uint32_t, Evaluation&, Collection& out) const override {
        out.push_back(Element(Primitive(7)));
        return std::nullopt;
    }
    std::optional<DateTime> now() const override { return read_date_time("2026-11-22T14:05:00+01:00"); }
    std::optional<bool> member_of(const Element&, std::string_view) const override { return true; }
    std::optional<Element> list(std::string_view) const override { return answers().root(); }
    std::optional<forms::Decimal> score(const Element&) const override { return forms::Decimal(2); }
};

std::string outcome_of(const Expression& expression) {
    const FuzzHost host;
    Surroundings surroundings;
    surroundings.context = surroundings.resource = surroundings.form = answers().root();
    surroundings.host = &host;
    Budget budget;
    budget.steps = 20'000;
    Evaluation evaluation(std::pmr::get_default_resource(), budget);
    const auto result = evaluate(expression, surroundings, evaluation);
    std::pmr::string text;
    if (result.ok())
        for (const Element& element : result.value())
            (void)append_text(element.value, text);
    else if (result.error().position > expression.text().size())
        std::abort();
    return std::string(text) + std::to_string(budget.steps);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::vector<std::string> names{"v"};
    const auto compiled = Expression::compile(text, names);
    if (!compiled.ok()) {
        if (compiled.error().position > size || compiled.error().words.empty()) std::abort();
        return 0;
    }
    (void)analyse(compiled.value(), "a").reads();
    (void)asked_for(compiled.value());
    if (outcome_of(compiled.value()) != outcome_of(compiled.value())) std::abort();
    return 0;
}
