// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/display.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/text/text_engine.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <doctest/doctest.h>
#include <string>
#include <thread>

using namespace kiosk;

namespace {

struct TurnedClock final : forms::Clock {
    forms::BootTime now{1000};
    [[nodiscard]] forms::BootTime since_boot() const override { return now; }
    [[nodiscard]] forms::WallTime wall_time() const override { return {}; }
};

constexpr ImU32 white = IM_COL32(255, 255, 255, 255);
constexpr ImU32 ink = IM_COL32(0x1A, 0x1A, 0x1A, 255);

struct Sample {
    const char* text;
    const char* language;
    Direction direction;
};
constexpr Sample samples[] = {
    {"Perché te lo chiediamo? Hamburgefonts àèéìòù ÀÈÉÌÒÙ 0123456789 € — «Esci subito»", "it", Direction::LeftToRight},
    {"Où habitez-vous ? L’œuvre, Noël, façade, ça ira — 1 250,50 €", "fr", Direction::LeftToRight},
    {"السؤال 3 من حوالي 20: ما اسمك كما هو مكتوب في وثيقتك؟ اتصل بنا على 0165 123456 أو Sportello (AO).", "ar",
     Direction::RightToLeft},
    {"שאלה 3 מתוך 20: מה שמך (כפי שכתוב במסמך)? Codice fiscale RSSMRA80A01F205X", "he", Direction::RightToLeft},
    {"क्षत्रिय हिन्दी में प्रश्न: आपका नाम क्या है? कृपया १२३ 456", "hi", Direction::LeftToRight},
    {"আপনার নাম কী? ক্ষমা করবেন, বাংলা যুক্তাক্ষর", "bn", Direction::LeftToRight},
    {"Ваше ім’я? Як вас звати? Ελληνικά: Πώς σας λένε;", "uk", Direction::LeftToRight},
    {"Հայերեն ქართული አማርኛ ภาษาไทย ነጻ", "hy", Direction::LeftToRight},
    {"Il signor محمد بن علي (nato nel 1980) abita in via Roma 12, אבג דהו 34.", "it", Direction::LeftToRight},
    {"Precipitevolissimevolmenteinterminabilmentesenzaspaziperprovareletaglioforzatodelleparole fine", "it",
     Direction::LeftToRight},
};

void draw_samples(TextEngine& engine, float cap_px, ImU32 colour, float width) {
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    float y = 24;
    for (const Sample& sample : samples) {
        for (const Weight weight : {Weight::Regular, Weight::Bold}) {
            ParagraphOptions options;
            options.style = {weight == Weight::Bold ? cap_px * 1.4F : cap_px, weight, 1.35F};
            options.max_width_px = width;
            options.direction = sample.direction;
            options.language = sample.language;
            const Layout& layout = engine.layout(sample.text, options);
            engine.draw(list, {24, y}, layout, colour);
            y += layout.height();
        }
        y += 10;
    }
}

} // namespace

TEST_CASE("display: every script is drawn off screen, without an X server") {
    ::unsetenv("DISPLAY");
    TurnedClock clock;
    InputQueue input;
    auto opened = Display::open_offscreen({1080, 1920});
    REQUIRE(opened.ok());
    Display& display = *opened.value();
    auto engine = TextEngine::open(display.glyph_textures());
    REQUIRE(engine.ok());
    FrameDriver frames(display, input, clock);
    struct Look {
        const char* name;
        float cap;
        ImU32 ground, colour;
    };
    for (const Look& look :
         {Look{"dark15", 15, white, ink}, Look{"dark22", 22, white, ink}, Look{"light22", 22, ink, white}}) {
        frames.draw(
            [&](const FrameInput&) {
                engine.value()->begin_frame();
                draw_samples(*engine.value(), look.cap, look.colour, 1030);
            },
            look.ground);
        const Picture24 picture = frames.picture(
            [&](const FrameInput&) { draw_samples(*engine.value(), look.cap, look.colour, 1030); }, look.ground);
        if (const char* folder = std::getenv("SPORTELLO_PICTURES"))
            REQUIRE(save_png(picture, std::string(folder) + "/scripts-" + look.name + ".png").ok());
    }
}

namespace {

struct RealClock final : forms::Clock {
    [[nodiscard]] forms::BootTime since_boot() const override {
        timespec now{};
        (void)::clock_gettime(CLOCK_BOOTTIME, &now);
        return std::chrono::duration_cast<forms::BootTime>(std::chrono::seconds(now.tv_sec) +
                                                           std::chrono::nanoseconds(now.tv_nsec));
    }
    [[nodiscard]] forms::WallTime wall_time() const override { return std::chrono::system_clock::now(); }
};

std::chrono::nanoseconds processor_time() {
    timespec used{};
    (void)::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

std::unique_ptr<Display> offscreen(PixelSize size = {400, 300}) {
    auto opened = Display::open_offscreen(size);
    REQUIRE(opened.ok());
    return std::move(opened).value();
}

std::array<int, 3> pixel(const Picture24& picture, int x, int y) {
    const std::size_t at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.size.width) + static_cast<std::size_t>(x)) * 3;
    return {picture.pixels[at], picture.pixels[at + 1], picture.pixels[at + 2]};
}

void nothing_to_build(const FrameInput&) {}

} // namespace

TEST_CASE("display: what is drawn at the top is at the top of the picture, in its colour") {
    const auto display = offscreen();
    TurnedClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    const Picture24 picture = frames.picture(
        [](const FrameInput&) {
            ImGui::GetBackgroundDrawList()->AddRectFilled({10, 10}, {110, 40}, IM_COL32(0x00, 0x33, 0x66, 255));
        },
        IM_COL32(255, 250, 240, 255));
    CHECK(pixel(picture, 60, 25) == std::array{0x00, 0x33, 0x66});
    CHECK(pixel(picture, 60, 260) == std::array{255, 250, 240});
    CHECK(pixel(picture, 9, 25) == std::array{255, 250, 240});
}

TEST_CASE("display: a list with more corners than an index can count is drawn whole") {
    const auto display = offscreen();
    TurnedClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    const Picture24 picture = frames.picture(
        [](const FrameInput&) {
            ImDrawList& list = *ImGui::GetBackgroundDrawList();
            for (int i = 0; i < 30000; ++i)
                list.AddRectFilled({0, 0}, {2, 2}, ink);
            list.AddRectFilled({200, 200}, {300, 280}, IM_COL32(255, 0, 0, 255));
        },
        white);
    CHECK(pixel(picture, 250, 240) == std::array{255, 0, 0});
}

TEST_CASE("display: wiping leaves nothing of the last frame") {
    const auto display = offscreen();
    TurnedClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    frames.draw(
        [](const FrameInput&) {
            ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {400, 300}, ink);
        },
        white);
    display->wipe(white);
    const Picture24 picture = display->read_pixels();
    CHECK(std::all_of(picture.pixels.begin(), picture.pixels.end(), [](std::uint8_t value) { return value == 255; }));
}

TEST_CASE("frames: off-screen, a frame that nobody asks the picture of is built and not painted") {
    const auto display = offscreen();
    TurnedClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock, FrameDriver::Paint::WhenSeen);
    display->wipe(white);
    int built = 0;
    const auto build = [&](const FrameInput&) {
        ++built;
        ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {400, 300}, ink);
    };
    frames.draw(build, white);
    CHECK(built == 1);
    CHECK(pixel(display->read_pixels(), 60, 25) == std::array{255, 255, 255});
    CHECK(pixel(frames.picture(build, white), 60, 25) != std::array{255, 255, 255});
    CHECK(built == 2);
}

TEST_CASE("frames: while more keys wait they are all built, and the eye gets the last") {
    const auto display = offscreen();
    TurnedClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    int keys = 0;
    const auto build = [&](const FrameInput& frame) {
        keys += static_cast<int>(frame.typed.size());
        ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {400, 300}, ink);
    };
    const auto is_painted = [&] { return pixel(display->read_pixels(), 60, 25) != std::array{255, 255, 255}; };
    frames.draw(build, white);
    display->wipe(white);
    input.push({KeyPressed{Key::Tab, {}}, clock.since_boot()});
    input.push({CharacterTyped{U'a'}, clock.since_boot()});
    frames.draw(build, white);
    CHECK(keys == 1);
    CHECK_FALSE(is_painted());
    while (keys < 2 && frames.due())
        frames.draw(build, white);
    CHECK(keys == 2);
    CHECK(is_painted());

    display->wipe(white);
    input.push({KeyPressed{Key::Tab, {}}, clock.since_boot()});
    input.push({CharacterTyped{U'a'}, clock.since_boot()});
    clock.now += std::chrono::milliseconds(100);
    frames.draw(build, white);
    CHECK(is_painted()); // however many keys come, the screen does not stand still
}

TEST_CASE("display: a picture that cannot be written says so") {
    const auto display = offscreen();
    CHECK(save_png(display->read_pixels(), "/nonexistent/folder/picture.png").error() == PictureError::NotWritten);
    CHECK(save_png(Picture24{{10, 10}, {}}, "/dev/null").error() == PictureError::NotWritten);
}

TEST_CASE("display: without an X server a window is refused, not a crash") {
    ::unsetenv("DISPLAY");
    ::unsetenv("WAYLAND_DISPLAY");
    TurnedClock clock;
    InputQueue input;
    const auto window = Display::open_window({}, clock, input);
    REQUIRE_FALSE(window.ok());
    CHECK(window.error() == DisplayError::NoDisplay);
}

TEST_CASE("frames: another thread ends a wait") {
    const auto display = offscreen();
    RealClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    while (frames.due())
        frames.draw(nothing_to_build, white);
    const auto before = clock.since_boot();
    std::jthread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        display->wake();
    });
    frames.wait(before + std::chrono::seconds(20));
    CHECK(clock.since_boot() - before < std::chrono::seconds(10));
    CHECK(clock.since_boot() - before >= std::chrono::milliseconds(50));
    CHECK_FALSE(frames.due()); // being woken is no reason to draw: whoever woke it says what changed
}

TEST_CASE("frames: a wait ends at its deadline") {
    const auto display = offscreen();
    RealClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    while (frames.due())
        frames.draw(nothing_to_build, white);
    const auto before = clock.since_boot();
    frames.wait(before + std::chrono::milliseconds(80));
    CHECK(clock.since_boot() - before >= std::chrono::milliseconds(80));
}

TEST_CASE("frames: after input three frames are drawn, then none, and idling costs nothing") {
    const auto display = offscreen({1080, 1920});
    RealClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    int drawn = 0;
    const auto build = [&](const FrameInput&) { ++drawn; };
    while (frames.due())
        frames.draw(build, white);
    CHECK(drawn == 3);

    drawn = 0;
    input.push({CharacterTyped{U'a'}, clock.since_boot()});
    while (frames.due())
        frames.draw(build, white);
    CHECK(drawn == 4); // the one that fed it, and three

    drawn = 0;
    const auto used = processor_time();
    const auto until = clock.since_boot() + std::chrono::seconds(2);
    while (clock.since_boot() < until) {
        frames.wait(std::min(until, clock.since_boot() + std::chrono::milliseconds(200)));
        if (frames.due()) frames.draw(build, white);
    }
    CHECK(drawn == 0);
    CHECK(processor_time() - used < std::chrono::milliseconds(100)); // measured: under 1 ms
}

TEST_CASE("frames: ImGui hit-testing sees a tap of one millisecond, and a press that slides off does nothing") {
    const auto display = offscreen();
    TurnedClock clock;
    InputQueue input;
    FrameDriver frames(*display, input, clock);
    int taps = 0;
    const auto build = [&](const FrameInput&) {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::PushID(1);
        ImGui::Begin("screen", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings);
        ImGui::SetCursorScreenPos({50, 50});
        if (ImGui::InvisibleButton("hit", {100, 60})) ++taps;
        ImGui::End();
        ImGui::PopID();
    };
    const auto settle = [&] {
        while (frames.due()) {
            frames.draw(build, white);
            clock.now += forms::BootTime{16};
        }
    };
    settle();
    for (int i = 0; i < 10; ++i) {
        input.push({PointerPressed{{100, 80}}, clock.now});
        input.push({PointerReleased{{100, 80}}, clock.now});
    }
    settle();
    CHECK(taps == 10);

    input.push({PointerPressed{{100, 80}}, clock.now});
    input.push({PointerMoved{{300, 200}}, clock.now});
    input.push({PointerReleased{{300, 200}}, clock.now});
    settle();
    CHECK(taps == 10);

    frames.renew();
    settle();
    input.push({PointerPressed{{100, 80}}, clock.now});
    input.push({PointerReleased{{100, 80}}, clock.now});
    settle();
    CHECK(taps == 11);
}
