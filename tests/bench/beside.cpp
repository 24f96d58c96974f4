// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/beside.hpp"

#include "tests/bench/bench_form.hpp"

#include "forms/engine/draft.hpp"
#include "forms/fhir/json.hpp"
#include "forms/fhir/load.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace bench {
namespace {

/// One size of form: how often it is loaded, and how many answers are then given.
struct Size {
    int items, loads, answers;
};
constexpr Size sizes[] = {{10, 9, 10}, {100, 9, 100}, {1000, 5, 2000}, {5000, 5, 60}};

double median(std::vector<double> all) {
    if (all.empty()) return 0;
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
}

/// Milliseconds. The first load of a size touches memory and code that were not used before, here and there; what a
/// program does all day is the middle one of several.
struct Figures {
    double first = 0;
    double load = 0;
    double answer = 0;
    double fill = 0; ///< all answers together
    std::size_t answers = 0;
};

double milliseconds_of(auto&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

/// Of the processor: a machine that has other work to do is no slower form program. Nothing here waits or has threads,
/// so that on an idle machine it is what the wall says.
double processor_milliseconds_of(auto&& work) {
    const auto now = [] {
        timespec time{};
        (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double begin = now();
    work();
    return now() - begin;
}

void give(forms::Draft& draft, const forms::Path& path, const bench_form::Given& given) {
    if (given.is_flag)
        draft.set(path, given.flag);
    else if (given.option >= 0)
        draft.choose(path, static_cast<std::size_t>(given.option), true);
    else
        draft.type(path, given.text);
}

Figures ours(const Size& size) {
    const std::string json = bench_form::questionnaire(size.items);
    const auto answers = bench_form::answers(size.items, size.answers);
    std::vector<double> loads;
    std::vector<double> each;
    std::vector<double> fills;
    Figures figures;
    for (int round = 0; round < size.loads; ++round) {
        std::optional<forms::Draft> draft;
        loads.push_back(processor_milliseconds_of([&] {
            auto loaded = forms::load_definition(json);
            if (!loaded.ok()) std::abort();
            draft.emplace(loaded.value(), std::pmr::get_default_resource());
        }));
        std::vector<forms::Path> paths;
        for (const auto& given : answers)
            paths.push_back(draft->definition().path_of(given.path).value());
        fills.push_back(processor_milliseconds_of([&] {
            for (std::size_t i = 0; i < answers.size(); ++i)
                each.push_back(milliseconds_of([&] { give(*draft, paths[i], answers[i]); }));
        }));
    }
    figures.first = loads.front();
    figures.load = median(loads);
    figures.fill = median(fills);
    figures.answer = median(each);
    figures.answers = answers.size();
    return figures;
}

/// What LHC-Forms said to one case; NaN where it failed.
struct Told {
    double load = std::nan("");
    std::vector<double> answers;
};

std::optional<double> number_in(const forms::JsonDocument& json, forms::JsonDocument::Node node) {
    if (node == forms::JsonDocument::none || json.kind(node) != forms::JsonKind::Number) return std::nullopt;
    const auto text = json.text(node);
    double number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc()) return std::nullopt;
    return number;
}

Told told_in(const std::string& line) {
    Told told;
    forms::JsonDocument json(std::pmr::get_default_resource());
    if (!forms::read_json(line, forms::JsonLimits{}, json).whole) return told;
    const auto root = forms::JsonDocument::root();
    told.load = number_in(json, json.member(root, "load_ms")).value_or(std::nan(""));
    const auto errors = json.member(root, "errors");
    if (errors != forms::JsonDocument::none && json.size(errors) > 0)
        std::cerr << "LHC-Forms: " << json.text(json.first(errors)) << "\n";
    if (const auto list = json.member(root, "answer_ms"); list != forms::JsonDocument::none)
        for (auto one = json.first(list); one != forms::JsonDocument::none; one = json.next(one))
            if (const auto number = number_in(json, one)) told.answers.push_back(*number);
    return told;
}

/// By how much of a power of the size something grows, between two sizes: 1 = in proportion, 0 = not at all.
double slope(const Figures& small, const Figures& large, double from, double to, double Figures::*what) {
    return std::log(large.*what / (small.*what)) / std::log(to / from);
}

} // namespace

int print_cases() {
    for (const Size& size : sizes)
        for (int load = 0; load < size.loads; ++load) {
            std::cout << R"({"questionnaire":)" << bench_form::questionnaire(size.items);
            if (load + 1 == size.loads) {
                std::cout << R"(,"answers":[)";
                bool first = true;
                for (const auto& given : bench_form::answers(size.items, size.answers)) {
                    std::cout << (first ? "" : ",") << R"({"path":")" << given.path << R"(","value":)" << given.json
                              << "}";
                    first = false;
                }
                std::cout << "]";
            }
            std::cout << "}\n";
        }
    return std::cout.good() ? 0 : 1;
}

int print_beside(const char* file) {
    std::ifstream in(file);
    std::vector<Figures> our_all;
    std::vector<Figures> their_all;
    std::printf("%6s  %-26s %-27s %-37s %s\n", "", "first load, ms", "load and open, ms (median)",
                "one answer, µs (median)", "all answers, ms");
    std::printf("%6s %8s %8s %7s %9s %8s %7s %11s %12s %9s %6s %9s %9s\n", "items", "here", "LHC", "ratio", "here",
                "LHC", "ratio", "here", "LHC", "ratio", "count", "here", "LHC");
    for (const Size& size : sizes) {
        Figures theirs;
        std::vector<double> loads;
        Told told;
        for (int load = 0; load < size.loads; ++load) {
            std::string line;
            if (!std::getline(in, line)) {
                std::fprintf(stderr, "forms_bench: %s ends too early\n", file);
                return 1;
            }
            told = told_in(line);
            if (std::isnan(told.load)) {
                std::fprintf(stderr, "forms_bench: LHC-Forms did not load the form of %d items\n", size.items);
                return 1;
            }
            loads.push_back(told.load);
        }
        theirs.first = loads.front();
        theirs.load = median(loads);
        theirs.answer = median(told.answers);
        theirs.answers = told.answers.size();
        for (const double one : told.answers)
            theirs.fill += one;
        const Figures own = ours(size);
        if (own.answers != theirs.answers) {
            std::fprintf(stderr, "forms_bench: LHC-Forms took %zu answers, here are %zu\n", theirs.answers,
                         own.answers);
            return 1;
        }
        std::printf("%6d %8.3f %8.1f %6.0fx %9.3f %8.1f %6.0fx %11.3f %12.1f %8.0fx %6zu %9.3f %9.1f\n", size.items,
                    own.first, theirs.first, theirs.first / own.first, own.load, theirs.load, theirs.load / own.load,
                    own.answer * 1000, theirs.answer * 1000, theirs.answer / own.answer, own.answers, own.fill,
                    theirs.fill);
        our_all.push_back(own);
        their_all.push_back(theirs);
    }
    const auto tell = [&](const char* name, double Figures::*what) {
        std::printf("%s from 100 to 5,000 items grows with size^%.2f here, size^%.2f in LHC-Forms\n", name,
                    slope(our_all[1], our_all[3], 100, 5000, what), slope(their_all[1], their_all[3], 100, 5000, what));
    };
    tell("loading", &Figures::load);
    tell("one answer", &Figures::answer);
    bool loads_fast = true;
    for (std::size_t i = 0; i < our_all.size(); ++i)
        loads_fast = loads_fast && their_all[i].load >= 10 * our_all[i].load;
    std::printf("at least 10 times faster to load, at every size: %s\n", loads_fast ? "yes" : "NO");
    const auto& largest = our_all.back();
    std::printf("5,000 items load in at most 20 ms, also the first time: %s\n",
                largest.load <= 20 && largest.first <= 20 ? "yes" : "NO");
    std::printf("at least 200 times faster per answer at 5,000 items: %s\n",
                their_all.back().answer >= 200 * largest.answer ? "yes" : "NO");
    return 0;
}

} // namespace bench
