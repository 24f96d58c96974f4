// SPDX-License-Identifier: EUPL-1.2
// drive TREE_FILE STEPS_FILE
//
// Plays steps with real keys and clicks, as in the other journeys: tap, type, key, expect, absent. An event that got
// lost ends the run with exit 1 and the number of its line.
#include "tests/journeys/real_hand.hpp"

#include <cstdio>
#include <fstream>

using tests::Json;

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("usage: drive TREE_FILE STEPS_FILE\n", stderr);
        return 2;
    }
    tests::Screen screen(arguments[1]);
    std::ifstream steps(arguments[2]);
    if (!steps) {
        std::fprintf(stderr, "drive: cannot read %s\n", arguments[2]);
        return 2;
    }
    int line = 0, played = 0;
    for (std::string text; std::getline(steps, text);) {
        ++line;
        if (text.empty()) continue;
        const Json step = Json::parse(text, nullptr, false);
        if (!step.is_object()) {
            std::fprintf(stderr, "drive: %s:%d: not a step\n", arguments[2], line);
            return 2;
        }
        if (const auto wrong = tests::play(step, screen)) {
            std::fprintf(stderr, "drive: %s:%d: %s: %s\n", arguments[2], line, text.c_str(), wrong->c_str());
            return 1;
        }
        ++played;
    }
    std::printf("%d steps\n", played);
    return played > 0 ? 0 : 1;
}
