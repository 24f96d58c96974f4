// SPDX-License-Identifier: EUPL-1.2
#include "net/feed/follower.hpp"

#include <algorithm>
#include <utility>

namespace net {

void Follower::look_again() {
    const std::lock_guard lock(mutex_);
    looked_due_ = {};
}

forms::BootTime Follower::next() const {
    const std::lock_guard lock(mutex_);
    forms::BootTime next = looked_due_;
    for (const auto& [id, followed] : followed_)
        if (followed.delivery.step != RequestStep::Closed) next = std::min(next, followed.due);
    return next;
}

/// What the outbox has forgotten is forgotten here too.
void Follower::take_deliveries() {
    const forms::BootTime now = clock_.since_boot();
    std::map<forms::Uuid, Followed> fresh;
    std::vector<Delivery> all = deliveries_();
    const std::lock_guard lock(mutex_);
    for (Delivery& delivery : all) {
        const forms::Uuid id = delivery.id;
        const auto known = followed_.find(id);
        if (known != followed_.end()) {
            fresh.emplace(id, std::move(known->second));
            continue;
        }
        // After a start a thousand of them are not all asked about at once.
        const bool new_here = delivery.step == RequestStep::Unknown;
        const auto due = now + (new_here ? forms::BootTime{} : FeedPauses::about(pauses_.step, chance_));
        fresh.emplace(id, Followed{std::move(delivery), due, pauses_.step, std::nullopt, false});
    }
    followed_ = std::move(fresh);
    looked_due_ = now + pauses_.step;
}

std::optional<CentralError> Follower::step(std::stop_token stop) {
    const forms::BootTime now = clock_.since_boot();
    bool look = false;
    {
        const std::lock_guard lock(mutex_);
        look = looked_due_ <= now;
    }
    if (look) take_deliveries();

    std::vector<Delivery> asked;
    {
        const std::lock_guard lock(mutex_);
        std::vector<const Followed*> due;
        for (const auto& [id, followed] : followed_)
            if (followed.due <= now && followed.delivery.step != RequestStep::Closed) due.push_back(&followed);
        // Somebody waits for an answer, then who has waited longest: the order of ids would let the same ones go first.
        std::ranges::stable_sort(due, [](const Followed* a, const Followed* b) {
            return a->wanted != b->wanted ? a->wanted : a->due < b->due;
        });
        if (due.size() > most_followed_at_once) due.resize(most_followed_at_once);
        for (const Followed* followed : due)
            asked.push_back(followed->delivery);
    }
    if (asked.empty()) return std::nullopt;
    std::vector<std::string> references;
    for (const Delivery& delivery : asked)
        references.push_back(delivery.reference);
    const auto answer = central_.follow(references, std::move(stop));
    if (!answer.ok()) return answer.error();

    std::vector<std::pair<forms::Uuid, RequestStep>> moved;
    {
        const std::lock_guard lock(mutex_);
        for (const Delivery& delivery : asked) {
            const auto here = followed_.find(delivery.id);
            if (here == followed_.end()) continue;
            Followed& followed = here->second;
            const auto told = std::ranges::find(answer.value(), delivery.reference, &FollowedRequest::reference);
            const bool known = told != answer.value().end() && told->step != RequestStep::Unknown;
            followed.heard = clock_.since_boot();
            followed.wanted = false;
            if (known && told->step != followed.delivery.step) {
                followed.delivery.step = told->step;
                followed.pause = pauses_.step;
                moved.emplace_back(delivery.id, told->step);
            } else {
                followed.pause = std::min(followed.pause * 2, pauses_.step_longest);
            }
            followed.due = *followed.heard + FeedPauses::about(followed.pause, chance_);
        }
    }
    for (const auto& [id, step] : moved)
        note_(id, step);
    return std::nullopt;
}

Follower::Known Follower::wanted(const forms::Uuid& id) {
    const std::lock_guard lock(mutex_);
    const auto found = followed_.find(id);
    if (found == followed_.end()) {
        looked_due_ = {}; // delivered a moment ago
        return {};
    }
    Followed& followed = found->second;
    const forms::BootTime now = clock_.since_boot();
    if (!followed.heard || now - *followed.heard > pauses_.step_fresh) {
        followed.due = std::min(followed.due, now);
        followed.wanted = true;
    }
    return {followed.delivery.step, followed.heard};
}

} // namespace net
