// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/script.hpp"

#include "forms/base/utf8.hpp"
#include "net/runtime/json_text.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <utility>

namespace kiosk {
namespace {

constexpr std::array<std::pair<std::string_view, Step::Kind>, 15> kinds = {{
    {"tap", Step::Kind::Tap},
    {"type", Step::Kind::Type},
    {"key", Step::Kind::Key},
    {"walk", Step::Kind::Walk},
    {"switch", Step::Kind::Switch},
    {"answer", Step::Kind::Answer},
    {"scan", Step::Kind::Scan},
    {"language", Step::Kind::Language},
    {"expect", Step::Kind::Expect},
    {"absent", Step::Kind::Absent},
    {"elapse", Step::Kind::Elapse},
    {"shot", Step::Kind::Shot},
    {"central", Step::Kind::Central},
    {"publish", Step::Kind::Publish},
    {"camera", Step::Kind::Camera},
}};

/// The one member that may stand beside a step's own name.
std::string_view second_member(Step::Kind kind) {
    return kind == Step::Kind::Answer ? "value" : kind == Step::Kind::Walk ? "with" : "";
}

} // namespace

forms::Result<std::vector<Step>, ScriptFault> read_script(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return ScriptFault{0, "the file cannot be read"};
    std::vector<Step> steps;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        const std::string_view text = forms::trimmed(line);
        if (text.empty() || text.front() == '#') continue;
        const auto members = net::json_members(text);
        if (!members || members->empty()) return ScriptFault{number, "not a JSON object"};
        Step step;
        step.line = number;
        step.text = text;
        const auto& [name, argument] = members->front();
        const auto known = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == name; });
        if (known == kinds.end()) return ScriptFault{number, "unknown step \"" + std::string(name) + "\""};
        step.kind = known->second;
        step.argument = argument;
        for (std::size_t i = 1; i < members->size(); ++i) {
            if (i > 1 || (*members)[i].first != second_member(step.kind))
                return ScriptFault{number, "unknown member \"" + std::string((*members)[i].first) + "\""};
            step.value = (*members)[i].second;
        }
        if (step.kind == Step::Kind::Answer && step.value.empty())
            return ScriptFault{number, "\"answer\" needs a \"value\" (null takes the answer away)"};
        steps.push_back(std::move(step));
    }
    if (steps.empty()) return ScriptFault{0, "there is no step in it"};
    return steps;
}

} // namespace kiosk
