// SPDX-License-Identifier: EUPL-1.2
// campaign_nth_failure [TRIALS] [SEED]
// Every call that changes the disk fails in its turn, in every script: once with EIO (a write has half happened), once
// with ENOSPC, and with EROFS for good from there on, as after the system has made a broken disk read-only. The program
// goes on; then the disk is well again, and everything must be there, once.
#include "tests/campaigns/disk/disk_calls.hpp"
#include "tests/campaigns/disk/scripts.hpp"
#include "tests/doubles/argument.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace tests::disk;

namespace {

struct Way {
    const char* name;
    int error;
    bool for_good;
};
constexpr std::array ways = {Way{"EIO", EIO, false}, Way{"ENOSPC", ENOSPC, false}, Way{"EROFS for good", EROFS, true}};

struct Point {
    std::size_t script;
    int call;
    const Way* way;
};

} // namespace

int main(int argc, char** argv) {
    const int wanted = tests::number_argument(argc, argv, 1, 1500);
    const int seed_argument = tests::number_argument(argc, argv, 2, 1);
    const auto seed = static_cast<unsigned>(seed_argument);
    if (wanted <= 0 || seed_argument < 0) {
        std::fprintf(stderr, "usage: campaign_nth_failure [TRIALS] [SEED]\n");
        return 2;
    }
    const Place place;
    static Ledger ledger;
    std::vector<Beginning> beginnings;
    std::vector<Point> points;
    const auto play = [&](std::size_t script, const Point* point) {
        const auto folder = place.path() / "trial";
        copy_folder(beginnings[script].folder, folder);
        ledger.read(beginnings[script].ledger);
        watch(folder.string());
        if (point != nullptr)
            fail_at(point->call, point->way->error, point->way->for_good);
        else
            count_only();
        {
            Terminal terminal(folder, ledger, seed + 1);
            terminal.clock = beginnings[script].clock;
            scripts()[script].play(terminal);
        }
        const int calls = seen();
        watch({});
        return calls;
    };
    for (std::size_t s = 0; s < scripts().size(); ++s) {
        beginnings.push_back(begin(scripts()[s], place, seed));
        if (scripts()[s].breaks_disk) continue;
        const int calls = play(s, nullptr);
        for (int n = 0; n < calls; ++n)
            for (const Way& way : ways)
                points.push_back({s, n, &way});
    }
    const int trials = std::min(wanted, static_cast<int>(points.size()));
    std::array<int, 10> kinds{};
    Verdict sum;
    int failed_calls = 0;
    for (int i = 0; i < trials; ++i) {
        const Point& p = points[static_cast<std::size_t>(i) * points.size() / static_cast<std::size_t>(trials)];
        (void)play(p.script, &p);
        if (failed()) {
            ++failed_calls;
            ++kinds[static_cast<std::size_t>(failed_kind())];
        }
        Terminal terminal(place.path() / "trial", ledger, seed + 2);
        terminal.clock = beginnings[p.script].clock;
        const Verdict verdict = judge(terminal, scripts()[p.script].damaged);
        if (!verdict.fine())
            std::printf("nth-failure: %s, call %d, %s: %u lost, %u doubled, %u not delivered, %u corrupt\n",
                        scripts()[p.script].name, p.call, p.way->name, verdict.lost, verdict.doubled, verdict.stuck,
                        verdict.corrupt);
        sum += verdict;
    }
    std::printf("nth-failure: %d trials of %zu; failed:", trials, points.size());
    for (std::size_t kind = 0; kind < kinds.size(); ++kind)
        if (kinds[kind] > 0) std::printf(" %d %s", kinds[kind], kind_names[kind]);
    std::printf(
        "\nnth-failure: %u lost, %u doubled, %u not delivered in the end, %u corrupt; usable again after at most %.3f "
        "s\n",
        sum.lost, sum.doubled, sum.stuck, sum.corrupt, static_cast<double>(sum.start.count()) / 1e6);
    return sum.fine() && failed_calls > trials / 2 ? 0 : 1;
}
