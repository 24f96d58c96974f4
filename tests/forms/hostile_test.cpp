// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <ctime>
#include <doctest/doctest.h>
#include <fstream>
#include <functional>

using namespace forms;
using namespace forms_in_tests;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
constexpr bool is_measured = false;
#else
constexpr bool is_measured = true;
#endif

/// KiB, from /proc/self/status.
long memory(std::string_view key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key)) return std::stol(line.substr(key.size()));
    return 0;
}

std::string repeat(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string items(int count, const std::function<std::string(int)>& item) {
    std::string all;
    for (int i = 0; i < count; ++i)
        all += (i > 0 ? "," : "") + item(i);
    return questionnaire(all);
}

std::string named(int i, const std::string& more) {
    return R"({"linkId":"i)" + std::to_string(i) + R"(","type":"string")" + more + "}";
}

struct Hostile {
    const char* what;
    std::function<std::string()> form;
    const char* first; ///< how the first mistake begins
};

const Hostile hostile[] = {
    {"JSON nested 100,000 deep", [] { return repeat(R"({"item":[)", 100'000); }, ""},
    {"arrays nested 100,000 deep", [] { return repeat("[", 100'000); }, ""},
    {"items nested 2,000 deep",
     [] {
         return R"({"resourceType":"Questionnaire","status":"draft",)" +
                repeat(R"("item":[{"linkId":"a","type":"group",)", 2'000) + R"("item":[])" + repeat("}]", 2'000) + "}";
     },
     ""},
    {"a circle of 5,000 conditions",
     [] {
         return items(5'000, [](int i) {
             return named(i, R"(,"enableWhen":[{"question":"i)" + std::to_string((i + 1) % 5'000) +
                                 R"(","operator":"exists","answerBoolean":true}])");
         });
     },
     "/item/0/enableWhen condition-cycle"},
    {"5,000 items of the same name", [] { return items(5'000, [](int) { return named(0, ""); }); },
     "/item/1/linkId duplicate-link-id"},
    {"bounds that contradict each other",
     [] {
         return items(2'000, [](int i) {
             return named(
                 i,
                 R"(,"maxLength":3,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minLength","valueInteger":4}])");
         });
     },
     "/item/0/extension/0 min-above-max"},
    {"required and never enabled",
     [] {
         return questionnaire(R"({"linkId":"a","type":"choice","answerOption":[{"valueCoding":{"code":"x"}}]},
        {"linkId":"b","type":"string","required":true,"enableWhen":[{"question":"a","operator":"=","answerCoding":{"code":"y"}}]})");
     },
     "/item/1/enableWhen never-enabled"},
    {"unknown modifier extensions",
     [] { return items(2'000, [](int i) { return named(i, R"(,"modifierExtension":[{"url":"urn:x"}])"); }); },
     "/item/0/modifierExtension/0 unknown-modifier-extension"},
    {"a pattern that grows a thousandfold",
     [] {
         return questionnaire(named(
             0,
             R"(,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/regex","valueString":"((a{999}){999}){999}"}])"));
     },
     "/item/0/extension/0/valueString bad-pattern"},
    {"value sets that are missing",
     [] {
         return items(5'000, [](int i) {
             return R"({"linkId":"i)" + std::to_string(i) + R"(","type":"choice","answerValueSet":"urn:v)" +
                    std::to_string(i) + "\"}";
         });
     },
     "/item/0/answerValueSet unknown-value-set"},
    {"a value set that contains itself",
     [] {
         return questionnaire(
             R"({"linkId":"a","type":"choice","answerValueSet":"urn:v"})",
             R"("contained":[{"resourceType":"ValueSet","id":"v","url":"urn:v","compose":{"include":[)" +
                 repeat(R"({"valueSet":["urn:v"]},)", 99) + R"({"valueSet":["urn:v"]}]}}])");
     },
     "/contained/0 unsupported-value-set"},
    {"markup without end",
     [] {
         return questionnaire(
             R"({"linkId":"a","type":"reference_","_text":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/rendering-markdown","valueMarkdown":")" +
             repeat("[*_`", 16'000) + R"("}]}})");
     },
     "/item/0/type unknown-type"},
};

} // namespace

TEST_CASE("loader: every hostile form is refused by place, within 100 ms and 64 MiB") {
    for (const Hostile& one : hostile) {
        CAPTURE(std::string(one.what));
        const std::string bytes = one.form();
        std::ofstream("/proc/self/clear_refs") << "5"; // the peak begins anew
        const long before = memory("VmRSS:");
        const std::clock_t start = std::clock();
        const auto found = mistakes_in(bytes);
        const double milliseconds = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        const long peak = memory("VmHWM:") - before;
        REQUIRE_FALSE(found.empty());
        CHECK_MESSAGE(found.front().starts_with(one.first), found.front());
        if (is_measured) CHECK(milliseconds < 100.0);
        if (is_measured) CHECK(peak < 64 * 1024);
    }
}
