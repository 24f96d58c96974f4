// SPDX-License-Identifier: EUPL-1.2
#include "net/audit/audit_log.hpp"
#include "net/runtime/locked_memory.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace net;
namespace fs = std::filesystem;

namespace {

AuditEntry opened_by(const std::string& who, std::uint64_t number) {
    AuditEntry entry;
    entry.actor = {who, StaffRole::Supervisor};
    entry.action = AuditAction::RequestOpened;
    entry.outcome = AuditOutcome::Allowed;
    entry.request = number;
    return entry;
}

struct Audit {
    tests::Folder folder;
    tests::HandClock clock;
    LockedMemory memory;
    std::string journal;
    EventLog log{"sender", clock, [this](std::string_view line) { journal += line; }};
    fs::path place = folder.path() / "audit";

    std::unique_ptr<AuditLog> open() { return AuditLog::open(place, clock, log, &memory); }
    /// A log with these many openings of requests, closed again.
    void filled(std::uint64_t openings) {
        auto audit = open();
        REQUIRE(audit);
        for (std::uint64_t n = 1; n <= openings; ++n)
            REQUIRE(audit->write(opened_by("m.rossi", n)));
    }
    AuditVerdict verdict() { return verify_audit(place, &memory); }
    fs::path file(std::size_t index = 0) { return audit_files(place)->at(index).path; }
    static std::string read(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    static void write(const fs::path& path, const std::string& bytes) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    }
    /// The log without the lines from `first` (from 0) to before `last`.
    void cut_lines(std::size_t first, std::size_t last) {
        std::istringstream in(read(file()));
        std::string kept;
        std::string line;
        for (std::size_t n = 0; std::getline(in, line); ++n)
            if (n < first || n >= last) kept += line + '\n';
        write(file(), kept);
    }
};

} // namespace

TEST_CASE_FIXTURE(Audit, "audit: what was written verifies, record for record, across restarts") {
    filled(3);
    filled(2);
    std::vector<std::string> actions;
    const auto sound = verify_audit(place, &memory, [&](const AuditRecord& record) {
        actions.emplace_back(name_of(record.entry.action));
        CHECK(record.sequence == actions.size());
        CHECK(record.clock_trusted);
    });
    CHECK(sound.fault == AuditFault::None);
    CHECK(actions == std::vector<std::string>{"log-begun", "request-open", "request-open", "request-open",
                                              "log-resumed", "request-open", "request-open"});
    struct stat facts {};
    REQUIRE(::stat(file().c_str(), &facts) == 0);
    CHECK((facts.st_mode & 077) == 0);
}

TEST_CASE_FIXTURE(Audit, "audit: a changed record is named, and so is everything a change could hide behind") {
    filled(5);
    std::string bytes = read(file());
    SUBCASE("another request") {
        const auto at = bytes.find("\"request\":3");
        bytes[at + 10] = '4';
        write(file(), bytes);
        CHECK(verdict().fault == AuditFault::Changed);
        CHECK(verdict().sequence == 4);
        CHECK(verdict().line == 4);
    }
    SUBCASE("another time") {
        const auto at = bytes.find("\"time_ms\":", bytes.find("\"sequence\":6"));
        bytes[at + 10] = '2';
        write(file(), bytes);
        CHECK(verdict().fault == AuditFault::Changed);
        CHECK(verdict().sequence == 6);
    }
    SUBCASE("no record any more") {
        bytes.insert(bytes.find("{\"sequence\":5"), "nothing to see here\n");
        write(file(), bytes);
        CHECK(verdict().fault == AuditFault::NotARecord);
        CHECK(verdict().sequence == 5);
    }
    SUBCASE("every bit of every record counts") {
        for (std::size_t at = 0; at < bytes.size(); at += 37) {
            std::string flipped = bytes;
            flipped[at] = static_cast<char>(flipped[at] ^ 1);
            write(file(), flipped);
            CAPTURE(at);
            CHECK(verdict().fault != AuditFault::None);
        }
    }
}

TEST_CASE_FIXTURE(Audit, "audit: a record that was taken out of the middle is missed") {
    filled(5);
    cut_lines(2, 3);
    CHECK(verdict().fault == AuditFault::Missing);
    CHECK(verdict().sequence == 3);
}

TEST_CASE_FIXTURE(Audit, "audit: a tail that was cut off is missed, whole records and halves alike") {
    filled(5);
    SUBCASE("the last record") { cut_lines(5, 6); }
    SUBCASE("the last half of the last record") {
        const std::string bytes = read(file());
        write(file(), bytes.substr(0, bytes.size() - 40));
    }
    CHECK(verdict().fault == AuditFault::TailMissing);
    CHECK(verdict().sequence == 6);
    // The sender notices too, says so where the files cannot reach, and goes on without hiding it.
    auto audit = open();
    REQUIRE(audit);
    CHECK(audit->opening().fault == AuditFault::TailMissing);
    CHECK(audit->write(opened_by("m.rossi", 9)));
    audit.reset();
    CHECK(verdict().fault == AuditFault::Missing);
    CHECK(verdict().sequence == 6);
}

TEST_CASE_FIXTURE(Audit, "audit: a log that was taken away whole is missed as long as its head or key is there") {
    filled(2);
    fs::remove(file());
    CHECK(verdict().fault == AuditFault::TailMissing);
    auto audit = open();
    REQUIRE(audit);
    CHECK(audit->opening().fault == AuditFault::TailMissing);
    audit.reset();
    CHECK(verdict().fault != AuditFault::None);
}

TEST_CASE_FIXTURE(Audit, "audit: without the head nobody says that the tail is whole") {
    filled(2);
    SUBCASE("gone") { fs::remove(audit_head_file(place)); }
    SUBCASE("made up without the key") {
        std::string head = read(audit_head_file(place));
        for (const std::size_t at : {head.find("\"sequence\":3"), head.find("\"sequence\":2")})
            if (at != std::string::npos) head[at + 11] = '1';
        write(audit_head_file(place), head);
    }
    CHECK(verdict().fault == AuditFault::HeadMissing);
}

TEST_CASE_FIXTURE(Audit, "audit: records of another terminal's log are not this one's") {
    filled(2);
    tests::Folder elsewhere;
    auto other = AuditLog::open(elsewhere.path() / "audit", clock, log, &memory);
    REQUIRE(other);
    REQUIRE(other->write(opened_by("m.rossi", 1)));
    REQUIRE(other->write(opened_by("m.rossi", 2)));
    other.reset();
    fs::copy_file(audit_files(elsewhere.path() / "audit")->front().path, file(), fs::copy_options::overwrite_existing);
    CHECK(verdict().fault == AuditFault::Changed);
    CHECK(verdict().sequence == 1);
}

TEST_CASE_FIXTURE(Audit, "audit: the chain goes on from file to file, and swapped files are seen") {
    {
        auto audit = open();
        REQUIRE(audit);
        std::uint64_t n = 0;
        while (audit_files(place)->size() < 3)
            REQUIRE(audit->write(opened_by("m.rossi", ++n)));
    }
    const auto sound = verdict();
    CHECK(sound.fault == AuditFault::None);
    CHECK(sound.records > 2000);
    SUBCASE("swapped") {
        const fs::path aside = place / "aside";
        fs::rename(file(0), aside);
        const fs::path first = place / "audit-0000000001.jsonl";
        fs::rename(file(0), first); // the second file under the first one's name
        CHECK(verdict().fault != AuditFault::None);
        CHECK(verdict().sequence == 1);
    }
    SUBCASE("one taken out") {
        const auto second = audit_files(place)->at(1);
        fs::remove(second.path);
        CHECK(verdict().fault == AuditFault::Missing);
        CHECK(verdict().sequence == second.first);
    }
    SUBCASE("one put back from earlier") {
        const fs::path last = file(2);
        const std::string before = read(last);
        {
            auto audit = open();
            REQUIRE(audit->write(opened_by("m.rossi", 1)));
        }
        write(last, before);
        CHECK(verdict().fault == AuditFault::TailMissing);
    }
}

TEST_CASE_FIXTURE(Audit, "audit: what a crash left half-written is cut away, and nobody was told of it") {
    filled(2);
    std::ofstream(file(), std::ios::app) << "{\"sequence\":4,\"time_ms\":17";
    CHECK(verdict().fault == AuditFault::None);
    auto audit = open();
    REQUIRE(audit);
    CHECK(audit->opening().fault == AuditFault::None);
    CHECK(audit->opening().cut_bytes == 26);
    audit.reset();
    CHECK(verdict().fault == AuditFault::None);
}

TEST_CASE_FIXTURE(Audit, "audit: a writer that is killed loses no record that it was told of, and breaks no chain") {
    for (int round = 0; round < 8; ++round) {
        int line[2];
        REQUIRE(::pipe(line) == 0);
        const pid_t writer = ::fork();
        REQUIRE(writer >= 0);
        if (writer == 0) {
            auto audit = open();
            for (std::uint64_t n = 1; audit && audit->write(opened_by("m.rossi", n)); ++n)
                if (::write(line[1], "x", 1) != 1) break;
            ::_exit(1);
        }
        ::close(line[1]);
        char told = 0;
        std::uint64_t written = 0;
        while (written < 5U + static_cast<unsigned>(round) * 3U && ::read(line[0], &told, 1) == 1)
            ++written;
        REQUIRE(::kill(writer, SIGKILL) == 0);
        REQUIRE(::waitpid(writer, nullptr, 0) == writer);
        while (::read(line[0], &told, 1) == 1)
            ++written;
        ::close(line[0]);
        std::uint64_t found = 0;
        const auto after = verify_audit(place, &memory, [&](const AuditRecord& record) {
            if (record.entry.action == AuditAction::LogBegun || record.entry.action == AuditAction::LogResumed)
                found = 0;
            if (record.entry.action == AuditAction::RequestOpened) ++found;
        });
        CHECK(after.fault == AuditFault::None);
        CHECK(found >= written);
    }
}

TEST_CASE_FIXTURE(Audit, "audit: what cannot be written is refused, and the chain is whole when there is room again") {
    auto audit = open();
    REQUIRE(audit);
    REQUIRE(audit->write(opened_by("m.rossi", 1)));
    // A limit on the size of files refuses the write in the middle of a line, as a full disk does.
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = fs::file_size(file()) + 100;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const bool written = audit->write(opened_by("m.rossi", 2));
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    (void)std::signal(SIGXFSZ, ignored);
    CHECK_FALSE(written);
    CHECK(journal.find("audit-refused") != std::string::npos);
    CHECK(verdict().fault == AuditFault::None);
    CHECK(audit->write(opened_by("m.rossi", 3)));
    CHECK(verdict().fault == AuditFault::None);
    CHECK(verdict().records == 3);
}

TEST_CASE_FIXTURE(Audit, "audit: the journal is told each mark, for the day somebody puts an old log back whole") {
    filled(1);
    const auto mark = hex_of(verdict().newest).substr(0, 16);
    CHECK(journal.find("\"mark\":\"" + mark) != std::string::npos);
}

TEST_CASE_FIXTURE(Audit, "audit: a clock that jumps is written down as it was told, and the order stays") {
    auto audit = open();
    REQUIRE(audit);
    clock.wall = forms::WallTime(std::chrono::seconds(0));
    REQUIRE(audit->write(opened_by("m.rossi", 1)));
    clock.wall = forms::WallTime(std::chrono::seconds(4'000'000'000));
    REQUIRE(audit->write(opened_by("m.rossi", 2)));
    audit.reset();
    std::vector<bool> trusted;
    CHECK(verify_audit(place, &memory, [&](const AuditRecord& r) { trusted.push_back(r.clock_trusted); }).fault ==
          AuditFault::None);
    CHECK(trusted == std::vector<bool>{true, false, true});
}
