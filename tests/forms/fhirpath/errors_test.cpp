// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include "forms/fhirpath/expression.hpp"

#include <doctest/doctest.h>

using forms::fhirpath::Expression;
using forms::fhirpath::Refusal;
using in_tests::check;

namespace {

void check_refused(std::string_view text, Refusal reason, std::size_t position) {
    INFO(std::string(text));
    const auto compiled = Expression::compile(text);
    REQUIRE_FALSE(compiled.ok());
    CHECK(compiled.error().reason == reason);
    CHECK(compiled.error().position == position);
    CHECK_FALSE(compiled.error().words.empty());
}

std::string repeated(std::string_view part, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += part;
    return all;
}

} // namespace

TEST_CASE("what is no FHIRPath is refused with the place, in characters") {
    check_refused("", Refusal::NotFhirPath, 0);
    check_refused("1 +", Refusal::NotFhirPath, 3);
    check_refused("(1", Refusal::NotFhirPath, 2);
    check_refused("1)", Refusal::NotFhirPath, 1);
    check_refused("'perché", Refusal::NotFhirPath, 0);
    check_refused("'è' ? 1", Refusal::NotFhirPath, 4);
    check_refused("'è' 'è' #", Refusal::NotFhirPath, 8);
    check_refused("a..b", Refusal::NotFhirPath, 2);
    check_refused("a[1", Refusal::NotFhirPath, 3);
    check_refused("a b", Refusal::NotFhirPath, 2);
    check_refused("{1}", Refusal::NotFhirPath, 1);
    check_refused("@2020-13", Refusal::NotFhirPath, 0);
    check_refused("@", Refusal::NotFhirPath, 0);
    check_refused("@T25", Refusal::NotFhirPath, 0);
    check_refused("'\\q'", Refusal::NotFhirPath, 1);
    check_refused("'\\u12'", Refusal::NotFhirPath, 1);
    check_refused("'\\u0000'", Refusal::NotFhirPath, 1);
    check_refused("/* never ends", Refusal::NotFhirPath, 0);
    check_refused("1234567890123456789012", Refusal::NotFhirPath, 0);
    check_refused("% x", Refusal::NotFhirPath, 0);
    check_refused("1 is 2", Refusal::NotFhirPath, 5);
    check_refused("\"a\"", Refusal::NotFhirPath, 0);
    check_refused("a = \xff", Refusal::NotFhirPath, 0);
}

TEST_CASE("unknown functions and variables are refused, not guessed") {
    check_refused("item.frobnicate()", Refusal::UnknownFunction, 5);
    check_refused("item.where(foo())", Refusal::UnknownFunction, 11);
    check_refused("resolve()", Refusal::UnknownFunction, 0);
    check_refused("%patients", Refusal::UnknownVariable, 0);
    check_refused("1 + %`x y`", Refusal::UnknownVariable, 4);
    check_refused("$that", Refusal::UnknownVariable, 0);
    check_refused("$total", Refusal::UnknownVariable, 0);
    check_refused("(1).aggregate($total) + $total", Refusal::UnknownVariable, 24);
}

TEST_CASE("a wrong number of arguments is refused at the function") {
    check_refused("a.where()", Refusal::WrongArguments, 2);
    check_refused("a.first(1)", Refusal::WrongArguments, 2);
    check_refused("iif(true)", Refusal::WrongArguments, 0);
    check_refused("'a'.substring(1, 2, 3)", Refusal::WrongArguments, 4);
    check_refused("a.ofType()", Refusal::WrongArguments, 2);
}

TEST_CASE("patterns must be written out and be patterns") {
    check_refused("'a'.matches(b)", Refusal::WrongArguments, 12);
    check_refused("'a'.matches('(')", Refusal::BadPattern, 12);
    check_refused("'a'.matches('(?=b)')", Refusal::BadPattern, 12);
}

TEST_CASE("depth and length have limits") {
    check_refused(repeated("(", 100'00) + "1" + repeated(")", 100'00), Refusal::TooLong, Expression::most_bytes);
    CHECK_FALSE(Expression::compile(repeated("(", 5000) + "1" + repeated(")", 5000)).ok());
    CHECK(Expression::compile(repeated("(", 5000) + "1" + repeated(")", 5000)).error().reason == Refusal::TooDeep);
    CHECK(Expression::compile("1" + repeated(" + 1", 3000)).error().reason == Refusal::TooDeep);
    CHECK(Expression::compile("a" + repeated(".a", 3000)).error().reason == Refusal::TooDeep);
    CHECK(Expression::compile(repeated("-", 3000) + "1").error().reason == Refusal::TooDeep);
    CHECK(Expression::compile(repeated("iif(true,", 1500) + "1").error().reason == Refusal::TooDeep);
    CHECK(Expression::compile("a" + repeated("[0]", 3000)).error().reason == Refusal::TooDeep);
    CHECK(Expression::compile("1" + repeated(" + 1", 150)).ok());
}

TEST_CASE("comments and blanks are left out") { check({{"1 /* one */ + // two\n 2", "3"}, {" \t\r\n1 ", "1"}}); }

TEST_CASE("words of the grammar are names where a name must stand") {
    check({{"item.where(linkId='name').as.exists()", "false"}, {"%patient.contains.exists()", "false"}});
}
