// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

using namespace forms_in_tests;

TEST_CASE("loader: every broken questionnaire is refused with all its mistakes, by place") {
    const std::filesystem::path folder = std::filesystem::path(SPORTELLO_ROOT) / "tests/samples/forms/broken";
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        ++files;
        CAPTURE(entry.path().filename().string());
        std::filesystem::path expected = entry.path();
        expected.replace_extension(".expected.txt");
        std::istringstream lines(read_file(expected));
        std::vector<std::string> wanted;
        for (std::string line; std::getline(lines, line);)
            wanted.push_back(line);
        CHECK(mistakes_in(read_file(entry.path())) == wanted);
    }
    CHECK(files >= 20);
}

TEST_CASE("loader: a mistake says which item it is about") {
    const auto loaded = forms::load_definition(
        questionnaire(R"({"linkId":"a","type":"group","item":[{"linkId":"b","type":"choice"}]})"));
    REQUIRE_FALSE(loaded.ok());
    REQUIRE(loaded.error().size() == 1);
    CHECK(loaded.error()[0].json_pointer == "/item/0/item/0");
    CHECK(loaded.error()[0].link_id == "b");
    CHECK(loaded.error()[0].reason == forms::Reason::NoOptions);
}

TEST_CASE("loader: limits hold") {
    forms::LoadOptions small;
    const std::string two =
        questionnaire(R"({"linkId":"a","type":"boolean"},{"linkId":"b","text":"123456","type":"choice",
        "answerOption":[{"valueCoding":{"code":"x"}},{"valueCoding":{"code":"y"}}],
        "enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}]})");
    CHECK(mistakes_in(two, small).empty());
    SUBCASE("bytes") {
        small.limits.bytes = two.size() - 1;
        CHECK(mistakes_in(two, small) == std::vector<std::string>{"/ too-big"});
    }
    SUBCASE("items") {
        small.limits.items = 1;
        CHECK(mistakes_in(two, small).at(0) == "/item/1 too-many-items");
    }
    SUBCASE("options") {
        small.limits.options = 1;
        CHECK(mistakes_in(two, small) == std::vector<std::string>{"/item/1/answerOption/1 too-many-options"});
    }
    SUBCASE("conditions") {
        small.limits.conditions = 0;
        CHECK(mistakes_in(two, small) == std::vector<std::string>{"/item/1/enableWhen/0 too-many-conditions"});
    }
    SUBCASE("texts") {
        small.limits.text_bytes = 5;
        const auto mistakes = mistakes_in(two, small);
        CHECK(std::find(mistakes.begin(), mistakes.end(), "/item/1/text text-too-long") != mistakes.end());
    }
}

TEST_CASE("loader: ten thousand items are read, one more is refused") {
    const auto many = [](int count) {
        std::string items;
        for (int i = 0; i < count; ++i)
            items +=
                (i > 0 ? "," : "") + (R"({"linkId":")" + std::to_string(i) + R"(","text":"Domanda","type":"string"})");
        return questionnaire(items);
    };
    CHECK(mistakes_in(many(10000)).empty());
    CHECK(mistakes_in(many(10001)) == std::vector<std::string>{"/item/10000 too-many-items"});
}

TEST_CASE("loader: half a megabyte of opening brackets ends quickly and without harm") {
    CHECK(mistakes_in(std::string(500000, '[')).size() == 1);
    CHECK(mistakes_in(std::string(500000, '{')).size() == 1);
    std::string objects;
    for (int i = 0; i < 100000; ++i)
        objects += R"({"a":)";
    CHECK(mistakes_in(objects).size() == 1);
}

TEST_CASE("loader: a doubled key among nine hundred is found") {
    std::string keys;
    for (int i = 0; i < 900; ++i)
        keys += "\"k" + std::to_string(i) + "\":1,";
    const auto mistakes = mistakes_in("{" + keys + "\"k500\":2}");
    REQUIRE_FALSE(mistakes.empty());
    CHECK(std::find(mistakes.begin(), mistakes.end(), "/k500 duplicate-key") != mistakes.end());
}

TEST_CASE("loader: twenty thousand conditions on a list of nineteen thousand codes are judged at once") {
    // Compared each with each this takes minutes, and the test would be ended by its time limit.
    std::string items = R"({"linkId":"a","type":"choice","answerOption":[)";
    for (int i = 0; i < 19000; ++i)
        items += (i > 0 ? "," : "") + (R"({"valueCoding":{"system":"urn:x","code":"c)" + std::to_string(i) + "\"}}");
    items += "]}";
    for (int i = 0; i < 4000; ++i) {
        items += R"(,{"linkId":"b)" + std::to_string(i) +
                 R"(","type":"string","required":true,"enableBehavior":"any","enableWhen":[)";
        for (int k = 0; k < 5; ++k)
            items +=
                (k > 0 ? "," : "") + std::string(R"({"question":"a","operator":"=","answerCoding":{"code":"zz"}})");
        items += "]}";
    }
    const auto mistakes = mistakes_in(questionnaire(items));
    REQUIRE_FALSE(mistakes.empty());
    CHECK(mistakes.at(0) == "/item/1/enableWhen never-enabled");
}

TEST_CASE("loader: what is required while an answer is beyond its own bounds, or between two that leave nothing, is "
          "refused") {
    const auto with = [](const std::string& conditions) {
        return mistakes_in(questionnaire(
            R"({"linkId":"a","type":"integer","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":10}]},)"
            R"({"linkId":"b","type":"string","required":true,"enableBehavior":"all","enableWhen":[)" +
            conditions + "]}"));
    };
    const std::vector<std::string> never{"/item/1/enableWhen never-enabled"};
    CHECK(with(R"({"question":"a","operator":">","answerInteger":10})") == never);
    CHECK(
        with(
            R"({"question":"a","operator":">","answerInteger":5},{"question":"a","operator":"<","answerInteger":5})") ==
        never);
    CHECK(with(R"({"question":"a","operator":">","answerInteger":9})").empty());
}
