// SPDX-License-Identifier: EUPL-1.2
// An outbox written by an older program, full, opened by this one.
#include "net/outbox/disk_outbox.hpp"
#include "net/outbox/outbox_sql.hpp"
#include "tests/doubles/faulty_disk.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/sealed.hpp"

#include <doctest/doctest.h>

using namespace net;
using namespace std::chrono_literals;
using tests::Folder;
using tests::id_number;
using tests::sealed;

namespace {

// As version 1 made them; never to be changed.
constexpr const char* tables_of_version_1 = R"(
CREATE TABLE request(
    number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, life INTEGER NOT NULL,
    reason INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, refusals INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0, different INTEGER NOT NULL DEFAULT 0, http_status INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL, attachments INTEGER NOT NULL, kept_wall_ms INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL, key_id BLOB NOT NULL, location TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL DEFAULT '', header BLOB, body BLOB) STRICT;
CREATE TABLE attachment(
    number INTEGER NOT NULL REFERENCES request(number) ON DELETE CASCADE, part INTEGER NOT NULL,
    bytes BLOB NOT NULL, PRIMARY KEY(number, part)) STRICT;
CREATE TABLE tombstone(
    sequence INTEGER PRIMARY KEY, mark BLOB NOT NULL UNIQUE, number INTEGER NOT NULL, wall_ms INTEGER NOT NULL,
    reference TEXT NOT NULL) STRICT;
PRAGMA user_version = 1;
)";

constexpr int waiting = 60; ///< requests, each with a scan, in every life in turn
constexpr int marked = 20;  ///< delivered long ago

SealedRequest request(int n) { return sealed(id_number(n), {"body " + std::to_string(n), std::string(5'000, 's')}); }
Life life(int n) {
    constexpr Life lives[] = {Life::Kept, Life::Sending, Life::Unclear, Life::NeedsDesk};
    return lives[n % 4];
}

void write_version_1(const Folder& folder) {
    static std::vector<SealedRequest> requests; // sealed once: it is what this test spends its time on
    if (requests.empty())
        for (int n = 0; n < waiting; ++n)
            requests.push_back(request(n));
    auto db = Database::open(folder.path() / "outbox.db");
    REQUIRE(db.ok());
    REQUIRE(db.value().run(tables_of_version_1).ok());
    auto transaction = Transaction::begin(db.value());
    REQUIRE(transaction.ok());
    for (int n = 0; n < waiting; ++n) {
        const SealedRequest& r = requests[static_cast<std::size_t>(n)];
        const auto header = read_header(r.header).value();
        REQUIRE(
            outbox_sql::execute(db.value(),
                                "INSERT INTO request(number, id, life, attempts, bytes, attachments, kept_wall_ms, "
                                "clock_trusted, key_id, header, body) VALUES(?1, ?2, ?3, 3, ?4, 1, 7, 1, ?5, ?6, ?7)",
                                [&](Statement& s) {
                                    s.bind(1, n + 1).bind_blob(2, outbox_sql::bytes_of(r.id));
                                    s.bind(3, static_cast<int>(life(n)));
                                    s.bind(4, static_cast<std::int64_t>(r.parts[0].size() + r.parts[1].size()));
                                    s.bind_blob(5, header.key.bytes).bind_blob(6, r.header);
                                    s.bind_blob(7, r.parts[0]);
                                })
                .ok());
        REQUIRE(outbox_sql::execute(db.value(), "INSERT INTO attachment VALUES(?1, 1, ?2)", [&](Statement& s) {
                    s.bind(1, n + 1).bind_blob(2, r.parts[1]);
                }).ok());
    }
    for (int n = 1; n <= marked; ++n)
        REQUIRE(outbox_sql::execute(db.value(), "INSERT INTO tombstone VALUES(?1, ?2, ?3, 7, 'T')", [&](Statement& s) {
                    s.bind(1, n).bind_blob(2, outbox_sql::mark_of(id_number(1000 + n)));
                    s.bind(3, 5000 + n);
                }).ok());
    REQUIRE(transaction.value().commit().ok());
}

void everything_is_there(DiskOutbox& box) {
    CHECK(box.figures().kept == waiting / 4);
    CHECK(box.figures().unclear == waiting / 2); // what was on its way too
    CHECK(box.figures().needs_desk == waiting / 4);
    for (int n = 0; n < waiting; ++n) {
        const auto row = box.find(id_number(n));
        REQUIRE(row.has_value());
        CHECK(row->number == static_cast<std::uint64_t>(n + 1));
        CHECK(row->attempts == 3);
        CHECK(row->revision == 0);
        const auto loaded = box.load(id_number(n));
        REQUIRE(loaded.ok());
        CHECK(loaded.value().parts.size() == 2);
        CHECK(loaded.value().parts[1].size() == sealed_size(5'000));
    }
    CHECK(box.figures().tombstones == marked);
    for (int n = 1; n <= marked; ++n)
        CHECK(box.find(id_number(1000 + n))->number == static_cast<std::uint64_t>(5000 + n));
}

OutboxOptions options(const std::string& vfs = {}) {
    OutboxOptions o;
    o.reserve = 1 << 16;
    o.vfs = vfs;
    return o;
}

} // namespace

TEST_CASE("outbox: one of the first version, full, is brought up to date with nothing lost") {
    Folder folder;
    tests::HandClock clock;
    write_version_1(folder);
    for (int start = 0; start < 2; ++start) { // the second finds it up to date
        auto box = DiskOutbox::open(folder.path(), options(), clock);
        REQUIRE(box.ok());
        CHECK_FALSE(box.value()->opening().set_aside);
        everything_is_there(*box.value());
    }
    auto box = DiskOutbox::open(folder.path(), options(), clock);
    REQUIRE(box.ok());
    CHECK(box.value()->mark_sent(id_number(0), 1).ok());
    CHECK(box.value()->keep(sealed(id_number(500)), {}, true, 0ms).value() == waiting + 1);
}

TEST_CASE("outbox: bringing it up to date loses nothing when the disk fails at any step of it") {
    tests::FaultyDisk disk;
    tests::HandClock clock;
    bool hit = true;
    int steps = 0;
    for (int n = 0; hit; ++n) {
        Folder folder;
        write_version_1(folder);
        disk.fail_at(n);
        (void)DiskOutbox::open(folder.path(), options(disk.name()), clock);
        hit = disk.failed();
        disk.heal();
        CAPTURE(n);
        auto box = DiskOutbox::open(folder.path(), options(), clock);
        REQUIRE(box.ok());
        CHECK_FALSE(box.value()->opening().set_aside);
        everything_is_there(*box.value());
        steps = n;
    }
    CHECK(steps > 10);
}
