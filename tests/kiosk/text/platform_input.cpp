// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/input_queue.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace kiosk;
using forms::BootTime;

namespace {

/// A fast typist or a script: one event a millisecond, far faster than frames.
class Typist {
public:
    explicit Typist(InputQueue& queue) : queue_(queue) {}
    void key(Key key, bool repeated = false) { queue_.push({KeyPressed{key, {}, repeated}, tick()}); }
    void text(std::u32string_view characters) {
        for (const char32_t c : characters) {
            if (c == U' ') key(Key::Space);
            queue_.push({CharacterTyped{c}, tick()});
        }
    }
    void move(float x, float y) { queue_.push({PointerMoved{{x, y}}, tick()}); }
    void press(float x, float y) { queue_.push({PointerPressed{{x, y}}, tick()}); }
    void release(float x, float y) { queue_.push({PointerReleased{{x, y}}, tick()}); }
    void click(float x, float y) {
        move(x, y);
        press(x, y);
        release(x, y);
    }
    void pass(BootTime time) { now_ += time; }

private:
    BootTime tick() { return now_ += BootTime{1}; }
    InputQueue& queue_;
    BootTime now_{0};
};

/// Three fields joined by Tab, as a screen would serve them: the focus moves after the frame in which Tab arrived.
struct Fields {
    std::u32string text[3];
    int focus = 0;
    int frames = 0;
    void serve(InputQueue& queue) {
        while (!queue.empty()) {
            int next = focus;
            const FrameInput frame = queue.next_frame(BootTime{++frames * 33});
            for (const Typed& typed : frame.typed) {
                if (const auto* character = std::get_if<CharacterTyped>(&typed)) text[focus] += character->character;
                if (const auto* key = std::get_if<KeyPressed>(&typed); key != nullptr && key->key == Key::Tab)
                    next = focus + 1;
            }
            focus = next;
        }
    }
};

} // namespace

TEST_CASE("input: letters typed at 1 ms a key land in the field that Tab had reached") {
    InputQueue queue;
    Typist typist(queue);
    typist.text(U"Maria Rosa");
    typist.key(Key::Tab);
    typist.text(U"D’Àgata");
    typist.key(Key::Tab);
    typist.text(U"محمد 12");
    Fields fields;
    fields.serve(queue);
    CHECK(fields.text[0] == U"Maria Rosa");
    CHECK(fields.text[1] == U"D’Àgata");
    CHECK(fields.text[2] == U"محمد 12");
    CHECK(fields.frames < 16); // letters between two Tabs share a frame
}

TEST_CASE("input: ten clicks at 1 ms an event are ten clicks, each with press and release in frames of their own") {
    InputQueue queue;
    Typist typist(queue);
    for (int i = 0; i < 10; ++i)
        typist.click(10.0F * static_cast<float>(i), 5);
    int presses = 0;
    int releases = 0;
    for (int frame = 0; !queue.empty(); ++frame) {
        REQUIRE(frame < 100);
        const FrameInput input = queue.next_frame(BootTime{frame * 33});
        CHECK_FALSE((input.pointer.pressed && input.pointer.released));
        if (input.pointer.pressed) {
            CHECK(input.pointer.down);
            CHECK(input.pointer.position.x ==
                  10.0F * static_cast<float>(presses)); // where it was, not where it is by now
            ++presses;
        }
        if (input.pointer.released) ++releases;
    }
    CHECK(presses == 10);
    CHECK(releases == 10);
}

TEST_CASE("input: a press that slides off is released where the finger left the glass") {
    InputQueue queue;
    Typist typist(queue);
    typist.press(10, 10);
    typist.move(200, 10);
    typist.release(200, 12);
    CHECK(queue.next_frame(BootTime{0}).pointer.position.x == 10);
    const FrameInput slid = queue.next_frame(BootTime{33});
    CHECK(slid.pointer.released);
    CHECK(slid.pointer.position.x == 200);
}

TEST_CASE("input: what is typed after a click waits until the click has had its frames") {
    InputQueue queue;
    Typist typist(queue);
    typist.click(5, 5);
    typist.text(U"ab");
    CHECK(queue.next_frame(BootTime{0}).pointer.pressed);
    CHECK(queue.next_frame(BootTime{33}).pointer.released);
    const FrameInput settle = queue.next_frame(BootTime{66});
    CHECK(settle.typed.empty());
    CHECK_FALSE(settle.pointer.released);
    CHECK(queue.next_frame(BootTime{99}).typed.size() == 2);
    CHECK(queue.empty());
}

TEST_CASE("input: a held key does not repeat unless the person asks for it") {
    InputQueue quiet;
    Typist typist(quiet);
    typist.key(Key::Backspace);
    typist.key(Key::Backspace, true);
    typist.key(Key::Backspace, true);
    CHECK(quiet.next_frame(BootTime{0}).typed.size() == 1);

    InputQueue repeating(InputOptions{.key_repeat = true, .tactile_keys = {}, .tactile_debounce = BootTime{250}});
    Typist other(repeating);
    other.key(Key::Backspace);
    other.key(Key::Backspace, true);
    other.key(Key::Backspace, true);
    CHECK(repeating.next_frame(BootTime{0}).typed.size() == 3);
}

TEST_CASE("input: a tactile key that bounces counts once, a letter key twice") {
    InputQueue queue(
        InputOptions{.key_repeat = false, .tactile_keys = {Key::Enter}, .tactile_debounce = BootTime{250}});
    Typist typist(queue);
    typist.key(Key::Enter);
    typist.key(Key::Enter);
    typist.pass(BootTime{300});
    typist.key(Key::Enter);
    typist.text(U"ll");
    int enters = 0;
    std::size_t letters = 0;
    for (int frame = 0; !queue.empty(); ++frame)
        for (const Typed& typed : queue.next_frame(BootTime{frame * 33}).typed)
            std::holds_alternative<KeyPressed>(typed) ? void(++enters) : void(++letters);
    CHECK(enters == 2);
    CHECK(letters == 2);
}

TEST_CASE("input: a second finger changes nothing") {
    InputQueue queue;
    Typist typist(queue);
    typist.press(10, 10);
    typist.press(300, 300);
    typist.release(10, 10);
    typist.release(300, 300);
    int presses = 0;
    int releases = 0;
    for (int frame = 0; !queue.empty(); ++frame) {
        const FrameInput input = queue.next_frame(BootTime{frame * 33});
        presses += input.pointer.pressed ? 1 : 0;
        releases += input.pointer.released ? 1 : 0;
    }
    CHECK(presses == 1);
    CHECK(releases == 1);
}

TEST_CASE("input: a cursor is shown for a mouse, and nothing stays hovered after a finger") {
    InputQueue queue;
    Typist typist(queue);
    typist.click(10, 10);
    FrameInput last;
    while (!queue.empty())
        last = queue.next_frame(BootTime{0});
    CHECK_FALSE(last.pointer.is_mouse);
    CHECK_FALSE(last.pointer.over_window);

    for (int i = 0; i < 5; ++i)
        typist.move(20.0F + static_cast<float>(i), 20);
    while (!queue.empty())
        last = queue.next_frame(BootTime{0});
    CHECK(last.pointer.is_mouse);
    typist.press(24, 20);
    typist.release(24, 20);
    while (!queue.empty())
        last = queue.next_frame(BootTime{0});
    CHECK(last.pointer.is_mouse);
    CHECK(last.pointer.over_window);
}

TEST_CASE("input: nothing typed is left after the end of a visit") {
    InputQueue queue;
    Typist typist(queue);
    typist.text(U"segreto");
    typist.press(1, 1);
    queue.forget();
    CHECK(queue.empty());
    CHECK(queue.next_frame(BootTime{0}).nothing());
}
