// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using in_tests::check;
using in_tests::run;

TEST_CASE("paths walk over the answers") {
    check({{"%resource.item.where(linkId='name').answer.value", "'Èva Rossi'"},
           {"item.where(linkId = 'name').answer.value", "'Èva Rossi'"},
           {"item.where('name' = linkId).answer.value", "'Èva Rossi'"},
           {"item.where(linkId='name').answer.valueString", "'Èva Rossi'"},
           {"item.where(linkId='colours').answer.value.code", "'red', 'blue'"},
           {"item.where(linkId='colours').answer.valueCoding.code", "'red', 'blue'"},
           {"item.where(linkId='colours').answer.valueString", "{}"},
           {"item.where(linkId='nowhere').answer.value", "{}"},
           {"item.where(linkId='smokes').answer.item.where(linkId='packs').answer.value", "2"},
           {"item.where(linkId='child').item.where(linkId='child-age').answer.value.sum()", "13"},
           {"item.where(linkId='child')[1].item.where(linkId='child-name').answer.value", "'Ugo'"},
           {"item.where(linkId='child').count()", "2"},
           {"QuestionnaireResponse.item.where(linkId='height').answer.value", "1.80"},
           {"item.linkId.first()", "'name'"},
           {"status", "'in-progress'"},
           {"authored < now()", "true"},
           {"item.where(linkId.startsWith('child')).count()", "2"},
           {"item.where(linkId='name' or linkId='height').answer.value", "'Èva Rossi', 1.80"},
           {"item.where(linkId in ('name' | 'height')).answer.value", "'Èva Rossi', 1.80"},
           {"item[3].linkId", "'weight'"}});
}

TEST_CASE("deep searches find items in groups and below answers") {
    check({{"descendants().where(linkId='packs').answer.value", "2"},
           {"repeat(item).where(linkId='child-name').answer.value", "'Ada', 'Ugo'"},
           {"repeat(item).where(linkId='packs').answer.value", "{}"},
           {"repeat(item | answer).where(linkId='packs').answer.value", "2"},
           {"repeat(answer | item).where(linkId='child-age').answer.value.sum()", "13"},
           {"%resource.descendants().where(linkId='child-age').answer.value.max()", "9"},
           {"item.where(linkId='child').answers()", "'Ada', 4, 'Ugo', 9"},
           {"item.where(linkId='smokes').answers()", "true, 2"},
           {"item.where(linkId='name').children().count()", "3"},
           {"item.where(linkId='name').descendants().count()", "4"}});
}

TEST_CASE("an expression stands on its item") {
    CHECK(run("answer.value", "name") == "'Èva Rossi'");
    CHECK(run("%context.answer.value", "name") == "'Èva Rossi'");
    CHECK(run("$this.linkId", "name") == "'name'");
    CHECK(run("item.where(linkId='child-age').answer.value > 3", "child") == "true");
    CHECK(run("%resource.item.count()", "name") == "11");
}

TEST_CASE("the idioms of scores and body measures") {
    check({{"(item.where(linkId='weight').answer.value.value / "
            "item.where(linkId='height').answer.value.power(2)).round(1)",
            "21.8"},
           {"item.where(linkId='weight').answer.value > 70 'kg'", "true"},
           {"item.where(linkId='weight').answer.value.value", "70.5"},
           {"item.where(linkId='weight').answer.value.unit", "'kg'"},
           {"item.where(linkId='colours').answer.value.ordinal().sum()", "4.5"},
           {"item.where(linkId='colours').answer.value.weight()", "3, 1.5"},
           {"item.where(linkId='name').answer.value.weight()", "{}"},
           {"item.where(linkId='colours').answer.value.all(memberOf('#colours'))", "true"},
           {"item.where(linkId='colours').answer.value.first().memberOf('http://nowhere')", "not-known 50"},
           {"item.where(linkId='colours').answer.value.where(code='blue').exists()", "true"},
           {"item.where(linkId='colours').answer.value.code contains 'red'", "true"},
           {"item.where(linkId='smokes').answer.value", "true"},
           {"item.where(linkId='smokes').answer.value.not()", "false"},
           {"item.where(linkId='at').answer.value < @T12:00", "true"},
           {"item.where(linkId='when').answer.value = now() - 5 minutes", "true"},
           {"item.answer.value.ofType(Quantity).value", "70.5"},
           {"iif(item.where(linkId='nowhere').answer.value.exists(), 1, 0)", "0"}});
}

TEST_CASE("a person handed in at the start, and extensions of values") {
    check({{"%patient.name.given", "'Ada', 'Rosa', 'Ada'"},
           {"%patient.name.where(use='maiden').family", "'Verdi'"},
           {"%patient.name.first().given.join(' ')", "'Ada Rosa'"},
           {"%patient.birthDate", "@1950-02-01"},
           {"%patient.birthDate.extension('http://y').value", "@1950-02-01T04:00:00+01:00"},
           {"%patient.extension('http://z').value", "5"},
           {"%patient.extension('http://none').value", "{}"},
           {"%patient.extension.where(url='http://q').valueString", "'w'"},
           {"%patient.deceased", "false"},
           {"%patient.deceased.hasValue()", "true"},
           {"%patient.name.hasValue()", "false"},
           {"%nothing", "{}"},
           {"%number + 1", "8"},
           {"Patient.name", "{}"},
           {"%patient.select(birthDate.toString() & '/' & name.first().family)", "'1950-02-01/Bianchi'"}});
}
