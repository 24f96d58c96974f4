// SPDX-License-Identifier: EUPL-1.2
// One request between a terminal and a central system, as states and steps. The terminal's part is the program's own:
// net::after, net::with_news, net::after_delivery, net::after_look_up, net::count_anew. Everything else that can happen
// is a step somebody may take at any moment: crashes, lost and late answers, effects that come later, copies made by a
// proxy on the way, staff.
#pragma once
#include "net/outbox/decisions.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace campaign {

/// What may be done wrong on purpose, to see that the search finds it.
enum class Mistake {
    None,
    ForgetsAtRestart,  ///< what was on its way is simply kept again
    SendsAtOnce,       ///< no look-up after an answer that proves nothing
    DoesNotWait,       ///< the look-up comes at once, while the first attempt may be at work
    SomeIsNone,        ///< there in part is taken for not there
    BelievesTheStatus, ///< 200 is taken for a proof
    GivesUpThePlace,   ///< the place of a 202 fails, and what is not found is sent again at once
    HurriesForStaff,   ///< staff can have an unclear request looked up at once
};

struct State {
    net::OutboxRow row;      ///< times relative to now, never below it; attempts count as `Counting` says
    int copies = 0;          ///< how often the central system has all of it
    bool in_part = false;    ///< and once some of it (a server that is not atomic)
    int at_work = 0;         ///< attempts that are still being worked on over there and have found nothing there yet
    int on_the_way = 0;      ///< copies of an attempt that something on the way made, not arrived yet
    bool desk_knows = false; ///< it has stood at the desk

    [[nodiscard]] std::string key() const;
};

struct Step {
    const char* what;
    State next;
};

/// How far the counters are told apart. Coarse ones jump from one to the last before their limit: every limit is met,
/// and what lies between differs in nothing but the number.
struct Counting {
    std::uint32_t attempts = 1; ///< more are as many: they only lengthen pauses
    bool every_number = false;
};
void count_by(Counting counting);

/// The longest that the central system works on something after we stopped listening: shorter than our wait.
inline constexpr net::Pauses::Duration server_limit{59'000};

[[nodiscard]] State first_state();
/// Everything that may happen next.
[[nodiscard]] std::vector<Step> steps(const State& s, Mistake mistake);
/// What happens next when the central system answers, the line holds and staff let go what they have: one step.
/// Nothing: acknowledged, or at the desk for good (there in part).
[[nodiscard]] std::vector<Step> fair_step(const State& s);
/// Empty, or what is broken in this state: doubled, lost, or half there without anybody being told.
[[nodiscard]] std::string broken(const State& s);

} // namespace campaign
