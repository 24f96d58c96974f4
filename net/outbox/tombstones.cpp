// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/tombstones.hpp"

#include "net/outbox/outbox_sql.hpp"
#include "net/store/set_aside.hpp"

#include <algorithm>

namespace net {
namespace {

using forms::Done;
using outbox_sql::execute;
using outbox_sql::mark_of;

constexpr std::int64_t schema = 1;
constexpr std::chrono::hours write_every{1};
constexpr std::chrono::milliseconds check_limit{2000};

constexpr const char* make_tables = R"(
CREATE TABLE tombstone(
    mark BLOB PRIMARY KEY,
    number INTEGER NOT NULL,
    reference TEXT NOT NULL,
    delivered_wall_ms INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL,
    age_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_age ON tombstone(age_ms);
CREATE TABLE running(age_ms INTEGER NOT NULL) STRICT;
INSERT INTO running VALUES(0);
)";

} // namespace

StoreResult<Tombstones> Tombstones::open(const std::filesystem::path& folder, const std::string& vfs,
                                         forms::BootTime now) {
    const std::filesystem::path file = folder / "tombstones.db";
    auto opened = connect(file, vfs, now);
    if (opened.ok() || opened.error().fault != StoreFault::Damaged) return opened;
    if (auto moved = net::set_aside(file); !moved.ok()) return moved.error();
    opened = connect(file, vfs, now);
    if (opened.ok()) opened.value().set_aside_ = true;
    return opened;
}

StoreResult<Tombstones> Tombstones::connect(const std::filesystem::path& file, const std::string& vfs,
                                            forms::BootTime now) {
    auto database = Database::open(file, OpenMode::Exclusive, vfs);
    if (!database.ok()) return database.error();
    Tombstones stones(std::move(database).value());
    Database& db = stones.database_;
    // Small: 90 days of a busy terminal are some megabytes. What cannot be checked in time is checked as it is read.
    if (db.report().unclean && db.check(check_limit) == Database::Check::Damaged)
        return StoreError{StoreFault::Damaged, 0};
    auto version = db.schema_version();
    if (!version.ok()) return version.error();
    if (version.value() > schema) return StoreError{StoreFault::TooNew, 0};
    if (version.value() < schema) {
        auto transaction = Transaction::begin(db);
        if (!transaction.ok()) return transaction.error();
        if (auto made = db.run(make_tables); !made.ok()) return made.error();
        if (auto set = db.set_schema_version(schema); !set.ok()) return set.error();
        if (auto made = transaction.value().commit(); !made.ok()) return made.error();
    }
    auto ask = db.prepare("SELECT age_ms FROM running");
    if (!ask.ok()) return ask.error();
    auto row = ask.value().step();
    if (!row.ok()) return row.error();
    if (!row.value()) return StoreError{StoreFault::Damaged, 0};
    stones.age_ = stones.written_age_ = std::chrono::milliseconds(ask.value().integer(0));
    stones.last_ = now;
    return stones;
}

StoreResult<Done> Tombstones::add(const forms::Uuid& id, const Tombstone& stone) { return add(mark_of(id), stone); }

StoreResult<Done> Tombstones::add(std::span<const std::byte> mark, const Tombstone& stone) {
    return execute(database_, "INSERT OR IGNORE INTO tombstone VALUES(?1, ?2, ?3, ?4, ?5, ?6)", [&](Statement& s) {
        s.bind_blob(1, mark).bind(2, static_cast<std::int64_t>(stone.number)).bind(3, stone.reference);
        s.bind(4, stone.delivered_wall_ms).bind(5, stone.clock_trusted ? 1 : 0).bind(6, age_.count());
    });
}

StoreResult<std::optional<Tombstone>> Tombstones::find(const forms::Uuid& id) {
    auto ask = database_.prepare("SELECT number, reference, delivered_wall_ms, clock_trusted FROM tombstone "
                                 "WHERE mark = ?1");
    if (!ask.ok()) return ask.error();
    ask.value().bind_blob(1, mark_of(id));
    auto found = ask.value().step();
    if (!found.ok()) return found.error();
    if (!found.value()) return std::optional<Tombstone>();
    return std::optional(Tombstone{static_cast<std::uint64_t>(ask.value().integer(0)), ask.value().text(1),
                                   ask.value().integer(2), ask.value().integer(3) != 0});
}

StoreResult<std::uint64_t> Tombstones::count() {
    auto ask = database_.prepare("SELECT count(*) FROM tombstone");
    if (!ask.ok()) return ask.error();
    auto row = ask.value().step();
    if (!row.ok()) return row.error();
    return static_cast<std::uint64_t>(ask.value().integer(0));
}

StoreResult<Done> Tombstones::advance(forms::BootTime now) {
    age_ += std::max(now - last_, forms::BootTime{});
    last_ = now;
    if (age_ - written_age_ < write_every) return Done{};
    auto transaction = Transaction::begin(database_);
    if (!transaction.ok()) return transaction.error();
    auto written = execute(database_, "UPDATE running SET age_ms = ?1", [&](Statement& s) { s.bind(1, age_.count()); });
    if (!written.ok()) return written;
    auto pruned = execute(database_, "DELETE FROM tombstone WHERE age_ms < ?1",
                          [&](Statement& s) { s.bind(1, (age_ - std::chrono::milliseconds(stay)).count()); });
    if (!pruned.ok()) return pruned;
    if (auto done = transaction.value().commit(); !done.ok()) return done;
    written_age_ = age_;
    return Done{};
}

} // namespace net
