// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/courier.hpp"

#include "net/runtime/plausible_clock.hpp"

#include <algorithm>
#include <utility>

namespace net {
namespace {

/// At most one look at an empty outbox per minute, should a wake-up ever be missed.
constexpr auto idle = std::chrono::minutes(1);

} // namespace

Courier::Courier(Outbox& outbox, CentralSystem& central, Open open, Changed changed, Pauses pauses,
                 const forms::Clock& clock, Chance& chance, EventLog& log, SealIssues seal_issues)
    : outbox_(outbox), central_(central), open_(std::move(open)), changed_(std::move(changed)), pauses_(pauses),
      clock_(clock), chance_(chance), log_(log), seal_issues_(std::move(seal_issues)) {}

void Courier::try_now() {
    not_before_ = {};
    line_failures_ = 0;
    doubts_ = 0;
}

forms::BootTime Courier::step(std::stop_token stop) {
    const auto now = clock_.since_boot();
    if (now < not_before_) return not_before_;
    if (!plausible(clock_.wall_time())) {
        // A certificate cannot be judged by a clock that lost its battery.
        if (state_ != Sending::ClockWrong)
            log_.write(LogEvent::SendingStopped, {{"why", static_cast<std::int64_t>(Sending::ClockWrong)}});
        state_ = Sending::ClockWrong;
        not_before_ = now + pauses_.clock;
        return not_before_;
    }
    if (state_ == Sending::ClockWrong) state_ = Sending::Working;
    if (untold_) {
        if (!write(untold_->row, untold_->decision.news, untold_->decision.facts)) {
            not_before_ = now + pauses_.look_again;
            return not_before_;
        }
        untold_.reset();
    }
    const auto due = next(now);
    if (!due) {
        const auto time = outbox_.next_time();
        if (!time) return now + idle;
        if (*time > now) return *time;
        // Due, and not to be had: the file is being checked or could not be opened again. Asking for its health tries.
        (void)outbox_.health(0);
        return now + pauses_.least;
    }
    begun_ = now;
    OutboxRow row = *due;
    auto sealed = outbox_.load(row.id);
    if (!sealed.ok()) {
        // The disk's trouble, not the request's: come back later.
        outbox_.set_due(row.id, now + pauses_.look_again);
        log_.write(LogEvent::Fault, {{"load", static_cast<std::int64_t>(sealed.error())}});
        return now;
    }
    auto opened = open_(sealed.value());
    if (!opened.ok()) {
        log_.write(LogEvent::SealBroken, {{"request", log_.short_hash(row.id)}});
        tell(row, {News::SetAside, {.reason = opened.error()}});
        return clock_.since_boot();
    }
    if (row.life == Life::Unclear) {
        look_up(row, opened.value(), std::move(stop));
    } else {
        // On disk before the first byte leaves: a power cut in between costs a look-up, never a second copy.
        auto picked = outbox_.tell(row.id, News::PickedUp, {});
        if (!picked.ok()) {
            outbox_.set_due(row.id, now + pauses_.look_again);
            log_.write(LogEvent::Fault, {{"pick_up", static_cast<std::int64_t>(picked.error())}});
            return clock_.since_boot();
        }
        changed_(picked.value());
        send(picked.value(), opened.value(), std::move(stop));
    }
    return clock_.since_boot();
}

std::optional<OutboxRow> Courier::next(forms::BootTime now) {
    auto row = outbox_.next_due(now);
    if (!row || !stopped_by_ || row->id != *stopped_by_) return row;
    outbox_.set_due(row->id, now + pauses_.least);
    auto other = outbox_.next_due(now);
    outbox_.set_due(row->id, now);
    return other ? other : row;
}

void Courier::send(const OutboxRow& row, const OpenedRequest& request, std::stop_token stop) {
    const auto begun = clock_.since_boot();
    log_.write(LogEvent::RequestSending, {{"request", log_.short_hash(row.id)}, {"tries", std::int64_t{row.attempts}}});
    auto delivered = central_.deliver(request.submission, request.files, std::move(stop));
    if (!delivered.ok()) return after_failure(row, delivered.error());
    line_works();
    tell(row, {News::Taken,
               {.http_status = static_cast<std::uint16_t>(delivered.value().http_status),
                .reference = delivered.value().reference}});
    log_.write(LogEvent::RequestAcknowledged, {{"request", log_.short_hash(row.id)},
                                               {"tries", std::int64_t{row.attempts}},
                                               {"took", clock_.since_boot() - begun}});
}

void Courier::after_failure(const OutboxRow& row, const CentralError& error) {
    if (!line_failed(row, error)) {
        const Fault f = error.fault;
        const bool about_it = what_it_proves(error) == Proof::Declined || f == Fault::Pending || f == Fault::Conflict ||
                              f == Fault::Precondition;
        about_it ? line_works() : line_in_doubt(error);
    }
    tell(row, after_delivery(row, error, clock_.since_boot(), pauses_, chance_), error.issues);
}

void Courier::look_up(const OutboxRow& row, const OpenedRequest& request, std::stop_token stop) {
    const auto later = [&](Pauses::Duration pause) { outbox_.set_due(row.id, clock_.since_boot() + pause); };
    std::optional<CentralError> said;
    bool at_work = false; // perhaps: what is not found now may be there soon
    if (!row.location.empty()) {
        auto followed = central_.follow(request.submission, row.location, stop);
        if (followed.ok()) {
            line_works();
            return tell(row, {News::FoundThere,
                              {.http_status = static_cast<std::uint16_t>(followed.value().http_status),
                               .reference = followed.value().reference}});
        }
        if (line_failed(row, followed.error())) return;
        if (followed.error().fault == Fault::Pending) {
            line_works();
            return later(pauses_.pending);
        }
        switch (place_says(followed.error())) {
        case PlaceSays::NotNow:
            at_work = true;
            break;
        case PlaceSays::Nothing:
            line_works();
            return tell(row, after_lost_place(followed.error(), clock_.since_boot(), pauses_));
        case PlaceSays::Outcome:
            said = followed.error(); // the ordinary look-up decides
            break;
        }
    }
    auto found = central_.look_up(request.submission, std::move(stop));
    if (!found.ok()) {
        // No news about the request: it stays unclear, whatever the look-up met.
        if (line_failed(row, found.error())) return;
        line_in_doubt(found.error());
        return later(pauses_.look_again + pauses_.back_off(1, chance_));
    }
    line_works();
    const Presence& presence = found.value();
    if (at_work && presence.parts != Presence::Parts::All) return later(pauses_.look_again + pauses_.back_off(1, chance_));
    log_.write(LogEvent::ProbeAnswered,
               {{"request", log_.short_hash(row.id)}, {"parts", static_cast<std::int64_t>(presence.parts)}});
    // After a conditional create 412 says that two answer to the condition; after a PUT, only that one is there.
    const bool two_there = row.http_status == 412 && row.reason == Reason::Conflict && central_.creates_by_condition();
    if (presence.doubled || (two_there && presence.parts == Presence::Parts::All))
        log_.write(LogEvent::DoubleOnServer, {{"request", log_.short_hash(row.id)}});
    tell(row, after_look_up(row, presence, said, clock_.since_boot(), pauses_, chance_),
         said ? said->issues : std::vector<DeskIssue>());
}

bool Courier::line_failed(const OutboxRow& row, const CentralError& error) {
    const auto now = clock_.since_boot();
    const auto stop = line_stop(error, line_failures_ + 1, renewed_, pauses_, chance_);
    if (!stop) return false;
    ++line_failures_;
    not_before_ = now + stop->pause;
    if (!outage_since_) outage_since_ = now;
    if (stop->pause.count() > 0) say(stop->state, error);
    // Somebody answered, and perhaps only to this one: the next trial is another's.
    if (error.http_status != 0) stopped_by_ = row.id;
    renewed_ = renewed_ || stop->state == Sending::NotAdmitted;
    if (stop->state != Sending::Busy)
        central_.start_afresh(); // renewed certificates or keys are read by the next trial
    return true;
}

void Courier::line_in_doubt(const CentralError& error) {
    // One request without an answer waits alone. Several in a row are no accident of theirs.
    constexpr std::uint32_t few = 3;
    if (++doubts_ < few) return;
    const auto now = clock_.since_boot();
    if (!outage_since_) outage_since_ = now;
    not_before_ = now + std::max(pauses_.least, std::min(pauses_.back_off(doubts_ - few + 1, chance_), pauses_.busy));
    if (error.http_status == 0) say(Sending::Unreachable, error);
}

void Courier::say(Sending state, const CentralError& error) {
    if (state == state_) return;
    const auto event = state == Sending::Unreachable ? LogEvent::CentralUnreachable
                       : state == Sending::Busy      ? LogEvent::CentralBusy
                                                     : LogEvent::SendingStopped;
    log_.write(event, {{"why", static_cast<std::int64_t>(state)},
                       {"status", std::int64_t{error.http_status}},
                       {"library", std::int64_t{error.library_code}}});
    state_ = state;
}

void Courier::line_works() {
    const auto now = clock_.since_boot();
    if (outage_since_) {
        log_.write(LogEvent::SendingResumed, {{"after", now - *outage_since_}});
        if (now - *outage_since_ >= pauses_.long_outage) {
            const OutboxFigures figures = outbox_.figures();
            ramp_since_ = now;
            ramp_backlog_ = figures.kept + figures.sending + figures.unclear;
        }
        outage_since_.reset();
    }
    state_ = Sending::Working;
    line_failures_ = 0;
    doubts_ = 0;
    renewed_ = false;
    stopped_by_.reset();
    not_before_ = {};
    if (!ramp_since_) return;
    const auto into = now - *ramp_since_;
    if (into >= pauses_.ramp) {
        ramp_since_.reset();
        return;
    }
    const double part = static_cast<double>(into.count()) / static_cast<double>(pauses_.ramp.count());
    const double rate = pauses_.ramp_rate(part, ramp_backlog_);
    not_before_ = std::max(now, begun_ + Pauses::Duration(static_cast<std::int64_t>(1000.0 / rate)));
}

void Courier::tell(const OutboxRow& row, Decision decision, const std::vector<DeskIssue>& issues) {
    const auto next = after(row.life, decision.news);
    if (next == Life::NeedsDesk && seal_issues_) decision.facts.issues = seal_issues_(row.id, issues);
    if (write(row, decision.news, decision.facts)) return;
    untold_ = Untold{row, std::move(decision)};
    not_before_ = clock_.since_boot() + pauses_.look_again;
}

bool Courier::write(const OutboxRow& row, News news, const NewsFacts& facts) {
    auto told = outbox_.tell(row.id, news, facts);
    if (!told.ok()) {
        log_.write(LogEvent::StoreRefused,
                   {{"request", log_.short_hash(row.id)}, {"fault", static_cast<std::int64_t>(told.error())}});
        // Reopened in between, it says Unclear (or what staff made of it): the ordinary look-up goes on from there.
        return told.error() == OutboxFault::NoSuchStep || told.error() == OutboxFault::NotFound;
    }
    // Failing again and again, each time otherwise, is no way to go on; a person looks at it.
    OutboxRow now = told.value();
    if (const auto enough = enough_of(now))
        if (auto aside = outbox_.tell(row.id, enough->news, enough->facts); aside.ok()) now = aside.value();
    log_life(now);
    changed_(now);
    return true;
}

void Courier::log_life(const OutboxRow& row) {
    const auto write = [&](LogEvent event) {
        log_.write(event, {{"request", log_.short_hash(row.id)},
                           {"why", static_cast<std::int64_t>(row.reason)},
                           {"status", std::int64_t{row.http_status}},
                           {"tries", std::int64_t{row.attempts}}});
    };
    switch (row.life) {
    case Life::Kept:
        return write(LogEvent::RequestBackToKept);
    case Life::Unclear:
        return write(LogEvent::RequestUnclear);
    case Life::NeedsDesk:
        return write(LogEvent::RequestNeedsDesk);
    case Life::Sending:
    case Life::Acknowledged:
        return;
    }
}

} // namespace net
