// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using in_tests::check;

TEST_CASE("and, or, xor and implies know three values (N1 §6.5)") {
    check({{"true and true", "true"},   {"true and false", "false"},
           {"true and {}", "{}"},       {"false and {}", "false"},
           {"{} and false", "false"},   {"{} and {}", "{}"},
           {"true or {}", "true"},      {"{} or true", "true"},
           {"false or {}", "{}"},       {"false or false", "false"},
           {"true xor true", "false"},  {"true xor false", "true"},
           {"true xor {}", "{}"},       {"true implies false", "false"},
           {"true implies {}", "{}"},   {"false implies {}", "true"},
           {"{} implies true", "true"}, {"{} implies false", "{}"},
           {"true.not()", "false"},     {"{}.not()", "{}"}});
}

TEST_CASE("a single value that is no boolean counts as true (N1 §4.5)") {
    check(
        {{"'a' and true", "true"}, {"0 and true", "true"}, {"1.not()", "false"}, {"(1 | 2) and true", "not-single 8"}});
}

TEST_CASE("what decides is not looked further at") {
    check({{"false and (1 | 2)", "false"}, {"true or ('a' + 1)", "true"}, {"iif(true, 1, 'a' + 1)", "1"}});
}

TEST_CASE("operators bind as N1 says") {
    check({{"true or false and false", "true"},
           {"false implies true and false", "true"},
           {"1 + 1 = 2", "true"},
           {"1 < 2 = true", "true"},
           {"1 | 2 = 2", "false"},
           {"2 in 1 | 2", "true"},
           {"'a' & 'b' = 'ab'", "true"},
           {"1 is Integer = true", "true"},
           {"5 - 2 & 'x'", "'3x'"},
           {"1 = 1 and 2 = 2 implies 3 = 4", "false"}});
}

TEST_CASE("equality compares values, and nothing equals nothing (N1 §6.1)") {
    check({{"1 = 1", "true"},
           {"1 = 2", "false"},
           {"'a' = 'A'", "false"},
           {"{} = {}", "{}"},
           {"1 = {}", "{}"},
           {"1 != {}", "{}"},
           {"1 != 2", "true"},
           {"'1' = 1", "false"},
           {"true = true", "true"},
           {"(1 | 2) = (1 | 2)", "true"},
           {"(1 | 2) = (2 | 1)", "false"},
           {"(1 | 2) = 1", "false"},
           {"item.where(linkId='colours').answer[0].value = item.where(linkId='colours').answer[0].value", "true"},
           {"item.where(linkId='colours').answer[0].value = item.where(linkId='colours').answer[1].value", "false"}});
}

TEST_CASE("equivalence forgives case, blanks, order and precision (N1 §6.1.2)") {
    check({{"'Aosta  VALLEY' ~ 'aosta valley'", "true"},
           {"'È' ~ 'è'", "true"},
           {"{} ~ {}", "true"},
           {"1 ~ {}", "false"},
           {"(1 | 2) ~ (2 | 1)", "true"},
           {"1.55 ~ 1.5", "false"},
           {"1.51 ~ 1.5", "true"},
           {"@2020 ~ @2020-05", "false"},
           {"'a' !~ 'b'", "true"},
           {"item.where(linkId='colours').answer[0].value ~ item.where(linkId='colours').answer[0].value", "true"},
           {"item.where(linkId='child')[0] ~ item.where(linkId='child')[1]", "false"}});
}

TEST_CASE("order: numbers, texts, dates; nothing gives nothing (N1 §6.2)") {
    check({{"1 < 2", "true"},
           {"2 <= 2.0", "true"},
           {"'b' > 'a'", "true"},
           {"3 >= 4", "false"},
           {"{} > 1", "{}"},
           {"1 > {}", "{}"},
           {"1 > 'a'", "wrong-types 2"},
           {"true > false", "wrong-types 5"},
           {"(1 | 2) > 1", "not-single 8"}});
}

TEST_CASE("membership") {
    check({{"1 in (1 | 2)", "true"},
           {"3 in (1 | 2)", "false"},
           {"{} in (1 | 2)", "{}"},
           {"1 in {}", "false"},
           {"(1 | 2) contains 2", "true"},
           {"{} contains 2", "false"},
           {"(1 | 2) contains {}", "{}"},
           {"(1 | 2) in (1 | 2)", "not-single 8"}});
}

TEST_CASE("& takes nothing for an empty text, + does not (N1 §6.6)") {
    check({{"'a' & 'b'", "'ab'"},
           {"'a' & {}", "'a'"},
           {"{} & {}", "''"},
           {"'a' + 'b'", "'ab'"},
           {"'a' + {}", "{}"},
           {"'n' & 1", "'n1'"},
           {"'d' & @2020-05", "'d2020-05'"},
           {"'a' + 1", "wrong-types 4"},
           {"('a' | 'b') & 'c'", "not-single 12"}});
}

TEST_CASE("types: System's, FHIR's, and those that stand under another") {
    check({{"1 is Integer", "true"},
           {"1 is System.Integer", "true"},
           {"1 is Decimal", "false"},
           {"1.0 is Decimal", "true"},
           {"'a' is String", "true"},
           {"@2020 is Date", "true"},
           {"4 days is Quantity", "true"},
           {"1.is(Integer)", "true"},
           {"{} is Integer", "{}"},
           {"%resource is QuestionnaireResponse", "true"},
           {"%patient is FHIR.Patient", "true"},
           {"%patient is QuestionnaireResponse", "false"},
           {"item.where(linkId='born').answer.value is date", "true"},
           {"item.where(linkId='born').answer.value is Date", "true"},
           {"item.where(linkId='born').answer.value is System.Date", "true"},
           {"item.where(linkId='name').answer.value is FHIR.string", "true"},
           {"item.where(linkId='name').answer.value is FHIR.boolean", "false"},
           {"(1 as Integer) + 1", "2"},
           {"1 as String", "{}"},
           {"(1 | 'a' | true).ofType(String)", "'a'"},
           {"item.answer.value.ofType(Coding).code", "'red', 'blue'"},
           {"item.answer.value.as(boolean)", "true"},
           {"'http://x' is uri", "false"}});
}
