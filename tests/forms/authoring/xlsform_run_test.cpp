// SPDX-License-Identifier: EUPL-1.2
// An imported form, filled in: does it ask what its workbook says?
#include "tests/forms/authoring/workbooks.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using forms_in_tests::Filling;
using Lines = std::vector<std::string>;

TEST_CASE("imported form: questions come and go as relevant says, with and without an answer to what it looks at") {
    Filling filling(workbooks::imported(R"(
        | survey |
        | | type | name | label | relevant |
        | | integer | eta | Anni? | |
        | | select_one sino | casa | Casa? | ${eta} >= 18 |
        | | select_multiple l | aiuti | Aiuti? | |
        | | text | minore | Chi ti segue? | not(${eta} >= 18) |
        | | text | affitto | Affitto? | ${casa} = 'no' and selected(${aiuti}, 'soldi') |
        | | text | nonsoldi | Altro? | not(selected(${aiuti}, 'soldi')) |
        | | note | grazie | Grazie | ${affitto} != '' |
        | choices |
        | | list_name | name | label |
        | | sino | si | Sì |
        | | sino | no | No |
        | | l | cibo | Cibo |
        | | l | soldi | Soldi |
    )")
                        .definition);
    CHECK(filling.enabled() == Lines{"eta", "aiuti", "minore", "nonsoldi"});
    filling.type("eta", "30");
    CHECK(filling.enabled() == Lines{"eta", "casa", "aiuti", "nonsoldi"});
    filling.choose("casa", 1);
    filling.choose("aiuti", 0);
    CHECK(filling.enabled() == Lines{"eta", "casa", "aiuti", "nonsoldi"});
    filling.choose("aiuti", 1);
    CHECK(filling.enabled() == Lines{"eta", "casa", "aiuti", "affitto"});
    filling.type("affitto", "500 euro");
    CHECK(filling.enabled() == Lines{"eta", "casa", "aiuti", "affitto", "grazie"});
    filling.type("eta", "12"); // the answers below are kept, and count no more
    CHECK(filling.enabled() == Lines{"eta", "aiuti", "minore"});
}

TEST_CASE("imported form: inside a repeat each instance looks at its own answers") {
    Filling filling(workbooks::imported(R"(
        | survey |
        | | type | name | label | relevant | constraint |
        | | begin repeat | figli | Figli | | |
        | | integer | anni | Anni? | | . >= 0 and . <= 30 |
        | | text | scuola | Scuola? | ${anni} > 5 | string-length(.) <= 10 |
        | | end repeat | | | | |
    )")
                        .definition);
    filling.type("figli/anni", "3");
    REQUIRE(filling.draft.add_instance(filling.at("figli")).ok());
    filling.type("figli[1]/anni", "8");
    CHECK(filling.enabled() == Lines{"figli", "figli/anni", "figli[1]", "figli[1]/anni", "figli[1]/scuola"});
    filling.type("figli[1]/anni", "31");
    filling.type("figli[1]/scuola", "Liceo scientifico");
    CHECK(filling.issues() == Lines{"figli[1]/anni above-maximum", "figli[1]/scuola too-long"});
}

namespace {

Lines offered(const Filling& filling, std::string_view path) {
    Lines names;
    for (const Offer& offer : filling.draft.offers(filling.at(path)))
        names.emplace_back(std::get<Coding>(*offer.value).code);
    return names;
}

} // namespace

TEST_CASE("imported form: a choice filter offers the choices that fit the other answers, in the order of the list") {
    Filling filling(workbooks::imported(R"(
        | survey |
        | | type | name | label | choice_filter |
        | | select_one regione | regione | Regione? | |
        | | integer | ab | Abitanti? | |
        | | select_one comune | comune | Comune? | regione = ${regione} or regione = '' |
        | | select_one comune | grande | Grande? | abitanti > ${ab} |
        | | select_one comune | altro | Altro? | name != ${comune} |
        | choices |
        | | list_name | name | label | regione | abitanti |
        | | regione | vda | VdA | | |
        | | regione | pie | Piemonte | | |
        | | comune | ao | Aosta | vda | 34 |
        | | comune | to | Torino | pie | 848 |
        | | comune | cn | Cuneo | pie | 56 |
        | | comune | xx | Altrove | | 0 |
    )")
                        .definition);
    CHECK(offered(filling, "comune") == Lines{"xx"});
    filling.choose("regione", 0);
    CHECK(offered(filling, "comune") == Lines{"ao", "xx"});
    filling.choose("regione", 1);
    CHECK(offered(filling, "comune") == Lines{"to", "cn", "xx"});
    CHECK(filling.choose("comune", 1) == Outcome::Accepted);
    CHECK(offered(filling, "altro") == Lines{"ao", "to", "xx"});
    CHECK(offered(filling, "grande").empty());
    filling.type("ab", "50");
    CHECK(offered(filling, "grande") == Lines{"to", "cn"});
}

TEST_CASE("imported form: inside a repeat a choice filter looks at its own instance") {
    Filling filling(workbooks::imported(R"(
        | survey |
        | | type | name | label | choice_filter |
        | | begin repeat | r | Persone | |
        | | select_one a | a | A? | |
        | | select_one b | b | B? | di = ${a} |
        | | end repeat | | | |
        | choices |
        | | list_name | name | label | di |
        | | a | x | X | |
        | | a | y | Y | |
        | | b | x1 | X1 | x |
        | | b | y1 | Y1 | y |
    )")
                        .definition);
    filling.choose("r/a", 0);
    REQUIRE(filling.draft.add_instance(filling.at("r")).ok());
    filling.choose("r[1]/a", 1);
    CHECK(offered(filling, "r/b") == Lines{"x1"});
    CHECK(offered(filling, "r[1]/b") == Lines{"y1"});
}

TEST_CASE("imported form: a filter on a column that the list does not have is refused at its cell") {
    CHECK(workbooks::refused(R"(
        | survey |
        | | type | name | label | choice_filter |
        | | select_one a | a | A? | colore = 'rosso' |
        | | text | t | T? | x = 'rosso' |
        | choices |
        | | list_name | name | label | di |
        | | a | x | X | |
    )") == Lines{"survey!D2 bad-expression", "survey!D3 bad-value"});
}
