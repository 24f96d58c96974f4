// SPDX-License-Identifier: EUPL-1.2
// Every state that one request can reach, and in each: not doubled, not lost, and with fair delivery it arrives.
//     campaign_model [--long] [--trace]
// --long tells every number of every counter apart; --trace prints the shortest way to each planted mistake.
#include "tests/campaigns/model/request_model.hpp"

#include <array>
#include <cstdio>
#include <cstring>
#include <deque>
#include <string>
#include <unordered_map>

namespace {

using namespace campaign;

struct Known {
    std::string before; ///< key of the state it was first reached from
    const char* by;
};

struct Search {
    std::size_t states = 0, moves = 0, acknowledged = 0;
    std::string broken; ///< empty: nothing is
    std::vector<const char*> way;
};

/// With fair delivery from here on it is acknowledged, or stands at the desk because it is there in part.
bool arrives(State s) {
    for (int i = 0; i < 64; ++i) {
        const auto next = fair_step(s);
        if (next.empty()) return s.row.life == net::Life::Acknowledged || s.in_part;
        s = next.front().next;
        if (!broken(s).empty()) return false;
    }
    return false;
}

Search search(Mistake mistake) {
    Search result;
    std::unordered_map<std::string, Known> known;
    std::deque<State> open = {first_state()};
    known.emplace(open.front().key(), Known{{}, "kept"});
    const auto fail = [&](const State& s, std::string what) {
        result.broken = std::move(what);
        for (std::string key = s.key(); !key.empty(); key = known.at(key).before)
            result.way.insert(result.way.begin(), known.at(key).by);
        return result;
    };
    while (!open.empty()) {
        const State s = open.front();
        open.pop_front();
        ++result.states;
        result.acknowledged += s.row.life == net::Life::Acknowledged ? 1 : 0;
        if (auto what = broken(s); !what.empty()) return fail(s, std::move(what));
        if (mistake == Mistake::None && !arrives(s)) return fail(s, "stuck: fair delivery does not end it");
        const std::string key = s.key();
        for (Step& step : steps(s, mistake)) {
            ++result.moves;
            if (known.emplace(step.next.key(), Known{key, step.what}).second) open.push_back(std::move(step.next));
        }
    }
    return result;
}

} // namespace

int main(int argc, char** argv) {
    bool trace = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--trace") == 0) {
            trace = true;
        } else if (std::strcmp(argv[i], "--long") == 0) {
            count_by({.attempts = 2, .every_number = true});
        } else {
            std::fputs("usage: campaign_model [--long] [--trace]\n", stderr);
            return 2;
        }
    }
    const Search all = search(Mistake::None);
    std::printf("model: %zu states, %zu steps, all explored: %s\n", all.states, all.moves,
                all.broken.empty() ? "0 lost, 0 doubled, fair delivery ends every one" : all.broken.c_str());
    for (const char* step : all.way)
        std::printf("    %s\n", step);
    int failed = all.broken.empty() && all.acknowledged > 0 ? 0 : 1;
    constexpr std::array mistakes = {
        std::pair{Mistake::ForgetsAtRestart, "a restart forgets what was on its way"},
        std::pair{Mistake::SendsAtOnce, "sent again without a look-up"},
        std::pair{Mistake::DoesNotWait, "looked up while the first attempt may be at work"},
        std::pair{Mistake::SomeIsNone, "there in part is taken for not there"},
        std::pair{Mistake::BelievesTheStatus, "a status of 200 is taken for a proof"},
        std::pair{Mistake::GivesUpThePlace, "given up at the first failure of the place of a 202"},
        std::pair{Mistake::HurriesForStaff, "staff have an unclear request looked up at once"},
    };
    for (const auto& [mistake, name] : mistakes) {
        const Search planted = search(mistake);
        std::printf("planted: %s: %s after %zu states\n", name,
                    planted.broken.empty() ? "NOT FOUND" : planted.broken.c_str(), planted.states);
        if (trace)
            for (const char* step : planted.way)
                std::printf("    %s\n", step);
        failed += planted.broken.empty() ? 1 : 0;
    }
    return failed == 0 ? 0 : 1;
}
