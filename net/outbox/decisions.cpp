// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/decisions.hpp"

#include <algorithm>

namespace net {
namespace {

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

/// The first refusal, another one than before, or the same one too soon: back to kept. Twice the same: to a person.
Decision refused(const OutboxRow& row, const CentralError& error, News again, News to_desk, forms::BootTime now,
                 const Pauses& pauses) {
    Decision d;
    d.facts.reason = Reason::Refused;
    d.facts.http_status = static_cast<std::uint16_t>(error.http_status);
    const bool same = row.refusals > 0 && (row.refusal_status == 0 || row.refusal_status == d.facts.http_status);
    d.facts.refused = !same || now >= row.refusal_counts_from;
    d.news = same && d.facts.refused ? to_desk : again;
    d.facts.due = d.facts.refused ? now + pauses.refused : row.refusal_counts_from;
    return d;
}

} // namespace

Decision after_delivery(const OutboxRow& row, const CentralError& error, forms::BootTime now, const Pauses& pauses,
                        Chance& chance) {
    if (error.fault == Fault::Refused) return refused(row, error, News::NotDelivered, News::Declined, now, pauses);
    Decision d;
    d.facts.reason = reason_of(error.fault);
    d.facts.http_status = static_cast<std::uint16_t>(error.http_status);
    d.facts.due = now;
    switch (what_it_proves(error)) {
    case Proof::NotDelivered:
        d.facts.counts_as_try = false; // the line's fault: this request is the first to go when it works again
        d.news = News::NotDelivered;
        return d;
    case Proof::Declined:
        d.news = News::Declined;
        return d;
    case Proof::Unclear:
        break;
    }
    d.news = News::NoAnswer;
    if (error.fault == Fault::Pending) {
        d.facts.location = error.location;
        d.facts.due = now + pauses.pending;
    } else if (error.fault == Fault::Conflict || error.fault == Fault::Precondition) {
        // It has answered: nothing of the first attempt is still at work over there.
        d.facts.conflict = error.fault == Fault::Conflict;
    } else {
        d.facts.due = now + std::max(pauses.unclear, pauses.back_off(row.attempts, chance));
    }
    return d;
}

Decision after_look_up(const OutboxRow& row, const Presence& presence, const std::optional<CentralError>& said,
                       forms::BootTime now, const Pauses& pauses, Chance& chance) {
    if (presence.parts == Presence::Parts::All) return {News::FoundThere, {.reference = presence.reference}};
    Decision d;
    d.news = News::SetAside;
    d.facts.http_status = row.http_status;
    if (presence.parts == Presence::Parts::Some) {
        d.facts.reason = Reason::InPartOnly;
        return d;
    }
    if (said && said->fault == Fault::Refused) return refused(row, *said, News::NotThere, News::SetAside, now, pauses);
    const bool precondition = row.reason == Reason::Conflict && row.http_status == 412;
    if (precondition || row.conflicts >= most_conflicts) {
        d.facts.reason = Reason::Conflict;
        return d;
    }
    if (row.different >= most_different_failures) {
        d.facts.reason = Reason::TooManyTries;
        return d;
    }
    // A place that answered, and nothing came of it: as if the delivery itself had been answered so.
    const bool at_once = row.reason != Reason::Conflict && !said;
    return {News::NotThere, {.due = at_once ? now : now + pauses.back_off(row.attempts, chance)}};
}

PlaceSays place_says(const CentralError& error) {
    switch (error.fault) {
    case Fault::Refused:
    case Fault::Conflict:
    case Fault::Precondition:
    case Fault::NotASubmission:
        return PlaceSays::Outcome;
    case Fault::BadReply:
        return error.http_status != 0 && error.http_status < 500 ? PlaceSays::Nothing : PlaceSays::NotNow;
    case Fault::Pending:
    case Fault::TimedOut:
    case Fault::Stopped:
    case Fault::Unreachable: // from here on the line's own faults, which stop it before anybody asks here
    case Fault::NotTrusted:
    case Fault::NotConfigured:
    case Fault::NotAdmitted:
    case Fault::Busy:
    case Fault::ClockWrong:
        break;
    }
    return PlaceSays::NotNow;
}

Decision after_lost_place(const CentralError& error, forms::BootTime now, const Pauses& pauses) {
    return {News::NoAnswer,
            {.reason = Reason::NoAnswer,
             .http_status = static_cast<std::uint16_t>(error.http_status),
             .due = now + pauses.unclear}};
}

std::optional<Decision> enough_of(const OutboxRow& row) {
    if (row.life != Life::Kept || row.different < most_different_failures) return std::nullopt;
    return Decision{News::SetAside, {.reason = Reason::TooManyTries, .http_status = row.http_status}};
}

std::optional<LineStop> line_stop(const CentralError& error, std::uint32_t failures, bool renewed, const Pauses& pauses,
                                  Chance& chance) {
    const auto at_least = [&](Pauses::Duration pause) { return std::max(pauses.least, pause); };
    switch (error.fault) {
    case Fault::Unreachable:
        return LineStop{Sending::Unreachable, at_least(pauses.back_off(failures, chance))};
    case Fault::NotTrusted:
        return LineStop{Sending::NotTrusted, pauses.stopped};
    case Fault::ClockWrong:
        return LineStop{Sending::ClockWrong, pauses.stopped};
    case Fault::NotConfigured:
        return LineStop{Sending::NotConfigured, pauses.stopped};
    case Fault::NotAdmitted: {
        const bool credentials = error.http_status == 401 || error.http_status == 403;
        return LineStop{Sending::NotAdmitted, credentials && !renewed ? Pauses::Duration{} : pauses.stopped};
    }
    case Fault::Busy:
        if (error.retry_after)
            return LineStop{Sending::Busy,
                            at_least(std::min<Pauses::Duration>(*error.retry_after, pauses.longest_busy))};
        return LineStop{Sending::Busy, pauses.busy + pauses.back_off(failures, chance)};
    case Fault::Refused:
    case Fault::TimedOut:
    case Fault::BadReply:
    case Fault::Pending:
    case Fault::Conflict:
    case Fault::Precondition:
    case Fault::Stopped:
    case Fault::NotASubmission:
        break;
    }
    return std::nullopt;
}

} // namespace net
