// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using in_tests::check;

TEST_CASE("existence (N1 §5.1)") {
    check({{"{}.empty()", "true"},
           {"1.empty()", "false"},
           {"{}.exists()", "false"},
           {"(1 | 2).exists()", "true"},
           {"(1 | 2).exists($this > 1)", "true"},
           {"(1 | 2).exists($this > 2)", "false"},
           {"(1 | 2).any($this > 1)", "true"},
           {"(1 | 2).all($this > 0)", "true"},
           {"(1 | 2).all($this > 1)", "false"},
           {"{}.all($this > 1)", "true"},
           {"(true | false).allTrue()", "false"},
           {"{}.allTrue()", "true"},
           {"(true | false).anyTrue()", "true"},
           {"{}.anyTrue()", "false"},
           {"(true | false).allFalse()", "false"},
           {"(true | false).anyFalse()", "true"},
           {"(1 | 2).allTrue()", "wrong-types 8"},
           {"(1 | 2).count()", "2"},
           {"{}.count()", "0"},
           {"(1 | 2).subsetOf(1 | 2 | 3)", "true"},
           {"(1 | 4).subsetOf(1 | 2 | 3)", "false"},
           {"{}.subsetOf(1)", "true"},
           {"(1 | 2 | 3).supersetOf(1 | 2)", "true"},
           {"1.supersetOf(1 | 2)", "false"}});
}

TEST_CASE("doubles (N1 §5.1.10)") {
    check({{"1.combine(1).count()", "2"},
           {"1.combine(1).distinct()", "1"},
           {"1.combine(1).isDistinct()", "false"},
           {"(1 | 2).isDistinct()", "true"},
           {"1.combine(1.0).distinct().count()", "1"},
           {"{}.distinct()", "{}"}});
}

TEST_CASE("filtering and projection (N1 §5.2)") {
    check({{"(1 | 2 | 3).where($this > 1)", "2, 3"},
           {"(1 | 2 | 3).where({})", "{}"},
           {"(1 | 2 | 3).where($index > 0)", "2, 3"},
           {"(1 | 2).select($this * 10)", "10, 20"},
           {"(1 | 2).select($this | 5)", "1, 5, 2, 5"},
           {"{}.select(1)", "{}"},
           {"(1 | 2).where(true or (1 | 2))", "1, 2"},
           {"(1 | 2).where((1 | 2))", "not-single 8"},
           {"(1 | 2).select($index)", "0, 1"},
           {"1.repeat(iif($this < 5, $this + 1, {}))", "2, 3, 4, 5"},
           {"('a' | 1).ofType(Integer)", "1"}});
}

TEST_CASE("subsetting (N1 §5.3)") {
    check({{"(1 | 2 | 3)[0]", "1"},
           {"(1 | 2 | 3)[3]", "{}"},
           {"(1 | 2 | 3)[-1]", "{}"},
           {"(1 | 2 | 3).first()", "1"},
           {"(1 | 2 | 3).last()", "3"},
           {"(1 | 2 | 3).tail()", "2, 3"},
           {"(1 | 2 | 3).skip(2)", "3"},
           {"(1 | 2 | 3).skip(-1)", "1, 2, 3"},
           {"(1 | 2 | 3).skip(9)", "{}"},
           {"(1 | 2 | 3).take(2)", "1, 2"},
           {"(1 | 2 | 3).take(0)", "{}"},
           {"{}.first()", "{}"},
           {"{}.tail()", "{}"},
           {"1.single()", "1"},
           {"{}.single()", "{}"},
           {"(1 | 2).single()", "not-single 8"},
           {"(1 | 2 | 3).intersect(2 | 3 | 4)", "2, 3"},
           {"(1 | 2 | 3).exclude(2)", "1, 3"}});
}

TEST_CASE("combining (N1 §5.4)") {
    check({{"(1 | 2 | 2)", "1, 2"},
           {"(1 | 2).union(2 | 3)", "1, 2, 3"},
           {"(1 | 2).combine(2 | 3)", "1, 2, 2, 3"},
           {"1 | {}", "1"},
           {"{} | {}", "{}"}});
}

TEST_CASE("iif takes its branches only when they are chosen (N1 §5.5.1)") {
    check({{"iif(1 = 1, 'y', 'n')", "'y'"},
           {"iif(1 = 2, 'y', 'n')", "'n'"},
           {"iif({}, 'y', 'n')", "'n'"},
           {"iif(false, 'y')", "{}"},
           {"5.iif($this > 3, 'much', 'little')", "'much'"},
           {"iif(%number > 5, %number, 5)", "7"}});
}

TEST_CASE("trace changes nothing") { check({{"(1 | 2).trace('x')", "1, 2"}, {"'a'.trace('n', length())", "'a'"}}); }
