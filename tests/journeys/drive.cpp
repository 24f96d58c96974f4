// SPDX-License-Identifier: EUPL-1.2
// drive TREE_FILE STEPS_FILE
//
// Plays a person at a real keyboard and mouse: reads the screen tree that the terminal writes, finds a control in it,
// and sends X events with xdotool, one millisecond a key. Steps as in the other journeys: tap, type, key, expect,
// absent. After each tap and key the screen must change, after each text the focused field must hold exactly what was
// typed: an event that got lost ends the run with exit 1 and the number of its line.
#include <nlohmann/json.hpp>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <vector>

extern char** environ;

namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;
using Deadline = std::chrono::steady_clock::time_point;

/// Only what is lost takes this long, however busy the machine is.
constexpr auto patience = 25s;

Deadline in(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }
bool over(Deadline deadline) { return std::chrono::steady_clock::now() >= deadline; }
void pause() { std::this_thread::sleep_for(5ms); }

/// Starts xdotool and waits for it. No shell: the text typed is an argument.
bool xdotool(const std::vector<std::string>& arguments) {
    std::vector<char*> raw;
    std::vector<std::string> held = arguments;
    held.insert(held.begin(), "xdotool");
    for (std::string& one : held)
        raw.push_back(one.data());
    raw.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawnp(&child, "xdotool", nullptr, nullptr, raw.data(), environ) != 0) return false;
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

class Screen {
public:
    explicit Screen(std::string file) : file_(std::move(file)) {}

    /// The tree as last written whole; keeps the older one while a new one is not there.
    const Json& look() {
        std::ifstream in(file_);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        if (!text.empty() && text != text_) {
            Json fresh = Json::parse(text, nullptr, false);
            if (!fresh.is_discarded()) {
                text_ = std::move(text);
                tree_ = fresh.is_array() ? std::move(fresh) : fresh.value("nodes", Json::array());
            }
        }
        return tree_;
    }
    /// What is on the screen, without what changes by itself.
    std::string content() {
        look();
        return text_;
    }
    std::optional<Json> find(const std::string& wanted) {
        const Json& tree = look();
        for (const char* field : {"key", "name"})
            for (const Json& node : tree)
                if (node.value(field, "") == wanted) return node;
        return std::nullopt;
    }
    /// Is it said anywhere: a key, or part of what is shown?
    bool says(const std::string& wanted) {
        for (const Json& node : look()) {
            if (node.value("key", "") == wanted) return true;
            for (const char* field : {"name", "value", "help", "error"})
                if (node.value(field, "").find(wanted) != std::string::npos) return true;
        }
        return false;
    }
    bool wait_until_said(const std::string& wanted, std::chrono::milliseconds most) {
        for (const Deadline end = in(most);; pause()) {
            if (says(wanted)) return true;
            if (over(end)) return false;
        }
    }
    std::optional<Json> focused() {
        for (const Json& node : look())
            for (const Json& state : node.value("state", Json::array()))
                if (state == "focused") return node;
        return std::nullopt;
    }
    std::optional<Json> wait_for(const std::string& wanted, std::chrono::milliseconds most) {
        for (const Deadline end = in(most);; pause()) {
            if (auto node = find(wanted)) return node;
            if (over(end)) return std::nullopt;
        }
    }
    bool wait_for_change(const std::string& before, std::chrono::milliseconds most) {
        for (const Deadline end = in(most);; pause()) {
            if (content() != before) return true;
            if (over(end)) return false;
        }
    }

private:
    std::string file_, text_;
    Json tree_ = Json::array();
};

struct Point {
    long x = 0, y = 0;
};
std::optional<Point> middle_of(const Json& node) {
    const Json sides = node.value("px", Json::array()); // left, top, width, height
    if (sides.size() != 4) return std::nullopt;
    const auto side = [&sides](std::size_t i) { return sides[i].get<double>(); };
    return Point{std::lround(side(0) + side(2) / 2), std::lround(side(1) + side(3) / 2)};
}

/// What went wrong, or nothing.
std::optional<std::string> play(const Json& step, Screen& screen) {
    const std::string before = screen.content();
    if (step.contains("expect")) {
        const auto wanted = step["expect"].get<std::string>();
        if (!screen.wait_until_said(wanted, patience)) return "is not on the screen: " + wanted;
    } else if (step.contains("absent")) {
        if (screen.says(step["absent"].get<std::string>())) return "is still on the screen";
    } else if (step.contains("tap")) {
        const auto wanted = step["tap"].get<std::string>();
        const auto node = screen.wait_for(wanted, patience);
        if (!node) return "nothing to tap: " + wanted;
        const auto point = middle_of(*node);
        if (!point) return "has no place on the screen: " + wanted;
        // The terminal takes two strokes of one control within 250 ms for one (EN 301 549 clause 5.8): nobody means
        // two.
        static std::string last;
        static Deadline not_before{};
        while (last == wanted && !over(not_before))
            pause();
        last = wanted;
        not_before = in(350ms);
        const std::string shown = screen.content();
        if (!xdotool({"mousemove", std::to_string(point->x), std::to_string(point->y), "click", "1"}))
            return "xdotool failed";
        if (!screen.wait_for_change(shown, patience)) return "the click changed nothing: " + wanted;
    } else if (step.contains("key")) {
        if (!xdotool({"key", "--delay", "1", step["key"].get<std::string>()})) return "xdotool failed";
        if (!screen.wait_for_change(before, patience)) return "the key changed nothing";
    } else if (step.contains("type")) {
        const auto text = step["type"].get<std::string>();
        const auto field = screen.focused();
        if (!field) return "no field has the focus";
        const std::string expected = field->value("value", "") + text;
        if (!xdotool({"type", "--delay", "1", "--", text})) return "xdotool failed";
        const std::string key = field->value("key", "");
        std::string held;
        for (const Deadline end = in(patience);; pause()) {
            if (const auto now = screen.find(key)) held = now->value("value", "");
            if (held == expected) break;
            if (over(end)) return "typed \"" + text + "\", the field holds \"" + held + "\"";
        }
    } else {
        return "no such step";
    }
    return std::nullopt;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("usage: drive TREE_FILE STEPS_FILE\n", stderr);
        return 2;
    }
    Screen screen(arguments[1]);
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
        if (const auto wrong = play(step, screen)) {
            std::fprintf(stderr, "drive: %s:%d: %s: %s\n", arguments[2], line, text.c_str(), wrong->c_str());
            return 1;
        }
        ++played;
    }
    std::printf("%d steps\n", played);
    return played > 0 ? 0 : 1;
}
