// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/hostile_forms.hpp"

namespace hostile {
namespace {

std::string repeat(const std::string& text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string questionnaire(const std::string& items, const std::string& more = {}) {
    return R"({"resourceType":"Questionnaire","url":"https://example.org/hostile","version":"1","status":"draft","language":"it","title":"T",)" +
           more + (more.empty() ? "" : ",") + R"("item":[)" + items + "]}";
}

std::string items(int count, const std::function<std::string(int)>& item) {
    std::string all;
    for (int i = 0; i < count; ++i)
        all += (i > 0 ? "," : "") + item(i);
    return questionnaire(all);
}

std::string named(int i, const std::string& more) {
    return R"({"linkId":"i)" + std::to_string(i) + R"(","type":"string","text":"T")" + more + "}";
}

std::string extension(const std::string& url, const std::string& value) {
    return R"({"url":"http://hl7.org/fhir/)" + url + "\"," + value + "}";
}

std::string with(const std::string& extensions) { return R"(,"extension":[)" + extensions + "]"; }

std::string calculated(const std::string& expression) {
    return with(extension("uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                          R"("valueExpression":{"language":"text/fhirpath","expression":")" + expression + "\"}"));
}

/// As many bytes as a form may have, nearly all of them translations; the last word is wrong.
std::string in_many_languages(int languages, std::size_t bytes) {
    std::string texts;
    for (int i = 0; i < languages; ++i)
        texts += (i > 0 ? "," : "") +
                 extension("StructureDefinition/translation",
                           R"("extension":[{"url":"lang","valueCode":"x)" +
                               std::string{static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26)} +
                               R"("},{"url":"content","valueString":"parole"}])");
    std::string all;
    for (int i = 0; all.size() + 2 * texts.size() < bytes; ++i)
        all += named(i, R"(,"_text":{"extension":[)" + texts + "]}") + ",";
    return questionnaire(all + R"({"linkId":"last","type":"strong"})");
}

std::string many_values(std::size_t bytes, const std::string& value) {
    return R"({"resourceType":"Questionnaire","status":"draft","meta":[)" +
           repeat(value + ",", bytes / (value.size() + 1)) + "1]}";
}

std::string list(const std::string& more) {
    return questionnaire(R"({"linkId":"a","type":"choice","answerValueSet":"#v"})",
                         R"("contained":[{"resourceType":"ValueSet","id":"v","url":"urn:v",)" + more + "}]");
}

constexpr std::size_t most_bytes = 6u << 20; // what a form may have

} // namespace

const std::vector<HostileForm>& forms() {
    static const std::vector<HostileForm> all{
        {"JSON nested 100,000 deep", [] { return repeat(R"({"item":[)", 100'000); }, ""},
        {"arrays nested 100,000 deep", [] { return repeat("[", 100'000); }, ""},
        {"items nested 2,000 deep",
         [] {
             return R"({"resourceType":"Questionnaire","status":"draft",)" +
                    repeat(R"("item":[{"linkId":"a","type":"group",)", 2'000) + R"("item":[])" + repeat("}]", 2'000) +
                    "}";
         },
         ""},
        {"a file larger than a form may be", [] { return repeat(" ", 12u << 20); }, "/ too-big"},
        {"millions of empty lists", [] { return many_values(most_bytes - 100, "[]"); }, ""},
        {"as many short texts as a file holds", [] { return many_values(most_bytes - 100, R"("a")"); }, ""},
        {"one text as long as the file",
         [] {
             return questionnaire(R"({"linkId":"a","type":"string","text":")" + repeat("x", most_bytes - 1'000) +
                                  "\"}");
         },
         "/item/0/text text-too-long"},
        {"an object of 200,000 keys",
         [] {
             std::string keys;
             for (int i = 0; i < 200'000; ++i)
                 keys += "\"k" + std::to_string(i) + "\":1,";
             return "{" + keys + R"("resourceType":"Questionnaire"})";
         },
         "/ too-big"},
        {"64 languages in as many bytes as a form may have, and a mistake at the end",
         [] { return in_many_languages(64, most_bytes - 1'000); }, "/item/"},
        {"10,000 items, each of them wrong",
         [] { return items(10'000, [](int i) { return named(i, R"(,"maxLength":"x")"); }); },
         "/item/0/maxLength wrong-json-type"},
        {"a circle of 5,000 conditions",
         [] {
             return items(5'000, [](int i) {
                 return named(i, R"(,"enableWhen":[{"question":"i)" + std::to_string((i + 1) % 5'000) +
                                     R"(","operator":"exists","answerBoolean":true}])");
             });
         },
         "/item/0/enableWhen condition-cycle"},
        {"a circle of 2,000 expressions",
         [] {
             return items(2'000, [](int i) {
                 return named(i, calculated("%resource.item.where(linkId='i" + std::to_string((i + 1) % 2'000) +
                                            "').answer.value"));
             });
         },
         "/item/0/extension/0"},
        {"5,000 items of the same name", [] { return items(5'000, [](int) { return named(0, ""); }); },
         "/item/1/linkId duplicate-link-id"},
        {"bounds that contradict each other",
         [] {
             return items(2'000, [](int i) {
                 return named(i, R"(,"maxLength":3)" +
                                     with(extension("StructureDefinition/minLength", R"("valueInteger":4)")));
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
             return questionnaire(
                 named(0, with(extension("StructureDefinition/regex", R"("valueString":"((a{999}){999}){999}")"))));
         },
         "/item/0/extension/0/valueString bad-pattern"},
        {"5,000 patterns as large as they may be",
         [] {
             return items(5'000, [](int i) {
                 return named(i,
                              with(extension("StructureDefinition/regex", R"("valueString":"[a-zà-ÿ]{600}[0-9]{)" +
                                                                              std::to_string(100 + i % 300) + "}\"")));
             });
         },
         "/item/"},
        {"5,000 patterns that look catastrophic, and one that looks back",
         [] {
             return items(5'000, [](int i) {
                 return named(i,
                              with(extension("StructureDefinition/regex",
                                             i == 4'999 ? R"("valueString":"(a)\\1")" : R"("valueString":"(a+)+$")")));
             });
         },
         "/item/4999/extension/0/valueString bad-pattern"},
        {"5,000 patterns that RE2 refuses for their size",
         [] {
             return items(5'000, [](int i) {
                 return named(i, with(extension("StructureDefinition/regex", R"("valueString":"([a-zà-ÿ一-龥]{30}){)" +
                                                                                 std::to_string(20 + i % 13) + "}" +
                                                                                 std::to_string(i) + "\"")));
             });
         },
         "/item/"},
        {"3,000 patterns in expressions",
         [] {
             return items(3'000, [](int i) {
                 return named(i, calculated("'a'.matches('[a-z]{" + std::to_string(500 + i % 400) + "}')"));
             });
         },
         "/item/"},
        {"an expression of 16 KiB of brackets",
         [] { return questionnaire(named(0, calculated(repeat("(", 8'000) + "1" + repeat(")", 8'000)))); },
         "/item/0/extension/0 bad-expression"},
        {"64 expressions of 16 KiB, and one more",
         [] { return items(66, [](int i) { return named(i, calculated("1" + repeat("+1", 8'000))); }); }, "/item/"},
        {"10,000 expressions with an unknown function",
         [] { return items(10'000, [](int i) { return named(i, calculated("1.guess()")); }); },
         "/item/0/extension/0 bad-expression"},
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
             return list(R"("compose":{"include":[)" + repeat(R"({"valueSet":["urn:v"]},)", 99) +
                         R"({"valueSet":["urn:v"]}]})");
         },
         "/contained/0 unsupported-value-set"},
        {"a list of 100,000 codes",
         [] {
             std::string codes;
             for (int i = 0; i < 100'000; ++i)
                 codes += (i > 0 ? R"(,{"code":"c)" : R"({"code":"c)") + std::to_string(i) + "\"}";
             return list(R"("compose":{"include":[{"system":"urn:s","concept":[)" + codes + "]}]}");
         },
         "/contained/0"},
        {"a code system of 200,000 codes",
         [] {
             std::string codes;
             for (int i = 0; i < 200'000; ++i)
                 codes += (i > 0 ? R"(,{"code":"c)" : R"({"code":"c)") + std::to_string(i) + "\"}";
             return questionnaire(
                 R"({"linkId":"a","type":"choice","answerValueSet":"#v"})",
                 R"("contained":[{"resourceType":"CodeSystem","id":"s","url":"urn:s","concept":[)" + codes +
                     R"(]},{"resourceType":"ValueSet","id":"v","compose":{"include":[{"system":"urn:s"}]}}])");
         },
         "/contained/"},
        {"2,000 lists of 20,000 codes each, one made of the other",
         [] {
             std::string codes;
             for (int i = 0; i < 19'000; ++i)
                 codes += (i > 0 ? R"(,{"code":"c)" : R"({"code":"c)") + std::to_string(i) + "\"}";
             std::string lists =
                 R"({"resourceType":"ValueSet","id":"v0","url":"urn:v0","compose":{"include":[{"system":"urn:s","concept":[)" +
                 codes + "]}]}}";
             std::string questions;
             for (int i = 1; i < 2'000; ++i) {
                 const std::string number = std::to_string(i);
                 lists += R"(,{"resourceType":"ValueSet","id":"v)" + number +
                          R"(","compose":{"include":[{"valueSet":["urn:v0"]}]}})";
                 questions += (i > 1 ? "," : "") + (R"({"linkId":"i)" + number +
                                                    R"(","type":"choice","answerValueSet":"#v)" + number + "\"}");
             }
             return questionnaire(questions, R"("contained":[)" + lists + "]");
         },
         "/"},
        {"5,000 questions of one list of 15,000 codes",
         [] {
             std::string codes;
             for (int i = 0; i < 15'000; ++i)
                 codes += (i > 0 ? R"(,{"code":"c)" : R"({"code":"c)") + std::to_string(i) + "\"}";
             std::string questions;
             for (int i = 0; i < 5'000; ++i)
                 questions += (i > 0 ? "," : "") +
                              (R"({"linkId":"i)" + std::to_string(i) + R"(","type":"choice","answerValueSet":"#v"})");
             return questionnaire(
                 questions,
                 R"("contained":[{"resourceType":"ValueSet","id":"v","url":"urn:v","compose":{"include":[{"system":"urn:s","concept":[)" +
                     codes + "]}]}}]");
         },
         "/item/"},
        {"markup without end",
         [] {
             return questionnaire(
                 R"({"linkId":"a","type":"reference_","_text":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/rendering-markdown","valueMarkdown":")" +
                 repeat("[*_`", 16'000) + R"("}]}})");
         },
         "/item/0/type unknown-type"},
    };
    return all;
}

std::string endless_form() {
    return questionnaire(R"({"linkId":"a","type":"integer","text":"T","initial":[{"valueInteger":3}]},)" +
                         std::string(R"({"linkId":"b","type":"integer","text":"T")") +
                         calculated("%resource.item.where(linkId='a').answer.value.repeat($this + 1).count()") + "}");
}

} // namespace hostile
