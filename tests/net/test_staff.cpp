// SPDX-License-Identifier: EUPL-1.2
#include "net/staff/pin.hpp"
#include "net/staff/staff_door.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include <sys/stat.h>

using namespace net;
using namespace std::chrono_literals;

namespace {

struct Door {
    tests::Folder folder;
    tests::HandClock clock;
    std::filesystem::path file = folder.path() / "staff.json";
    std::unique_ptr<StaffDoor> door = StaffDoor::open(file, clock).value();

    void restart() { door = StaffDoor::open(file, clock).value(); }
    SignInOutcome attempt(std::string_view pin, std::string_view id = "m.rossi") {
        return door->sign_in(id, pin).outcome;
    }
};

} // namespace

TEST_CASE("pin: the first ones that a thief tries are refused, in every kind") {
    for (const char* weak : {"000000", "111111", "123456", "654321", "890123", "135791", "121212", "123123", "112233",
                             "123321", "898998", "250480", "311299", "801231"})
        CHECK_MESSAGE(judge_pin(weak) == PinJudgement::TooWeak, weak);
    for (const char* no : {"", "12345", "1234567", "12a456", "١٢٣٤٥٦", " 12345"})
        CHECK_MESSAGE(judge_pin(no) == PinJudgement::NotSixDigits, no);
    CHECK(judge_pin("739164") == PinJudgement::Good);
    SystemChance chance;
    for (int i = 0; i < 200; ++i)
        CHECK(judge_pin(new_pin(chance)) == PinJudgement::Good);
}

TEST_CASE_FIXTURE(Door, "staff: the right PIN opens with the role that was given, a wrong one does not") {
    REQUIRE(door->add("m.rossi", StaffRole::Supervisor, "739164").ok());
    const SignIn in = door->sign_in("m.rossi", "739164");
    CHECK(in.outcome == SignInOutcome::Done);
    CHECK(in.role == StaffRole::Supervisor);
    CHECK(attempt("739165") == SignInOutcome::Wrong);
    CHECK(attempt("739164") == SignInOutcome::Done);
    std::ifstream in_file(file);
    std::ostringstream bytes;
    bytes << in_file.rdbuf();
    CHECK(bytes.str().find("739164") == std::string::npos);
    CHECK(bytes.str().find("$argon2id$") != std::string::npos);
    struct stat facts {};
    REQUIRE(::stat(file.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 077) == 0);
}

TEST_CASE_FIXTURE(Door, "staff: five errors bring a pause that doubles, fifteen a lock that only a new PIN opens") {
    REQUIRE(door->add("m.rossi", StaffRole::Supervisor, "739164").ok());
    for (int i = 1; i <= 5; ++i)
        CHECK(attempt("000001") == SignInOutcome::Wrong);
    CHECK(door->sign_in("m.rossi", "739164").outcome == SignInOutcome::Wait);
    CHECK(door->sign_in("m.rossi", "739164").wait == 15s);
    clock.forward(15s - 1ms);
    CHECK(attempt("739164") == SignInOutcome::Wait);
    clock.forward(1ms);
    std::chrono::milliseconds pause = 15s;
    for (int errors = 6; errors < 15; ++errors) {
        CHECK(attempt("000001") == SignInOutcome::Wrong);
        pause *= 2;
        CAPTURE(errors);
        CHECK(door->sign_in("m.rossi", "000001").wait == pause);
        clock.forward(pause);
    }
    CHECK(attempt("000001") == SignInOutcome::Locked);
    clock.forward(24h * 365);
    CHECK(attempt("739164") == SignInOutcome::Locked);
    CHECK(door->list().front().locked);
    REQUIRE(door->reset("m.rossi", "820475").ok());
    CHECK(attempt("739164") == SignInOutcome::Wrong);
    CHECK(attempt("820475") == SignInOutcome::Done);
}

TEST_CASE_FIXTURE(Door, "staff: errors and their pause survive a restart, and a lock does") {
    REQUIRE(door->add("m.rossi", StaffRole::Supervisor, "739164").ok());
    for (int i = 0; i < 4; ++i)
        (void)attempt("000001");
    restart();
    CHECK(attempt("000001") == SignInOutcome::Wrong);
    CHECK(attempt("739164") == SignInOutcome::Wait);
    clock.forward(10s);
    restart();
    CHECK(door->sign_in("m.rossi", "739164").wait == 15s); // begun anew: a restart shortens nothing
    clock.forward(15s);
    CHECK(attempt("739164") == SignInOutcome::Done);
    for (int errors = 1; errors <= 15; ++errors) {
        (void)attempt("000001");
        clock.forward(StaffDoor::pause_after(static_cast<std::uint32_t>(errors)));
    }
    restart();
    CHECK(attempt("739164") == SignInOutcome::Locked);
}

TEST_CASE_FIXTURE(Door, "staff: a wall clock that jumps neither shortens nor lengthens a pause") {
    REQUIRE(door->add("m.rossi", StaffRole::Supervisor, "739164").ok());
    for (int i = 0; i < 5; ++i)
        (void)attempt("000001");
    clock.wall += 24h * 3650;
    CHECK(attempt("739164") == SignInOutcome::Wait);
    clock.wall -= 24h * 7300;
    CHECK(attempt("739164") == SignInOutcome::Wait);
    clock.boot += 15s;
    CHECK(attempt("739164") == SignInOutcome::Done);
}

TEST_CASE_FIXTURE(Door, "staff: an attempt that cannot be counted on disk is no attempt") {
    REQUIRE(door->add("m.rossi", StaffRole::Supervisor, "739164").ok());
    std::filesystem::create_directory(folder.path() / "staff.json.new"); // nothing can be written beside the list
    CHECK(attempt("739164") == SignInOutcome::NotNow);
    CHECK(attempt("000001") == SignInOutcome::NotNow);
    std::filesystem::remove(folder.path() / "staff.json.new");
    CHECK(attempt("739164") == SignInOutcome::Done);
}

TEST_CASE_FIXTURE(Door, "staff: an id that nobody has answers as one that somebody has") {
    REQUIRE(door->add("m.rossi", StaffRole::Operator, "739164").ok());
    for (int i = 0; i < 5; ++i)
        CHECK(attempt("000001", "nobody") == attempt("000001"));
    CHECK(attempt("000001", "nobody") == SignInOutcome::Wait);
    CHECK(attempt("000001") == SignInOutcome::Wait);
    CHECK_FALSE(door->sign_in("nobody", "1").known);
}

TEST_CASE_FIXTURE(Door, "staff: who was disabled does not come in, and the list says what is wrong with an entry") {
    REQUIRE(door->add("m.rossi", StaffRole::Operator, "739164").ok());
    CHECK(door->add("m.rossi", StaffRole::Operator, "739164").error() == StaffFault::Exists);
    CHECK(door->add("M. Rossi", StaffRole::Operator, "739164").error() == StaffFault::BadId);
    CHECK(door->add("a.verdi", StaffRole::Operator, "123456").error() == StaffFault::BadPin);
    CHECK(door->reset("a.verdi", "739164").error() == StaffFault::Unknown);
    REQUIRE(door->disable("m.rossi").ok());
    CHECK(attempt("739164") == SignInOutcome::Wrong);
    restart();
    CHECK(attempt("739164") == SignInOutcome::Wrong);
    CHECK(door->list().front().disabled);
}

TEST_CASE_FIXTURE(Door, "staff: a list that others may read, or that is damaged, lets nobody in") {
    REQUIRE(door->add("m.rossi", StaffRole::Operator, "739164").ok());
    REQUIRE(::chmod(file.c_str(), 0640) == 0);
    CHECK(StaffDoor::open(file, clock).error() == StaffFault::Open);
    REQUIRE(::chmod(file.c_str(), 0600) == 0);
    std::ofstream(file) << "{\"format\":1,\"staff\":[{\"id\":\"m.rossi\"}]}";
    CHECK(StaffDoor::open(file, clock).error() == StaffFault::Damaged);
}
