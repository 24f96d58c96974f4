// SPDX-License-Identifier: EUPL-1.2
// What takes hours, years or hundreds of terminals, in virtual time. Short and long form are one.
//     campaign_time outage      2 h without a central system, 10,000 requests kept meanwhile, then drained at 20/s
//     campaign_time herd        300 terminals with 200 requests each come back to one central system
//     campaign_time clock       the wall clock jumps in the middle of a send
#include "tests/campaigns/time/terminal.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <queue>
#include <set>
#include <vector>

namespace {

using namespace campaign;
using namespace net;
using namespace std::chrono_literals;

constexpr CentralError nobody() { return {.fault = Fault::Unreachable}; }

double minutes(forms::BootTime t) { return std::chrono::duration<double>(t).count() / 60; }

int outage() {
    constexpr int many = 10'000;
    constexpr forms::BootTime ends = 2h, one = 50ms; // 20 a second, no faster
    tests::HandClock clock;
    Terminal terminal(clock, 1);
    std::map<forms::Uuid, int> there;
    std::optional<forms::BootTime> first;
    std::size_t trials = 0;
    terminal.central.on_deliver = [&](const forms::Uuid& id) -> CentralResult<Delivered> {
        if (clock.boot < ends) {
            ++trials;
            return nobody();
        }
        if (!first) first = clock.boot;
        clock.forward(one);
        ++there[id];
        return Delivered{.reference = "T", .http_status = 200};
    };
    terminal.central.on_look_up = [](const forms::Uuid&) { return Presence{}; };
    int kept = 0;
    forms::BootTime next{}, last{};
    while (there.size() < many && clock.boot < ends + 1h) {
        const forms::BootTime next_keep = ends * (kept + 1) / (many + 1);
        if (kept < many && next_keep <= clock.boot) {
            terminal.keep(++kept);
            continue;
        }
        next = terminal.step();
        last = clock.boot;
        const forms::BootTime until = kept < many ? std::min(next, next_keep) : next;
        if (until > clock.boot) clock.forward(until - clock.boot);
    }
    const auto doubled = std::ranges::count_if(there, [](const auto& one_there) { return one_there.second > 1; });
    const auto lost = static_cast<std::size_t>(many) - terminal.acknowledged();
    const forms::BootTime drained = first ? last - *first : forms::BootTime(24h);
    std::printf("outage: 2 h, %d kept, %zu trials; back after %.1f min; drained in %.1f min; lost %zu, doubled %td\n",
                kept, trials, first ? minutes(*first - ends) : -1.0, minutes(drained), lost, doubled);
    return lost == 0 && doubled == 0 && drained <= 12min && trials < 100 ? 0 : 1;
}

int herd() {
    constexpr int terminals = 300, each = 200;
    constexpr forms::BootTime ends = 2h;
    tests::HandClock clock;
    std::vector<std::unique_ptr<Terminal>> all;
    std::map<std::int64_t, std::size_t> per_second;
    std::map<std::pair<int, forms::Uuid>, int> there;
    using Turn = std::pair<forms::BootTime, int>;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
    for (int t = 0; t < terminals; ++t) {
        all.push_back(std::make_unique<Terminal>(clock, static_cast<std::uint32_t>(t + 1)));
        all.back()->central.on_deliver = [&, t](const forms::Uuid& id) -> CentralResult<Delivered> {
            if (clock.boot < ends) return nobody();
            ++per_second[clock.boot.count() / 1000];
            ++there[{t, id}];
            return Delivered{.reference = "T", .http_status = 200};
        };
        all.back()->central.on_look_up = [](const forms::Uuid&) { return Presence{}; };
        for (int n = 1; n <= each; ++n)
            all.back()->keep(n);
        turns.emplace(forms::BootTime(t), t);
    }
    while (!turns.empty() && clock.boot < ends + 2h) {
        const auto [when, t] = turns.top();
        turns.pop();
        if (when > clock.boot) clock.forward(when - clock.boot);
        const auto next = all[static_cast<std::size_t>(t)]->step();
        if (all[static_cast<std::size_t>(t)]->outbox.next_time()) turns.emplace(std::max(next, clock.boot + 1ms), t);
    }
    // The peak of ten seconds: one second's is the chance of a moment.
    std::map<std::int64_t, std::size_t> per_ten;
    std::size_t total = 0, peak = 0;
    for (const auto& [second, count] : per_second) {
        per_ten[second / 10] += count;
        total += count;
    }
    for (const auto& [ten, count] : per_ten)
        peak = std::max(peak, count);
    const double span =
        per_second.empty() ? 1 : static_cast<double>(per_second.rbegin()->first - per_second.begin()->first + 1);
    const double mean = static_cast<double>(total) / span, highest = static_cast<double>(peak) / 10;
    const auto doubled = std::ranges::count_if(there, [](const auto& one) { return one.second > 1; });
    const auto lost = static_cast<std::size_t>(terminals) * each - there.size();
    std::printf(
        "herd: %d terminals, %d requests each: %zu arrived in %.1f min, mean %.0f/s, peak %.0f/s (%.2f of the mean); "
        "lost %zu, doubled %td\n",
        terminals, each, total, span / 60, mean, highest, highest / mean, lost, doubled);
    return lost == 0 && doubled == 0 && highest <= 2 * mean ? 0 : 1;
}

struct Jump {
    const char* what;
    forms::WallTime from, to;
};

forms::WallTime wall(int year, unsigned month, unsigned day, std::chrono::seconds time = 0s) {
    return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)) + time;
}

int clock_jumps() {
    const forms::WallTime today = wall(2026, 11, 22, 10h);
    // The terminal counts in UTC. A change of local time is no jump of this clock; a time service that sets local for
    // universal time is one of an hour.
    const Jump jumps[] = {
        {"to 1970", today, wall(1970, 1, 1)},
        {"from 1970", wall(1970, 1, 1), today},
        {"over the end of 32 bits", wall(2038, 1, 19, 3h + 14min + 6s), wall(2038, 1, 19, 3h + 14min + 9s)},
        {"to 2038", today, wall(2038, 1, 19, 3h + 14min + 8s)},
        {"ten years ahead", today, wall(2036, 11, 22)},
        {"ten years back", wall(2036, 11, 22), today},
        {"ten years back, before this program was built", today, wall(2016, 11, 22)},
        {"summer time begins", wall(2027, 3, 28, 59min + 59s), wall(2027, 3, 28, 2h)},
        {"summer time ends", wall(2027, 10, 31, 59min + 59s), wall(2027, 10, 31)},
    };
    // What the server says to the send in whose middle the clock jumps.
    const std::pair<const char*, std::function<CentralResult<Delivered>(bool& stored)>> answers[] = {
        {"delivered",
         [](bool& stored) -> CentralResult<Delivered> {
             stored = true;
             return Delivered{.reference = "T", .http_status = 200};
         }},
        {"stored, no answer",
         [](bool& stored) -> CentralResult<Delivered> {
             stored = true;
             return CentralError{.fault = Fault::TimedOut};
         }},
        {"no answer", [](bool&) -> CentralResult<Delivered> { return CentralError{.fault = Fault::TimedOut}; }},
        {"nobody there", [](bool&) -> CentralResult<Delivered> { return nobody(); }},
        {"busy",
         [](bool&) -> CentralResult<Delivered> {
             return CentralError{.fault = Fault::Busy, .http_status = 429, .retry_after = 0s};
         }},
        {"refused once",
         [](bool&) -> CentralResult<Delivered> { return CentralError{.fault = Fault::Refused, .http_status = 422}; }},
    };
    constexpr int many = 20;
    std::size_t cases = 0, lost = 0, doubled = 0, busiest = 0;
    for (const Jump& jump : jumps) {
        for (const auto& [what, answer] : answers) {
            ++cases;
            tests::HandClock clock;
            clock.wall = jump.from;
            Terminal terminal(clock, static_cast<std::uint32_t>(cases));
            std::map<forms::Uuid, int> there;
            std::map<std::pair<forms::Uuid, std::int64_t>, std::size_t> tries;
            bool jumped = false;
            std::set<forms::Uuid> met;
            terminal.central.on_deliver = [&](const forms::Uuid& id) -> CentralResult<Delivered> {
                busiest = std::max(busiest, ++tries[{id, clock.boot.count() / 1000}]);
                if (!jumped) clock.wall = jump.to;
                jumped = true;
                if (!met.insert(id).second) {
                    ++there[id];
                    return Delivered{.reference = "T", .http_status = 200};
                }
                bool stored = false;
                auto said = answer(stored);
                there[id] += stored ? 1 : 0;
                return said;
            };
            terminal.central.on_look_up = [&](const forms::Uuid& id) -> CentralResult<Presence> {
                const bool all = there[id] > 0;
                return Presence{.parts = all ? Presence::Parts::All : Presence::Parts::None, .reference = "T"};
            };
            for (int n = 1; n <= many; ++n)
                terminal.keep(n);
            for (int steps = 0; steps < 100'000 && terminal.outbox.next_time(); ++steps) {
                const auto next = terminal.step();
                clock.forward(std::max<forms::BootTime>(next - clock.boot, 1ms));
                // A clock that cannot be right stops the sending; the time service sets it within the hour.
                if (clock.boot > 1h && clock.wall < today) clock.wall = today;
                if (!jumped && clock.boot > 2h) break;
            }
            const std::size_t missing = many - terminal.acknowledged();
            lost += missing;
            const auto twice = std::ranges::count_if(there, [](const auto& one) { return one.second > 1; });
            doubled += static_cast<std::size_t>(twice);
            if (missing > 0 || twice > 0)
                std::printf("clock: %s, %s: %zu missing, %td doubled\n", jump.what, what, missing, twice);
        }
    }
    std::printf("clock: %zu jumps in the middle of a send, %d requests each: lost %zu, doubled %zu, at most %zu tries "
                "of a request "
                "in a second\n",
                cases, many, lost, doubled, busiest);
    return lost == 0 && doubled == 0 && busiest <= 1 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc == 2 ? argv[1] : "";
    if (what == "outage") return outage();
    if (what == "herd") return herd();
    if (what == "clock") return clock_jumps();
    std::fputs("usage: campaign_time outage | herd | clock\n", stderr);
    return 2;
}
