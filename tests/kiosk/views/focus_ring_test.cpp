// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/a11y/focus_ring.hpp"
#include "kiosk/a11y/lookup.hpp"
#include "kiosk/a11y/touch.hpp"
#include "kiosk/a11y/tree_text.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <string>

using namespace kiosk;
using namespace std::chrono_literals;

namespace {

Node heading(std::string key) {
    Node node;
    node.key = std::move(key);
    node.role = Role::Heading;
    node.level = 1;
    return node;
}
Node stop(std::string key, Role role = Role::Button, Rect rect = {0, 0, 100, 100}) {
    Node node;
    node.name = "name of " + key;
    node.key = std::move(key);
    node.role = role;
    node.focusable = true;
    node.rect = rect;
    return node;
}
ScreenTree page() { return {heading("heading"), stop("a"), stop("b"), stop("c")}; }

} // namespace

TEST_CASE("focus: a new screen is read from its heading, and the first step leads to its first control") {
    FocusRing ring;
    const ScreenTree tree = page();
    ring.follow(tree, "one", "");
    CHECK(ring.key() == "heading");
    ring.step(tree, FocusStep::Next, Direction::LeftToRight);
    CHECK(ring.key() == "a");
}

TEST_CASE("focus: a wished control gets the focus when the screen is new, and only then") {
    FocusRing ring;
    const ScreenTree tree = page();
    ring.follow(tree, "one", "b");
    CHECK(ring.key() == "b");
    ring.step(tree, FocusStep::Next, Direction::LeftToRight);
    ring.follow(tree, "one", "b");
    CHECK(ring.key() == "c");
}

TEST_CASE("focus: every control is reached forwards and backwards, and the ring has no end") {
    FocusRing ring;
    const ScreenTree tree = page();
    ring.follow(tree, "one", "a");
    std::string seen;
    for (int i = 0; i < 4; ++i) {
        seen += ring.key();
        ring.step(tree, FocusStep::Next, Direction::LeftToRight);
    }
    CHECK(seen == "abca");
    seen.clear();
    for (int i = 0; i < 4; ++i) {
        seen += ring.key();
        ring.step(tree, FocusStep::Previous, Direction::LeftToRight);
    }
    CHECK(seen == "bacb");
}

TEST_CASE("focus: left and right change sides where the language runs the other way") {
    FocusRing ring;
    const ScreenTree tree = page();
    ring.follow(tree, "one", "b");
    ring.step(tree, FocusStep::Left, Direction::RightToLeft);
    CHECK(ring.key() == "c");
    ring.step(tree, FocusStep::Right, Direction::RightToLeft);
    CHECK(ring.key() == "b");
    ring.step(tree, FocusStep::Left, Direction::LeftToRight);
    CHECK(ring.key() == "a");
}

TEST_CASE("focus: when the focused control goes away, the one that took its place has the focus") {
    FocusRing ring;
    ring.follow(page(), "one", "b");
    const ScreenTree without{heading("heading"), stop("a"), stop("c")};
    ring.follow(without, "one", "");
    CHECK(ring.key() == "c");
    const ScreenTree less{heading("heading"), stop("a")};
    ring.follow(less, "one", "");
    CHECK(ring.key() == "a");
}

TEST_CASE("focus: new errors take the focus once, and let it go again") {
    FocusRing ring;
    ring.follow(page(), "one", "c");
    ScreenTree wrong = page();
    Node errors;
    errors.key = "errors";
    errors.role = Role::Alert;
    errors.name = "There is a problem";
    wrong.insert(wrong.begin(), errors);
    ring.follow(wrong, "one", "");
    CHECK(ring.key() == "errors");
    ring.step(wrong, FocusStep::Next, Direction::LeftToRight);
    ring.follow(wrong, "one", "");
    CHECK(ring.key() == "a");
    wrong.front().value = "another one";
    ring.follow(wrong, "one", "");
    CHECK(ring.key() == "errors");
}

TEST_CASE("focus: up and down walk the keyboard by place, left and right by order in every language") {
    FocusRing ring;
    const ScreenTree keys{stop("q", Role::Key, {0, 0, 40, 40}),   stop("w", Role::Key, {50, 0, 40, 40}),
                          stop("e", Role::Key, {100, 0, 40, 40}), stop("a", Role::Key, {20, 50, 40, 40}),
                          stop("s", Role::Key, {70, 50, 40, 40}), stop("next")};
    ring.follow(keys, "one", "e");
    ring.step(keys, FocusStep::Down, Direction::LeftToRight);
    CHECK(ring.key() == "s");
    ring.step(keys, FocusStep::Up, Direction::RightToLeft);
    CHECK((ring.key() == "w" || ring.key() == "e"));
    ring.follow(keys, "two", "q");
    ring.step(keys, FocusStep::Right, Direction::RightToLeft);
    CHECK(ring.key() == "w");
    ring.follow(keys, "three", "a");
    ring.step(keys, FocusStep::Down, Direction::LeftToRight);
    CHECK(ring.key() == "s"); // no row below: the walk goes on in order, and so leaves the keyboard
}

TEST_CASE("touch: a control acts when the finger goes down and comes up inside it, and at no other time") {
    const ScreenTree tree{stop("a", Role::Button, {0, 0, 100, 100}), stop("b", Role::Button, {200, 0, 100, 100})};
    Touch touch;
    touch.press(tree, 50, 50);
    CHECK(touch.held(tree) == "a");
    touch.move(150, 50);
    CHECK(touch.held(tree).empty());
    CHECK_FALSE(touch.release(tree, 250, 50, 0ms).has_value());
    touch.press(tree, 50, 50);
    CHECK(touch.release(tree, 60, 60, 10ms) == "a");
    CHECK_FALSE(touch.release(tree, 60, 60, 20ms).has_value());
}

TEST_CASE("touch: a trembling second tap on the same button does nothing, double letters are kept") {
    const ScreenTree tree{stop("next", Role::Button, {0, 0, 100, 100}), stop("key.s", Role::Key, {200, 0, 100, 100}),
                          stop("back", Role::Button, {400, 0, 100, 100})};
    Touch touch;
    const auto tap = [&](float x, forms::BootTime at) {
        touch.press(tree, x, 50);
        return touch.release(tree, x, 50, at).has_value();
    };
    CHECK(tap(50, 1000ms));
    CHECK_FALSE(tap(50, 1100ms));
    CHECK(tap(450, 1150ms)); // another button is another wish
    CHECK(tap(50, 1500ms));
    CHECK(tap(250, 1600ms));
    CHECK(tap(250, 1650ms));
}

TEST_CASE("look-up: a control is found by its key, else by its visible name, and doubt is told") {
    ScreenTree tree{stop("change.a"), stop("change.b"), stop("next")};
    tree[0].name = tree[1].name = "Change";
    CHECK(find_control(tree, "next").node == &tree[2]);
    CHECK(find_control(tree, "Change").candidates == 2);
    CHECK(find_control(tree, "nothing like it").node == nullptr);
    tree[2].error = "Write an answer";
    CHECK(says(tree, "an answer"));
    CHECK_FALSE(says(tree, "no such words"));
}

TEST_CASE("tree: the JSON gives millimetres beside pixels and stays JSON whatever is typed") {
    ScreenTree tree{stop("a", Role::TextField, {40, 80, 400, 80})};
    tree[0].value = "a \"quoted\"\nline \\ and a tab\t";
    tree[0].is_private = true;
    const std::string json = tree_json(tree, 4.0F);
    CHECK(json.find("\"mm\":[10.0,20.0,100.0,20.0]") != std::string::npos);
    CHECK(json.find("\"private\":true") != std::string::npos);
    CHECK(json.find(R"(a \"quoted\"\u000aline \\ and a tab\u0009)") != std::string::npos);
}
