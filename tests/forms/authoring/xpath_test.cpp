// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/xpath.hpp"

#include <doctest/doctest.h>

using namespace forms::xlsform;

namespace {

std::string_view sign_of(XKind kind) {
    switch (kind) {
    case XKind::Or:
        return "or";
    case XKind::And:
        return "and";
    case XKind::Equal:
        return "=";
    case XKind::NotEqual:
        return "!=";
    case XKind::Less:
        return "<";
    case XKind::LessOrEqual:
        return "<=";
    case XKind::Greater:
        return ">";
    case XKind::GreaterOrEqual:
        return ">=";
    case XKind::Plus:
        return "+";
    case XKind::Minus:
        return "-";
    case XKind::Times:
        return "*";
    case XKind::Divide:
        return "div";
    case XKind::Modulo:
        return "mod";
    case XKind::Number:
    case XKind::Text:
    case XKind::Question:
    case XKind::Self:
    case XKind::Column:
    case XKind::Call:
    case XKind::Negate:
        break;
    }
    return "";
}

/// The tree with all its brackets: (a and (b or c)).
std::string shown(const XTree& tree, std::uint32_t index) {
    const XNode& node = tree.at(index);
    if (node.kind == XKind::Number) return node.text;
    if (node.kind == XKind::Text) return "'" + node.text + "'";
    if (node.kind == XKind::Question) return "$" + node.text;
    if (node.kind == XKind::Self) return ".";
    if (node.kind == XKind::Negate) return "-" + shown(tree, node.inputs[0]);
    if (node.kind == XKind::Call) {
        std::string text = node.text + "(";
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            text += (i ? ", " : "") + shown(tree, node.inputs[i]);
        return text + ")";
    }
    return "(" + shown(tree, node.inputs[0]) + " " + std::string(sign_of(node.kind)) + " " +
           shown(tree, node.inputs[1]) + ")";
}

std::string parsed(std::string_view text) {
    const auto tree = parse_xpath(text);
    return tree.ok() ? shown(tree.value(), tree.value().root()) : "refused: " + tree.error();
}
bool is_refused(std::string_view text) { return !parse_xpath(text).ok(); }

} // namespace

TEST_CASE("xpath: operators bind as the standard says, the left ones first") {
    CHECK(parsed("${a} = 1 or ${b} = 2 and ${c} != 3") == "(($a = 1) or (($b = 2) and ($c != 3)))");
    CHECK(parsed("1 - 2 - 3 * 4 div 5 mod 6") == "((1 - 2) - (((3 * 4) div 5) mod 6))");
    CHECK(parsed("-${a} + -1") == "(-$a + -1)");
    CHECK(parsed("(${a} or ${b}) and ${c}") == "(($a or $b) and $c)");
    CHECK(parsed(". >= .5 and .<=10.") == "((. >= .5) and (. <= 10.))");
}

TEST_CASE("xpath: functions, with hyphens and prefixes in their names") {
    CHECK(parsed("not(selected(${a}, 'x'))") == "not(selected($a, 'x'))");
    CHECK(parsed("jr:choice-name(${a},\"${a}\")") == "jr:choice-name($a, '${a}')");
    CHECK(parsed("if( string-length( . )>3 , today( ) , '' )") == "if((string-length(.) > 3), today(), '')");
}

TEST_CASE("xpath: names with operators inside them, and blanks in the brackets of a question") {
    CHECK(parsed("${ order } div ${android-id}") == "($order div $android-id)");
}

TEST_CASE("xpath: the quotation marks that spreadsheets put in by themselves") {
    CHECK(parsed("${a} = ‘yes’") == "($a = 'yes')");
    CHECK(parsed("${a} = “l'altro”") == "($a = 'l'altro')");
}

TEST_CASE("xpath: what is wrong is refused with a reason") {
    for (const char* text :
         {"",    "   ",       "${a",   "'x",       "1 +",     "and",     "(1",    "1)", "f(1", "f(1,)", "f(,1)",
          "1 2", "${a} == 1", "a = 1", "../x = 1", "/data/x", "${a}[1]", "1 ! 2", "@x", ")",   "not",   "1 ++"})
        CHECK_MESSAGE(is_refused(text), std::string(text));
    CHECK(parsed("${a} == 1") == "refused: write = instead of ==");
    CHECK(parsed("../x = 1") == "refused: paths such as ../name or /data/name are not possible: write ${name}");
}

TEST_CASE("xpath: depth and length have an end") {
    CHECK(is_refused(std::string(5000, '(') + "1" + std::string(5000, ')')));
    CHECK(is_refused(std::string(5000, '-') + "1"));
    std::string chain = "1";
    for (int i = 0; i < 5000; ++i)
        chain += "+1";
    CHECK(is_refused(chain));
    CHECK(is_refused(std::string(20'000, '1')));
    CHECK_FALSE(is_refused(std::string(20, '(') + "1" + std::string(20, ')')));
}
