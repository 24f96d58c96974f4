// SPDX-License-Identifier: EUPL-1.2
#include "samples.hpp"
#include "showcase.hpp"
#include "world.hpp"

#include "kiosk/widgets/glass.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace kiosk;

namespace {

/// Every page of a screen, "more" pressed until there is no more.
template <class Look>
void each_page(World& world, Stage& stage, const Picture& picture, Look look) {
    world.draw(stage, picture);
    for (int page = 0; page < 40; ++page) {
        look(world.draw(stage, picture));
        if (!stage.press("more")) return;
        world.draw(stage, picture);
    }
    FAIL("a screen of forty pages");
}

std::vector<samples::Sample> with_forms(std::string_view language) {
    std::vector<samples::Sample> all = samples::all(language);
    for (samples::Sample& sample : samples::of_forms(language))
        all.push_back(std::move(sample));
    return all;
}

float distance(const Rect& a, const Rect& b) {
    const float dx = std::max({a.x - (b.x + b.width), b.x - (a.x + a.width), 0.0F});
    const float dy = std::max({a.y - (b.y + b.height), b.y - (a.y + a.height), 0.0F});
    return std::max(dx, dy);
}

void check_geometry(const ScreenTree& tree, const Glass& glass) {
    // Half a pixel is lost where places are rounded.
    const float slack = 0.6F;
    std::set<std::string> keys;
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const Node& node = tree[i];
        CAPTURE(node.key);
        CAPTURE(node.name);
        CHECK(keys.insert(node.key).second);
        CHECK(node.rect.x >= -slack);
        CHECK(node.rect.y >= -slack);
        CHECK(node.rect.x + node.rect.width <= glass.width_px + slack);
        CHECK(node.rect.y + node.rect.height <= glass.height_px + slack);
        if (!node.focusable) continue;
        CHECK_FALSE(node.name.empty());
        CHECK(glass.mm(node.rect.width + slack) >= touch_size::minimum);
        CHECK(glass.mm(node.rect.height + slack) >= touch_size::minimum);
        for (std::size_t k = i + 1; k < tree.size(); ++k) {
            if (!tree[k].focusable) continue;
            CAPTURE(tree[k].key);
            CHECK(glass.mm(distance(node.rect, tree[k].rect) + slack) >= touch_size::minimum_gap);
        }
    }
}

} // namespace

TEST_CASE("screens: everything to be touched is on the glass, large enough and apart, at every size and language") {
    World world;
    const Glass glasses[] = {tall_glass, wide_glass, {1080, 1920, 3.21F}, {1920, 1080, 5.58F}};
    for (const Glass& glass : glasses)
        for (const char* language : {"it", "fr", "ar"})
            for (samples::Sample& sample : with_forms(language))
                for (const TextSize size : {TextSize::Small, TextSize::Medium, TextSize::Large, TextSize::ExtraLarge}) {
                    if (size == TextSize::Small && std::string_view(language) != "it") continue;
                    // A panel less than 240 mm high has no room for the two larger sizes together with a keyboard in
                    // every language: kiosk/README.md says which sizes a site can offer on it.
                    const bool low = glass.mm(glass.height_px) < 240;
                    if (low && size > (language == std::string_view("fr") ? TextSize::Medium : TextSize::Large))
                        continue;
                    sample.picture.text_size = size;
                    Stage stage(*world.engine, glass);
                    INFO(sample.name, " ", std::string(language), " size ", static_cast<int>(size), " ", glass.width_px,
                         "x", glass.height_px, " at ", glass.px_per_mm);
                    bool headed = false;
                    each_page(world, stage, sample.picture, [&](const ScreenTree& tree) {
                        check_geometry(tree, glass);
                        headed = headed || std::any_of(tree.begin(), tree.end(), [](const Node& node) {
                                     return node.role == Role::Heading && node.level == 1;
                                 });
                    });
                    CHECK(headed);
                }
}

TEST_CASE("screens: at medium size on a tall panel, what is touched keeps out of the top third") {
    World world;
    for (const samples::Sample& sample : samples::all("it")) {
        // A list that grows while one types, answers with a field and a keyboard, the list of all answers: these may
        // climb higher, because they would not fit otherwise.
        const bool full = sample.name.starts_with("check") || sample.name.starts_with("question-search") ||
                          sample.name == "question-other";
        if (full) continue;
        Stage stage(*world.engine, tall_glass);
        world.draw(stage, sample.picture);
        for (const Node& node : world.draw(stage, sample.picture)) {
            if (!node.focusable || node.key == "why" || node.key == "error.0") continue;
            INFO(sample.name, " ", node.key);
            CHECK(node.rect.y >= tall_glass.height_px * 0.27F);
        }
    }
}

TEST_CASE(
    "screens: the tree says every control in the language of the visit, and what belongs to the person is private") {
    World world;
    for (const samples::Sample& sample : samples::all("fr")) {
        Stage stage(*world.engine, tall_glass);
        world.draw(stage, sample.picture);
        for (const Node& node : world.draw(stage, sample.picture)) {
            INFO(sample.name, " ", node.key);
            CHECK_FALSE(node.language.empty());
            if (node.key.starts_with("strip.")) CHECK(node.language == "fr");
            if (node.role == Role::TextField) CHECK(node.is_private);
        }
    }
}

TEST_CASE("screens: a form in another language is said in its own, the buttons in the visit's") {
    World world;
    for (const samples::Sample& sample : samples::all("ar")) {
        if (sample.name != "question-choice") continue;
        Stage stage(*world.engine, tall_glass);
        const ScreenTree& tree = world.draw(stage, sample.picture);
        CHECK(find_key(tree, "heading")->language == "it");
        CHECK(find_key(tree, "option.0")->language == "it");
        CHECK(find_key(tree, "next")->language == "ar");
    }
}

TEST_CASE("screens: an Arabic page is the mirror image of an Italian one, keyboards and codes apart") {
    World world;
    for (const samples::Sample& sample : samples::all("ar")) {
        if (sample.name != "question-text") continue;
        Stage stage(*world.engine, tall_glass);
        const ScreenTree& tree = world.draw(stage, sample.picture);
        CHECK(find_key(tree, "next")->rect.x < find_key(tree, "back")->rect.x);
        CHECK(find_key(tree, "strip.help")->rect.x > find_key(tree, "strip.exit")->rect.x);
        CHECK(find_key(tree, "key.ض")->rect.x < find_key(tree, "key.ص")->rect.x);
    }
}

TEST_CASE("screens: nothing behind a panel can be reached, and the strip can") {
    World world;
    for (const samples::Sample& sample : samples::all("it")) {
        if (!sample.picture.panel) continue;
        Stage stage(*world.engine, tall_glass);
        const ScreenTree& tree = world.draw(stage, sample.picture);
        INFO(sample.name);
        CHECK(find_key(tree, "option.0") == nullptr);
        CHECK(find_key(tree, "next") == nullptr);
        CHECK(find_key(tree, "panel") != nullptr);
        CHECK(find_key(tree, "strip.exit") != nullptr);
        const Node* focused = find_key(tree, stage.focused());
        REQUIRE(focused != nullptr);
        CHECK(focused->role == Role::Button);
    }
}

TEST_CASE("screens: the neutral screen holds nothing but its title") {
    World world;
    for (const samples::Sample& sample : samples::all("it")) {
        if (sample.name != "neutral") continue;
        Stage stage(*world.engine, tall_glass);
        CHECK(world.draw(stage, sample.picture).size() == 1);
    }
}

TEST_CASE("check page: a form of thousands of answers shows every one of them, and draws as little as a short one") {
    World world;
    CheckScreen check;
    check.title = "Controlla le tue risposte";
    check.back = "Indietro";
    check.send = "Invia la richiesta";
    constexpr int questions = 200;
    for (int i = 0; i < questions; ++i) {
        if (i % 20 == 0) check.sections.push_back({"Sezione", {}});
        check.sections.back().rows.push_back({"row:" + std::to_string(i), "Domanda", "Risposta", false, "Cambia"});
    }
    Picture picture = samples::all("it").front().picture;
    picture.panel.reset();
    picture.more = "Altre risposte";
    picture.earlier = "Risposte precedenti";
    picture.screen = check;
    Stage stage(*world.engine, tall_glass);
    std::set<std::string> seen;
    const auto look = [&] {
        for (const Node& node : world.draw(stage, picture))
            if (node.role == Role::ListItem) seen.insert(node.key);
    };
    look();
    for (int turns = 0; turns < 60; ++turns) {
        look();
        const bool more = find_key(stage.tree(), "more") != nullptr;
        if (!stage.press(more ? "more" : "stretch.more")) break;
        look();
    }
    CHECK(seen.size() == questions);
    CHECK(find_key(stage.tree(), "row:199") != nullptr);
    for (int turns = 0; turns < 60; ++turns) {
        const bool earlier = find_key(stage.tree(), "earlier") != nullptr;
        if (!stage.press(earlier ? "earlier" : "stretch.earlier")) break;
        look();
        look();
    }
    CHECK(find_key(stage.tree(), "row:0") != nullptr);
}
