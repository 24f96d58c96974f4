// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/display.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/text/text_engine.hpp"

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
