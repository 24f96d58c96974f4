// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using in_tests::check;

TEST_CASE("whole numbers stay whole, and a division gives a decimal") {
    check({{"1 + 2", "3"},
           {"7 - 10", "-3"},
           {"6 * 7", "42"},
           {"6 / 3", "2"},
           {"7 / 2", "3.5"},
           {"1 / 3", "0.33333333"},
           {"2 / 3", "0.66666667"},
           {"-2 / 3", "-0.66666667"},
           {"7 div 2", "3"},
           {"-7 div 2", "-3"},
           {"7 mod 3", "1"},
           {"-7 mod 3", "-1"},
           {"5.5 div 0.7", "7"},
           {"5.5 mod 0.7", "0.6"},
           {"007 + 1", "8"},
           {"2 + 3 * 4", "14"},
           {"(2 + 3) * 4", "20"},
           {"10 - 4 - 3", "3"},
           {"-3.abs()", "-3"},
           {"(-3).abs()", "3"},
           {"+3", "3"},
           {"- -3", "3"}});
}

TEST_CASE("decimals are exact, as written on paper") {
    check({{"0.1 + 0.2", "0.3"},
           {"0.1 + 0.2 = 0.3", "true"},
           {"1.10 + 1", "2.10"},
           {"1.5 * 1.5", "2.25"},
           {"12.50 - 12.5", "0.00"},
           {"999999999999999999 + 0.4", "999999999999999999"},
           {"0.000000000000000001 + 1", "1.00000000000000000"},
           {"1.50 = 1.5", "true"},
           {"3 = 3.0", "true"}});
}

TEST_CASE("what has no result gives nothing") {
    check({{"1 / 0", "{}"},
           {"1 div 0", "{}"},
           {"1 mod 0", "{}"},
           {"1.0 / 0.0", "{}"},
           {"2147483647 + 1", "{}"},
           {"2147483647 * 2", "{}"},
           {"99999999999999999.0 * 100", "{}"},
           {"(-1).sqrt()", "{}"},
           {"(-1).power(0.5)", "{}"},
           {"0.ln()", "{}"},
           {"1 + {}", "{}"},
           {"{} * 3", "{}"},
           {"-({})", "{}"}});
}

TEST_CASE("rounding goes half away from zero") {
    check({{"2.5.round()", "3"},
           {"(-2.5).round()", "-3"},
           {"2.345.round(2)", "2.35"},
           {"2.344.round(2)", "2.34"},
           {"2.1.round(5)", "2.1"},
           {"7.round()", "7"},
           {"2.1.ceiling()", "3"},
           {"(-2.1).ceiling()", "-2"},
           {"2.9.floor()", "2"},
           {"(-2.1).floor()", "-3"},
           {"2.9.truncate()", "2"},
           {"(-2.9).truncate()", "-2"},
           {"5.ceiling()", "5"}});
}

TEST_CASE("powers of whole numbers are exact, roots have 8 decimals") {
    check({{"2.power(10)", "1024"},
           {"1.8.power(2)", "3.24"},
           {"2.power(-1)", "0.5"},
           {"2.power(0)", "1"},
           {"10.power(30)", "{}"},
           {"4.power(0.5)", "2"},
           {"81.sqrt()", "9"},
           {"2.sqrt()", "1.41421356"},
           {"0.sqrt()", "0"},
           {"0.exp()", "1"},
           {"1.ln()", "0"},
           {"16.log(2)", "4"},
           {"100.0.log(10)", "2"},
           {"(-4.5).abs()", "4.5"}});
}

TEST_CASE("quantities add in the unit of the first") {
    check({{"4 'kg' + 500 'g'", "4.5 'kg'"},
           {"1 'm' - 10 'cm'", "0.90 'm'"},
           {"4 'kg' * 2", "8 'kg'"},
           {"2 * 4 'kg'", "8 'kg'"},
           {"4 'kg' / 2", "2 'kg'"},
           {"4 'kg' / 2 'kg'", "2 '1'"},
           {"4 'kg' + 1 'm'", "{}"},
           {"-(4 'kg')", "-4 'kg'"},
           {"(-4 'kg').abs()", "4 'kg'"},
           {"4 'kg' = 4000 'g'", "true"},
           {"4 'kg' = 4 'm'", "false"},
           {"4 'kg' > 3999 'g'", "true"},
           {"4 'kg' > 4 'm'", "{}"},
           {"1 year = 12 months", "true"},
           {"2 weeks = 14 days", "true"},
           {"1 month = 30 days", "{}"},
           {"1 minute = 60 's'", "true"},
           {"1 '[lb_av]' > 453 'g'", "true"}});
}

TEST_CASE("aggregates") {
    check({{"(1 | 2 | 3).sum()", "6"},
           {"(1.5 | 2).sum()", "3.5"},
           {"{}.sum()", "{}"},
           {"(3 | 1 | 2).min()", "1"},
           {"(3 | 1 | 2).max()", "3"},
           {"(1 | 2).avg()", "1.5"},
           {"('b' | 'a').min()", "'a'"},
           {"(@2020 | @2019-05).max()", "@2020"},
           {"(1 | 2 | 3).aggregate($this + $total, 0)", "6"},
           {"{}.aggregate($this + $total, 0)", "0"},
           {"(1 | 2 | 3).aggregate(iif($total.empty(), $this, iif($this > $total, $this, $total)))", "3"},
           {"(1 | 'a').sum()", "wrong-types 10"}});
}
