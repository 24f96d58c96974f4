// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/reads.hpp"

#include <doctest/doctest.h>

using namespace forms::fhirpath;

namespace {

std::string text_of(const Reads& reads) {
    if (reads.everything) return "everything";
    std::string all;
    for (const Read& read : reads.items) {
        if (!all.empty()) all += ' ';
        all += read.link_id;
        if (read.how == How::Below) all += "/*";
        if (read.how == How::Instances) all += "[]";
    }
    return all;
}

/// Where each read is looked for from, if not from the top.
std::string from(std::string_view text) {
    const auto expression = Expression::compile(text);
    std::string all;
    for (const Read& read : analyse(expression.value(), "here").reads().items)
        all += read.link_id + "<" + read.from + " ";
    return all;
}

/// "a" its answers, "a[]" its instances, "a/*" with all below.
std::string reads(std::string_view text, std::string_view context = "here") {
    const std::vector<std::string> names{"v"};
    const auto variable = Expression::compile("%resource.item.where(linkId = 'g')");
    const Analysis of_v = analyse(variable.value(), "");
    const std::vector<const Analysis*> variables{&of_v};
    const auto expression = Expression::compile(text, names);
    REQUIRE(expression.ok());
    return text_of(analyse(expression.value(), context, variables).reads());
}

} // namespace

TEST_CASE("the linkIds that a path ends in are what is read") {
    CHECK(reads("%resource.item.where(linkId = 'a').answer.value") == "a");
    CHECK(reads("%resource.item.where(linkId = 'g').item.where(linkId = 'a').answer.value > 3") == "a");
    CHECK(reads("%resource.item.where(linkId = 'a').answer.item.where(linkId = 'b').answer.value") == "b");
    CHECK(reads("%resource.descendants().where(linkId = 'a').answer.value.code") == "a");
    CHECK(reads("%resource.repeat(item).where(linkId = 'a').answer.valueCoding.display") == "a");
    CHECK(reads("%resource.repeat(item | answer).where(linkId = 'a').answer.exists()") == "a");
    CHECK(reads("%resource.item.where(linkId = 'a').exists()") == "a/*");
    CHECK(reads("%resource.item.where(linkId = 'a' or linkId = 'b').answer.value") == "a b");
    CHECK(reads("%resource.item.where(linkId in ('a' | 'b')).answer.value.sum()") == "a b");
    CHECK(reads("%resource.item.where(linkId = 'a' and answer.value > 2).answer.value") == "a");
    CHECK(reads("%resource.item.where(linkId = 'a').answer.value + %resource.item.where(linkId = 'b').answer.value") ==
          "a b");
    CHECK(reads("iif(%resource.item.where(linkId = 'a').answer.value, %resource.item.where(linkId = 'b').answer.value, "
                "0)") == "a b");
    CHECK(reads("%resource.item.where(linkId='g').where(item.where(linkId='t').answer.value = "
                "1).item.where(linkId='a').answer.value") == "a t");
}

TEST_CASE("which instance is chosen depends on which are there") {
    CHECK(reads("%resource.item.where(linkId = 'g').first().item.where(linkId = 'a').answer.value") == "a g[]");
    CHECK(reads("%resource.item.where(linkId = 'g')[0].item.where(linkId = 'a').answer.value") == "a g[]");
    CHECK(reads("%resource.item.where(linkId = 'a').answer.first().value") == "a");
}

TEST_CASE("what stands on the item reads the item") {
    CHECK(reads("answer.value") == "here");
    CHECK(reads("%context.answer.value > 3") == "here");
    CHECK(reads("item.where(linkId = 'a').answer.value") == "a");
    CHECK(reads("$this.exists()") == "here/*");
    CHECK(reads("answer.value", "") == "everything");
}

TEST_CASE("variables are narrowed by whoever uses them") {
    CHECK(reads("%v.item.where(linkId = 'a').answer.value") == "a");
    CHECK(reads("%v.exists()") == "g/*");
    CHECK(reads("%v.item.answer.value.sum()") == "g/*");
}

TEST_CASE("what cannot be known reads everything, constants and the form nothing") {
    CHECK(reads("%resource.item.answer.value") == "everything");
    CHECK(reads("%resource.descendants().where(linkId.startsWith('a')).answer.value") == "everything");
    CHECK(reads("%resource.item.where(linkId = %v).answer.value") == "everything");
    CHECK(reads("%resource.item.count()") == "everything");
    CHECK(reads("%resource.item.first().answer.value") == "everything");
    CHECK(reads("today() > @2020") == "");
    CHECK(reads("%questionnaire.item.where(linkId = 'a').answerOption.value") == "");
    CHECK(reads("%qitem.repeat(item).where(linkId = 'a')") == "");
    CHECK(reads_the_clock(Expression::compile("today() > @2020").value()));
    CHECK_FALSE(reads_the_clock(Expression::compile("@2020").value()));
}

TEST_CASE("analysing ends, whatever the expression") {
    std::string nested = "item";
    for (int i = 0; i < 60; ++i)
        nested = "repeat(" + nested + ")";
    CHECK(reads("%resource." + nested) == "everything");
    std::string criteria = "true";
    for (int i = 0; i < 60; ++i)
        criteria = "item.exists(" + criteria + ")";
    CHECK(reads(criteria).size() > 0);
}

TEST_CASE("a read says from which item it is looked for") {
    CHECK(from("item.where(linkId = 'a').answer.value") == "a<here ");
    CHECK(from("%context.item.where(linkId = 'g').item.where(linkId = 'a').answer") == "a<here ");
    CHECK(from("%resource.item.where(linkId = 'a').answer.value") == "a< ");
    CHECK(from("item.where(linkId = 'a' or linkId = 'b').answer.value") == "a<here b<here ");
}
