// SPDX-License-Identifier: EUPL-1.2
// Draws every screen into pictures, for the eyes of whoever changes one:
//     views_gallery --out DIR [--language it|fr|en|ar] [--size 1080x1920] [--px-per-mm 4] [--theme 0…3] [--text 0…3]
//                   [--only part of a name] [--focus key] [--tap key]…
#include "samples.hpp"
#include "showcase.hpp"

#include "kiosk/a11y/tree_text.hpp"
#include "kiosk/platform/display.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/views/stage.hpp"
#include "kiosk/widgets/canvas.hpp"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <imgui.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct StandingClock final : forms::Clock {
    [[nodiscard]] forms::BootTime since_boot() const override { return forms::BootTime{1000}; }
    [[nodiscard]] forms::WallTime wall_time() const override { return {}; }
};

struct Wishes {
    std::filesystem::path out;
    std::string language = "it", only, focus;
    std::vector<std::string> taps;
    int width = 1080, height = 1920, theme = 0, text = 1;
    float px_per_mm = 4.0F;
};

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Wishes read(int count, char** arguments) {
    Wishes wishes;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = arguments[i];
        const std::string_view value = arguments[i + 1];
        if (name == "--out") wishes.out = value;
        if (name == "--language") wishes.language = value;
        if (name == "--only") wishes.only = value;
        if (name == "--focus") wishes.focus = value;
        if (name == "--tap") wishes.taps.emplace_back(value);
        if (name == "--theme") wishes.theme = number(value);
        if (name == "--text") wishes.text = number(value);
        if (name == "--px-per-mm") std::from_chars(value.data(), value.data() + value.size(), wishes.px_per_mm);
        if (name == "--size") {
            wishes.width = number(value.substr(0, value.find('x')));
            wishes.height = number(value.substr(value.find('x') + 1));
        }
    }
    return wishes;
}

} // namespace

int main(int count, char** arguments) {
    const Wishes wishes = read(count, arguments);
    if (wishes.out.empty()) {
        std::fputs("views_gallery: say where: --out DIR\n", stderr);
        return 2;
    }
    std::filesystem::create_directories(wishes.out);
    StandingClock clock;
    kiosk::InputQueue input;
    auto display = kiosk::Display::open_offscreen(kiosk::PixelSize{wishes.width, wishes.height});
    if (!display.ok()) {
        std::fputs("views_gallery: no OpenGL 3.3 off screen (libgl1-mesa-dri)\n", stderr);
        return 1;
    }
    auto engine = kiosk::TextEngine::open(display.value()->glyph_textures());
    if (!engine.ok()) {
        std::fputs("views_gallery: a Noto font is missing (fonts-noto-core)\n", stderr);
        return 1;
    }
    kiosk::FrameDriver frames(*display.value(), input, clock);
    const kiosk::Glass glass{static_cast<float>(wishes.width), static_cast<float>(wishes.height), wishes.px_per_mm};
    std::vector<samples::Sample> all = samples::all(wishes.language);
    for (samples::Sample& sample : samples::of_forms(wishes.language))
        all.push_back(std::move(sample));
    for (samples::Sample& sample : all) {
        if (sample.name.find(wishes.only) == std::string::npos) continue;
        sample.picture.theme = static_cast<kiosk::Theme>(wishes.theme);
        sample.picture.text_size = static_cast<kiosk::TextSize>(wishes.text);
        kiosk::Stage stage(*engine.value(), glass);
        kiosk::Intents intents;
        const auto build = [&](const kiosk::FrameInput&) {
            stage.draw(sample.picture, *ImGui::GetBackgroundDrawList(), intents);
        };
        const ImU32 ground = kiosk::packed(kiosk::background(sample.picture));
        (void)frames.picture(build, ground);
        for (const std::string& key : wishes.taps) {
            if (stage.press(key)) (void)frames.picture(build, ground);
        }
        if (!wishes.focus.empty() && stage.focus(wishes.focus)) {
            kiosk::HandInput walk;
            walk.typed = {kiosk::KeyStroke{kiosk::HandKey::Next}, kiosk::KeyStroke{kiosk::HandKey::Previous}};
            stage.take(walk, sample.picture, intents);
        }
        const kiosk::Picture24 shot = frames.picture(build, ground);
        if (!kiosk::save_png(shot, wishes.out / (sample.name + ".png")).ok()) {
            std::fputs("views_gallery: cannot write there\n", stderr);
            return 1;
        }
        std::ofstream(wishes.out / (sample.name + ".tree.json")) << kiosk::tree_json(stage.tree(), wishes.px_per_mm);
    }
    return 0;
}
