// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/text_engine.hpp"
#include "memory_textures.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace kiosk;

namespace {

struct Bench {
    MemoryTextures textures;
    std::unique_ptr<TextEngine> engine = [this] {
        auto opened = TextEngine::open(textures);
        REQUIRE(opened.ok());
        return std::move(opened).value();
    }();

    const Layout& typed(std::string_view text, Direction direction = Direction::LeftToRight, float width = 0) {
        return engine->layout(
            text, {.style = {20}, .max_width_px = width, .direction = direction, .direction_by_content = true});
    }
    float x(const Layout& layout, std::size_t byte) { return engine->caret(layout, byte).x; }
};

} // namespace

TEST_CASE("places: in Latin text the caret goes from left to right and ends behind the last letter, spaces included") {
    Bench bench;
    const Layout& layout = bench.typed("Maria ");
    float last = -1;
    for (std::size_t byte = 0; byte <= 6; ++byte) {
        CHECK(bench.x(layout, byte) > last);
        last = bench.x(layout, byte);
    }
    CHECK(bench.x(layout, 0) == doctest::Approx(0));
    CHECK(last == doctest::Approx(layout.width()));
}

TEST_CASE("places: in Arabic text the caret goes from right to left") {
    Bench bench;
    const std::string text = "محمد";
    const Layout& layout = bench.typed(text);
    float last = layout.width() + 1;
    for (std::size_t byte = 0; byte <= text.size(); byte += 2) {
        CHECK(bench.x(layout, byte) < last);
        last = bench.x(layout, byte);
    }
    CHECK(bench.x(layout, 0) == doctest::Approx(layout.width()));
    CHECK(last == doctest::Approx(0));
}

TEST_CASE("places: digits inside Arabic run from left to right") {
    Bench bench;
    const std::string text = "رقم 123";
    const Layout& layout = bench.typed(text);
    const std::size_t one = text.find('1');
    CHECK(bench.x(layout, one + 1) > bench.x(layout, one));
    CHECK(bench.x(layout, one + 2) > bench.x(layout, one + 1));
    CHECK(bench.x(layout, 0) > bench.x(layout, one + 2));
}

TEST_CASE("places: a telephone number typed in an Arabic visit runs from left to right, group after group") {
    Bench bench;
    for (const std::string text : {"+39 333 000 0001", "0165 12 34 56", "12/3 - 14:30"}) {
        CAPTURE(text);
        const Layout& layout = bench.typed(text, Direction::RightToLeft);
        for (std::size_t byte = 0; byte < text.size(); ++byte)
            CHECK(bench.x(layout, byte + 1) > bench.x(layout, byte));
    }
    const Layout& sentence = bench.typed("رقم 12 34", Direction::RightToLeft);
    CHECK(bench.x(sentence, 0) == doctest::Approx(sentence.width()));
}

TEST_CASE("places: a touch finds the place that the caret shows, for every byte of mixed text") {
    Bench bench;
    for (const std::string text :
         {"Sportello sociale", "محمد بن علي", "Via Roma 12, محمد", "e\xCC\x81 fi ffi", "क्षत्रिय", "città"}) {
        const Layout& layout = bench.typed(text);
        const float middle = layout.lines()[0].top + layout.lines()[0].height / 2;
        for (std::size_t byte = 0; byte <= text.size();
             byte = byte == text.size() ? byte + 1 : next_grapheme(text, byte)) {
            CAPTURE(text);
            CAPTURE(byte);
            const std::size_t found = bench.engine->byte_at(layout, {bench.x(layout, byte), middle});
            CHECK(bench.x(layout, found) == doctest::Approx(bench.x(layout, byte)).epsilon(0.01));
        }
    }
}

TEST_CASE("places: an empty text has a caret, at the side where its language begins") {
    Bench bench;
    const Layout& left = bench.typed("", Direction::LeftToRight, 300);
    CHECK(bench.engine->caret(left, 0).x == doctest::Approx(0));
    const Layout& right = bench.typed("", Direction::RightToLeft, 300);
    CHECK(bench.engine->caret(right, 0).x == doctest::Approx(300));
    CHECK(bench.engine->caret(right, 0).height > 20);
    CHECK(right.height() > 20);
}

TEST_CASE("places: after a line feed the caret stands on the new line") {
    Bench bench;
    const Layout& layout = bench.typed("uno\n");
    REQUIRE(layout.lines().size() == 2);
    CHECK(bench.engine->caret(layout, 4).top > bench.engine->caret(layout, 3).top);
    CHECK(bench.engine->caret(layout, 4).x == doctest::Approx(0));
    CHECK(bench.engine->byte_at(layout, {50, layout.lines()[1].top + 5}) == 4);
    CHECK(bench.engine->byte_at(layout, {500, 5}) == 3); // right of the first line: before its line feed
}

TEST_CASE("places: a selection across two directions is more than one rectangle, and covers what was chosen") {
    Bench bench;
    const std::string text = "abc محمد def";
    const Layout& layout = bench.typed(text);
    const auto all = bench.engine->selection(layout, 0, text.size());
    REQUIRE(all.size() == 1);
    CHECK(all[0].width == doctest::Approx(layout.width()).epsilon(0.01));
    const std::size_t arabic = text.find("م");
    const auto part = bench.engine->selection(layout, 2, arabic + 4); // "c ", then the two rightmost Arabic letters
    CHECK(part.size() == 2);
    CHECK(bench.engine->selection(layout, 3, 3).empty());
    CHECK(bench.engine->selection(layout, 5, 1).size() == bench.engine->selection(layout, 1, 5).size());
}

TEST_CASE("graphemes: what a person sees as one character is stepped over as one") {
    const std::string flag = "\U0001F1EE\U0001F1F9\U0001F1EB\U0001F1F7"; // two flags
    CHECK(next_grapheme(flag, 0) == 8);
    CHECK(previous_grapheme(flag, flag.size()) == 8);
    CHECK(grapheme_count("e\u0301a") == 2);
    CHECK(grapheme_count("\U0001F468\u200D\U0001F469\u200D\U0001F467") == 1);
    CHECK(grapheme_count("각") == 1);
    CHECK(grapheme_count("\u1112\u1161\u11AB") == 1);
    CHECK(grapheme_count("a\r\nb") == 3);
    CHECK(grapheme_count("مُحَمَّد") == 4);
    CHECK(next_grapheme("abc", 3) == 3);
    CHECK(previous_grapheme("abc", 0) == 0);
    CHECK(previous_grapheme("città", 6) == 4);
}
