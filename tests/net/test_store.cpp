// SPDX-License-Identifier: EUPL-1.2
#include "net/store/database.hpp"
#include "net/store/set_aside.hpp"
#include "tests/doubles/folder.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstring>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace net;
using tests::Folder;

namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

} // namespace

TEST_CASE("store: rows, texts and blobs come back as they were written") {
    Folder folder;
    auto opened = Database::open(folder.path() / "a.db");
    REQUIRE(opened.ok());
    Database& db = opened.value();
    CHECK_FALSE(db.report().existed);
    REQUIRE(db.run("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB) STRICT").ok());
    {
        auto insert = db.prepare("INSERT INTO t(b, c) VALUES(?1, ?2)");
        REQUIRE(insert.ok());
        const std::string text("à\0z", 4);
        insert.value().bind(1, text).bind_blob(2, bytes_of("bytes"));
        REQUIRE(insert.value().execute().ok());
        insert.value().bind_null(1).bind_blob(2, {});
        REQUIRE(insert.value().execute().ok());
    }
    auto read = db.prepare("SELECT b, c FROM t ORDER BY a");
    REQUIRE(read.ok());
    REQUIRE(read.value().step().value());
    CHECK(read.value().text(0).size() == 4);
    CHECK(read.value().blob(1).size() == 5);
    REQUIRE(read.value().step().value());
    CHECK(read.value().null(0));
    CHECK_FALSE(read.value().null(1));
    CHECK_FALSE(read.value().step().value());
}

TEST_CASE("store: what a transaction did is undone unless it was committed") {
    Folder folder;
    auto db = Database::open(folder.path() / "a.db");
    REQUIRE(db.ok());
    REQUIRE(db.value().run("CREATE TABLE t(a INTEGER)").ok());
    {
        auto t = Transaction::begin(db.value());
        REQUIRE(t.ok());
        REQUIRE(db.value().run("INSERT INTO t VALUES(1)").ok());
    }
    {
        auto t = Transaction::begin(db.value());
        REQUIRE(t.ok());
        REQUIRE(db.value().run("INSERT INTO t VALUES(2)").ok());
        REQUIRE(t.value().commit().ok());
    }
    auto sum = db.value().prepare("SELECT sum(a) FROM t");
    REQUIRE(sum.value().step().value());
    CHECK(sum.value().integer(0) == 2);
}

TEST_CASE("store: a second process is refused within a second while the first has the file") {
    Folder folder;
    const auto file = folder.path() / "a.db";
    int tell[2];
    int wait_for[2];
    REQUIRE(pipe(tell) == 0);
    REQUIRE(pipe(wait_for) == 0);
    const pid_t child = fork(); // before this process opens anything: a database never crosses a fork
    REQUIRE(child >= 0);
    if (child == 0) {
        auto held = Database::open(file);
        const char ready = held.ok() ? '+' : '-';
        if (write(tell[1], &ready, 1) != 1) _exit(2);
        char go = 0;
        const bool told = read(wait_for[0], &go, 1) == 1;
        _exit(told ? 0 : 3);
    }
    char ready = 0;
    REQUIRE(read(tell[0], &ready, 1) == 1);
    REQUIRE(ready == '+');
    const auto begin = std::chrono::steady_clock::now();
    auto second = Database::open(file);
    const auto took = std::chrono::steady_clock::now() - begin;
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().fault == StoreFault::InUse);
    CHECK(took < std::chrono::seconds(20));
    REQUIRE(write(wait_for[1], "x", 1) == 1);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    for (const int descriptor : {tell[0], tell[1], wait_for[0], wait_for[1]})
        close(descriptor);
    CHECK(Database::open(file).ok());
}

TEST_CASE("store: a file that is no database, or a folder without rights, is told apart") {
    Folder folder;
    const auto junk = folder.write("junk.db", std::string(8192, 'j'));
    auto opened = Database::open(junk);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().fault == StoreFault::Damaged);
    auto nowhere = Database::open(folder.path() / "none" / "a.db");
    REQUIRE_FALSE(nowhere.ok());
    CHECK(nowhere.error().fault == StoreFault::NoRights);
    CHECK(free_space(folder.path()).value() > 0);
    CHECK(free_space(folder.path() / "none").error().fault == StoreFault::NoRights);
}

TEST_CASE("store: a damaged file is renamed with its log, and a fresh one can be opened") {
    Folder folder;
    const auto file = folder.write("o.db", std::string(4096, 'j'));
    folder.write("o.db-wal", "log");
    auto moved = set_aside(file);
    REQUIRE(moved.ok());
    CHECK(moved.value().filename() == "o.db.damaged-1");
    CHECK(std::filesystem::exists(folder.path() / "o.db.damaged-1-wal"));
    CHECK(Database::open(file).ok());
    CHECK(set_aside(file).value().filename() == "o.db.damaged-2");
}

TEST_CASE("store: the file belongs to its user alone") {
    Folder folder;
    const auto old = umask(0);
    auto db = Database::open(folder.path() / "a.db");
    umask(old);
    REQUIRE(db.ok());
    struct stat s {};
    REQUIRE(stat((folder.path() / "a.db").c_str(), &s) == 0);
    CHECK((s.st_mode & 0777) == 0600);
}

TEST_CASE("store: a check finds a changed page") {
    Folder folder;
    const auto file = folder.path() / "a.db";
    {
        auto db = Database::open(file);
        REQUIRE(db.ok());
        REQUIRE(db.value().run("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT) STRICT").ok());
        for (int i = 0; i < 200; ++i)
            REQUIRE(db.value().run("INSERT INTO t(b) VALUES(printf('%0200d', 1))").ok());
        CHECK(db.value().check(std::chrono::seconds(5)) == Database::Check::Sound);
        REQUIRE(db.value().checkpoint().ok());
    }
    {
        std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
        f.seekp(2 * 4096);
        f << std::string(2000, '\xff');
    }
    auto db = Database::open(file);
    REQUIRE(db.ok());
    CHECK(db.value().check(std::chrono::seconds(5)) == Database::Check::Damaged);
}
