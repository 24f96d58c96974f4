// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using in_tests::check;

TEST_CASE("to numbers (N1 §5.5)") {
    check({{"'12'.toInteger()", "12"},
           {"'-12'.toInteger()", "-12"},
           {"'+012'.toInteger()", "12"},
           {"'12.0'.toInteger()", "{}"},
           {"'x'.toInteger()", "{}"},
           {"''.toInteger()", "{}"},
           {"'99999999999'.toInteger()", "{}"},
           {"true.toInteger()", "1"},
           {"12.toInteger()", "12"},
           {"1.5.toInteger()", "{}"},
           {"'12.50'.toDecimal()", "12.50"},
           {"'1e3'.toDecimal()", "{}"},
           {"12.toDecimal()", "12"},
           {"false.toDecimal()", "0"},
           {"'12'.convertsToInteger()", "true"},
           {"'x'.convertsToDecimal()", "false"},
           {"{}.convertsToInteger()", "{}"}});
}

TEST_CASE("to truth values") {
    check({{"'Yes'.toBoolean()", "true"},
           {"'n'.toBoolean()", "false"},
           {"'maybe'.toBoolean()", "{}"},
           {"1.toBoolean()", "true"},
           {"0.0.toBoolean()", "false"},
           {"2.toBoolean()", "{}"},
           {"'t'.convertsToBoolean()", "true"}});
}

TEST_CASE("to texts") {
    check({{"1.50.toString()", "'1.50'"},
           {"true.toString()", "'true'"},
           {"@2020-05.toString()", "'2020-05'"},
           {"@2020-05-01T10:00:00+02:00.toString()", "'2020-05-01T10:00:00+02:00'"},
           {"@T10:30.toString()", "'10:30'"},
           {"(4 'kg').toString()", "'4 'kg''"},
           {"(4 days).toString()", "'4 day'"},
           {"%patient.toString()", "{}"},
           {"1.convertsToString()", "true"}});
}

TEST_CASE("to dates, times and quantities") {
    check({{"'2020-05'.toDate()", "@2020-05"},
           {"'2020-13'.toDate()", "{}"},
           {"'2020-02-30'.convertsToDate()", "false"},
           {"@2020-05-01T10:00:00Z.toDate()", "@2020-05-01"},
           {"'2020-05-01'.toDateTime()", "@2020-05-01"},
           {"@2020-05-01.toDateTime() is DateTime", "true"},
           {"'2020-05-01T10:30:00.5+01:00'.toDateTime()", "@2020-05-01T10:30:00.5+01:00"},
           {"'2020-05-01T25:00'.convertsToDateTime()", "false"},
           {"'10:30'.toTime()", "@T10:30"},
           {"'24:00'.convertsToTime()", "false"},
           {"'4 days'.toQuantity()", "4 day"},
           {"'4.5 \\'kg\\''.toQuantity()", "4.5 'kg'"},
           {"'4'.toQuantity()", "4 '1'"},
           {"'4 kg'.toQuantity()", "{}"},
           {"(4 'kg').toQuantity('g')", "4000 'g'"},
           {"4.toQuantity()", "4 '1'"},
           {"'x'.convertsToQuantity()", "false"}});
}
