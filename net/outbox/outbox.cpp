// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/outbox.hpp"

namespace net {

OutboxRow with_news(const OutboxRow& row, Life next, News news, const NewsFacts& facts) {
    OutboxRow changed = row;
    changed.life = next;
    changed.due = facts.due;
    switch (news) {
    case News::PickedUp:
        ++changed.attempts;
        return changed;
    case News::Taken:
    case News::FoundThere:
        changed.reason = Reason::None;
        changed.http_status = facts.http_status;
        changed.reference = facts.reference;
        changed.location.clear();
        changed.bytes = 0;
        changed.has_issues = false;
        return changed;
    case News::Released:
        changed.reason = Reason::None;
        changed.attempts = changed.refusals = changed.conflicts = changed.different = 0;
        changed.refusal_status = 0;
        changed.location.clear();
        return changed;
    case News::NotDelivered:
    case News::NoAnswer:
    case News::Declined:
    case News::NotThere:
    case News::SetAside:
    case News::Restarted:
        break;
    }
    if (news == News::NotDelivered && !facts.counts_as_try && changed.attempts > 0) --changed.attempts;
    if (news != News::NotThere) // a look-up says nothing new about how the sending failed
        changed.location = facts.location;
    else
        changed.location.clear();
    if (facts.reason != Reason::None && facts.counts_as_try) {
        if (changed.reason != facts.reason || changed.http_status != facts.http_status)
            changed.different += changed.reason == Reason::None ? 0 : 1;
        changed.reason = facts.reason;
        changed.http_status = facts.http_status;
    }
    if (news == News::NoAnswer) changed.look_up_from = facts.due;
    if (facts.refused) {
        const bool same = changed.refusal_status == 0 || changed.refusal_status == facts.http_status;
        changed.refusals = same ? changed.refusals + 1 : 1;
        changed.refusal_status = facts.http_status;
        changed.refusal_counts_from = facts.due;
    }
    changed.conflicts += facts.conflict ? 1 : 0;
    changed.has_issues = changed.has_issues || !facts.issues.empty();
    return changed;
}

OutboxRow revised(const OutboxRow& row, const SealedRequest& request, const KeyId& key) {
    OutboxRow changed = row;
    changed.key = key;
    changed.attachments = static_cast<std::uint16_t>(request.parts.size() - 1);
    changed.bytes = 0;
    for (const Bytes& part : request.parts)
        changed.bytes += part.size();
    ++changed.revision;
    changed.sent_parts = 0;
    changed.has_issues = false;
    return changed;
}

void count_anew(OutboxRow& row, forms::BootTime now, const RestartWaits& waits) {
    row.due = now;
    if (row.refusals > 0) row.refusal_counts_from = now + waits.refused;
    if (row.reason == Reason::Refused) row.refusal_status = row.http_status;
    if (row.life == Life::Kept && row.refusals > 0) row.due = row.refusal_counts_from;
    if (row.life == Life::Unclear) row.due = row.look_up_from = now + waits.unclear;
}

} // namespace net
