// SPDX-License-Identifier: EUPL-1.2
// What forms of every size cost: to load, to open, to answer; and what hosts ask after each answer.
//     forms_bench [options of Google Benchmark]
//     forms_bench --cases              the same forms and answers for LHC-Forms, one case a line
//     forms_bench --beside FILE        ours beside what LHC-Forms said to these cases
#include "tests/bench/bench_form.hpp"
#include "tests/bench/beside.hpp"

#include "forms/engine/draft.hpp"
#include "forms/engine/pages.hpp"
#include "forms/fhir/load.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <malloc.h>
#include <map>
#include <string_view>

namespace {

using Loaded = std::shared_ptr<const forms::Definition>;

Loaded load(const std::string& json) {
    auto loaded = forms::load_definition(json);
    if (!loaded.ok()) std::abort();
    return loaded.value();
}

Loaded form_of(int items) {
    static std::map<int, Loaded> made;
    auto& one = made[items];
    if (!one) one = load(bench_form::questionnaire(items));
    return one;
}

void load_form(benchmark::State& state) {
    const std::string json = bench_form::questionnaire(static_cast<int>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(load(json));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json.size()));
}
BENCHMARK(load_form)->Arg(10)->Arg(100)->Arg(1000)->Arg(5000)->Arg(10000)->Unit(benchmark::kMillisecond);

void open_draft(benchmark::State& state) {
    const Loaded form = form_of(static_cast<int>(state.range(0)));
    const auto before = mallinfo2();
    const forms::Draft one(form, std::pmr::get_default_resource());
    const auto after = mallinfo2();
    for (auto _ : state)
        benchmark::DoNotOptimize(forms::Draft(form, std::pmr::get_default_resource()));
    state.counters["KiB"] = static_cast<double>(after.uordblks + after.hblkhd - before.uordblks - before.hblkhd) / 1024;
}
BENCHMARK(open_draft)->Arg(10)->Arg(100)->Arg(1000)->Arg(5000)->Unit(benchmark::kMicrosecond);

/// A question in the middle that a text and nothing else depends on, answered yes and no in turn.
void answer_flag(benchmark::State& state) {
    const Loaded form = form_of(static_cast<int>(state.range(0)));
    forms::Draft draft(form, std::pmr::get_default_resource());
    const int section = static_cast<int>(state.range(0)) / 20;
    const auto path = form->path_of("s" + std::to_string(section) + "/s" + std::to_string(section) + ".7").value();
    bool yes = false;
    for (auto _ : state)
        benchmark::DoNotOptimize(draft.set(path, yes = !yes));
}
BENCHMARK(answer_flag)->Arg(10)->Arg(100)->Arg(1000)->Arg(5000)->Unit(benchmark::kNanosecond);

/// What a terminal does at every key: the text goes in, the issues of its question come out.
void type_letter(benchmark::State& state) {
    const Loaded form = form_of(static_cast<int>(state.range(0)));
    forms::Draft draft(form, std::pmr::get_default_resource());
    const int section = static_cast<int>(state.range(0)) / 20;
    const auto path = form->path_of("s" + std::to_string(section) + "/s" + std::to_string(section) + ".6").value();
    bool more = false;
    for (auto _ : state) {
        more = !more;
        benchmark::DoNotOptimize(draft.type(path, more ? "Sono qui da ieri" : "Sono qui da ier"));
        benchmark::DoNotOptimize(draft.issues_of(path));
    }
}
BENCHMARK(type_letter)->Arg(10)->Arg(100)->Arg(1000)->Arg(5000)->Unit(benchmark::kNanosecond);

void fill_in(forms::Draft& draft, const std::vector<std::pair<forms::Path, bench_form::Given>>& answers) {
    for (const auto& [path, given] : answers) {
        if (given.is_flag)
            draft.set(path, given.flag);
        else if (given.option >= 0)
            draft.choose(path, static_cast<std::size_t>(given.option), true);
        else
            draft.type(path, given.text);
    }
}

void fill_form(benchmark::State& state) {
    const int items = static_cast<int>(state.range(0));
    const Loaded form = form_of(items);
    std::vector<std::pair<forms::Path, bench_form::Given>> answers;
    for (auto& given : bench_form::answers(items, items))
        answers.emplace_back(form->path_of(given.path).value(), given);
    for (auto _ : state) {
        state.PauseTiming();
        forms::Draft draft(form, std::pmr::get_default_resource());
        state.ResumeTiming();
        fill_in(draft, answers);
    }
    state.counters["answers"] = static_cast<double>(answers.size());
}
BENCHMARK(fill_form)->Arg(100)->Arg(1250)->Arg(5000)->Unit(benchmark::kMillisecond);

/// Five hundred instances of a group: one answer in one of them.
void answer_in_instance(benchmark::State& state) {
    const Loaded form = load(
        R"({"resourceType":"Questionnaire","status":"active","item":[{"linkId":"g","type":"group","repeats":true,"item":[
           {"linkId":"a","type":"boolean"},{"linkId":"b","type":"string","enableWhen":[
           {"question":"a","operator":"=","answerBoolean":true}]}]}]})");
    forms::Draft draft(form, std::pmr::get_default_resource());
    for (std::int64_t i = 0; i < state.range(0); ++i)
        (void)draft.add_instance(form->path_of("g").value());
    const auto path = form->path_of(state.range(0) > 7 ? "g[7]/a" : "g/a").value();
    bool yes = false;
    for (auto _ : state)
        benchmark::DoNotOptimize(draft.set(path, yes = !yes));
}
BENCHMARK(answer_in_instance)->Arg(1)->Arg(500)->Unit(benchmark::kNanosecond);

/// One answer that switches this many others on and off: here the cost must grow.
void answer_with_dependants(benchmark::State& state) {
    std::string items = R"({"linkId":"a","type":"boolean"})";
    for (std::int64_t i = 0; i < state.range(0); ++i)
        items += R"(,{"linkId":"d)" + std::to_string(i) +
                 R"(","type":"string","enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]})";
    const Loaded form = load(R"({"resourceType":"Questionnaire","status":"active","item":[)" + items + "]}");
    forms::Draft draft(form, std::pmr::get_default_resource());
    const auto path = form->path_of("a").value();
    bool yes = false;
    for (auto _ : state)
        benchmark::DoNotOptimize(draft.set(path, yes = !yes));
}
BENCHMARK(answer_with_dependants)->Arg(1)->Arg(10)->Arg(100)->Arg(1000)->Unit(benchmark::kNanosecond);

void all_pages(benchmark::State& state) {
    const forms::Draft draft(form_of(static_cast<int>(state.range(0))), std::pmr::get_default_resource());
    for (auto _ : state)
        benchmark::DoNotOptimize(forms::pages(draft));
}
BENCHMARK(all_pages)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

void all_issues(benchmark::State& state) {
    const forms::Draft draft(form_of(static_cast<int>(state.range(0))), std::pmr::get_default_resource());
    for (auto _ : state)
        benchmark::DoNotOptimize(draft.issues());
}
BENCHMARK(all_issues)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

} // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "--cases") return bench::print_cases();
    if (what == "--beside" && argc == 3) return bench::print_beside(argv[2]);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
