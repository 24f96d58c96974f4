// SPDX-License-Identifier: EUPL-1.2
// outbox_bench [KEEPS] [FOLDER]
// Durable keeps a second beside bare inserts of the same bytes with the same syncs, in turns, on one disk; and what it
// takes to open a full outbox. Prints one line a figure; judges nothing.
#include "net/outbox/disk_outbox.hpp"
#include "net/runtime/random.hpp"
#include "net/seal/sealed_request.hpp"
#include "tests/doubles/argument.hpp"
#include "tests/doubles/hand_clock.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t body = 8000;
constexpr int full = 20'000;

double seconds_since(Steady::time_point begin) { return std::chrono::duration<double>(Steady::now() - begin).count(); }

/// Of this process, now.
long resident_kib() {
    std::ifstream in("/proc/self/statm");
    long all = 0, resident = 0;
    in >> all >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

void run(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
}

/// The least that SQLite can do with the same bytes: one row, one commit, WAL, synchronous=FULL.
class Bare {
public:
    explicit Bare(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) std::abort();
        run(db_, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                 "CREATE TABLE row(id BLOB PRIMARY KEY, header BLOB, body BLOB);");
        if (sqlite3_prepare_v2(db_, "INSERT INTO row VALUES(?1, ?2, ?3)", -1, &insert_, nullptr) != SQLITE_OK)
            std::abort();
    }
    ~Bare() {
        sqlite3_finalize(insert_);
        sqlite3_close(db_);
    }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;
    void insert(const net::SealedRequest& r) {
        sqlite3_bind_blob(insert_, 1, r.id.bytes().data(), 16, SQLITE_STATIC);
        sqlite3_bind_blob(insert_, 2, r.header.data(), static_cast<int>(r.header.size()), SQLITE_STATIC);
        sqlite3_bind_blob(insert_, 3, r.parts[0].data(), static_cast<int>(r.parts[0].size()), SQLITE_STATIC);
        if (sqlite3_step(insert_) != SQLITE_DONE) std::abort();
        sqlite3_reset(insert_);
    }

private:
    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

} // namespace

int main(int argc, char** argv) {
    const int keeps = tests::number_argument(argc, argv, 1, 500);
    std::string folder =
        (argc > 2 ? std::filesystem::path(argv[2]) : std::filesystem::current_path()) / "outbox-bench-XXXXXX";
    if (keeps <= 0 || ::mkdtemp(folder.data()) == nullptr) {
        std::fprintf(stderr, "usage: outbox_bench [KEEPS] [FOLDER]\n");
        return 2;
    }
    const std::filesystem::path place = folder;
    tests::HandClock clock;
    net::SystemChance chance;
    net::PublicKey key;
    key.bytes[0] = std::byte{9}; // a valid one that nobody keeps
    const std::string clear(body, 'b');
    const std::span<const std::byte> parts[] = {std::as_bytes(std::span(clear.data(), clear.size()))};
    std::vector<net::SealedRequest> requests;
    for (int i = 0; i < 2 * keeps; ++i)
        requests.push_back(net::seal(chance.uuid(), key, parts).value());
    {
        auto box = net::DiskOutbox::open(place, {}, clock).value();
        Bare bare(place / "bare.db");
        double kept = 0, inserted = 0;
        // In turns of twenty: what else the machine does meets both alike.
        for (int i = 0; i < keeps; i += 20) {
            auto begin = Steady::now();
            for (int n = i; n < std::min(i + 20, keeps); ++n)
                bare.insert(requests[static_cast<std::size_t>(n)]);
            inserted += seconds_since(begin);
            begin = Steady::now();
            for (int n = i; n < std::min(i + 20, keeps); ++n)
                if (!box->keep(requests[static_cast<std::size_t>(keeps + n)], clock.wall_time(), true,
                               clock.since_boot())
                         .ok())
                    std::abort();
            kept += seconds_since(begin);
        }
        std::printf("durable keeps of %zu bytes: %.0f a second; bare inserts: %.0f a second; ratio %.2f\n", body,
                    keeps / kept, keeps / inserted, inserted / kept);
    }
    {
        // Filled by hand: twenty thousand syncs would measure the disk.
        sqlite3* db = nullptr;
        if (sqlite3_open((place / "outbox.db").c_str(), &db) != SQLITE_OK) std::abort();
        const std::string fill =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(full - keeps) +
            ") INSERT INTO request(id, life, bytes, attachments, kept_wall_ms, clock_trusted, key_id, "
            "header, body) SELECT randomblob(16), 1, 8042, 0, 0, 1, randomblob(8), randomblob(111), "
            "randomblob(8042) FROM n";
        run(db, fill.c_str());
        if (sqlite3_close(db) != SQLITE_OK) std::abort();
    }
    const long before = resident_kib();
    auto begin = Steady::now();
    auto box = net::DiskOutbox::open(place, {}, clock).value();
    const double opened = seconds_since(begin);
    const long after = resident_kib();
    begin = Steady::now();
    for (int i = 0; i < 1000; ++i)
        if (!box->next_due(clock.since_boot())) std::abort();
    const double asked = seconds_since(begin) / 1000;
    const auto file = std::filesystem::file_size(place / "outbox.db");
    std::printf(
        "open an outbox of %llu rows (%llu MiB): %.3f s, %ld KiB more memory, %.0f bytes a row; what is due: %.1f us\n",
        static_cast<unsigned long long>(box->figures().kept), static_cast<unsigned long long>(file >> 20), opened,
        after - before, 1024.0 * static_cast<double>(after - before) / full, asked * 1e6);
    std::printf("its cap: %lld rows; then it says so before a form is offered: %s\n",
                static_cast<long long>(net::OutboxOptions{}.capacity),
                box->health(0) == net::Health::Full ? "yes" : "NO");
    box.reset();
    std::error_code ignored;
    std::filesystem::remove_all(place, ignored);
    return 0;
}
