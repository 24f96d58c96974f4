// SPDX-License-Identifier: EUPL-1.2
// Options that an expression gives (SDC answerExpression), lists that expressions ask for, and texts that they make.
#include "forms/engine/summary.hpp"
#include "forms/fhir/terminology.hpp"
#include "writing.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;
using namespace in_tests;

namespace {

constexpr std::string_view region =
    R"("answerOption":[{"valueCoding":{"system":"urn:r","code":"vda","display":"Valle d'Aosta"}},{"valueCoding":{"system":"urn:r","code":"pie","display":"Piemonte"}}])";
constexpr std::string_view cities =
    R"("contained":[{"resourceType":"ValueSet","id":"cities","url":"urn:cities","status":"active","compose":{"include":[
    {"system":"urn:c","concept":[
      {"code":"ao","display":"Aosta","designation":[{"language":"fr","value":"Aoste"}],"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/ordinalValue","valueDecimal":3}]},
      {"code":"to","display":"Torino"},{"code":"cn","display":"Cuneo"}]}]}}])";

std::string offered(std::string_view text) { return expression("sdc-questionnaire-answerExpression", text); }

/// A form that brings the cities.
std::shared_ptr<const Definition> with_cities(std::string_view items) { return form(items, cities); }

std::string offers_at(const Filling& filling, std::string_view path, std::string_view language = "it") {
    std::string all;
    for (const Offer& offer : filling.draft.offers(filling.at(path))) {
        if (!all.empty()) all += ' ';
        if (offer.option != nullptr)
            all += offer.option->words.in(language);
        else if (const auto* const text = std::get_if<AnswerText>(offer.value))
            all += *text;
        else if (const auto* const whole = std::get_if<std::int32_t>(offer.value))
            all += std::to_string(*whole);
        else
            all += "?";
    }
    return all;
}

/// A city, to choose among those of the region that was chosen.
std::string cascade(std::string_view city_more = {}) {
    return item("region", "choice", {}, region) + "," +
           item("city", "choice",
                offered("%questionnaire.contained.where(id = 'cities').expansion.contains.where("
                        "iif(code = 'ao', 'vda', 'pie') = %resource.item.where(linkId='region').answer.value.code)"),
                city_more);
}

std::vector<std::string> codes_of(const std::vector<Issue>& issues) {
    std::vector<std::string> codes;
    for (const Issue& issue : issues)
        codes.emplace_back(code_of(issue.code));
    return codes;
}

} // namespace

TEST_CASE("what may be answered follows the answers it is made from") {
    Filling filling(with_cities(cascade()));
    CHECK(offers_at(filling, "city").empty());
    CHECK(filling.choose("region", 1) == Outcome::Accepted);
    CHECK(offers_at(filling, "city") == "Torino Cuneo");
    CHECK(filling.choose("region", 0) == Outcome::Accepted);
    CHECK(offers_at(filling, "city") == "Aosta");
    CHECK(offers_at(filling, "city", "fr") == "Aoste");
    CHECK(filling.choose("city", 0) == Outcome::Accepted);
    CHECK(answer(filling, "city") == "ao");
    CHECK(filling.draft.is_chosen(filling.at("city"), 0));
    CHECK(filling.choose("city", 1) == Outcome::NotAllowedOption);
    CHECK(filling.draft.set(filling.at("city"), coding("urn:c", "to")) == Outcome::NotAllowedOption);
    CHECK(filling.draft.troubles().empty());
}

TEST_CASE("an answer that is offered no longer stays where it is, is told, and keeps the form from being sent") {
    Filling filling(with_cities(cascade()));
    CHECK(filling.choose("region", 0) == Outcome::Accepted);
    CHECK(filling.choose("city", 0) == Outcome::Accepted);
    CHECK(filling.draft.issues().empty());
    CHECK(filling.choose("region", 1) == Outcome::Accepted);
    CHECK(answer(filling, "city") == "ao");
    CHECK(codes_of(filling.draft.issues()) == std::vector<std::string>{"not-an-option"});
    CHECK(codes_of(filling.draft.issues_of(filling.at("city"))) == std::vector<std::string>{"not-an-option"});
    CHECK(filling.choose("region", 0) == Outcome::Accepted); // nothing was lost by trying the other one
    CHECK(filling.draft.issues().empty());
    CHECK(filling.choose("region", 1) == Outcome::Accepted);
    CHECK(filling.choose("city", 0) == Outcome::Accepted);
    CHECK(answer(filling, "city") == "to");
    CHECK(filling.draft.issues().empty());
}

TEST_CASE("answers given elsewhere can be offered, each once, and in each instance its own") {
    Filling filling(form(item("child", "group", {}, R"("repeats":true,"item":[)" + item("name", "string") + "]") + "," +
                         item("eldest", "choice",
                              offered("%resource.item.where(linkId='child').item.where(linkId='name').answer.value"))));
    CHECK(filling.type("child/name", "Ada") == Outcome::Accepted);
    REQUIRE(filling.draft.add_instance(filling.at("child")).ok());
    CHECK(filling.type("child[1]/name", "Ivo") == Outcome::Accepted);
    CHECK(offers_at(filling, "eldest") == "Ada Ivo");
    CHECK(filling.type("child[1]/name", "Ada") == Outcome::Accepted);
    CHECK(offers_at(filling, "eldest") == "Ada");
    CHECK(filling.choose("eldest", 0) == Outcome::Accepted);
    CHECK(filling.answers().find(R"("linkId":"eldest","answer":[{"valueString":"Ada"}])") != std::string::npos);
    CHECK(filling.draft.remove_instance(filling.at("child")) == Outcome::Accepted);
    CHECK(offers_at(filling, "eldest") == "Ada");
}

TEST_CASE("inside a repeating group each instance offers what its own answers allow") {
    Filling filling(form(item("g", "group", variable("most", "%context.item.where(linkId='n').answer.value"),
                              R"("repeats":true,"item":[)" + item("n", "integer") + "," +
                                  item("pick", "integer", offered("(1 | 2 | 3 | 4).where($this <= %most)")) + "]")));
    REQUIRE(filling.draft.add_instance(filling.at("g")).ok());
    REQUIRE(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(filling.type("g/n", "2") == Outcome::Accepted);
    CHECK(filling.type("g[1]/n", "3") == Outcome::Accepted);
    CHECK(offers_at(filling, "g/pick") == "1 2");
    CHECK(offers_at(filling, "g[1]/pick") == "1 2 3");
    CHECK(filling.type("g/pick", "3") == Outcome::NotYetAValue);
    CHECK(filling.type("g[1]/pick", "3") == Outcome::Accepted);
    CHECK(filling.draft.remove_instance(filling.at("g")) == Outcome::Accepted);
    CHECK(offers_at(filling, "g/pick") == "1 2 3");
    CHECK(answer(filling, "g/pick") == "3");
}

TEST_CASE("an open choice offers what an expression gives, and takes other words too") {
    Filling filling(form(item("a", "string") + "," +
                         item("b", "open-choice", offered("%resource.item.where(linkId='a').answer.value"))));
    CHECK(filling.type("a", "rosso") == Outcome::Accepted);
    CHECK(offers_at(filling, "b") == "rosso");
    CHECK(filling.type("b", "verde") == Outcome::Accepted);
    CHECK(filling.draft.issues().empty());
}

TEST_CASE(
    "what is offered carries its score, its words and what excludes the others, and is sent in the language shown") {
    Filling filling((with_cities(
        item("city", "choice", offered("%questionnaire.contained.where(id = 'cities').compose.include.concept")) + "," +
        item("score", "decimal", calculated("%resource.item.where(linkId='city').answer.value.weight()")))));
    CHECK(offers_at(filling, "city") == "Aosta Torino Cuneo");
    CHECK(filling.choose("city", 0) == Outcome::Accepted);
    CHECK(answer(filling, "score") == "3");
    const auto sections = summary(filling.draft, "fr");
    REQUIRE(sections.size() == 1);
    CHECK(sections[0].lines[0].option_words == std::vector<std::string_view>{"Aoste"});
    CHECK(filling.answers("fr").find(R"("display":"Aoste","_display")") != std::string::npos);
}

TEST_CASE("where an expression for options fails or gives what is no answer, nothing is offered, and it is named") {
    Filling filling(form(item("a", "choice", offered("'x' + 1")) + "," + item("b", "integer", offered("'x' | 1"))));
    CHECK(offers_at(filling, "a").empty());
    CHECK(offers_at(filling, "b").empty());
    CHECK(filling.draft.troubles() ==
          std::vector<FormulaTrouble>{{FormulaKind::Options, 0, fhirpath::Trouble::WrongTypes},
                                      {FormulaKind::Options, 1, fhirpath::Trouble::WrongTypes}});
}

TEST_CASE("a stored answer is taken although it is offered no longer, and told") {
    const auto definition = with_cities(cascade());
    Filling filling(definition);
    CHECK(filling.draft.set(filling.at("city"), coding("urn:c", "cn"), Writer::Program) == Outcome::Accepted);
    CHECK(codes_of(filling.draft.issues()) == std::vector<std::string>{"not-an-option"});
}

TEST_CASE("memberOf() looks into lists that the form brings") {
    Filling filling((with_cities(
        item("city", "open-choice", {}, R"("answerValueSet":"urn:cities")") + "," +
        item("known", "boolean",
             calculated("%resource.item.where(linkId='city').answer.value.memberOf('urn:cities')")) +
        "," + item("code", "string") + "," +
        item("by-id", "boolean", calculated("%resource.item.where(linkId='code').answer.value.memberOf('#cities')")))));
    CHECK(answer(filling, "known") == "-");
    CHECK(filling.choose("city", 1) == Outcome::Accepted);
    CHECK(answer(filling, "known") == "true");
    CHECK(filling.draft.set(filling.at("city"), coding("urn:other", "to"), Writer::Program) == Outcome::Accepted);
    CHECK(answer(filling, "known") == "false");
    CHECK(filling.type("code", "cn") == Outcome::Accepted);
    CHECK(answer(filling, "by-id") == "true");
    CHECK(filling.type("code", "rm") == Outcome::Accepted);
    CHECK(answer(filling, "by-id") == "false");
}

TEST_CASE("lists that the terminal keeps answer memberOf(), %terminologies.expand() and a query for their codes") {
    auto kept = std::make_shared<Terminology>();
    REQUIRE(kept->add(R"({"resourceType":"ValueSet","url":"http://a/colours","status":"active","expansion":{"contains":[
        {"system":"urn:k","code":"r","display":"Rosso"},{"system":"urn:k","code":"v","display":"Verde"}]}})")
                .empty());
    LoadOptions options;
    options.terminology = kept;
    const std::string query =
        R"({"url":"http://hl7.org/fhir/StructureDefinition/variable","valueExpression":{"name":"vs",
        "language":"application/x-fhir-query","expression":"https://tx.example.org/r4/ValueSet/$expand?url=http://a/colours"}})";
    auto definition = load_definition(
        questionnaire(item("a", "choice", offered("%terminologies.expand('http://a/colours').expansion.contains")) +
                      "," + item("b", "choice", query + "," + offered("%vs.expansion.contains")) + "," +
                      item("c", "boolean",
                           calculated("%resource.item.where(linkId='a').answer.value.memberOf('http://a/colours')"))),
        options);
    REQUIRE(definition.ok());
    Filling filling(definition.value());
    CHECK(offers_at(filling, "a") == "Rosso Verde");
    CHECK(offers_at(filling, "b") == "Rosso Verde");
    CHECK(filling.choose("a", 1) == Outcome::Accepted);
    CHECK(answer(filling, "c") == "true");
}

TEST_CASE("a list that is not here, or whose address nobody can read, is refused where an expression asks for it") {
    const auto one = [](const std::string& extension) {
        return mistakes_in(questionnaire(item("a", "choice", extension)));
    };
    using Found = std::vector<std::string>;
    CHECK(one(offered("%terminologies.expand('http://nowhere').expansion.contains")) ==
          Found{"/item/0/extension/0 unknown-value-set"});
    CHECK(one(offered("%terminologies.expand(%resource.id).expansion.contains")) ==
          Found{"/item/0/extension/0 bad-expression"});
    CHECK(one(offered("%terminologies.translate('a', 'b')")) == Found{"/item/0/extension/0 bad-expression"});
    CHECK(one(offered("%terminologies")) == Found{"/item/0/extension/0 bad-expression"});
    CHECK(one(offered("'x'.expand('a')")) == Found{"/item/0/extension/0 bad-expression"});
    CHECK(mistakes_in(questionnaire(item("a", "boolean", calculated("'x'.memberOf('http://nowhere')")))) ==
          Found{"/item/0/extension/0 unknown-value-set"});
    CHECK(mistakes_in(questionnaire(item("a", "boolean", calculated("'x'.memberOf(%resource.id)")))) ==
          Found{"/item/0/extension/0 bad-expression"});
}

TEST_CASE("answerExpression stands alone: no list beside it, no calculation, and on a type that has options") {
    using Found = std::vector<std::string>;
    CHECK(mistakes_in(questionnaire(item("a", "choice", offered("1"), region))) ==
          Found{"/item/0/answerOption options-twice"});
    CHECK(mistakes_in(questionnaire(item("a", "integer", offered("1") + "," + calculated("1")))) ==
          Found{"/item/0 not-allowed-here"});
    CHECK(mistakes_in(questionnaire(item("a", "boolean", offered("true")))) ==
          Found{"/item/0/extension/0 not-allowed-here"});
    CHECK(mistakes_in(questionnaire(item("g", "group", offered("1"), R"("item":[)" + item("a", "string") + "]"))) ==
          Found{"/item/0/extension/0 not-allowed-here"});
}

TEST_CASE("options that only a server could list are refused, unless the person may write the answer") {
    const std::string query =
        R"({"url":"http://hl7.org/fhir/StructureDefinition/variable","valueExpression":{"name":"x",
        "language":"application/x-fhir-query","expression":"Practitioner?active=true"}})";
    CHECK(mistakes_in(questionnaire(item("a", "choice", query + "," + offered("%x.entry.resource.name")))) ==
          std::vector<std::string>{"/item/0/extension/1 bad-expression"});
    CHECK(
        mistakes_in(questionnaire(item("a", "open-choice", query + "," + offered("%x.entry.resource.name")))).empty());
}

TEST_CASE("a variable whose own mistake is told is not missing to those that use it") {
    const std::string cql =
        R"({"url":"http://hl7.org/fhir/StructureDefinition/variable","valueExpression":{"name":"x","language":"text/cql","expression":"X"}})";
    CHECK(mistakes_in(questionnaire(item("a", "integer", cql + "," + calculated("%x + 1")))) ==
          std::vector<std::string>{"/item/0/extension/0/valueExpression/language unsupported-language"});
}

TEST_CASE("the same expression written twice says one thing, two different ones are refused") {
    CHECK(mistakes_in(questionnaire(item("a", "integer", calculated("1") + "," + calculated("1")))).empty());
    CHECK(mistakes_in(questionnaire(item("a", "integer", calculated("1") + "," + calculated("2")))) ==
          std::vector<std::string>{"/item/0/extension/1 rule-twice"});
}

TEST_CASE("a text that an expression makes follows the answers, and is what is shown, summed up and sent") {
    const std::string wording =
        R"("text":"Nome","_text":{"extension":[)" +
        expression("cqf-expression", "'Nome di ' + %resource.item.where(linkId='who').answer.value") + "]}";
    Filling filling(form(item("who", "string", {}, R"("text":"Chi")") + "," + item("name", "string", {}, wording)));
    CHECK(filling.draft.text(filling.at("name"), "it") == "Nome"); // nothing to say yet: the form's own words
    CHECK(filling.type("who", "mio figlio") == Outcome::Accepted);
    CHECK(filling.draft.text(filling.at("name"), "it") == "Nome di mio figlio");
    CHECK(filling.type("name", "Ugo") == Outcome::Accepted);
    CHECK(summary(filling.draft, "it")[0].lines[1].question == "Nome di mio figlio");
    CHECK(filling.answers().find(R"("text":"Nome di mio figlio","answer")") != std::string::npos);
    CHECK(filling.draft.clear(filling.at("who")) == Outcome::Accepted);
    CHECK(filling.draft.text(filling.at("name"), "it") == "Nome");
}

TEST_CASE("an expression makes a text only on an item that is there once") {
    const std::string wording = R"("_text":{"extension":[)" + expression("cqf-expression", "'x'") + "]}";
    using Found = std::vector<std::string>;
    CHECK(mistakes_in(questionnaire(item("a", "display", {}, wording))).empty());
    CHECK(mistakes_in(questionnaire(
              item("g", "group", {}, wording + R"(,"repeats":true,"item":[)" + item("a", "string") + "]"))) ==
          Found{"/item/0/_text/extension/0 not-allowed-here"});
    CHECK(mistakes_in(questionnaire(
              item("a", "string", {},
                   R"("prefix":"1","_prefix":{"extension":[)" + expression("cqf-expression", "'x'") + "]}"))) ==
          Found{"/item/0/_prefix/extension/0 unsupported-extension"});
    CHECK(mistakes_in(questionnaire(item("a", "integer", expression("cqf-expression", "1")))) ==
          Found{"/item/0/extension/0 unsupported-extension"});
}
