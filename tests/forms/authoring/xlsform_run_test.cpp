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
