// SPDX-License-Identifier: EUPL-1.2
// The life of a request on disk: kept, loaded, told, erased, found again.
#include "net/outbox/disk_outbox.hpp"

#include "net/outbox/outbox_sql.hpp"
#include "net/runtime/plausible_clock.hpp"

#include <algorithm>
#include <cstring>

namespace net {
namespace {

using forms::Done;
using outbox_sql::bytes_of;
using outbox_sql::execute;
using outbox_sql::fault_of;

/// Acknowledged rows kept so that a receipt still on a screen can be told its reference; older ones leave a tombstone.
constexpr int delivered_rows = 1000;

} // namespace

OutboxRow* DiskOutbox::row(const forms::Uuid& id) {
    const auto number = numbers_.find(id);
    if (number == numbers_.end()) return nullptr;
    return &rows_.at(number->second);
}

OutboxResult<std::uint64_t> DiskOutbox::keep(const SealedRequest& request, forms::WallTime wall, bool clock_trusted,
                                             forms::BootTime now) {
    const auto header = read_header(request.header);
    if (!header.ok() || header.value().id != request.id || header.value().parts != request.parts.size())
        return OutboxFault::Malformed;
    if (!database_ && !reopen()) return OutboxFault::Broken;
    if (const OutboxRow* there = row(request.id)) return there->number;
    auto delivered = tombstones_->find(request.id);
    if (!delivered.ok()) return fault_of(delivered.error().fault);
    if (delivered.value()) return delivered.value()->number;

    OutboxRow fresh;
    fresh.id = request.id;
    for (const Bytes& part : request.parts)
        fresh.bytes += part.size();
    switch (health(fresh.bytes)) {
    case Health::NoSpace:
        return OutboxFault::NoSpace;
    case Health::NoRights:
        return OutboxFault::NoRights;
    case Health::Full:
        return OutboxFault::Full;
    case Health::Broken:
        return OutboxFault::Broken;
    case Health::Checking:
    case Health::Fine:
        break;
    }
    fresh.attachments = static_cast<std::uint16_t>(request.parts.size() - 1);
    fresh.kept_wall_ms = std::chrono::duration_cast<std::chrono::milliseconds>(wall.time_since_epoch()).count();
    fresh.clock_trusted = clock_trusted;
    fresh.key = header.value().key;
    fresh.due = now;
    auto changed = change(
        [&](Database& database) -> StoreResult<Done> {
            auto inserted =
                execute(database,
                        "INSERT INTO request(id, life, bytes, attachments, kept_wall_ms, clock_trusted, "
                        "key_id, header, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                        [&](Statement& s) {
                            s.bind_blob(1, bytes_of(fresh.id)).bind(2, static_cast<std::int64_t>(fresh.life));
                            s.bind(3, static_cast<std::int64_t>(fresh.bytes)).bind(4, fresh.attachments);
                            s.bind(5, fresh.kept_wall_ms).bind(6, fresh.clock_trusted ? 1 : 0);
                            s.bind_blob(7, fresh.key.bytes).bind_blob(8, request.header);
                            s.bind_blob(9, request.parts[0]);
                        });
            if (!inserted.ok()) return inserted;
            fresh.number = static_cast<std::uint64_t>(database.last_row_id());
            if (!floor_.cover(fresh.number)) return StoreError{StoreFault::Refused, 0};
            return outbox_sql::write_attachments(database, fresh.number, request);
        },
        false);
    if (changed.ok()) {
        numbers_[fresh.id] = fresh.number;
        const auto number = fresh.number;
        rows_.emplace(number, std::move(fresh));
        return number;
    }
    const StoreFault fault = changed.error().fault;
    if (fault == StoreFault::NoSpace || fault == StoreFault::NoRights) return fault_of(fault);
    // COMMIT may have gone through, or the disk has become strange: only the disk itself can tell.
    const bool disk_full = changed.error().disk_full;
    if (!reopen()) return disk_full ? OutboxFault::NoSpace : OutboxFault::Broken;
    if (const OutboxRow* there = row(request.id)) return there->number;
    return disk_full ? OutboxFault::NoSpace : OutboxFault::Broken;
}

OutboxResult<SealedRequest> DiskOutbox::load(const forms::Uuid& id) {
    const OutboxRow* there = row(id);
    if (there == nullptr || there->life == Life::Acknowledged) return OutboxFault::NotFound;
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const auto number = static_cast<std::int64_t>(there->number);
    SealedRequest request;
    request.id = id;
    auto body = database_->prepare("SELECT header, body FROM request WHERE number = ?1");
    if (!body.ok()) return fault_of(body.error().fault);
    body.value().bind(1, number);
    auto found = body.value().step();
    if (!found.ok()) return fault_of(found.error().fault);
    if (!found.value()) return OutboxFault::NotFound;
    const auto header_bytes = body.value().blob(0);
    const auto body_bytes = body.value().blob(1);
    request.header.assign(header_bytes.begin(), header_bytes.end());
    request.parts.emplace_back(body_bytes.begin(), body_bytes.end());
    auto others = database_->prepare("SELECT bytes FROM attachment WHERE number = ?1 ORDER BY part");
    if (!others.ok()) return fault_of(others.error().fault);
    others.value().bind(1, number);
    for (;;) {
        auto more = others.value().step();
        if (!more.ok()) return fault_of(more.error().fault);
        if (!more.value()) return request;
        const auto part = others.value().blob(0);
        request.parts.emplace_back(part.begin(), part.end());
    }
}

OutboxResult<OutboxRow> DiskOutbox::tell(const forms::Uuid& id, News news, const NewsFacts& facts) {
    if (!database_ && !reopen()) return OutboxFault::Broken;
    OutboxRow* present = row(id);
    if (present == nullptr) return OutboxFault::NotFound;
    const auto next = after(present->life, news);
    if (!next) return OutboxFault::NoSuchStep;
    const OutboxRow changed = with_news(*present, *next, news, facts);
    const bool delivered = changed.life == Life::Acknowledged;
    if (delivered) {
        const auto wall = clock_.wall_time();
        const Tombstone stone{changed.number, changed.reference,
                              std::chrono::duration_cast<std::chrono::milliseconds>(wall.time_since_epoch()).count(),
                              plausible(wall)};
        auto marked = with_reserve([&] { return tombstones_->add(id, stone); });
        if (!marked.ok()) {
            if (!reopen()) return OutboxFault::Broken;
            return marked.error().disk_full ? OutboxFault::NoSpace : OutboxFault::Broken;
        }
    }
    auto written = change(
        [&](Database& database) -> StoreResult<Done> {
            if (auto updated = write_row(database, changed); !updated.ok()) return updated;
            if (!facts.issues.empty()) return outbox_sql::write_issues(database, changed.number, facts.issues);
            if (!delivered) return Done{};
            return execute(database,
                           "DELETE FROM request WHERE life = ?1 AND number IN (SELECT number FROM request "
                           "WHERE life = ?1 ORDER BY number DESC LIMIT -1 OFFSET ?2)",
                           [&](Statement& s) {
                               s.bind(1, static_cast<std::int64_t>(Life::Acknowledged)).bind(2, delivered_rows);
                           });
        },
        true);
    if (!written.ok()) {
        const StoreFault fault = written.error().fault;
        if (fault == StoreFault::NoSpace || fault == StoreFault::NoRights) return fault_of(fault);
        if (!reopen()) return OutboxFault::Broken;
        present = row(id);
        if (present == nullptr || present->life != changed.life || present->attempts != changed.attempts)
            return OutboxFault::Broken;
    }
    *present = changed;
    const OutboxRow result = changed;
    if (delivered) {
        // The same pruning as on disk.
        auto older = std::ranges::count_if(rows_, [](const auto& e) { return e.second.life == Life::Acknowledged; });
        for (auto it = rows_.begin(); older > delivered_rows && it != rows_.end();) {
            if (it->second.life == Life::Acknowledged) {
                numbers_.erase(it->second.id);
                it = rows_.erase(it);
                --older;
            } else {
                ++it;
            }
        }
    }
    return result;
}

StoreResult<Done> DiskOutbox::write_row(Database& database, const OutboxRow& row) {
    const bool delivered = row.life == Life::Acknowledged;
    auto updated =
        execute(database,
                delivered ? "UPDATE request SET life = ?1, reason = ?2, attempts = ?3, refusals = ?4, conflicts = ?5, "
                            "different = ?6, http_status = ?7, location = ?8, reference = ?9, bytes = ?10, "
                            "header = NULL, body = NULL WHERE number = ?11"
                          : "UPDATE request SET life = ?1, reason = ?2, attempts = ?3, refusals = ?4, conflicts = ?5, "
                            "different = ?6, http_status = ?7, location = ?8, reference = ?9, bytes = ?10 "
                            "WHERE number = ?11",
                [&](Statement& s) {
                    s.bind(1, static_cast<std::int64_t>(row.life)).bind(2, static_cast<std::int64_t>(row.reason));
                    s.bind(3, row.attempts).bind(4, row.refusals).bind(5, row.conflicts).bind(6, row.different);
                    s.bind(7, row.http_status).bind(8, row.location).bind(9, row.reference);
                    s.bind(10, static_cast<std::int64_t>(row.bytes)).bind(11, static_cast<std::int64_t>(row.number));
                });
    if (!updated.ok() || !delivered) return updated;
    auto erased = execute(database, "DELETE FROM attachment WHERE number = ?1",
                          [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(row.number)); });
    if (!erased.ok()) return erased;
    return execute(database, "UPDATE progress SET issues = NULL WHERE number = ?1",
                   [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(row.number)); });
}

void DiskOutbox::set_due(const forms::Uuid& id, forms::BootTime due) {
    if (OutboxRow* there = row(id))
        there->due = there->life == Life::Unclear ? std::max(due, there->look_up_from) : due;
}

OutboxResult<Done> DiskOutbox::erase(const forms::Uuid& id) {
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const OutboxRow* there = row(id);
    if (there == nullptr) return OutboxFault::NotFound;
    if (there->life != Life::Acknowledged && there->life != Life::NeedsDesk) return OutboxFault::NoSuchStep;
    const std::uint64_t number = there->number;
    auto written = change(
        [&](Database& database) {
            return execute(database, "DELETE FROM request WHERE number = ?1",
                           [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(number)); });
        },
        true);
    if (!written.ok()) {
        if (!reopen()) return OutboxFault::Broken;
        return row(id) == nullptr ? OutboxResult<Done>(Done{}) : fault_of(written.error().fault);
    }
    rows_.erase(number);
    numbers_.erase(id);
    return Done{};
}

std::optional<OutboxRow> DiskOutbox::find(const forms::Uuid& id) {
    if (const OutboxRow* there = row(id)) return *there;
    if (!database_) return std::nullopt;
    auto stone = tombstones_->find(id);
    if (!stone.ok() || !stone.value()) return std::nullopt;
    OutboxRow past;
    past.id = id;
    past.life = Life::Acknowledged;
    past.number = stone.value()->number;
    past.reference = stone.value()->reference;
    past.kept_wall_ms = stone.value()->delivered_wall_ms; // when it was kept is forgotten by now
    past.clock_trusted = stone.value()->clock_trusted;
    return past;
}

} // namespace net
