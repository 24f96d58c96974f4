// SPDX-License-Identifier: EUPL-1.2
// campaign_power_cut [--as-synchronous-normal] [STATES] [SEED]      campaign_power_cut --show SCRIPT: its record
// Every script is played once and all its calls that change the disk are recorded. Then the power goes at a random call
// of the record, and of what was not synced by then any part may be left: the real outbox is opened on that, must find
// everything that a person was told is kept, whole, and deliver it without doubling anything.
// --as-synchronous-normal leaves out the syncs that SQLite leaves out under synchronous=NORMAL: then this campaign must
// report losses, or it could not find any.
#include "tests/campaigns/disk/disk_calls.hpp"
#include "tests/campaigns/disk/disk_model.hpp"
#include "tests/campaigns/disk/scripts.hpp"
#include "tests/doubles/argument.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace tests::disk;

namespace {

std::vector<Call> record_of(const Script& script, const Beginning& beginning, const Place& place, unsigned seed) {
    static Ledger ledger;
    ledger.read(beginning.ledger);
    const auto folder = place.path() / "recorded";
    copy_folder(beginning.folder, folder);
    {
        Terminal terminal(folder, ledger, seed);
        terminal.clock = beginning.clock;
        watch(folder.string());
        record();
        script.play(terminal);
    }
    auto calls = take_record();
    watch({});
    return calls;
}

/// Of the log's syncs only those that precede a write to the file itself stay: those of a checkpoint.
void drop_syncs(std::vector<Call>& calls) {
    std::map<int, std::string> names;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Call& call = calls[i];
        if (call.kind == Kind::Open || call.kind == Kind::Create) names[call.file] = call.path;
        if (call.kind != Kind::Sync || call.file < 0 || !names[call.file].ends_with("-wal")) continue;
        const auto next = std::find_if(calls.begin() + static_cast<std::ptrdiff_t>(i) + 1, calls.end(),
                                       [](const Call& c) { return c.kind == Kind::Write || c.kind == Kind::Sync; });
        if (next != calls.end() && next->kind == Kind::Write && names[next->file].ends_with(".db")) continue;
        calls[i].kind = Kind::Mark;
        calls[i].bytes.clear(); // not a mark either: see below
        calls[i].at = -1;
    }
}

void show(const std::vector<Call>& calls) {
    std::map<int, std::string> names;
    std::string known;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Call& call = calls[i];
        if (call.kind == Kind::Open || call.kind == Kind::Create) names[call.file] = call.path;
        const std::string& file = call.file >= 0 ? names[call.file] : call.path;
        if (call.kind == Kind::Mark)
            std::printf("%4zu mark     %s\n", i, call.bytes == known ? "as before" : "more is known outside");
        else
            std::printf("%4zu %-8s %s%s%s at %ld, %zu bytes%s\n", i, kind_names[static_cast<int>(call.kind)],
                        file.c_str(), call.to.empty() ? "" : " to ", call.to.c_str(), static_cast<long>(call.at),
                        call.bytes.size(), call.failed ? ", failed" : "");
        if (call.kind == Kind::Mark) known = call.bytes;
    }
}

} // namespace

int main(int argc, char** argv) {
    bool normal = false;
    std::string_view shown;
    std::vector<int> numbers;
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--as-synchronous-normal")
            normal = true;
        else if (std::string_view(argv[i]) == "--show" && i + 1 < argc)
            shown = argv[++i];
        else
            numbers.push_back(tests::number_argument(argc, argv, i, 0));
    }
    const int states = !numbers.empty() ? numbers[0] : 3000;
    const int seed_argument = numbers.size() > 1 ? numbers[1] : 1;
    const auto seed = static_cast<unsigned>(seed_argument);
    if (states <= 0 || seed_argument < 0) {
        std::fprintf(stderr, "usage: campaign_power_cut [--as-synchronous-normal] [STATES] [SEED]\n");
        return 2;
    }
    std::mt19937 dice(seed);
    const Place place;
    Verdict sum;
    int made = 0, bad = 0;
    std::size_t calls_in_all = 0;
    static Ledger ledger;
    for (std::size_t s = 0; s < scripts().size(); ++s) {
        const Script& script = scripts()[s];
        const Beginning beginning = begin(script, place, seed);
        auto calls = record_of(script, beginning, place, seed + 1);
        if (normal) drop_syncs(calls);
        if (!shown.empty()) {
            if (shown == script.name) show(calls);
            continue;
        }
        calls_in_all += static_cast<std::size_t>(
            std::ranges::count_if(calls, [](const Call& c) { return c.kind != Kind::Mark && c.kind != Kind::Open; }));
        // The cuts in order, so that one walk over the record serves them all.
        const auto share = static_cast<std::size_t>(states) * (s + 1) / scripts().size() -
                           static_cast<std::size_t>(states) * s / scripts().size();
        std::vector<std::size_t> cuts(share);
        for (std::size_t& cut : cuts)
            cut = dice() % (calls.size() + 1);
        std::ranges::sort(cuts);
        DiskModel model(beginning.folder);
        std::string known = beginning.ledger;
        std::size_t at = 0;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            for (; at < cuts[i]; ++at) {
                if (calls[at].kind == Kind::Mark && calls[at].at == 0) known = calls[at].bytes;
                model.happens(calls[at]);
            }
            const auto folder = place.fresh("state");
            model.power_goes(folder, dice() % 8, dice);
            ledger.read(known);
            Terminal terminal(folder, ledger, seed + 2);
            terminal.clock = beginning.clock;
            const Verdict verdict = judge(terminal, script.damaged);
            ++made;
            if (!verdict.fine() && ++bad <= 20)
                std::printf(
                    "power-cut: %s, before call %zu of %zu, state %zu: %u lost, %u doubled, %u not delivered, %u "
                    "corrupt\n",
                    script.name, cuts[i], calls.size(), i, verdict.lost, verdict.doubled, verdict.stuck,
                    verdict.corrupt);
            sum += verdict;
        }
    }
    if (!shown.empty()) return 0;
    std::printf(
        "power-cut: %d states from %zu records of %zu calls%s: %u lost, %u doubled, %u not delivered in the end, %u "
        "corrupt; usable again after at most %.3f s\n",
        made, scripts().size(), calls_in_all, normal ? ", synced as under synchronous=NORMAL" : "", sum.lost,
        sum.doubled, sum.stuck, sum.corrupt, static_cast<double>(sum.start.count()) / 1e6);
    if (normal) {
        std::printf("power-cut: %s\n", sum.lost > 0 ? "the losses that had to show did" : "it cannot find a loss");
        return sum.lost > 0 ? 0 : 1;
    }
    return sum.fine() ? 0 : 1;
}
