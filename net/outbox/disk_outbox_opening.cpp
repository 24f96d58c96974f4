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

constexpr std::int64_t schema = 1;
constexpr std::chrono::milliseconds check_limit{2000};
constexpr std::array tables = {"request", "attachment", "tombstone"};

// Numbers and marks only: which form it is, who it is for and what it says stand inside the seal.
constexpr const char* make_tables = R"(
CREATE TABLE request(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    life INTEGER NOT NULL,
    reason INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0,
    different INTEGER NOT NULL DEFAULT 0,
    http_status INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL,
    attachments INTEGER NOT NULL,
    kept_wall_ms INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL,
    key_id BLOB NOT NULL,
    location TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL DEFAULT '',
    header BLOB,
    body BLOB
) STRICT;
CREATE TABLE attachment(
    number INTEGER NOT NULL REFERENCES request(number) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY(number, part)
) STRICT;
CREATE TABLE tombstone(
    sequence INTEGER PRIMARY KEY,
    mark BLOB NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    reference TEXT NOT NULL
) STRICT;
)";

} // namespace

DiskOutbox::DiskOutbox(std::filesystem::path folder, const OutboxOptions& options)
    : folder_(std::move(folder)), options_(options), reserve_(folder_ / "reserve", options.reserve),
      floor_(folder_ / "numbers") {}

StoreResult<std::unique_ptr<DiskOutbox>> DiskOutbox::open(const std::filesystem::path& folder,
                                                          const OutboxOptions& options, forms::BootTime now) {
    std::unique_ptr<DiskOutbox> box(new DiskOutbox(folder, options));
    auto connected = box->connect(now);
    if (!connected.ok() && connected.error().fault == StoreFault::Damaged) {
        // Renamed, never deleted: a specialist may still get requests out of it.
        box->database_.reset();
        if (auto moved = set_aside(folder / "outbox.db"); !moved.ok()) return moved.error();
        box->opening_ = {};
        box->opening_.set_aside = true;
        connected = box->connect(now);
    }
    if (!connected.ok()) return connected.error();
    (void)box->reserve_.hold(); // when it cannot be held, health() says so before any form is offered
    return box;
}

StoreResult<Done> DiskOutbox::connect(forms::BootTime now) {
    auto database = Database::open(folder_ / "outbox.db", OpenMode::Exclusive, options_.vfs);
    if (!database.ok()) return database.error();
    database_.emplace(std::move(database).value());
    opening_.unclean = database_->report().unclean;
    if (opening_.unclean) {
        switch (database_->quick_check(check_limit)) {
        case Database::Check::Sound:
            break;
        case Database::Check::Damaged:
            return StoreError{StoreFault::Damaged, 0};
        case Database::Check::NotFinished:
            opening_.check_pending = true;
            unchecked_ = tables.size();
            break;
        }
    }
    if (auto made = make_schema(); !made.ok()) return made;
    return read_index(now);
}

StoreResult<Done> DiskOutbox::make_schema() {
    auto version = database_->schema_version();
    if (!version.ok()) return version.error();
    if (version.value() > schema) return StoreError{StoreFault::TooNew, 0};
    if (version.value() == schema) return Done{};
    return change(
        [&](Database& database) -> StoreResult<Done> {
            if (auto made = database.run(make_tables); !made.ok()) return made;
            auto above = execute(database, "INSERT INTO sqlite_sequence(name, seq) VALUES('request', ?1)",
                                 [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(floor_.value())); });
            if (!above.ok()) return above;
            return database.set_schema_version(schema);
        },
        false);
}

StoreResult<Done> DiskOutbox::read_index(forms::BootTime now) {
    std::map<forms::Uuid, forms::BootTime> known_due;
    for (const auto& [number, row] : rows_)
        known_due[row.id] = row.due;
    rows_.clear();
    numbers_.clear();
    auto all =
        database_->prepare("SELECT number, id, life, reason, attempts, refusals, conflicts, different, http_status, "
                           "bytes, attachments, kept_wall_ms, clock_trusted, key_id, location, reference "
                           "FROM request");
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
        if (const auto known = known_due.find(row.id); known != known_due.end())
            row.due = known->second;
        else if (row.life == Life::Unclear)
            row.due = now + options_.waits.unclear;
        else if (row.life == Life::Kept && row.refusals > 0)
            row.due = now + options_.waits.refused;
        else
            row.due = now;
        numbers_[row.id] = row.number;
        rows_.emplace(row.number, std::move(row));
    }
    return restart_sending(now);
}

StoreResult<Done> DiskOutbox::restart_sending(forms::BootTime now) {
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
        row->due = now + options_.waits.unclear;
    }
    opening_.restarted = found.size();
    return Done{};
}

bool DiskOutbox::continue_check() {
    if (!database_ || unchecked_ == 0) return false;
    const char* table = tables[tables.size() - unchecked_];
    // Unhurried now: nothing is sent until it has ended.
    const auto verdict = database_->quick_check(std::chrono::minutes(1), table);
    if (verdict == Database::Check::Damaged) {
        database_.reset();
        if (set_aside(folder_ / "outbox.db").ok()) {
            rows_.clear();
            numbers_.clear();
            opening_.set_aside = true;
            if (!connect(forms::BootTime{}).ok()) database_.reset();
        }
        unchecked_ = 0;
        return false;
    }
    return --unchecked_ > 0;
}

StoreResult<Done> DiskOutbox::change(const std::function<StoreResult<Done>(Database&)>& what, bool must) {
    const auto once = [&]() -> StoreResult<Done> {
        auto transaction = Transaction::begin(*database_);
        if (!transaction.ok()) return transaction.error();
        if (auto done = what(*database_); !done.ok()) return done;
        return transaction.value().commit();
    };
    auto done = once();
    // A commit that found no room is undecided like any other; but doing it again gives the same rows.
    if (done.ok() || !must || !done.error().disk_full || !reserve_.held()) return done;
    reserve_.release();
    done = once();
    (void)reserve_.hold();
    return done;
}

bool DiskOutbox::reopen() {
    database_.reset();
    const OutboxOpening before = opening_;
    const bool connected = connect(forms::BootTime{}).ok();
    opening_ = before;
    if (!connected) database_.reset();
    return connected;
}

} // namespace net
