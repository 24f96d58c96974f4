// SPDX-License-Identifier: EUPL-1.2
// walk TREE_FILE PLAN TOLD
// Goes through a form as somebody who answers every question it meets: types into every field a word or a number that
// occurs nowhere else, and chooses what the plan names, or else the first. Ends on the check page. TOLD gets a line a
// field: its linkId, a tab, and what was typed (nothing when what fits there cannot be told from other text, such as a
// count of children). The plan is one JSON object: "choose": questions with the names of the options to take; "skip":
// linkIds to leave empty.
#include "tests/journeys/real_hand.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>

namespace {

using namespace std::chrono_literals;
using tests::Json;

std::mt19937_64& chance() {
    static std::mt19937_64 numbers{std::random_device{}()};
    return numbers;
}
std::string some(std::string_view from, std::size_t many) {
    std::string out;
    while (out.size() < many)
        out += from[chance()() % from.size()];
    return out;
}
constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz", digits = "0123456789";

/// Letters that stand together in no word of any language.
std::string word() { return "Zq" + some(letters, 10) + "x"; }

/// A codice fiscale with the check letter it must have (decree of 23 December 1976, n. 13813).
std::string fiscal_code() {
    constexpr std::array<int, 36> odd = {1,  0,  5, 7, 9,  13, 15, 17, 19, 21, 1,  0,  5,  7,  9,  13, 15, 17,
                                         19, 21, 2, 4, 18, 20, 11, 3,  6,  8,  12, 14, 16, 10, 22, 25, 24, 23};
    std::string code = some("BCDFGLMNPRSTVZ", 6) + "6" + some(digits, 1) + "S07H501";
    int sum = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const bool digit = code[i] >= '0' && code[i] <= '9';
        const int value = digit ? code[i] - '0' : code[i] - 'A';
        sum += i % 2 == 0 ? odd[static_cast<std::size_t>(digit ? value : value + 10)] : value;
    }
    return code + static_cast<char>('A' + sum % 26);
}

struct Typing {
    std::string text;
    bool tells = true;  ///< occurs nowhere else
    bool place = false; ///< chosen from a list that appears
};

Typing typing_for(std::string_view link_id) {
    const auto has = [&](std::string_view part) { return link_id.find(part) != std::string_view::npos; };
    if (has("codice-fiscale")) return {fiscal_code()};
    if (has(".stp")) return {"STP" + some(digits, 13)};
    if (has(".eni")) return {"ENI" + some(digits, 13)};
    if (has("telefono")) return {"33" + some("2345678", 8)};
    if (has("email")) return {some(letters, 12) + "@" + some(letters, 6) + ".it"};
    if (has(".day")) return {"07", false};
    if (has(".month")) return {"11", false};
    if (has(".year")) return {has("nascita") ? "1968" : "2031", false};
    if (has("familiare.anno")) return {"2011", false};
    if (has("arrivo")) return {"2009", false};
    if (has("percentuale")) return {"74", false};
    if (has("minorenni")) return {"1", false};
    if (has("affitto")) return {"431", false};
    if (has("comune") || has("luogo-nascita")) return {"Aosta", false, true};
    if (has("cittadinanza-quale")) return {"Albania", false, true};
    return {word()};
}

class Walk {
public:
    Walk(tests::Screen& screen, const Json& plan, std::ofstream& told) : screen_(screen), told_(told) {
        const Json choose = plan.value("choose", Json::object());
        for (const auto& [question, options] : choose.items())
            for (const Json& one : options)
                choose_[question].insert(one.get<std::string>());
        for (const Json& one : plan.value("skip", Json::array()))
            skip_.insert(one.get<std::string>());
    }

    /// What went wrong, or nothing.
    std::optional<std::string> to_the_end() {
        for (int page = 0; page < 150; ++page) {
            if (screen_.find("send")) return std::nullopt;
            const std::string heading = this->heading();
            if (auto wrong = answer()) return "on \"" + heading + "\": " + *wrong;
            if (auto wrong = onward(heading)) return wrong;
        }
        return "no end after 150 pages";
    }

private:
    std::string heading() {
        std::string said;
        for (const char* key : {"section", "progress", "heading"})
            if (const auto node = screen_.find(key)) said += node->value("name", "") + " / ";
        return said;
    }
    std::string question() {
        const auto node = screen_.find("heading");
        return node ? node->value("name", "") : "";
    }
    std::optional<std::string> step(const char* what, const std::string& with) {
        return tests::play(Json{{what, with}}, screen_);
    }
    static bool chosen(const Json& node) {
        for (const Json& state : node.value("state", Json::array()))
            if (state == "checked" || state == "selected") return true;
        return false;
    }

    std::optional<std::string> answer() {
        if (screen_.find("add") && added_.insert(question()).second) {
            if (auto wrong = step("tap", "add")) return wrong;
            return answer();
        }
        if (auto wrong = options(Json(screen_.look()))) return wrong;
        const Json page = screen_.look(); // an answer in own words has brought its field
        for (const Json& node : page) {
            const std::string key = node.value("key", "");
            if (node.value("role", "") != "textbox" || !key.starts_with("q:")) continue;
            const std::string link_id = key.substr(key.rfind('/') + 1);
            if (skip_.contains(link_id) || !node.value("value", "").empty()) continue;
            const Typing typing = typing_for(link_id);
            if (auto wrong = step("tap", key)) return wrong;
            if (auto wrong = step("type", typing.text)) return wrong;
            if (typing.place && screen_.wait_for("hit.0", 60s))
                if (auto wrong = step("tap", "hit.0")) return wrong;
            told_ << link_id << '\t' << (typing.tells ? typing.text : "") << '\n';
        }
        return std::nullopt;
    }
    std::optional<std::string> options(const Json& page) {
        const auto wanted = choose_.find(question());
        std::string first;
        bool done = false, several = false;
        for (const Json& node : page) {
            const std::string key = node.value("key", ""), role = node.value("role", "");
            if (!key.starts_with("option.") || (role != "radio" && role != "checkbox")) continue;
            several = role == "checkbox";
            if (first.empty()) first = key;
            done = done || chosen(node);
            if (wanted == choose_.end() || chosen(node) || !wanted->second.contains(node.value("name", ""))) continue;
            if (auto wrong = step("tap", key)) return wrong;
            done = true;
        }
        if (!done && screen_.find("more") && wanted != choose_.end()) {
            if (auto wrong = step("tap", "more")) return wrong;
            return options(Json(screen_.look()));
        }
        // Among several each opens questions of its own, so only the plan chooses; elsewhere any answer is one.
        if (!done && !first.empty() && !several) return step("tap", first);
        return std::nullopt;
    }
    /// To the next page. What is asked about an answer ("is this right?") is confirmed by going on once more.
    std::optional<std::string> onward(const std::string& from) {
        for (int tries = 0; tries < 2; ++tries) {
            if (auto wrong = step("tap", "next")) return wrong;
            if (heading() != from) return std::nullopt;
        }
        std::string errors;
        for (const Json& node : screen_.look())
            if (const auto error = node.value("error", ""); !error.empty()) errors += " " + error;
        return "cannot go on from \"" + from + "\":" + errors;
    }

    tests::Screen& screen_;
    std::ofstream& told_;
    std::map<std::string, std::set<std::string>> choose_; ///< by question
    std::set<std::string> skip_, added_;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: walk TREE_FILE PLAN TOLD\n", stderr);
        return 2;
    }
    std::ifstream in(argv[2]);
    const Json plan = Json::parse(std::string{std::istreambuf_iterator<char>(in), {}}, nullptr, false);
    std::ofstream told(argv[3], std::ios::app);
    if (!plan.is_object() || !told) {
        std::fprintf(stderr, "walk: %s is no plan, or %s cannot be written\n", argv[2], argv[3]);
        return 2;
    }
    tests::Screen screen(argv[1]);
    if (const auto wrong = Walk(screen, plan, told).to_the_end()) {
        std::fprintf(stderr, "walk: %s: %s\n", argv[2], wrong->c_str());
        return 1;
    }
    return 0;
}
