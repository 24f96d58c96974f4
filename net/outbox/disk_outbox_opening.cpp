// SPDX-License-Identifier: EUPL-1.2
// From a file to an open outbox: tables, check after an unclean stop, index of all rows, what was on its way; and the
// one way in which anything is changed.
#include "net/outbox/disk_outbox.hpp"
#include "net/outbox/outbox_sql.hpp"
#include "net/store/set_aside.hpp"

#include <array>
#include <cstring>

namespace net {
namespace {

using forms::Done;
using outbox_sql::execute;

constexpr std::chrono::milliseconds check_limit{2000};
constexpr std::array tables = {"request", "attachment", "progress"};

} // namespace

DiskOutbox::DiskOutbox(std::filesystem::path folder, const OutboxOptions& options, const forms::Clock& clock)
    : folder_(std::move(folder)), options_(options), clock_(clock), reserve_(folder_ / "reserve", options.reserve),
      floor_(folder_ / "numbers") {}

StoreResult<std::unique_ptr<DiskOutbox>> DiskOutbox::open(const std::filesystem::path& folder,
                                                          const OutboxOptions& options, const forms::Clock& clock) {
    std::unique_ptr<DiskOutbox> box(new DiskOutbox(folder, options, clock));
    auto connected = box->connect();
    if (!connected.ok() && connected.error().fault == StoreFault::Damaged) {
        // Renamed, never deleted: a specialist may still get requests out of it.
        box->database_.reset();
        if (auto moved = set_aside(folder / "outbox.db"); !moved.ok()) return moved.error();
        box->opening_ = {};
        box->opening_.set_aside = true;
        connected = box->connect();
    }
    if (!connected.ok()) return connected.error();
    (void)box->reserve_.hold(); // when it cannot be held, health() says so before any form is offered
    return box;
}

StoreResult<Done> DiskOutbox::connect() {
    tombstones_.reset();
    auto database = Database::open(folder_ / "outbox.db", OpenMode::Exclusive, options_.vfs);
    if (!database.ok()) return database.error();
    database_.emplace(std::move(database).value());
    opening_.unclean = database_->report().unclean;
    if (opening_.unclean) {
        switch (database_->check(check_limit)) {
        case Database::Check::Sound:
            break;
        case Database::Check::Damaged:
            return StoreError{StoreFault::Damaged, 0};
        case Database::Check::NotReadable:
            return StoreError{StoreFault::Refused, 0};
        case Database::Check::NotFinished:
            opening_.check_pending = true;
            unchecked_ = tables.size();
            patience_ = check_limit;
            break;
        }
    }
    // The tombstones after the lock on outbox.db was won: a second sender must not touch them.
    auto stones = Tombstones::open(folder_, options_.vfs, clock_.since_boot());
    if (!stones.ok())
        return stones.error().fault == StoreFault::Damaged ? StoreError{StoreFault::Refused, 0} : stones.error();
    opening_.set_aside = opening_.set_aside || stones.value().set_aside();
    tombstones_.emplace(std::move(stones).value());
    if (auto made = make_schema(); !made.ok()) return made;
    return read_index();
}

StoreResult<Done> DiskOutbox::read_index() {
    const auto now = clock_.since_boot();
    std::map<forms::Uuid, OutboxRow> known_before;
    for (const auto& [number, row] : rows_)
        known_before.emplace(row.id, row);
    rows_.clear();
    numbers_.clear();
    auto all =
        database_->prepare("SELECT number, id, life, reason, attempts, refusals, conflicts, different, http_status, "
                           "bytes, attachments, kept_wall_ms, clock_trusted, key_id, location, reference, revision, "
                           "sent_parts, task_status, issues IS NOT NULL "
                           "FROM request LEFT JOIN progress USING(number)");
    if (!all.ok()) return all.error();
    Statement& s = all.value();
    for (;;) {
        auto more = s.step();
        if (!more.ok()) return more.error();
        if (!more.value()) break;
        OutboxRow row;
        row.number = static_cast<std::uint64_t>(s.integer(0));
        forms::Uuid::Bytes id{};
        const auto id_bytes = s.blob(1);
        const auto key_bytes = s.blob(13);
        const std::int64_t life = s.integer(2);
        if (id_bytes.size() != id.size() || key_bytes.size() != row.key.bytes.size() ||
            life < static_cast<int>(Life::Kept) || life > static_cast<int>(Life::NeedsDesk))
            return StoreError{StoreFault::Damaged, 0};
        std::memcpy(id.data(), id_bytes.data(), id.size());
        row.id = forms::Uuid(id);
        row.life = static_cast<Life>(life);
        row.reason = static_cast<Reason>(s.integer(3));
        row.attempts = static_cast<std::uint32_t>(s.integer(4));
        row.refusals = static_cast<std::uint32_t>(s.integer(5));
        row.conflicts = static_cast<std::uint32_t>(s.integer(6));
        row.different = static_cast<std::uint32_t>(s.integer(7));
        row.http_status = static_cast<std::uint16_t>(s.integer(8));
        row.bytes = static_cast<std::uint64_t>(s.integer(9));
        row.attachments = static_cast<std::uint16_t>(s.integer(10));
        row.kept_wall_ms = s.integer(11);
        row.clock_trusted = s.integer(12) != 0;
        std::memcpy(row.key.bytes.data(), key_bytes.data(), key_bytes.size());
        row.location = s.text(14);
        row.reference = s.text(15);
        row.revision = static_cast<std::uint32_t>(s.integer(16));
        row.sent_parts = static_cast<std::uint16_t>(s.integer(17));
        row.task_status = s.text(18);
        row.has_issues = s.integer(19) != 0;
        count_anew(row, now, options_.waits);
        if (const auto known = known_before.find(row.id); known != known_before.end()) {
            row.due = known->second.due;
            row.look_up_from = known->second.look_up_from;
            row.refusal_counts_from = known->second.refusal_counts_from;
            row.refusal_status = known->second.refusal_status;
        }
        numbers_[row.id] = row.number;
        rows_.emplace(row.number, std::move(row));
    }
    if (auto buried = bury_returned(); !buried.ok()) return buried;
    return restart_sending();
}

StoreResult<Done> DiskOutbox::bury_returned() {
    // Waiting here, and delivered long ago: an older file was put back, or the power went between the tombstone and the
    // row. The proof of then still stands.
    std::vector<OutboxRow> returned;
    for (const auto& [number, row] : rows_) {
        if (row.life == Life::Acknowledged) continue;
        auto stone = tombstones_->find(row.id);
        if (!stone.ok()) return stone.error();
        if (!stone.value()) continue;
        OutboxRow now = row;
        const auto step = [&](News news) {
            now = with_news(now, *after(now.life, news), news, {.reference = stone.value()->reference});
        };
        if (now.life == Life::NeedsDesk) step(News::Released);
        if (now.life == Life::Kept) step(News::PickedUp);
        step(now.life == Life::Unclear ? News::FoundThere : News::Taken);
        returned.push_back(std::move(now));
    }
    if (returned.empty()) return Done{};
    auto changed = change(
        [&](Database& database) -> StoreResult<Done> {
            for (const OutboxRow& row : returned)
                if (auto written = write_row(database, row); !written.ok()) return written;
            return Done{};
        },
        true);
    if (!changed.ok()) return changed;
    for (OutboxRow& row : returned)
        rows_.at(row.number) = std::move(row);
    opening_.returned = returned.size();
    return Done{};
}

StoreResult<Done> DiskOutbox::restart_sending() {
    const auto now = clock_.since_boot();
    // Whatever was on its way when this program last stopped may or may not have arrived.
    std::vector<OutboxRow*> found;
    for (auto& [number, row] : rows_)
        if (row.life == Life::Sending) found.push_back(&row);
    if (found.empty()) return Done{};
    const auto next = after(Life::Sending, News::Restarted);
    auto changed = change(
        [&](Database& database) {
            return execute(database, "UPDATE request SET life = ?1 WHERE life = ?2", [&](Statement& s) {
                s.bind(1, static_cast<std::int64_t>(*next)).bind(2, static_cast<std::int64_t>(Life::Sending));
            });
        },
        true);
    if (!changed.ok()) return changed;
    for (OutboxRow* row : found) {
        row->life = *next;
        count_anew(*row, now, options_.waits);
    }
    opening_.restarted = found.size();
    return Done{};
}

bool DiskOutbox::continue_check() {
    if (!database_ || unchecked_ == 0) return false;
    const char* table = tables[tables.size() - unchecked_];
    // Some seconds, then other work, then this table once more with twice the time: it ends, and nobody waits for long.
    // Nothing is sent and no form is offered until it has ended.
    patience_ *= 2;
    switch (database_->check(patience_, table)) {
    case Database::Check::NotFinished:
        return true;
    case Database::Check::Sound:
        patience_ = check_limit;
        return --unchecked_ > 0;
    case Database::Check::NotReadable:
        database_.reset(); // health() says Broken, and tries again each time it is asked
        break;
    case Database::Check::Damaged:
        database_.reset();
        if (set_aside(folder_ / "outbox.db").ok()) {
            rows_.clear();
            numbers_.clear();
            opening_.set_aside = true;
            if (!connect().ok()) database_.reset();
        }
        break;
    }
    unchecked_ = 0;
    return false;
}

StoreResult<Done> DiskOutbox::change(const std::function<StoreResult<Done>(Database&)>& what, bool must) {
    const auto once = [&]() -> StoreResult<Done> {
        auto transaction = Transaction::begin(*database_);
        if (!transaction.ok()) return transaction.error();
        if (auto done = what(*database_); !done.ok()) return done;
        return transaction.value().commit();
    };
    // A commit that found no room is undecided like any other; but doing it again gives the same rows.
    return must ? with_reserve(once) : once();
}

StoreResult<Done> DiskOutbox::with_reserve(const std::function<StoreResult<Done>()>& write) {
    auto done = write();
    if (done.ok() ? reserve_.held() : !done.error().disk_full) return done;
    // On a full disk the logs are the only thing that can be cut: what they hold goes into the files, where it takes
    // the place of what was erased. So each further change finds the room of the last one again.
    const auto cut_logs = [&] {
        if (database_) (void)database_->checkpoint(); // what does not go is noticed by the next change
        if (tombstones_) (void)tombstones_->checkpoint();
    };
    if (!done.ok()) {
        reserve_.release();
        cut_logs();
        done = write();
    }
    cut_logs();
    (void)reserve_.hold();
    return done;
}

bool DiskOutbox::reopen() {
    database_.reset();
    tombstones_.reset();
    const OutboxOpening before = opening_;
    const bool connected = connect().ok();
    opening_ = before;
    if (!connected) {
        database_.reset();
        tombstones_.reset();
    }
    return connected;
}

} // namespace net
