// SPDX-License-Identifier: EUPL-1.2
// How long a person waits for the list of places after each key, and what the index costs at start.
#include "assets/places/embedded.hpp"
#include "forms/italian/places.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

namespace {

const forms::Places& places() {
    static const forms::Places all = [] {
        auto made = forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv());
        if (!made.ok()) std::abort();
        return std::move(made).value();
    }();
    return all;
}

/// "s" begins more names than any other letter: the slowest single key there is.
void search(benchmark::State& state, const std::string& typed, forms::PlaceList list) {
    (void)places();
    for (auto _ : state)
        benchmark::DoNotOptimize(places().search(typed, list, "it", 6));
}
BENCHMARK_CAPTURE(search, one_letter, "s", forms::PlaceList::BirthPlace)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(search, common_word, "san", forms::PlaceList::BirthPlace)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(search, two_words, "san giov", forms::PlaceList::Comune)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(search, whole_name, "reggio nell'emilia", forms::PlaceList::Comune)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(search, nothing_there, "szq", forms::PlaceList::BirthPlace)->Unit(benchmark::kMicrosecond);

void make_index(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv()));
}
BENCHMARK(make_index)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
