// SPDX-License-Identifier: EUPL-1.2
// The tables of the outbox, one step per version. A fresh file goes all the steps, so that each of them is walked every
// day and not only on the day of an update.
#include "net/outbox/disk_outbox.hpp"
#include "net/outbox/outbox_sql.hpp"

#include <array>

namespace net {
namespace {

using forms::Done;
using outbox_sql::execute;

constexpr std::int64_t schema = 2;

// Numbers and marks only: which form it is, who it is for and what it says stand inside the seal.
constexpr const char* version_1 = R"(
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

// A table of its own: a column behind the bodies could only be read by walking over them. Tombstones have a file of
// their own now.
constexpr const char* version_2 = R"(
CREATE TABLE progress(
    number INTEGER PRIMARY KEY REFERENCES request(number) ON DELETE CASCADE,
    revision INTEGER NOT NULL DEFAULT 0,
    sent_parts INTEGER NOT NULL DEFAULT 0,
    task_status TEXT NOT NULL DEFAULT '',
    issues BLOB
) STRICT;
DROP TABLE tombstone;
)";

} // namespace

StoreResult<Done> DiskOutbox::make_schema() {
    auto version = database_->schema_version();
    if (!version.ok()) return version.error();
    if (version.value() > schema) return StoreError{StoreFault::TooNew, 0};
    if (version.value() == schema) return Done{};
    // Copied before the transaction that drops them: a power cut in between copies them once more.
    if (version.value() == 1) {
        if (auto moved = move_tombstones(); !moved.ok()) return moved;
    }
    const std::int64_t from = version.value();
    opening_.upgraded = from > 0;
    return change(
        [&](Database& database) -> StoreResult<Done> {
            if (from < 1) {
                if (auto made = database.run(version_1); !made.ok()) return made;
                auto above = execute(database, "INSERT INTO sqlite_sequence(name, seq) VALUES('request', ?1)",
                                     [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(floor_.value())); });
                if (!above.ok()) return above;
            }
            if (auto made = database.run(version_2); !made.ok()) return made;
            return database.set_schema_version(schema);
        },
        true);
}

StoreResult<Done> DiskOutbox::move_tombstones() {
    auto all = database_->prepare("SELECT mark, number, reference, wall_ms FROM tombstone");
    if (!all.ok()) return all.error();
    Statement& s = all.value();
    for (;;) {
        auto more = s.step();
        if (!more.ok()) return more.error();
        if (!more.value()) return Done{};
        const auto mark = s.blob(0);
        auto added = tombstones_->add(mark, {static_cast<std::uint64_t>(s.integer(1)), s.text(2), s.integer(3), false});
        if (!added.ok()) return added;
    }
}

} // namespace net
