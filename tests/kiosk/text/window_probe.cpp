// SPDX-License-Identifier: EUPL-1.2
// window_probe SECONDS
// A window with three fields and a button, for window.sh to type into as fast as an X server can. Prints what arrived; and,
// as soon as SECONDS have passed without a frame, how much of a processor it used in them.
#include "kiosk/platform/frame.hpp"
#include "kiosk/text/text_engine.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <system_error>

using namespace kiosk;

namespace {

std::chrono::nanoseconds time_of(clockid_t clock) {
    timespec now{};
    (void)::clock_gettime(clock, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

struct RealClock final : forms::Clock {
    [[nodiscard]] forms::BootTime since_boot() const override {
        return std::chrono::duration_cast<forms::BootTime>(time_of(CLOCK_BOOTTIME));
    }
    [[nodiscard]] forms::WallTime wall_time() const override { return std::chrono::system_clock::now(); }
};

void append(std::string& text, char32_t c) {
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else {
        text += static_cast<char>(0xC0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3F));
    }
}

} // namespace

int main(int argc, char** argv) {
    double seconds = 5;
    if (argc == 2) {
        const std::string_view given = argv[1];
        const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), seconds);
        if (error != std::errc{} || end != given.data() + given.size()) {
            std::fputs("usage: window_probe SECONDS\n", stderr);
            return 2;
        }
    }
    const std::chrono::duration<double> untouched(seconds);
    RealClock clock;
    InputQueue input;
    auto opened =
        Display::open_window({.fullscreen = true, .size = {}, .vsync = false, .title = "probe"}, clock, input);
    if (!opened.ok()) return 1;
    Display& display = *opened.value();
    auto engine = TextEngine::open(display.glyph_textures());
    if (!engine.ok()) return 1;
    FrameDriver frames(display, input, clock);

    std::array<std::string, 3> fields;
    std::size_t focus = 0;
    int taps = 0;
    bool done = false;
    const auto build = [&](const FrameInput& frame) {
        std::size_t next = focus;
        for (const Typed& typed : frame.typed) {
            if (const auto* character = std::get_if<CharacterTyped>(&typed))
                append(fields[focus], character->character);
            if (const auto* key = std::get_if<KeyPressed>(&typed)) {
                if (key->key == Key::Tab) next = (focus + 1) % fields.size();
                if (key->key == Key::Escape) done = true;
            }
        }
        engine.value()->begin_frame();
        ImDrawList& list = *ImGui::GetBackgroundDrawList();
        float y = 40;
        for (const std::string& field : fields) {
            engine.value()->draw(list, {40, y}, engine.value()->layout(field, {.style = {24}}), IM_COL32_BLACK);
            y += 80;
        }
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::Begin("screen", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
        ImGui::SetCursorScreenPos({100, 400});
        if (ImGui::InvisibleButton("hit", {200, 100})) ++taps;
        ImGui::End();
        focus = next;
    };
    while (frames.due())
        frames.draw(build, IM_COL32_WHITE);
    std::printf("ready %dx%d\n", display.size().width, display.size().height);
    (void)std::fflush(stdout);

    // (A new window is exposed a little late: some frames more, and the time begins anew.)
    auto processor = time_of(CLOCK_PROCESS_CPUTIME_ID);
    auto began = time_of(CLOCK_MONOTONIC);
    bool told = false;
    while (!done && !display.close_requested()) {
        frames.wait(clock.since_boot() + std::chrono::milliseconds(500));
        if (frames.due()) {
            frames.draw(build, IM_COL32_WHITE);
            processor = time_of(CLOCK_PROCESS_CPUTIME_ID);
            began = time_of(CLOCK_MONOTONIC);
            continue;
        }
        const std::chrono::duration<double> passed = time_of(CLOCK_MONOTONIC) - began;
        if (told || passed < untouched) continue;
        const std::chrono::duration<double> cost = time_of(CLOCK_PROCESS_CPUTIME_ID) - processor;
        std::printf("idle %.1f s processor %.4f %%\n", passed.count(), 100 * cost / passed);
        (void)std::fflush(stdout);
        told = true;
    }
    while (frames.due()) // what was done before the last key counts
        frames.draw(build, IM_COL32_WHITE);
    for (const std::string& field : fields)
        std::printf("field [%s]\n", field.c_str());
    std::printf("taps %d\n", taps);
    return 0;
}
