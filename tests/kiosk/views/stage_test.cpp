// SPDX-License-Identifier: EUPL-1.2
#include "samples.hpp"
#include "world.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <optional>
#include <set>
#include <string>

using namespace kiosk;
using namespace std::chrono_literals;

namespace {

Picture picture_of(std::string_view name, std::string_view language = "it") {
    for (samples::Sample& sample : samples::all(language))
        if (sample.name == name) return std::move(sample.picture);
    FAIL("no such sample");
    return {};
}

HandInput keys(std::initializer_list<Stroke> typed) {
    HandInput input;
    input.typed = typed;
    return input;
}

/// Finger down and up in the middle of a control.
void tap(World& world, Stage& stage, const Picture& picture, std::string_view key, forms::BootTime now = 1000ms) {
    const Node* node = find_key(stage.tree(), key);
    REQUIRE(node != nullptr);
    HandInput input;
    input.x = node->rect.x + node->rect.width / 2;
    input.y = node->rect.y + node->rect.height / 2;
    input.now = now;
    input.pressed = true;
    stage.take(input, picture, world.intents);
    world.draw(stage, picture);
    input.pressed = false;
    input.released = true;
    stage.take(input, picture, world.intents);
    world.draw(stage, picture);
}

template <class Wanted>
std::optional<Wanted> first(const Intents& intents) {
    for (const Intent& intent : intents)
        if (const auto* wanted = std::get_if<Wanted>(&intent)) return *wanted;
    return std::nullopt;
}

} // namespace

TEST_CASE("stage: a tap on an option, on continue and on the way out says so, once") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-choice");
    world.draw(stage, picture);
    tap(world, stage, picture, "option.2");
    REQUIRE(world.intents.size() == 1);
    CHECK(first<ChooseOption>(world.intents)->key == "option.2");
    world.draw(stage, picture);
    CHECK(world.intents.empty());
    tap(world, stage, picture, "next", 2000ms);
    CHECK(first<Continue>(world.intents).has_value());
    tap(world, stage, picture, "strip.exit", 3000ms);
    CHECK(first<ExitNow>(world.intents).has_value());
}

TEST_CASE("stage: what is typed goes into the field at once, in order, wherever the focus stands") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-text");
    world.draw(stage, picture);
    Intents intents;
    stage.take(keys({U'è', U' ', U'a'}), picture, intents);
    REQUIRE(intents.size() == 3);
    CHECK(std::get<TypeText>(intents[0]).field == "q:persona.cognome");
    CHECK(std::get<TypeText>(intents[0]).utf8 == "è");
    CHECK(std::get<TypeText>(intents[1]).utf8 == " ");
    CHECK(stage.focused() == "q:persona.cognome");
}

TEST_CASE("stage: in a field arrows move the caret, Tab leaves it, Enter goes on") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-text");
    world.draw(stage, picture);
    REQUIRE(stage.focus("q:persona.cognome"));
    Intents intents;
    stage.take(keys({KeyStroke{HandKey::Left, true}}), picture, intents);
    REQUIRE(intents.size() == 1);
    CHECK(std::get<Edit>(intents[0]).command == EditCommand::Left);
    CHECK(std::get<Edit>(intents[0]).extend);
    CHECK(stage.focused() == "q:persona.cognome");
    stage.take(keys({KeyStroke{HandKey::Next}}), picture, intents);
    CHECK(stage.focused() == "back");
    REQUIRE(stage.focus("q:persona.cognome"));
    stage.take(keys({KeyStroke{HandKey::Activate}}), picture, intents);
    world.draw(stage, picture);
    CHECK(first<Continue>(world.intents).has_value());
}

TEST_CASE("stage: in a field of several lines Enter breaks the line") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-lines");
    world.draw(stage, picture);
    REQUIRE(stage.focus("q:bisogni.racconto"));
    Intents intents;
    stage.take(keys({KeyStroke{HandKey::Activate}}), picture, intents);
    CHECK(first<Edit>(intents)->command == EditCommand::Newline);
    world.draw(stage, picture);
    CHECK_FALSE(first<Continue>(world.intents).has_value());
}

TEST_CASE("stage: walking over options changes no answer") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-choice");
    world.draw(stage, picture);
    Intents intents;
    for (int i = 0; i < 30; ++i) {
        stage.take(keys({KeyStroke{i % 3 == 0 ? HandKey::Next : HandKey::Down}}), picture, intents);
        world.draw(stage, picture);
        CHECK(world.intents.empty());
    }
    CHECK(intents.empty());
}

TEST_CASE("stage: five keys reach and press every control of every screen") {
    World world;
    for (const samples::Sample& sample : samples::all("it")) {
        Stage stage(*world.engine, tall_glass);
        const ScreenTree tree = world.draw(stage, sample.picture);
        std::set<std::string> stops;
        for (const Node& node : tree)
            if (node.focusable) stops.insert(node.key);
        if (stops.empty()) continue; // the neutral screen
        Intents intents;
        std::set<std::string> reached;
        for (std::size_t i = 0; i < stops.size() + 1; ++i) {
            stage.take(keys({KeyStroke{HandKey::Next}}), sample.picture, intents);
            reached.insert(stage.focused());
        }
        INFO(sample.name);
        CHECK(reached.size() == stops.size());
        CHECK(intents.empty());
    }
}

TEST_CASE("stage: keys on the glass write into the field and leave the focus there; shift holds for one letter") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-text");
    world.draw(stage, picture);
    tap(world, stage, picture, "q:persona.cognome");
    CHECK(first<PlaceCaret>(world.intents).has_value());
    tap(world, stage, picture, "key.s");
    CHECK(first<TypeText>(world.intents)->utf8 == "s");
    CHECK(first<TypeText>(world.intents)->field == "q:persona.cognome");
    CHECK(stage.focused() == "q:persona.cognome");
    tap(world, stage, picture, "key.shift");
    world.draw(stage, picture);
    tap(world, stage, picture, "key.S");
    CHECK(first<TypeText>(world.intents)->utf8 == "S");
    world.draw(stage, picture);
    CHECK(find_key(stage.tree(), "key.s") != nullptr);
    tap(world, stage, picture, "key.erase");
    CHECK(first<Edit>(world.intents)->command == EditCommand::Backspace);
}

TEST_CASE("stage: a hidden keyboard comes back by its button and by touching the field") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-text");
    world.draw(stage, picture);
    tap(world, stage, picture, "key.hide");
    world.draw(stage, picture);
    CHECK(find_key(stage.tree(), "key.a") == nullptr);
    tap(world, stage, picture, "key.show");
    world.draw(stage, picture);
    CHECK(find_key(stage.tree(), "key.a") != nullptr);
    tap(world, stage, picture, "key.hide", 5000ms);
    world.draw(stage, picture);
    tap(world, stage, picture, "q:persona.cognome", 6000ms);
    world.draw(stage, picture);
    CHECK(find_key(stage.tree(), "key.a") != nullptr);
}

TEST_CASE("stage: among several fields, down from one leads to the keys that write into it, hidden or shown") {
    World world;
    Stage stage(*world.engine, tall_glass);
    Picture picture = picture_of("question-text");
    auto& screen = std::get<QuestionScreen>(picture.screen);
    for (const char* key : {"staff", "pin"}) {
        AskedPart part;
        part.key = key;
        part.label = key;
        part.control = TextControl{};
        screen.parts.push_back(std::move(part));
    }
    screen.control = NoticeControl{};
    std::string written;
    const auto press = [&](HandKey key) {
        Intents intents;
        stage.take(keys({KeyStroke{key}}), picture, intents);
        for (int frames = 0; frames < 3; ++frames) {
            world.draw(stage, picture);
            if (const auto typed = first<TypeText>(world.intents)) written = typed->field;
        }
    };
    world.draw(stage, picture);
    REQUIRE(stage.focus("staff"));
    world.draw(stage, picture);
    REQUIRE(find_key(stage.tree(), "key.a") == nullptr);
    press(HandKey::Down);
    CHECK(stage.focused() == "key.show");
    press(HandKey::Up);
    CHECK(stage.focused() == "staff");
    press(HandKey::Down);
    press(HandKey::Activate);
    CHECK(stage.focused() == "staff"); // the field that it was for
    press(HandKey::Down);
    press(HandKey::Activate);
    CHECK(find_key(stage.tree(), stage.focused())->role == Role::Key);
    CHECK(written == "staff");
}

TEST_CASE("stage: turning a page of answers puts the focus on its first answer, and back again") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-several");
    world.draw(stage, picture);
    REQUIRE(find_key(stage.tree(), "option.7") == nullptr);
    REQUIRE(stage.press("more"));
    world.draw(stage, picture);
    CHECK(find_key(stage.tree(), "option.7") != nullptr);
    CHECK(stage.focused() == "option.5");
    REQUIRE(stage.press("earlier"));
    world.draw(stage, picture);
    CHECK(find_key(stage.tree(), "option.0") != nullptr);
}

TEST_CASE("stage: a line of the list of errors leads to its field") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-text-error");
    world.draw(stage, picture);
    CHECK(stage.focused() == "errors");
    tap(world, stage, picture, "error.0");
    CHECK(stage.focused() == "q:persona.cognome");
}

TEST_CASE("stage: a tap meant for one screen never falls on the next") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture one = picture_of("question-choice");
    const Picture two = picture_of("question-several");
    world.draw(stage, one);
    REQUIRE(stage.press("next"));
    world.draw(stage, two);
    CHECK(world.intents.empty());
    world.draw(stage, one);
    const Node* next = find_key(stage.tree(), "next");
    HandInput input;
    input.x = next->rect.x + 5;
    input.y = next->rect.y + 5;
    input.pressed = true;
    stage.take(input, one, world.intents);
    world.draw(stage, two);
    input.pressed = false;
    input.released = true;
    stage.take(input, two, world.intents);
    world.draw(stage, two);
    CHECK(world.intents.empty());
}

TEST_CASE("stage: letters typed before the next screen is drawn are not lost") {
    World world;
    Stage stage(*world.engine, tall_glass);
    world.draw(stage, picture_of("question-choice"));
    const Picture next = picture_of("question-text");
    Intents intents;
    stage.take(keys({U'a', U'b'}), next, intents);
    CHECK(intents.empty());
    CHECK(stage.restless());
    world.draw(stage, next);
    stage.take(keys({U'c'}), next, intents);
    REQUIRE(intents.size() == 3);
    CHECK(std::get<TypeText>(intents[0]).utf8 == "a");
    CHECK(std::get<TypeText>(intents[2]).utf8 == "c");
    CHECK(std::get<TypeText>(intents[2]).field == "q:persona.cognome");
}

TEST_CASE("stage: when a panel closes, the focus is where it was") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture with = picture_of("panel-help");
    Picture without = with;
    without.panel.reset();
    world.draw(stage, without);
    REQUIRE(stage.focus("strip.help"));
    world.draw(stage, without);
    world.draw(stage, with);
    CHECK(stage.focused() == "panel.close");
    Intents intents;
    stage.take(keys({KeyStroke{HandKey::Close}}), with, intents);
    world.draw(stage, with);
    CHECK(first<ClosePanel>(world.intents).has_value());
    world.draw(stage, without);
    CHECK(stage.focused() == "strip.help");
}

TEST_CASE("stage: the ring is drawn for keys and not for fingers") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("question-choice");
    world.draw(stage, picture);
    const auto drawn = [&] {
        world.draw(stage, picture);
        return ImGui::GetDrawData()->TotalVtxCount;
    };
    tap(world, stage, picture, "option.0");
    const int by_finger = drawn();
    Intents intents;
    stage.take(keys({KeyStroke{HandKey::Next}}), picture, intents);
    CHECK(drawn() > by_finger);
}

TEST_CASE("stage: after the visit nothing of it is in the stage") {
    World world;
    Stage stage(*world.engine, tall_glass);
    world.draw(stage, picture_of("question-text"));
    stage.forget();
    CHECK(stage.tree().empty());
    CHECK(stage.focused().empty());
    CHECK(stage.active_field().empty());
}

TEST_CASE("stage: a frame that was drawn before shapes no text again") {
    World world;
    Stage stage(*world.engine, tall_glass);
    const Picture picture = picture_of("check");
    world.draw(stage, picture);
    world.draw(stage, picture);
    const std::size_t shaped = world.engine->numbers().shaped;
    world.draw(stage, picture);
    CHECK(world.engine->numbers().shaped == shaped);
}
