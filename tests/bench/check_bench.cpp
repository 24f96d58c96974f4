// SPDX-License-Identifier: EUPL-1.2
// What "check your answers" costs when a form has thousands of questions: a frame of the page that is up, and the first
// one, in which every word is new.
#include "tests/kiosk/views/world.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace {

kiosk::Picture check_of(int questions) {
    kiosk::CheckScreen check;
    check.title = "Controlla le tue risposte";
    check.language = "it";
    check.back = "Indietro";
    check.send = "Invia la richiesta";
    constexpr int in_a_section = 20;
    for (int i = 0; i < questions; ++i) {
        const std::string number = std::to_string(i);
        if (i % in_a_section == 0) check.sections.push_back({"Sezione " + number, {}});
        check.sections.back().rows.push_back(
            {"row:" + number, "Quanto vale la domanda numero " + number + "?", "Risposta " + number, false, "Cambia"});
    }
    kiosk::Picture picture;
    picture.more = "Altre risposte";
    picture.earlier = "Risposte precedenti";
    picture.screen = std::move(check);
    return picture;
}

void frame(benchmark::State& state) {
    World world;
    kiosk::Stage stage(*world.engine, tall_glass);
    const kiosk::Picture picture = check_of(static_cast<int>(state.range(0)));
    world.draw(stage, picture);
    for (auto _ : state)
        world.draw(stage, picture);
}
BENCHMARK(frame)->Arg(10)->Arg(100)->Arg(1000)->Arg(5000)->Unit(benchmark::kMillisecond);

void first_frame(benchmark::State& state) {
    const kiosk::Picture picture = check_of(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        state.PauseTiming();
        World world;
        kiosk::Stage stage(*world.engine, tall_glass);
        state.ResumeTiming();
        world.draw(stage, picture);
        state.PauseTiming();
        stage.forget();
        state.ResumeTiming();
    }
}
BENCHMARK(first_frame)->Arg(10)->Arg(5000)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
