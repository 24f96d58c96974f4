// SPDX-License-Identifier: EUPL-1.2
// What can be said about the outbox without touching a request: what is due, how much waits, whether there is room.
#include "net/outbox/disk_outbox.hpp"
#include "net/store/set_aside.hpp"

#include <algorithm>

namespace net {
namespace {

/// Room that an ordinary request needs at most: its sealed body and a few pages.
constexpr std::int64_t ordinary_room = 1 << 20;

bool waits_by_itself(Life life) { return life == Life::Kept || life == Life::Unclear; }

} // namespace

std::uint64_t DiskOutbox::waiting_rows() const {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(rows_, [](const auto& entry) { return entry.second.life != Life::Acknowledged; }));
}

std::optional<OutboxRow> DiskOutbox::next_due(forms::BootTime now) const {
    if (!database_ || unchecked_ > 0) return std::nullopt;
    for (const auto& [number, row] : rows_)
        if (waits_by_itself(row.life) && row.due <= now) return row;
    return std::nullopt;
}

std::optional<forms::BootTime> DiskOutbox::next_time() const {
    std::optional<forms::BootTime> earliest;
    for (const auto& [number, row] : rows_)
        if (waits_by_itself(row.life) && (!earliest || row.due < *earliest)) earliest = row.due;
    return earliest;
}

std::vector<OutboxRow> DiskOutbox::list(std::uint64_t after_number, std::size_t at_most) const {
    std::vector<OutboxRow> some;
    for (auto it = rows_.upper_bound(after_number); it != rows_.end() && some.size() < at_most; ++it)
        some.push_back(it->second);
    return some;
}

OutboxFigures DiskOutbox::figures() {
    OutboxFigures figures;
    for (const auto& [number, row] : rows_) {
        switch (row.life) {
        case Life::Kept:
            ++figures.kept;
            break;
        case Life::Sending:
            ++figures.sending;
            break;
        case Life::Unclear:
            ++figures.unclear;
            break;
        case Life::NeedsDesk:
            ++figures.needs_desk;
            break;
        case Life::Acknowledged:
            ++figures.acknowledged;
            break;
        }
        if (figures.oldest_waiting_wall_ms == 0 && row.life != Life::Acknowledged)
            figures.oldest_waiting_wall_ms = row.kept_wall_ms;
    }
    if (database_) {
        if (auto used = database_->bytes_used(); used.ok())
            figures.bytes_used = static_cast<std::uint64_t>(used.value());
    }
    if (tombstones_) {
        if (auto stones = tombstones_->count(); stones.ok()) figures.tombstones = stones.value();
    }
    figures.set_aside = files_set_aside(folder_);
    if (auto free = free_space(folder_); free.ok()) figures.bytes_free = static_cast<std::uint64_t>(free.value());
    return figures;
}

Health DiskOutbox::health(std::uint64_t room) {
    auto free = free_space(folder_);
    if (!free.ok()) return Health::NoRights;
    if (!database_ && !reopen()) return Health::Broken;
    if (auto aged = tombstones_->advance(clock_.since_boot()); !aged.ok())
        return aged.error().disk_full ? Health::NoSpace : Health::Broken;
    if (!reserve_.hold()) return Health::NoSpace;
    // Twice: the log holds every page once before it reaches the file.
    const auto needed = 2 * std::max(static_cast<std::int64_t>(room), ordinary_room);
    if (free.value() < needed) return Health::NoSpace;
    if (waiting_rows() >= static_cast<std::uint64_t>(options_.capacity)) return Health::Full;
    auto used = database_->bytes_used();
    if (!used.ok()) return Health::Broken;
    if (used.value() + static_cast<std::int64_t>(room) > options_.disk_share / 5 * 4) return Health::Full;
    return unchecked_ > 0 ? Health::Checking : Health::Fine;
}

} // namespace net
