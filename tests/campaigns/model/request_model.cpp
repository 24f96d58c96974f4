// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/model/request_model.hpp"

#include <algorithm>
#include <initializer_list>

namespace campaign {
namespace {

using namespace net;
using namespace std::chrono_literals;
using Parts = Presence::Parts;

constexpr forms::BootTime now{};
Counting counting;

struct Widest final : Chance {
    forms::Uuid uuid() override { return {}; }
    std::uint32_t below(std::uint32_t limit) override { return limit == 0 ? 0 : limit - 1; }
};

Pauses pauses_with(Mistake mistake) {
    Pauses p;
    if (mistake == Mistake::DoesNotWait) p.unclear = p.base = p.longest = 0ms;
    return p;
}

State told(State s, const Decision& d) {
    s.row = with_news(s.row, *after(s.row.life, d.news), d.news, d.facts);
    if (const auto aside = enough_of(s.row)) s.row = with_news(s.row, Life::NeedsDesk, aside->news, aside->facts);
    s.desk_knows = s.desk_knows || s.row.life == Life::NeedsDesk;
    s.row.attempts = std::min(s.row.attempts, counting.attempts);
    if (!counting.every_number) {
        if (s.row.conflicts > 0 && s.row.conflicts < most_conflicts - 1) s.row.conflicts = most_conflicts - 1;
        if (s.row.different > 0 && s.row.different < most_different_failures - 1)
            s.row.different = most_different_failures - 1;
    }
    return s;
}

/// One attempt arrives over there and is done at once. Finding what is there already changes nothing.
State done_there(State s) {
    s.copies += s.copies == 0 ? 1 : 0;
    return s;
}

State answered(const State& s, const CentralError& error, Mistake mistake) {
    Widest chance;
    Decision d = after_delivery(s.row, error, now, pauses_with(mistake), chance);
    if (mistake == Mistake::SendsAtOnce && d.news == News::NoAnswer) d.news = News::NotDelivered;
    return told(s, d);
}

State taken(const State& s) { return told(s, {News::Taken, {.http_status = 200, .reference = "T"}}); }

State restarted(State s, Mistake mistake) {
    if (s.row.life == Life::Sending)
        s.row.life = mistake == Mistake::ForgetsAtRestart ? Life::Kept : *after(Life::Sending, News::Restarted);
    count_anew(s.row, now, {});
    return s;
}

void from_kept(const State& s, Mistake mistake, std::vector<Step>& out) {
    State sending = told(s, {News::PickedUp, {}});
    const auto ends = [&](const char* what, const State& there, const CentralError& error) {
        out.push_back({what, answered(there, error, mistake)});
    };
    const State done = done_there(sending);
    State late = sending;
    late.at_work = std::min(late.at_work + 1, 2);
    State doubled_on_the_way = done;
    doubled_on_the_way.on_the_way = 1;
    State half = sending;
    half.in_part = half.in_part || half.copies == 0;

    out.push_back({"sent, done, answered", taken(done)});
    out.push_back({"sent, copied on the way, done, answered", taken(doubled_on_the_way)});
    for (const State* there : std::initializer_list<const State*>{&sending, &done, &late, &doubled_on_the_way, &half}) {
        ends("sent, no answer", *there, {.fault = Fault::TimedOut});
        ends("sent, 500", *there, {.fault = Fault::BadReply, .http_status = 500});
        out.push_back({"sent, power cut", restarted(*there, mistake)});
        State page = answered(*there, {.fault = Fault::BadReply, .http_status = 200}, mistake);
        if (mistake == Mistake::BelievesTheStatus) page = taken(*there);
        out.push_back({"sent, a login page", page});
    }
    for (const State* there : std::initializer_list<const State*>{&sending, &done}) {
        ends("sent, 409", *there, {.fault = Fault::Conflict, .http_status = 409});
        ends("sent, 412", *there, {.fault = Fault::Precondition, .http_status = 412});
        ends("sent, 202", *there, {.fault = Fault::Pending, .http_status = 202, .location = "p"});
        ends("sent, stopped", *there, {.fault = Fault::Stopped});
    }
    ends("sent, 202, still at work", late, {.fault = Fault::Pending, .http_status = 202, .location = "p"});
    ends("nobody there", sending, {.fault = Fault::Unreachable});
    ends("not trusted", sending, {.fault = Fault::NotTrusted});
    ends("not admitted", sending, {.fault = Fault::NotAdmitted, .http_status = 401});
    ends("busy", sending, {.fault = Fault::Busy, .http_status = 429});
    for (const State* there : std::initializer_list<const State*>{&sending, &done, &late})
        ends("sent, 503 with a time", *there, {.fault = Fault::Busy, .http_status = 503, .posted = true});
    ends("refused with 400", sending, {.fault = Fault::Refused, .http_status = 400});
    ends("refused with 422", sending, {.fault = Fault::Refused, .http_status = 422});
    out.push_back({"power cut before the first byte", restarted(sending, mistake)});
}

void from_unclear(const State& s, Mistake mistake, std::vector<Step>& out) {
    Widest chance;
    const Pauses pauses = pauses_with(mistake);
    const auto look = [&](const char* what, const std::optional<CentralError>& said) {
        Presence presence;
        presence.parts = s.copies > 0 ? Parts::All : s.in_part ? Parts::Some : Parts::None;
        if (mistake == Mistake::SomeIsNone && presence.parts == Parts::Some) presence.parts = Parts::None;
        presence.doubled = s.copies > 1;
        presence.reference = "T";
        out.push_back({what, told(s, after_look_up(s.row, presence, said, now, pauses, chance))});
    };
    if (!s.row.location.empty()) {
        const auto again = [&](const char* what, Pauses::Duration pause) {
            State later = s;
            later.row.due = std::max(now + pause, s.row.look_up_from);
            out.push_back({what, later});
        };
        if (s.at_work > 0)
            again("asked, still at work", pauses.pending);
        else if (s.copies > 0)
            out.push_back({"asked, done", told(s, {News::FoundThere, {.http_status = 200, .reference = "T"}})});
        else
            look("asked, refused, looked up", CentralError{.fault = Fault::Refused, .http_status = 422});
        const CentralError silent{.fault = Fault::TimedOut};
        const CentralError gone{.fault = Fault::BadReply, .http_status = 404};
        if (mistake == Mistake::GivesUpThePlace) {
            look("asked, no answer, looked up", silent);
            look("asked, place gone, looked up", gone);
            return;
        }
        if (s.copies > 0)
            look("asked, no answer, looked up and found", {});
        else
            again("asked, no answer, looked up and not found", pauses.look_again);
        out.push_back({"asked, place gone", told(s, after_lost_place(gone, now, pauses))});
        return;
    }
    look("looked up", {});
    State later = s;
    later.row.due = std::max(now + pauses.look_again, s.row.look_up_from);
    out.push_back({"looked up, no answer", later});
}

/// What is relative to now moves with it, and stops at it. The ten minutes between two refusals are still to come, or
/// over (a step of its own): their remainders would make states without number.
State pass(State s, forms::BootTime by) {
    for (forms::BootTime* time : {&s.row.due, &s.row.look_up_from})
        *time = std::max(forms::BootTime{}, *time - by);
    if (s.row.refusal_counts_from <= by) s.row.refusal_counts_from = {};
    return s;
}

bool waits(const State& s) { return s.row.life == Life::Kept || s.row.life == Life::Unclear; }

/// The server's own limit: nothing of an attempt is still at work once our wait is over.
bool must_settle_first(const State& s, forms::BootTime by) {
    return (s.at_work > 0 || s.on_the_way > 0) && by >= forms::BootTime(server_limit);
}

} // namespace

std::string State::key() const {
    std::string k;
    for (const std::int64_t part :
         {static_cast<std::int64_t>(row.life), static_cast<std::int64_t>(row.reason), std::int64_t{row.http_status},
          std::int64_t{row.attempts}, std::int64_t{row.refusals}, std::int64_t{row.refusal_status},
          std::int64_t{row.conflicts}, std::int64_t{row.different}, std::int64_t{!row.location.empty()},
          std::int64_t{row.due.count()}, std::int64_t{row.look_up_from.count()},
          std::int64_t{row.refusal_counts_from.count()}, std::int64_t{copies}, std::int64_t{in_part},
          std::int64_t{desk_knows}, std::int64_t{at_work}, std::int64_t{on_the_way}}) {
        k += std::to_string(part);
        k += ' ';
    }
    return k;
}

void count_by(Counting how) { counting = how; }

State first_state() {
    State s;
    s.row.life = Life::Kept;
    return s;
}

std::vector<Step> steps(const State& s, Mistake mistake) {
    std::vector<Step> out;
    if (s.at_work > 0) {
        State done = s; // it had found nothing when it began: what came in between is doubled
        --done.at_work;
        ++done.copies;
        out.push_back({"what was at work is done", done});
        State dropped = s;
        --dropped.at_work;
        out.push_back({"what was at work is given up", dropped});
    }
    if (s.on_the_way > 0) {
        State arrived = done_there(s);
        --arrived.on_the_way;
        out.push_back({"the copy arrives", arrived});
        State lost = s;
        --lost.on_the_way;
        out.push_back({"the copy is lost", lost});
    }
    if (s.row.life == Life::NeedsDesk) out.push_back({"staff let it go", told(s, {News::Released, {}})});
    if (!waits(s)) return out;
    if (s.row.refusal_counts_from > now) {
        State over = s;
        over.row.refusal_counts_from = {};
        out.push_back({"ten minutes since the refusal", over});
    }
    out.push_back({"power cut", restarted(s, mistake)});
    if (s.row.due > now) {
        State hurried = s;
        const bool held = s.row.life == Life::Unclear && mistake != Mistake::HurriesForStaff;
        hurried.row.due = held ? std::max(now, s.row.look_up_from) : now;
        out.push_back({"staff want it tried now", hurried});
        if (!must_settle_first(s, s.row.due)) out.push_back({"time passes", pass(s, s.row.due)});
        return out;
    }
    s.row.life == Life::Kept ? from_kept(s, mistake, out) : from_unclear(s, mistake, out);
    return out;
}

std::vector<Step> fair_step(const State& s) {
    if (s.at_work > 0) {
        State done = s;
        --done.at_work;
        ++done.copies;
        return {{"done", done}};
    }
    if (s.row.life == Life::Acknowledged || (s.row.life == Life::NeedsDesk && s.in_part)) return {};
    if (s.row.life == Life::NeedsDesk) return {{"let go", told(s, {News::Released, {}})}};
    if (s.row.due > now) return {{"time", pass(s, s.row.due)}};
    std::vector<Step> all;
    if (s.row.life == Life::Kept) return {{"sent", taken(done_there(told(s, {News::PickedUp, {}})))}};
    from_unclear(s, Mistake::None, all);
    return {all.front()};
}

std::string broken(const State& s) {
    if (s.copies > 1) return "doubled";
    if (s.row.life == Life::Acknowledged && s.copies == 0) return "lost: acknowledged, and not there";
    if (s.row.life == Life::Acknowledged && s.in_part && !s.desk_knows)
        return "half of it was there, and nobody was told";
    return {};
}

} // namespace campaign
