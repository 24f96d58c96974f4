// SPDX-License-Identifier: EUPL-1.2
#include "tests/journeys/real_hand.hpp"

#include <cerrno>
#include <cmath>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <vector>

extern char** environ;

namespace tests {
namespace {

using namespace std::chrono_literals;
using Deadline = std::chrono::steady_clock::time_point;

/// Only what is lost takes this long, however busy the machine is.
constexpr auto patience = 120s;

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

struct Point {
    long x = 0, y = 0;
};
std::optional<Point> middle_of(const Json& node) {
    const Json sides = node.value("px", Json::array()); // left, top, width, height
    if (sides.size() != 4) return std::nullopt;
    const auto side = [&sides](std::size_t i) { return sides[i].get<double>(); };
    return Point{std::lround(side(0) + side(2) / 2), std::lround(side(1) + side(3) / 2)};
}

} // namespace

const Json& Screen::look() {
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

std::string Screen::content() {
    look();
    return text_;
}

std::optional<Json> Screen::find(const std::string& wanted) {
    const Json& tree = look();
    for (const char* field : {"key", "name"})
        for (const Json& node : tree)
            if (node.value(field, "") == wanted) return node;
    return std::nullopt;
}

bool Screen::says(const std::string& wanted) {
    for (const Json& node : look()) {
        if (node.value("key", "") == wanted) return true;
        for (const char* field : {"name", "value", "help", "error"})
            if (node.value(field, "").find(wanted) != std::string::npos) return true;
    }
    return false;
}

bool Screen::wait_until_said(const std::string& wanted, std::chrono::milliseconds most) {
    for (const Deadline end = in(most);; pause()) {
        if (says(wanted)) return true;
        if (over(end)) return false;
    }
}

std::optional<Json> Screen::focused() {
    for (const Json& node : look())
        for (const Json& state : node.value("state", Json::array()))
            if (state == "focused") return node;
    return std::nullopt;
}

std::optional<Json> Screen::wait_for(const std::string& wanted, std::chrono::milliseconds most) {
    for (const Deadline end = in(most);; pause()) {
        if (auto node = find(wanted)) return node;
        if (over(end)) return std::nullopt;
    }
}

bool Screen::wait_for_change(const std::string& before, std::chrono::milliseconds most) {
    for (const Deadline end = in(most);; pause()) {
        if (content() != before) return true;
        if (over(end)) return false;
    }
}

void Screen::wait_until_still(std::chrono::milliseconds time, std::chrono::milliseconds most) {
    std::string before = content();
    Deadline still = in(time);
    for (const Deadline end = in(most); !over(still) && !over(end); pause()) {
        if (content() == before) continue;
        before = text_;
        still = in(time);
    }
}

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
        // The page may still be on its way to the glass, and be another when the click arrives: then nothing is there any
        // more where the control was. So a click without effect is looked at again, as a person would. (That no event is
        // lost is counted exactly where nothing moves: tests/kiosk/text/window.sh.)
        for (const Deadline end = in(patience);;) {
            screen.wait_until_still(300ms, 5s);
            const auto now = screen.find(wanted);
            const auto place = now ? middle_of(*now) : point;
            const std::string shown = screen.content();
            if (!xdotool({"mousemove", std::to_string(place->x), std::to_string(place->y), "click", "1"}))
                return "xdotool failed";
            if (screen.wait_for_change(shown, 20s)) break;
            if (over(end)) return "the click changed nothing: " + wanted;
        }
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

} // namespace tests
