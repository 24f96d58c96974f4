// SPDX-License-Identifier: EUPL-1.2
// The order of rules, and who is told about a change.
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace forms;
using namespace forms_in_tests;

namespace {

/// a, g (repeats) with g/b, g/h (repeats) with g/h/c, g/q with the nested g/q/d, and e.
std::shared_ptr<const Definition> nested_form() {
    return form(R"({"linkId":"a","type":"boolean"},
        {"linkId":"g","type":"group","repeats":true,"item":[
            {"linkId":"b","type":"boolean"},
            {"linkId":"h","type":"group","repeats":true,"item":[{"linkId":"c","type":"boolean"}]},
            {"linkId":"q","type":"boolean","repeats":true,"item":[{"linkId":"d","type":"boolean"}]}]},
        {"linkId":"e","type":"boolean"})");
}

Rule rule(const Definition& definition, RuleKind kind, std::string_view item, std::vector<RuleInput> inputs = {}) {
    return {.kind = kind, .item = definition.find(item).value(), .number = 0, .inputs = std::move(inputs)};
}

RuleInput reads(const Definition& definition, std::string_view item) { return {definition.find(item).value()}; }

/// linkIds of the rules in a circle.
std::vector<std::string> circle(const Definition& definition, std::vector<Rule> rules) {
    std::vector<std::string> members;
    const RuleGraph graph(definition.items(), std::move(rules));
    for (const Rule& member : graph.circle())
        members.push_back(definition.item(member.item).link_id);
    return members;
}

std::vector<std::string> order(const Definition& definition, std::vector<Rule> rules) {
    std::vector<std::string> names;
    const RuleGraph graph(definition.items(), std::move(rules));
    for (const Rule& one : graph.rules())
        names.push_back(definition.item(one.item).link_id);
    return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("rules: each comes after what calculates or hides what it reads") {
    const auto d = nested_form();
    CHECK(order(*d, {rule(*d, RuleKind::Enabled, "a", {reads(*d, "b")}),
                     rule(*d, RuleKind::Calculated, "b", {reads(*d, "e")}),
                     rule(*d, RuleKind::Enabled, "e", {reads(*d, "c")})}) == Names{"e", "b", "a"});
    // What hides the group around a source hides the source.
    CHECK(order(*d, {rule(*d, RuleKind::Enabled, "a", {reads(*d, "c")}),
                     rule(*d, RuleKind::Enabled, "g", {reads(*d, "e")})}) == Names{"g", "a"});
}

TEST_CASE("rules: what reads all below a group comes after everything decided in it") {
    const auto d = nested_form();
    CHECK(order(*d, {rule(*d, RuleKind::Calculated, "e", {{d->find("g").value(), true}}),
                     rule(*d, RuleKind::Calculated, "d", {reads(*d, "a")}),
                     rule(*d, RuleKind::Enabled, "g", {reads(*d, "a")})}) == Names{"d", "g", "e"});
    Rule all = rule(*d, RuleKind::Constraint, "a");
    all.reads_everything = true;
    CHECK(order(*d, {all, rule(*d, RuleKind::Calculated, "e", {reads(*d, "d")})}) == Names{"e", "a"});
}

TEST_CASE("rules: what stands below an answer is decided after that answer is calculated") {
    const auto d = nested_form();
    CHECK(order(*d, {rule(*d, RuleKind::Enabled, "d", {reads(*d, "a")}),
                     rule(*d, RuleKind::Calculated, "q", {reads(*d, "a")})}) == Names{"q", "d"});
}

TEST_CASE("rules: a circle is found through rules of any kind, with all its members and nobody else") {
    const auto d = nested_form();
    CHECK(circle(*d, {rule(*d, RuleKind::Enabled, "a", {reads(*d, "b")}),
                      rule(*d, RuleKind::Calculated, "b", {reads(*d, "e")}),
                      rule(*d, RuleKind::Enabled, "e", {reads(*d, "a")}),
                      rule(*d, RuleKind::Constraint, "c", {reads(*d, "a")}),
                      rule(*d, RuleKind::Calculated, "d", {})}) == Names{"a", "b", "e"});
    CHECK(circle(*d, {rule(*d, RuleKind::Calculated, "a", {reads(*d, "a")})}) == Names{"a"});
    CHECK(circle(*d, {rule(*d, RuleKind::Enabled, "g", {reads(*d, "c")})}) == Names{"g"});
    CHECK(circle(*d, {rule(*d, RuleKind::Calculated, "c", {{d->find("g").value(), true}})}) == Names{"c"});
    Rule all = rule(*d, RuleKind::Calculated, "a");
    all.reads_everything = true;
    CHECK(circle(*d, {all}) == Names{"a"});
}

TEST_CASE("rules: what nobody reads closes no circle") {
    const auto d = nested_form();
    for (const RuleKind kind : {RuleKind::Constraint, RuleKind::Options})
        CHECK(circle(*d, {rule(*d, kind, "a", {reads(*d, "a")}), rule(*d, kind, "e", {reads(*d, "a")})}).empty());
}

TEST_CASE("rules: a reader is told which instances around it must be those around the change") {
    const auto d = nested_form();
    const auto shared = [&](std::string_view source, std::string_view item) {
        return shared_depth(d->items(), d->find(source).value(), d->find(item).value());
    };
    CHECK(shared("a", "c") == 0);
    CHECK(shared("b", "c") == 1); // the same g
    CHECK(shared("c", "b") == 1);
    CHECK(shared("c", "e") == 0);
    CHECK(shared("d", "c") == 1);
    CHECK(shared("q", "d") == 2); // the very answer of q
    CHECK(shared("g", "c") == 1);
    Rule outside = rule(*d, RuleKind::Constraint, "c", {{d->find("b").value(), false, true}});
    const RuleGraph graph(d->items(), {outside});
    const ItemIndex b = d->find("b").value();
    REQUIRE(graph.readers(b, b + 1).size() == 1);
    CHECK(graph.readers(b, b + 1)[0].shared == 0); // it said: everywhere
}

TEST_CASE("rules: a thousand rules that read the whole form are put in order at once") {
    std::string items = R"({"linkId":"first","type":"boolean"})";
    for (int i = 0; i < 2000; ++i)
        items += R"(,{"linkId":"i)" + std::to_string(i) + R"(","type":"boolean"})";
    const auto d = form(items);
    std::vector<Rule> rules;
    for (ItemIndex i = 1; i <= 2000; ++i) {
        rules.push_back({.kind = RuleKind::Enabled, .item = i, .number = 0, .inputs = {{0}}});
        rules.push_back({.kind = RuleKind::Constraint, .item = i, .number = 0, .inputs = {}, .reads_everything = true});
    }
    const RuleGraph graph(d->items(), std::move(rules));
    REQUIRE(graph.circle().empty());
    const auto all = graph.rules();
    CHECK(std::is_partitioned(all.begin(), all.end(), [](const Rule& r) { return r.kind == RuleKind::Enabled; }));
}
