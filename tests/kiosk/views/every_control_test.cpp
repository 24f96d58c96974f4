// SPDX-License-Identifier: EUPL-1.2
#include "showcase.hpp"
#include "world.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>
#include <string>

using namespace kiosk;

namespace {

const samples::Sample& sample_named(const std::vector<samples::Sample>& all, std::string_view name) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& sample) { return sample.name == name; });
    REQUIRE(found != all.end());
    return *found;
}

HandInput typed(HandKey key) {
    HandInput input;
    input.typed = {KeyStroke{key}};
    return input;
}

template <class I>
const I* first_of(const Intents& intents) {
    for (const Intent& intent : intents)
        if (const auto* found = std::get_if<I>(&intent)) return found;
    return nullptr;
}

} // namespace

TEST_CASE("every control: one key leads to each of them and away again, and each says what it is") {
    World world;
    for (const Glass& glass : {tall_glass, wide_glass})
        for (const char* language : {"it", "ar"})
            for (const samples::Sample& sample : samples::every_control(language)) {
                Stage stage(*world.engine, glass);
                world.draw(stage, sample.picture);
                for (int page = 0; page < 40; ++page) {
                    const ScreenTree tree = world.draw(stage, sample.picture);
                    std::set<std::string> stops;
                    for (const Node& node : tree)
                        if (node.focusable && node.state.enabled) {
                            stops.insert(node.key);
                            INFO(sample.name, " ", node.key);
                            CHECK_FALSE(node.name.empty());
                            CHECK_FALSE(node.language.empty());
                        }
                    std::set<std::string> reached;
                    for (std::size_t step = 0; step <= stops.size() + 1; ++step) {
                        reached.insert(stage.focused());
                        Intents none;
                        stage.take(typed(HandKey::Next), sample.picture, none);
                        world.draw(stage, sample.picture);
                    }
                    for (const std::string& stop : stops) {
                        INFO(sample.name, " ", stop);
                        CHECK(reached.contains(stop));
                    }
                    if (!stage.press("more")) break;
                    world.draw(stage, sample.picture);
                }
            }
}

TEST_CASE("slider: arrows along it move the answer, up and down lead on, and the other way round in Arabic") {
    World world;
    for (const char* language : {"it", "ar"}) {
        const auto all = samples::every_control(language);
        const samples::Sample& sample = sample_named(all, "every-scala-answered");
        Stage stage(*world.engine, tall_glass);
        world.draw(stage, sample.picture);
        const std::string key = "q:numeri/scala";
        REQUIRE(stage.focus(key));
        const bool mirrored = std::string_view(language) == "ar";
        Intents intents;
        stage.take(typed(HandKey::Right), sample.picture, intents);
        REQUIRE(first_of<AdjustNumber>(intents));
        CHECK(first_of<AdjustNumber>(intents)->steps == (mirrored ? -1 : 1));
        CHECK(stage.focused() == key);
        intents.clear();
        stage.take(typed(HandKey::Home), sample.picture, intents);
        REQUIRE(first_of<PlaceNumber>(intents));
        CHECK(first_of<PlaceNumber>(intents)->share == 0);
        intents.clear();
        stage.take(typed(HandKey::Down), sample.picture, intents);
        CHECK(intents.empty());
        CHECK(stage.focused() == key + ".more");
    }
}

TEST_CASE("slider: a finger on the scale gives the place where it is, seen from the start of the line") {
    World world;
    for (const char* language : {"it", "ar"}) {
        const auto all = samples::every_control(language);
        const samples::Sample& sample = sample_named(all, "every-scala");
        Stage stage(*world.engine, tall_glass);
        world.draw(stage, sample.picture);
        const Node* scale = find_key(world.draw(stage, sample.picture), "q:numeri/scala");
        REQUIRE(scale);
        CHECK(scale->role == Role::Slider);
        HandInput down;
        down.x = scale->rect.x + scale->rect.width * 0.9F;
        down.y = scale->rect.y + scale->rect.height / 2;
        down.pressed = true;
        HandInput up = down;
        up.pressed = false;
        up.released = true;
        Intents intents;
        stage.take(down, sample.picture, intents);
        stage.take(up, sample.picture, intents);
        world.draw(stage, sample.picture);
        const auto* placed = first_of<PlaceNumber>(world.intents);
        REQUIRE(placed);
        const bool mirrored = std::string_view(language) == "ar";
        CHECK(placed->share == doctest::Approx(mirrored ? 0.07 : 0.93).epsilon(0.1));
    }
}

TEST_CASE("folded list: it opens in place, and closes behind the answer") {
    World world;
    const auto all = samples::every_control("it");
    const samples::Sample& sample = sample_named(all, "every-insieme-stanze");
    Stage stage(*world.engine, tall_glass);
    world.draw(stage, sample.picture);
    const std::string key = "q:insieme/insieme.tipo";
    CHECK(find_key(world.draw(stage, sample.picture), key + ".option.0") == nullptr);
    REQUIRE(stage.press(key));
    world.draw(stage, sample.picture);
    const ScreenTree& open = world.draw(stage, sample.picture);
    REQUIRE(find_key(open, key));
    CHECK(find_key(open, key)->state.expanded);
    REQUIRE(find_key(open, key + ".option.0"));
    REQUIRE(stage.press(key + ".option.0"));
    world.draw(stage, sample.picture);
    REQUIRE(first_of<ChooseOption>(world.intents));
    CHECK(first_of<ChooseOption>(world.intents)->key == key + ".option.0");
    CHECK(find_key(world.draw(stage, sample.picture), key + ".option.0") == nullptr);
    CHECK(stage.focused() == key);
}

TEST_CASE("table: rows and columns where the words fit, questions one by one where they do not") {
    World world;
    const auto all = samples::every_control("it");
    samples::Sample sample = sample_named(all, "every-tabella-sonno");
    const auto same_row = [&](const ScreenTree& tree) {
        const Node* first = find_key(tree, "q:tabella/tabella.sonno.option.0");
        const Node* last = find_key(tree, "q:tabella/tabella.sonno.option.3");
        REQUIRE(first);
        REQUIRE(last);
        return first->rect.y == last->rect.y;
    };
    Stage wide(*world.engine, wide_glass);
    world.draw(wide, sample.picture);
    CHECK(same_row(world.draw(wide, sample.picture)));
    sample.picture.text_size = TextSize::ExtraLarge;
    Stage tall(*world.engine, tall_glass);
    world.draw(tall, sample.picture);
    CHECK_FALSE(same_row(world.draw(tall, sample.picture)));
}

TEST_CASE("several questions: the keyboard waits until a field is touched, and then stands on its page") {
    World world;
    const auto all = samples::every_control("it");
    const samples::Sample& sample = sample_named(all, "every-insieme-stanze");
    for (const Glass& glass : {tall_glass, wide_glass}) {
        Stage stage(*world.engine, glass);
        world.draw(stage, sample.picture);
        const ScreenTree& before = world.draw(stage, sample.picture);
        CHECK(find_key(before, "key.show"));
        CHECK(find_key(before, "key.1") == nullptr);
        REQUIRE(stage.press("q:insieme/insieme.stanze"));
        world.draw(stage, sample.picture);
        const ScreenTree& after = world.draw(stage, sample.picture);
        CHECK(find_key(after, "key.1"));
        CHECK(find_key(after, "q:insieme/insieme.stanze"));
    }
}

TEST_CASE("repeat: equal buttons of all rows stand in one column, beside the names or below all of them") {
    World world;
    for (const char* const language : {"it", "ar"}) {
        const auto all = samples::all(language);
        const samples::Sample& sample = sample_named(all, "question-repeat");
        const auto& rows = std::get<RepeatControl>(std::get<QuestionScreen>(sample.picture.screen).control).rows;
        REQUIRE(rows.size() == 2);
        for (const Glass& glass : {tall_glass, wide_glass}) {
            Stage stage(*world.engine, glass);
            world.draw(stage, sample.picture);
            const ScreenTree& tree = world.draw(stage, sample.picture);
            for (const char* const stem : {"change.", "remove."}) {
                const Node* const first = find_key(tree, stem + rows[0].key);
                const Node* const second = find_key(tree, stem + rows[1].key);
                REQUIRE((first && second));
                CHECK(first->rect.x == second->rect.x);
                CHECK(first->rect.width == second->rect.width);
            }
        }
    }
}

TEST_CASE("search: where the letters are so large that the question fills a page, the keyboard comes with the field") {
    World world;
    const auto all = samples::every_control("it");
    samples::Sample sample = sample_named(all, "every-ricerca");
    sample.picture.text_size = TextSize::ExtraLarge;
    const std::string field = std::get<QuestionScreen>(sample.picture.screen).key;
    Stage stage(*world.engine, wide_glass);
    world.draw(stage, sample.picture);
    const auto both = [&] {
        const ScreenTree& tree = world.draw(stage, sample.picture);
        return std::pair(find_key(tree, field) != nullptr, find_key(tree, "key.a") != nullptr);
    };
    CHECK(both() == std::pair(false, false));
    bool came = false;
    for (int page = 0; page < 10 && !came && stage.press("more"); ++page) {
        world.draw(stage, sample.picture);
        const auto [field_here, keys_here] = both();
        CHECK(field_here == keys_here);
        came = field_here;
    }
    CHECK(came);
}

TEST_CASE("marked text: strong words are drawn bold, and the voice gets the words alone") {
    World world;
    const auto all = samples::every_control("it");
    const samples::Sample& sample = sample_named(all, "every-sicurezza");
    const auto& screen = std::get<QuestionScreen>(sample.picture.screen);
    REQUIRE(screen.more_text.size() == 1);
    CHECK(screen.more_text[0].tone == TextBlock::Tone::Security);
    const Passage& first = screen.more_text[0].passages[0];
    REQUIRE(first.strong.size() == 2);
    CHECK(first.text.substr(first.strong[0].begin, first.strong[0].end - first.strong[0].begin) == "protetti");
    // Bold letters are wider: the same words with and without weight differ in width.
    ParagraphOptions plain;
    plain.max_width_px = 0;
    ParagraphOptions weighed = plain;
    weighed.strong = first.strong;
    world.engine->begin_frame();
    CHECK(world.engine->layout(first.text, weighed).width() > world.engine->layout(first.text, plain).width());
    Stage stage(*world.engine, tall_glass);
    const ScreenTree& tree = world.draw(stage, sample.picture);
    CHECK(find_key(tree, "text.0.label")->name == "Sicurezza dei dati");
    CHECK(find_key(tree, "text.0.2")->role == Role::ListItem);
    CHECK(find_key(tree, "text.0.2")->name == "di vederli;");
}
