// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/bench_form.hpp"

namespace bench_form {
namespace {

constexpr int section_size = 10; // the group and nine items in it

std::string id(int section, int number) { return "s" + std::to_string(section) + "." + std::to_string(number); }

std::string when(const std::string& question, std::string_view answer) {
    return R"(,"enableWhen":[{"question":")" + question + R"(","operator":"=",)" + std::string(answer) + "}]";
}

std::string item(int section, int number) {
    const std::string own = id(section, number);
    const auto begin = [&](std::string_view type, std::string_view text) {
        return R"({"linkId":")" + own + R"(","type":")" + std::string(type) + R"(","text":")" + std::string(text) +
               " (" + own + ")\"";
    };
    static const std::string system = R"("system":"https://sportello.example.org/fhir/CodeSystem/bench",)";
    const auto option = [](std::string_view code, std::string_view words) {
        return R"({"valueCoding":{)" + system + R"("code":")" + std::string(code) + R"(","display":")" +
               std::string(words) + R"("}})";
    };
    switch (number) {
    case 1:
        return begin("boolean", "Vive con altre persone?") + R"(,"required":true})";
    case 2:
        return begin("string", "Come si chiama la persona che vive con lei?") +
               when(id(section, 1), R"("answerBoolean":true)") + R"(,"maxLength":80})";
    case 3:
        return begin("choice", "Da quanto tempo vive qui?") + R"(,"answerOption":[)" +
               option("breve", "Meno di un anno") + "," + option("medio", "Da uno a cinque anni") + "," +
               option("lungo", "Più di cinque anni") + "," + option("sempre", "Da sempre") + "]}";
    case 4:
        return begin("date", "In che giorno è arrivata?") +
               when(id(section, 3), R"("answerCoding":{)" + system + R"("code":"breve"})") + "}";
    case 5:
        return begin("integer", "Quante stanze ha la casa?") +
               R"(,"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":0},)"
               R"({"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":99}]})";
    case 6:
        return begin("text", "Vuole aggiungere qualcosa?") + "}";
    case 7:
        return begin("boolean", "Ha bisogno di aiuto subito?") + "}";
    case 8:
        return begin("display", "Un operatore la chiamerà oggi stesso.") +
               when(id(section, 7), R"("answerBoolean":true)") + "}";
    default:
        return begin("decimal", "Quanto paga ogni mese, in euro?") + "}";
    }
}

} // namespace

std::string questionnaire(int items) {
    std::string json =
        R"({"resourceType":"Questionnaire","url":"https://sportello.example.org/fhir/Questionnaire/bench","version":"1",)"
        R"("status":"active","language":"it","title":"Misura","item":[)";
    for (int made = 0, section = 0; made < items; ++section) {
        json += section > 0 ? "," : "";
        json += R"({"linkId":"s)" + std::to_string(section) + R"(","type":"group","text":"Parte )" +
                std::to_string(section + 1) + "\"";
        if (section % 5 == 4) json += when(id(section - 1, 1), R"("answerBoolean":true)");
        json += R"(,"item":[)";
        ++made;
        for (int number = 1; number < section_size && made < items; ++number, ++made)
            json += (number > 1 ? "," : "") + item(section, number);
        json += "]}";
    }
    return json + "]}";
}

std::vector<Given> answers(int items, int most) {
    std::vector<Given> all;
    for (int section = 0; section * section_size < items; ++section)
        for (int number = 1; number < section_size && section * section_size + number < items; ++number) {
            Given given;
            given.path = "s" + std::to_string(section) + "/" + id(section, number);
            switch (number) {
            case 1:
            case 7:
                given.is_flag = given.flag = true;
                given.json = "true";
                break;
            case 2:
                given.text = "Assunta";
                given.json = "\"Assunta\"";
                break;
            case 3:
                given.option = 0;
                given.json = R"({"system":"https://sportello.example.org/fhir/CodeSystem/bench","code":"breve"})";
                break;
            case 4:
                given.text = "31/01/2026";
                given.json = "\"2026-01-31\"";
                break;
            case 5:
                given.text = given.json = "3";
                break;
            case 6:
                given.text = "Non ho altro da dire.";
                given.json = "\"Non ho altro da dire.\"";
                break;
            case 8:
                continue;
            default:
                given.text = "450,50";
                given.json = "450.5";
                break;
            }
            all.push_back(std::move(given));
        }
    if (static_cast<int>(all.size()) <= most) return all;
    std::vector<Given> some;
    // Whole steps of the same width would meet the same kind of question again and again.
    for (int i = 0; i < most; ++i)
        some.push_back(all[static_cast<std::size_t>(i) * (all.size() - 1) / static_cast<std::size_t>(most - 1)]);
    return some;
}

} // namespace bench_form
