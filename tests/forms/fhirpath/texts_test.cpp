// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using in_tests::check;

TEST_CASE("texts are counted in characters (N1 §5.6)") {
    check({{"'città'.length()", "5"},
           {"''.length()", "0"},
           {"{}.length()", "{}"},
           {"'città'.indexOf('à')", "4"},
           {"'città'.indexOf('x')", "-1"},
           {"'città'.indexOf('')", "0"},
           {"'città'.indexOf({})", "{}"},
           {"'perché no'.substring(7)", "'no'"},
           {"'perché no'.substring(5, 1)", "'é'"},
           {"'abc'.substring(1, 99)", "'bc'"},
           {"'abc'.substring(3)", "{}"},
           {"'abc'.substring(-1)", "{}"},
           {"'abc'.substring(1, 0)", "''"},
           {"'abc'.startsWith('ab')", "true"},
           {"'abc'.startsWith('')", "true"},
           {"'abc'.endsWith('bc')", "true"},
           {"'abc'.endsWith('b')", "false"},
           {"'abc'.contains('b')", "true"},
           {"'abc'.contains('x')", "false"},
           {"{}.contains('x')", "{}"},
           {"('a' | 'b').length()", "not-single 12"}});
}

TEST_CASE("letters change case in Latin, Greek and Cyrillic") {
    check({{"'Perché'.upper()", "'PERCHÉ'"},
           {"'ŽIŽEK'.lower()", "'žižek'"},
           {"'ΑΘΗΝΑ'.lower()", "'αθηνα'"},
           {"'київ'.upper()", "'КИЇВ'"},
           {"'مرحبا'.upper()", "'مرحبا'"}});
}

TEST_CASE("replacing, splitting, joining") {
    check({{"'a-b-c'.replace('-', '')", "'abc'"},
           {"'abc'.replace('x', 'y')", "'abc'"},
           {"'abc'.replace('', '-')", "'-a-b-c-'"},
           {"'aaa'.replace('a', 'aa')", "'aaaaaa'"},
           {"'a,b,,c'.split(',')", "'a', 'b', '', 'c'"},
           {"'abc'.split('')", "'a', 'b', 'c'"},
           {"'abc'.toChars()", "'a', 'b', 'c'"},
           {"('a' | 'b').join(', ')", "'a, b'"},
           {"('a' | 'b').join()", "'ab'"},
           {"{}.join(',')", "{}"},
           {"(1 | 2).join('/')", "'1/2'"},
           {"'  a b '.trim()", "'a b'"}});
}

TEST_CASE("patterns run in linear time, anywhere in the text or over all of it") {
    check({{"'RSSMRA80A01H501U'.matches('^[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]$')", "true"},
           {"'abc'.matches('b')", "true"},
           {"'abc'.matches('^b')", "false"},
           {"'abc'.matchesFull('b')", "false"},
           {"'abc'.matchesFull('a.c')", "true"},
           {"'a\\nc'.matches('a.c')", "true"},
           {"{}.matches('b')", "{}"},
           {"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')", "false"},
           {"'11/30/1972'.replaceMatches('(\\\\d+)/(\\\\d+)/(\\\\d+)', '$2-$1-$3')", "'30-11-1972'"},
           {"'abc'.replaceMatches('[ac]', '*')", "'*b*'"},
           {"'abc'.replaceMatches('x*', '-')", "'-a-b-c-'"},
           {"'a\\\\b'.replaceMatches('a', '\\\\')", "'\\\\b'"}});
}

TEST_CASE("escapes in texts and names") {
    check({{"'it\\'s'", "'it's'"},
           {"'\\u00e8'", "'è'"},
           {"'\\ud83d\\ude00'.length()", "1"},
           {"'\\t'.length()", "1"},
           {"'\\`'", "'`'"},
           {"%`ext-foo`", "'http://hl7.org/fhir/StructureDefinition/foo'"},
           {"%`vs-foo`", "'http://hl7.org/fhir/ValueSet/foo'"},
           {"%ucum", "'http://unitsofmeasure.org'"},
           {"%sct", "'http://snomed.info/sct'"},
           {"`item`.count()", "11"}});
}
