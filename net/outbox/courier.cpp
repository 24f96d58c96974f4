// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/courier.hpp"

#include "net/runtime/plausible_clock.hpp"

#include <algorithm>
#include <utility>

namespace net {
namespace {

constexpr std::uint32_t most_conflicts = 5;
constexpr std::uint32_t most_different_failures = 10;
constexpr std::uint32_t refusals_that_count = 2;
/// At most one look at an empty outbox per minute, should a wake-up ever be missed.
constexpr auto idle = std::chrono::minutes(1);

Reason reason_of(Fault fault) {
    switch (fault) {
    case Fault::Unreachable:
        return Reason::Unreachable;
    case Fault::NotTrusted:
    case Fault::ClockWrong: // by us
        return Reason::NotTrusted;
    case Fault::NotConfigured:
    case Fault::NotAdmitted:
        return Reason::NotAdmitted;
    case Fault::Busy:
        return Reason::Busy;
    case Fault::Refused:
        return Reason::Refused;
    case Fault::Conflict:
    case Fault::Precondition:
        return Reason::Conflict;
    case Fault::NotASubmission:
        return Reason::NotASubmission;
    case Fault::TimedOut:
    case Fault::BadReply:
    case Fault::Pending:
    case Fault::Stopped:
        break;
    }
    return Reason::NoAnswer;
}

} // namespace

Courier::Courier(Outbox& outbox, CentralSystem& central, Open open, Changed changed, Pauses pauses,
                 const forms::Clock& clock, Chance& chance, EventLog& log)
    : outbox_(outbox), central_(central), open_(std::move(open)), changed_(std::move(changed)), pauses_(pauses),
      clock_(clock), chance_(chance), log_(log) {}

void Courier::try_now() {
    not_before_ = {};
    line_failures_ = 0;
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
        if (!write(untold_->row, untold_->news, untold_->facts)) {
            not_before_ = now + pauses_.look_again;
            return not_before_;
        }
        untold_.reset();
    }
    const auto due = outbox_.next_due(now);
    if (!due) {
        const auto next = outbox_.next_time();
        return next ? std::max(*next, now + std::chrono::milliseconds(1)) : now + idle;
    }
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
        tell(row, News::SetAside, {.reason = opened.error()});
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

void Courier::send(const OutboxRow& row, const OpenedRequest& request, std::stop_token stop) {
    const auto begun = clock_.since_boot();
    log_.write(LogEvent::RequestSending, {{"request", log_.short_hash(row.id)}, {"tries", std::int64_t{row.attempts}}});
    auto delivered = central_.deliver(request.submission, request.files, std::move(stop));
    if (!delivered.ok()) return after_failure(row, delivered.error());
    line_works();
    tell(row, News::Taken,
         {.http_status = static_cast<std::uint16_t>(delivered.value().http_status),
          .reference = delivered.value().reference});
    log_.write(LogEvent::RequestAcknowledged, {{"request", log_.short_hash(row.id)},
                                               {"tries", std::int64_t{row.attempts}},
                                               {"took", clock_.since_boot() - begun}});
}

void Courier::after_failure(const OutboxRow& row, const CentralError& error) {
    const auto now = clock_.since_boot();
    NewsFacts facts;
    facts.reason = reason_of(error.fault);
    facts.http_status = static_cast<std::uint16_t>(error.http_status);
    const auto mine = now + pauses_.back_off(row.attempts, chance_);
    switch (what_it_proves(error.fault)) {
    case Proof::NotDelivered:
        line_failed(error);
        facts.counts_as_try = false; // the line's fault: this request is the first to go when it works again
        facts.due = now;
        return tell(row, News::NotDelivered, facts);
    case Proof::Declined:
        line_works();
        facts.refused = true;
        if (error.fault == Fault::NotASubmission || row.refusals + 1 >= refusals_that_count)
            return tell(row, News::Declined, facts);
        facts.due = now + pauses_.refused;
        return tell(row, News::NotDelivered, facts);
    case Proof::Unclear:
        break;
    }
    if (error.fault == Fault::Pending) {
        line_works();
        facts.location = error.location;
        facts.due = now + pauses_.pending;
    } else if (error.fault == Fault::Conflict || error.fault == Fault::Precondition) {
        line_works();
        facts.conflict = error.fault == Fault::Conflict;
        facts.due = now; // it has answered: nothing of the first attempt is still at work over there
    } else {
        facts.due = std::max(mine, now + pauses_.unclear);
    }
    tell(row, News::NoAnswer, facts);
}

void Courier::look_up(const OutboxRow& row, const OpenedRequest& request, std::stop_token stop) {
    const auto now = clock_.since_boot();
    if (!row.location.empty()) {
        auto followed = central_.follow(request.submission, row.location, stop);
        if (followed.ok()) {
            line_works();
            return tell(row, News::FoundThere,
                        {.http_status = static_cast<std::uint16_t>(followed.value().http_status),
                         .reference = followed.value().reference});
        }
        const CentralError& error = followed.error();
        if (line_failed(error)) return;
        if (error.fault == Fault::Pending) return outbox_.set_due(row.id, now + pauses_.pending);
        // Anything else there: the ordinary look-up decides.
    }
    auto found = central_.look_up(request.submission, std::move(stop));
    if (!found.ok()) {
        // No news about the request: it stays unclear, whatever the look-up met. A question that got no answer at all
        // concerns the line (a refused client certificate, too, shows itself only so).
        CentralError error = found.error();
        if (error.fault == Fault::TimedOut) error.fault = Fault::Unreachable;
        if (!line_failed(error)) outbox_.set_due(row.id, now + pauses_.look_again + pauses_.back_off(1, chance_));
        return;
    }
    line_works();
    const Presence& presence = found.value();
    log_.write(LogEvent::ProbeAnswered,
               {{"request", log_.short_hash(row.id)}, {"parts", static_cast<std::int64_t>(presence.parts)}});
    if (presence.doubled) log_.write(LogEvent::DoubleOnServer, {{"request", log_.short_hash(row.id)}});
    switch (presence.parts) {
    case Presence::Parts::All:
        return tell(row, News::FoundThere, {.reference = presence.reference});
    case Presence::Parts::Some:
        return tell(row, News::SetAside, {.reason = Reason::InPartOnly});
    case Presence::Parts::None:
        break;
    }
    const bool precondition = row.reason == Reason::Conflict && row.http_status == 412;
    if (precondition || row.conflicts >= most_conflicts)
        return tell(row, News::SetAside, {.reason = Reason::Conflict, .http_status = row.http_status});
    if (row.different >= most_different_failures)
        return tell(row, News::SetAside, {.reason = Reason::TooManyTries, .http_status = row.http_status});
    NewsFacts facts;
    facts.due = row.reason == Reason::Conflict ? now + pauses_.back_off(row.attempts, chance_) : now;
    tell(row, News::NotThere, facts);
}

bool Courier::line_failed(const CentralError& error) {
    const auto now = clock_.since_boot();
    auto state = Sending::Working;
    switch (error.fault) {
    case Fault::Unreachable:
        state = Sending::Unreachable;
        not_before_ = now + pauses_.back_off(++line_failures_, chance_);
        break;
    case Fault::NotTrusted:
        state = Sending::NotTrusted;
        not_before_ = now + pauses_.stopped;
        break;
    case Fault::NotConfigured:
        state = Sending::NotConfigured;
        not_before_ = now + pauses_.stopped;
        break;
    case Fault::ClockWrong:
        state = Sending::ClockWrong;
        not_before_ = now + pauses_.stopped;
        break;
    case Fault::NotAdmitted:
        state = Sending::NotAdmitted;
        not_before_ = now + pauses_.stopped;
        break;
    case Fault::Busy:
        state = Sending::Busy;
        not_before_ = now + (error.retry_after ? Pauses::Duration(*error.retry_after)
                                               : pauses_.busy + pauses_.back_off(++line_failures_, chance_));
        break;
    case Fault::Refused:
    case Fault::TimedOut:
    case Fault::BadReply:
    case Fault::Pending:
    case Fault::Conflict:
    case Fault::Precondition:
    case Fault::Stopped:
    case Fault::NotASubmission:
        return false;
    }
    if (!outage_since_) outage_since_ = now;
    if (state != state_) {
        const auto event = state == Sending::Unreachable ? LogEvent::CentralUnreachable
                           : state == Sending::Busy      ? LogEvent::CentralBusy
                                                         : LogEvent::SendingStopped;
        log_.write(event, {{"why", static_cast<std::int64_t>(state)},
                           {"status", std::int64_t{error.http_status}},
                           {"library", std::int64_t{error.library_code}}});
    }
    state_ = state;
    if (state != Sending::Busy) central_.start_afresh(); // a renewed certificate or key is read by the next trial
    return true;
}

void Courier::line_works() {
    const auto now = clock_.since_boot();
    if (outage_since_) {
        log_.write(LogEvent::SendingResumed, {{"after", now - *outage_since_}});
        if (now - *outage_since_ >= pauses_.long_outage) ramp_since_ = now;
        outage_since_.reset();
    }
    state_ = Sending::Working;
    line_failures_ = 0;
    not_before_ = {};
    if (!ramp_since_) return;
    const auto into = now - *ramp_since_;
    if (into >= pauses_.ramp) {
        ramp_since_.reset();
        return;
    }
    const double part = static_cast<double>(into.count()) / static_cast<double>(pauses_.ramp.count());
    const double rate = pauses_.first_rate + part * (pauses_.last_rate - pauses_.first_rate);
    not_before_ = now + Pauses::Duration(static_cast<std::int64_t>(1000.0 / rate));
}

void Courier::tell(const OutboxRow& row, News news, NewsFacts facts) {
    if (write(row, news, facts)) return;
    untold_ = Untold{row, news, std::move(facts)};
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
    if (now.life == Life::Kept && now.different >= most_different_failures) {
        if (auto aside =
                outbox_.tell(row.id, News::SetAside, {.reason = Reason::TooManyTries, .http_status = now.http_status});
            aside.ok())
            now = aside.value();
    }
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
