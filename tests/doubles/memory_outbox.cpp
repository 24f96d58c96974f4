// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/memory_outbox.hpp"

#include <algorithm>

namespace tests {

using namespace net;

MemoryOutbox::Entry* MemoryOutbox::entry(const forms::Uuid& id) {
    const auto number = numbers_.find(id);
    if (number == numbers_.end()) return nullptr;
    const auto found = entries_.find(number->second);
    return found == entries_.end() ? nullptr : &found->second;
}

void MemoryOutbox::restart(forms::BootTime now, const RestartWaits& waits) {
    for (auto& [number, e] : entries_) {
        if (e.row.life == Life::Sending) e.row.life = *after(Life::Sending, News::Restarted);
        count_anew(e.row, now, waits);
    }
}

OutboxResult<std::uint64_t> MemoryOutbox::keep(const SealedRequest& request, forms::WallTime wall, bool clock_trusted,
                                               forms::BootTime now) {
    const auto header = read_header(request.header);
    if (!header.ok() || header.value().id != request.id || header.value().parts != request.parts.size())
        return OutboxFault::Malformed;
    if (const auto there = find(request.id)) return there->number;
    if (health(0) == Health::Full) return OutboxFault::Full;
    OutboxRow row;
    row.id = request.id;
    row.number = ++last_number_;
    for (const Bytes& part : request.parts)
        row.bytes += part.size();
    row.attachments = static_cast<std::uint16_t>(request.parts.size() - 1);
    row.kept_wall_ms = std::chrono::duration_cast<std::chrono::milliseconds>(wall.time_since_epoch()).count();
    row.clock_trusted = clock_trusted;
    row.key = header.value().key;
    row.due = now;
    numbers_[row.id] = row.number;
    entries_.emplace(row.number, Entry{row, request, {}});
    return row.number;
}

std::map<std::uint64_t, MemoryOutbox::Entry>::const_iterator MemoryOutbox::first_open() const {
    auto it = entries_.lower_bound(delivered_below_);
    for (; it != entries_.end() && it->second.row.life == Life::Acknowledged; ++it)
        delivered_below_ = it->first + 1;
    return it;
}

std::optional<OutboxRow> MemoryOutbox::next_due(forms::BootTime now) const {
    if (away_) return std::nullopt;
    for (auto it = first_open(); it != entries_.end(); ++it) {
        const OutboxRow& row = it->second.row;
        if ((row.life == Life::Kept || row.life == Life::Unclear) && row.due <= now) return row;
    }
    return std::nullopt;
}

std::optional<forms::BootTime> MemoryOutbox::next_time() const {
    std::optional<forms::BootTime> earliest;
    for (auto it = first_open(); it != entries_.end(); ++it) {
        const OutboxRow& row = it->second.row;
        if ((row.life == Life::Kept || row.life == Life::Unclear) && (!earliest || row.due < *earliest))
            earliest = row.due;
    }
    return earliest;
}

OutboxResult<SealedRequest> MemoryOutbox::load(const forms::Uuid& id) {
    Entry* there = entry(id);
    if (there == nullptr || there->row.life == Life::Acknowledged) return OutboxFault::NotFound;
    return there->request;
}

OutboxResult<OutboxRow> MemoryOutbox::tell(const forms::Uuid& id, News news, const NewsFacts& facts) {
    if (std::exchange(fail_next_, false)) return OutboxFault::NoSpace;
    Entry* there = entry(id);
    if (there == nullptr) return OutboxFault::NotFound;
    const auto next = after(there->row.life, news);
    if (!next) return OutboxFault::NoSuchStep;
    there->row = with_news(there->row, *next, news, facts);
    if (!facts.issues.empty()) there->issues = facts.issues;
    if (*next == Life::Acknowledged) {
        there->issues.clear();
        there->request.parts.clear();
        tombstones_[id] = there->row;
    }
    return there->row;
}

void MemoryOutbox::set_due(const forms::Uuid& id, forms::BootTime due) {
    if (Entry* there = entry(id))
        there->row.due = there->row.life == Life::Unclear ? std::max(due, there->row.look_up_from) : due;
}

OutboxResult<forms::Done> MemoryOutbox::erase(const forms::Uuid& id) {
    Entry* there = entry(id);
    if (there == nullptr) return OutboxFault::NotFound;
    if (there->row.life != Life::Acknowledged && there->row.life != Life::NeedsDesk) return OutboxFault::NoSuchStep;
    entries_.erase(there->row.number);
    return forms::Done{};
}

OutboxResult<OutboxRow> MemoryOutbox::mark_sent(const forms::Uuid& id, std::uint16_t part) {
    Entry* there = entry(id);
    if (there == nullptr || part == 0 || part > there->row.attachments) return OutboxFault::NotFound;
    there->row.sent_parts = static_cast<std::uint16_t>(there->row.sent_parts | 1u << part);
    return there->row;
}

OutboxResult<OutboxRow> MemoryOutbox::note_task_status(const forms::Uuid& id, std::string_view word) {
    Entry* there = entry(id);
    if (there == nullptr) return OutboxFault::NotFound;
    there->row.task_status = word;
    return there->row;
}

OutboxResult<Bytes> MemoryOutbox::issues(const forms::Uuid& id) {
    Entry* there = entry(id);
    if (there == nullptr) return OutboxFault::NotFound;
    return there->issues;
}

OutboxResult<OutboxRow> MemoryOutbox::revise(const SealedRequest& request) {
    const auto header = read_header(request.header);
    if (!header.ok() || header.value().id != request.id || header.value().parts != request.parts.size())
        return OutboxFault::Malformed;
    Entry* there = entry(request.id);
    if (there == nullptr) return OutboxFault::NotFound;
    if (there->row.life != Life::NeedsDesk) return OutboxFault::NoSuchStep;
    there->row = revised(there->row, request, header.value().key);
    there->request = request;
    there->issues.clear();
    return there->row;
}

std::optional<OutboxRow> MemoryOutbox::find(const forms::Uuid& id) {
    if (Entry* there = entry(id)) return there->row;
    const auto past = tombstones_.find(id);
    return past == tombstones_.end() ? std::nullopt : std::optional(past->second);
}

std::vector<OutboxRow> MemoryOutbox::list(std::uint64_t after_number, std::size_t at_most) const {
    std::vector<OutboxRow> some;
    for (auto it = entries_.upper_bound(after_number); it != entries_.end() && some.size() < at_most; ++it)
        some.push_back(it->second.row);
    return some;
}

OutboxFigures MemoryOutbox::figures() {
    OutboxFigures figures;
    for (const auto& [number, e] : entries_) {
        figures.kept += e.row.life == Life::Kept;
        figures.sending += e.row.life == Life::Sending;
        figures.unclear += e.row.life == Life::Unclear;
        figures.needs_desk += e.row.life == Life::NeedsDesk;
        figures.acknowledged += e.row.life == Life::Acknowledged;
    }
    return figures;
}

Health MemoryOutbox::health(std::uint64_t) {
    if (entries_.size() < capacity_) return Health::Fine;
    const auto waiting =
        std::ranges::count_if(entries_, [](const auto& e) { return e.second.row.life != Life::Acknowledged; });
    return static_cast<std::size_t>(waiting) >= capacity_ ? Health::Full : Health::Fine;
}

} // namespace tests
