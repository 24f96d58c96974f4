// SPDX-License-Identifier: EUPL-1.2
// What only a disk can do to an outbox.
#include "net/outbox/disk_outbox.hpp"
#include "tests/doubles/faulty_disk.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/sealed.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace net;
using namespace std::chrono_literals;
using tests::FaultyDisk;
using tests::Folder;
using tests::id_number;
using tests::sealed;

namespace {

tests::HandClock hand_clock;

OutboxOptions options(const std::string& vfs = {}) {
    OutboxOptions o;
    o.reserve = 1 << 16;
    o.vfs = vfs;
    return o;
}

std::unique_ptr<DiskOutbox> open_or_null(const Folder& folder, const std::string& vfs = {}) {
    auto opened = DiskOutbox::open(folder.path(), options(vfs), hand_clock);
    return opened.ok() ? std::move(opened).value() : nullptr;
}

bool keep(DiskOutbox& box, int n) { return box.keep(sealed(id_number(n), {"body", "scan"}), {}, true, 0ms).ok(); }

std::string whole(const Folder& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        std::ifstream in(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

} // namespace

TEST_CASE("outbox: what it says it kept is there after the disk fails at any step") {
    for (const auto fault : {FaultyDisk::Fault::InputOutput, FaultyDisk::Fault::Full}) {
        FaultyDisk disk(fault);
        bool hit = true;
        int steps = 0;
        for (int n = 0; hit; ++n) {
            Folder folder;
            bool said_kept = false, said_again = false;
            disk.fail_at(n);
            if (auto box = open_or_null(folder, disk.name())) {
                said_kept = keep(*box, 1);
                said_again = keep(*box, 2); // goes on after the fault
            }
            hit = disk.failed();
            disk.heal();
            CAPTURE(n);
            auto again = open_or_null(folder);
            REQUIRE(again != nullptr);
            CHECK_FALSE(again->opening().set_aside);
            if (said_kept) CHECK(again->load(id_number(1)).ok());
            if (said_again) CHECK(again->load(id_number(2)).ok());
            // What it did not say it kept may be there or not, but never in part.
            for (int r = 1; r <= 2; ++r)
                if (again->find(id_number(r))) CHECK(again->load(id_number(r)).value().parts.size() == 2);
            steps = n;
        }
        CHECK(steps > 10); // the faults really were spread over the work
    }
}

TEST_CASE("outbox: no step of a life is lost or invented when the disk fails while it is written") {
    FaultyDisk disk;
    bool hit = true;
    for (int n = 0; hit; ++n) {
        Folder folder;
        {
            auto box = open_or_null(folder);
            REQUIRE(box != nullptr);
            REQUIRE(keep(*box, 1));
        }
        bool picked = false, taken = false;
        if (auto box = open_or_null(folder, disk.name())) {
            disk.fail_at(n);
            picked = box->tell(id_number(1), News::PickedUp, {}).ok();
            if (picked) taken = box->tell(id_number(1), News::Taken, {.reference = "T"}).ok();
            hit = disk.failed();
            box.reset();
        }
        disk.heal();
        CAPTURE(n);
        auto again = open_or_null(folder);
        REQUIRE(again != nullptr);
        const auto row = again->find(id_number(1));
        REQUIRE(row.has_value());
        if (taken)
            CHECK(row->life == Life::Acknowledged);
        else if (picked)
            CHECK((row->life == Life::Unclear || row->life == Life::Acknowledged)); // never Kept: it has left
        else
            CHECK((row->life == Life::Kept || row->life == Life::Unclear));
        if (row->life != Life::Acknowledged) CHECK(again->load(id_number(1)).ok());
    }
}

TEST_CASE("outbox: on a full disk nothing new is kept, and what was kept can still be marked, delivered and erased") {
    FaultyDisk disk;
    Folder folder;
    auto box = open_or_null(folder, disk.name());
    REQUIRE(box != nullptr);
    REQUIRE(keep(*box, 1));
    REQUIRE(keep(*box, 2));
    disk.full_while_there((folder.path() / "reserve").string());
    const auto refused = box->keep(sealed(id_number(3)), {}, true, 0ms);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error() == OutboxFault::NoSpace);
    CHECK(disk.failed());
    CHECK_FALSE(box->find(id_number(3)).has_value());
    CHECK(box->tell(id_number(1), News::PickedUp, {}).ok());
    CHECK(box->tell(id_number(1), News::Taken, {.reference = "T"}).ok());
    CHECK(box->tell(id_number(2), News::SetAside, {.reason = Reason::HeldByStaff}).ok());
    CHECK(box->erase(id_number(2)).ok());
    box.reset();
    disk.heal();
    auto again = open_or_null(folder);
    REQUIRE(again != nullptr);
    CHECK(again->find(id_number(1))->reference == "T");
    CHECK_FALSE(again->find(id_number(2)).has_value());
}

TEST_CASE("outbox: a delivered body is nowhere in the files any more") {
    Folder folder;
    const auto request = sealed(id_number(1), {std::string(50'000, 'b'), std::string(200'000, 's')});
    const auto part_text = [&](std::size_t part) {
        return std::string(reinterpret_cast<const char*>(request.parts[part].data()) + 1000, 64);
    };
    auto box = open_or_null(folder);
    REQUIRE(box != nullptr);
    REQUIRE(box->keep(request, {}, true, 0ms).ok());
    CHECK(whole(folder).find(part_text(0)) != std::string::npos);
    REQUIRE(box->tell(id_number(1), News::PickedUp, {}).ok());
    REQUIRE(box->tell(id_number(1), News::Taken, {.reference = "T"}).ok());
    box.reset(); // the log goes into the file
    const std::string all = whole(folder);
    CHECK(all.find(part_text(0)) == std::string::npos);
    CHECK(all.find(part_text(1)) == std::string::npos);
}

TEST_CASE("outbox: a damaged file is set aside, a fresh one begun, and its numbers go on") {
    Folder folder;
    {
        auto box = open_or_null(folder);
        REQUIRE(box != nullptr);
        REQUIRE(keep(*box, 1));
        REQUIRE(keep(*box, 2));
    }
    {
        std::fstream f(folder.path() / "outbox.db", std::ios::in | std::ios::out | std::ios::binary);
        f << std::string(200, '\xee');
    }
    auto box = open_or_null(folder);
    REQUIRE(box != nullptr);
    CHECK(box->opening().set_aside);
    CHECK(std::filesystem::exists(folder.path() / "outbox.db.damaged-1"));
    auto kept = box->keep(sealed(id_number(3)), {}, true, 0ms);
    REQUIRE(kept.ok());
    CHECK(kept.value() > 2); // no two receipts with one number
}

TEST_CASE("outbox: the state of a newer program is left alone") {
    Folder folder;
    {
        auto box = open_or_null(folder);
        REQUIRE(box != nullptr);
        REQUIRE(keep(*box, 1));
    }
    {
        auto db = Database::open(folder.path() / "outbox.db");
        REQUIRE(db.value().set_schema_version(999).ok());
    }
    auto opened = DiskOutbox::open(folder.path(), options(), hand_clock);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().fault == StoreFault::TooNew);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "outbox.db.damaged-1"));
}

TEST_CASE("outbox: a folder that cannot be written, or a reserve that does not fit, is told before a form is offered") {
    Folder folder;
    auto box = open_or_null(folder);
    REQUIRE(box != nullptr);
    CHECK(box->health(0) == Health::Fine);
    CHECK(box->health(std::uint64_t{1} << 60) == Health::NoSpace);
    std::filesystem::remove(folder.path() / "reserve");
    std::filesystem::create_directory(folder.path() / "reserve"); // nothing can be held under this name
    box.reset();
    auto without = open_or_null(folder);
    REQUIRE(without != nullptr);
    CHECK(without->health(0) == Health::NoSpace);
    CHECK(without->keep(sealed(id_number(1)), {}, true, 0ms).error() == OutboxFault::NoSpace);
}

TEST_CASE("outbox: twenty thousand rows open in a moment") {
    Folder folder;
    {
        auto box = open_or_null(folder);
        REQUIRE(box != nullptr);
        REQUIRE(keep(*box, 1));
    }
    {
        auto db = Database::open(folder.path() / "outbox.db");
        REQUIRE(db.ok());
        REQUIRE(
            db.value()
                .run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 19999) "
                     "INSERT INTO request(id, life, bytes, attachments, kept_wall_ms, clock_trusted, key_id, header, "
                     "body) "
                     "SELECT randomblob(16), 1, 8000, 0, 0, 1, randomblob(8), randomblob(111), zeroblob(2000) FROM n")
                .ok());
    }
    const auto begin = std::chrono::steady_clock::now();
    auto box = open_or_null(folder);
    REQUIRE(box != nullptr);
    CHECK(std::chrono::steady_clock::now() - begin < 3s);
    CHECK(box->figures().kept == 20'000);
    CHECK(box->health(0) == Health::Full);
}

TEST_CASE("outbox: an older file that was put back sends nothing a second time") {
    Folder folder;
    for (int n = 1; n <= 4; ++n) {
        auto box = open_or_null(folder);
        REQUIRE(box != nullptr);
        REQUIRE(keep(*box, n));
        // One of each kind that could be sent again: kept, unclear, at the desk; and one that was really never sent.
        if (n == 2) REQUIRE(box->tell(id_number(2), News::PickedUp, {}).ok());
        if (n == 3) REQUIRE(box->tell(id_number(3), News::SetAside, {.reason = Reason::HeldByStaff}).ok());
    }
    const auto file = folder.path() / "outbox.db", old = folder.path() / "old";
    std::filesystem::copy_file(file, old);
    {
        auto box = open_or_null(folder); // 2 became unclear
        REQUIRE(box != nullptr);
        REQUIRE(box->tell(id_number(3), News::Released, {}).ok());
        for (const int n : {1, 3})
            REQUIRE(box->tell(id_number(n), News::PickedUp, {}).ok());
        for (const int n : {1, 3})
            REQUIRE(box->tell(id_number(n), News::Taken, {.reference = "T" + std::to_string(n)}).ok());
        REQUIRE(box->tell(id_number(2), News::FoundThere, {.reference = "T2"}).ok());
    }
    std::filesystem::copy_file(old, file, std::filesystem::copy_options::overwrite_existing);
    auto box = open_or_null(folder);
    REQUIRE(box != nullptr);
    CHECK(box->opening().returned == 3);
    for (int n = 1; n <= 3; ++n) {
        CHECK(box->find(id_number(n))->life == Life::Acknowledged);
        CHECK(box->find(id_number(n))->reference == "T" + std::to_string(n));
        CHECK(box->load(id_number(n)).error() == OutboxFault::NotFound);
    }
    CHECK(box->next_due(1h)->id == id_number(4));
}

TEST_CASE("outbox: a mark of what was delivered stays ninety days of running time, whatever the wall clock says") {
    Folder folder;
    tests::HandClock clock;
    const auto open = [&] { return DiskOutbox::open(folder.path(), options(), clock).value(); };
    {
        auto box = open();
        REQUIRE(keep(*box, 1));
        REQUIRE(box->tell(id_number(1), News::PickedUp, {}).ok());
        REQUIRE(box->tell(id_number(1), News::Taken, {.reference = "T"}).ok());
        REQUIRE(box->erase(id_number(1)).ok());
        clock.wall += 24h * 3650; // a wrong clock expires nothing
        CHECK(box->health(0) == Health::Fine);
        CHECK(box->find(id_number(1)).has_value());
        clock.boot += 24h * 45;
        CHECK(box->health(0) == Health::Fine);
    }
    clock.boot = 5min; // the machine started again: its boot-time clock too
    auto box = open();
    clock.boot += 24h * 45 - 2h;
    CHECK(box->health(0) == Health::Fine);
    CHECK(box->figures().tombstones == 1);
    CHECK(keep(*box, 1));
    CHECK(box->figures().kept == 0); // known, not kept anew
    clock.boot += 3h;
    CHECK(box->health(0) == Health::Fine);
    CHECK(box->figures().tombstones == 0);
    CHECK_FALSE(box->find(id_number(1)).has_value());
}

TEST_CASE("outbox: a damaged file of tombstones is set aside, and the requests stay") {
    Folder folder;
    {
        auto box = open_or_null(folder);
        REQUIRE(box != nullptr);
        REQUIRE(keep(*box, 1));
    }
    folder.write("tombstones.db", std::string(8192, '\xee'));
    auto box = open_or_null(folder);
    REQUIRE(box != nullptr);
    CHECK(box->opening().set_aside);
    CHECK(std::filesystem::exists(folder.path() / "tombstones.db.damaged-1"));
    CHECK(box->figures().set_aside == 1);
    CHECK(box->load(id_number(1)).ok());
}
