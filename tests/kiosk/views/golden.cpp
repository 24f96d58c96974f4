// SPDX-License-Identifier: EUPL-1.2
// The screens as text, compared with what was approved:
//     views_golden check DIR     exit 1 and the first line that differs, for each screen
//     views_golden renew DIR     writes them anew; the difference is then read like code
#include "samples.hpp"
#include "showcase.hpp"
#include "world.hpp"

#include "kiosk/a11y/tree_text.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string read(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// "line 7: …": where two texts part.
std::string first_difference(std::string_view wanted, std::string_view got) {
    for (int line = 1; !wanted.empty() || !got.empty(); ++line) {
        const std::string_view one = wanted.substr(0, wanted.find('\n'));
        const std::string_view two = got.substr(0, got.find('\n'));
        if (one != two) {
            std::string said = "line " + std::to_string(line) + "\n  approved: ";
            said += one;
            said += "\n  now:      ";
            said += two;
            return said;
        }
        wanted.remove_prefix(std::min(one.size() + 1, wanted.size()));
        got.remove_prefix(std::min(two.size() + 1, got.size()));
    }
    return {};
}

} // namespace

int main(int count, char** arguments) {
    const std::string_view what = count == 3 ? arguments[1] : "";
    if (what != "check" && what != "renew") {
        std::fputs("views_golden check|renew DIR\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = arguments[2];
    World world;
    // The screens of forms with every control, and those of papers, also on a wide panel, where tables and two columns look
    // different.
    struct Set {
        const char* language;
        std::vector<samples::Sample> (*made)(std::string_view language);
        const kiosk::Glass* glass;
        const char* ending;
    };
    const std::vector<Set> sets = {
        {"it", samples::all, &tall_glass, ".it"},
        {"fr", samples::all, &tall_glass, ".fr"},
        {"ar", samples::all, &tall_glass, ".ar"},
        {"it", samples::of_forms, &tall_glass, ".it"},
        {"ar", samples::of_forms, &tall_glass, ".ar"},
        {"it", samples::of_forms, &wide_glass, ".wide.it"},
        {"ar", samples::of_forms, &wide_glass, ".wide.ar"},
        {"it", samples::of_papers, &wide_glass, ".wide.it"},
        {"ar", samples::of_papers, &wide_glass, ".wide.ar"},
    };
    int wrong = 0;
    std::set<std::filesystem::path> expected;
    for (const Set& set : sets) {
        const auto all = set.made(set.language);
        for (const samples::Sample& sample : all) {
            kiosk::Stage stage(*world.engine, *set.glass);
            world.draw(stage, sample.picture);
            const std::string text = kiosk::tree_text(world.draw(stage, sample.picture));
            const std::filesystem::path file = folder / (sample.name + set.ending + ".txt");
            expected.insert(file.filename());
            if (what == "renew") {
                std::ofstream(file, std::ios::binary) << text;
                continue;
            }
            const std::string difference = first_difference(read(file), text);
            if (difference.empty()) continue;
            ++wrong;
            std::printf("%s, %s\n", file.c_str(), difference.c_str());
        }
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".txt" || expected.contains(entry.path().filename())) continue;
        ++wrong;
        std::printf("%s: no such screen any more\n", entry.path().c_str());
    }
    if (wrong > 0) std::printf("%d screens differ; tests/golden/README.md says how to renew them\n", wrong);
    return wrong == 0 ? 0 : 1;
}
