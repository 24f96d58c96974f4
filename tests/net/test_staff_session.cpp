// SPDX-License-Identifier: EUPL-1.2
// How long a session of the staff lasts and what each role may do in it. The clock is turned by hand: hours take no time.
#include "net/audit/audit_files.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/sender/staff_desk.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/shared_clock.hpp"
#include "tests/doubles/submissions.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <doctest/doctest.h>
#include <future>
#include <mutex>

using namespace net;
using namespace std::chrono_literals;
using ipc::ActOutcome;
using ipc::DeskOutcome;

namespace {

constexpr const char* pin = "739164";
constexpr auto at_most = 120s; ///< for an answer that does not come; none is waited for that long otherwise

/// The sender's side of the desk without sockets: what a connection says goes in, what it is told comes out.
struct Room {
    tests::Folder folder;
    tests::SharedClock clock{forms::WallTime(1'795'000'000s)};
    LockedMemory memory;
    SystemChance chance;
    EventLog log{"test", clock, [](std::string_view) {}};
    KeyRing keys = KeyRing::open(folder.path() / "keys", &memory).value();
    std::unique_ptr<StoreThread> store = opened();
    std::unique_ptr<AuditLog> audit = AuditLog::open(folder.path() / "audit", clock, log, &memory);
    std::unique_ptr<StaffDoor> door = StaffDoor::open(folder.path() / "staff.json", clock).value();

    std::mutex mutex;
    std::condition_variable changed;
    std::map<StaffDesk::Peer, std::deque<ipc::Message>> told; // guarded by mutex
    std::unique_ptr<StaffDesk> desk = std::make_unique<StaffDesk>(
        StaffDesk::Parts{*store, keys, &memory, clock, log, audit.get(), door.get(),
                         [this](StaffDesk::Peer peer, ipc::Message m) {
                             const std::lock_guard lock(mutex);
                             told[peer].push_back(std::move(m));
                             changed.notify_all();
                         },
                         [](const OutboxRow&) {}, [] {}});

    Room() {
        REQUIRE(audit);
        REQUIRE(door->add("s.verdi", StaffRole::Supervisor, pin).ok());
        REQUIRE(door->add("o.neri", StaffRole::Operator, pin).ok());
        REQUIRE(door->add("l.gallo", StaffRole::Technician, pin).ok());
        desk->joined(1, ipc::Role::Desk, 1000);
        desk->joined(2, ipc::Role::Desk, 1000);
        desk->joined(9, ipc::Role::Tool, 1000);
    }
    std::unique_ptr<StoreThread> opened() {
        OutboxOptions box;
        box.reserve = 1 << 20;
        auto started = StoreThread::start(folder.path(), box, clock);
        REQUIRE(started.ok());
        return std::move(started).value();
    }
    /// The next thing of this kind that this connection is told.
    template <class Answer>
    Answer answer(StaffDesk::Peer peer) {
        std::unique_lock lock(mutex);
        for (;;) {
            auto& waiting = told[peer];
            while (!waiting.empty()) {
                const ipc::Message first = std::move(waiting.front());
                waiting.pop_front();
                if (const auto* wanted = std::get_if<Answer>(&first)) return *wanted;
            }
            REQUIRE(changed.wait_for(lock, at_most, [&] { return !told[peer].empty(); }));
        }
    }
    SignInOutcome sign_in(StaffDesk::Peer peer, const std::string& who) {
        const std::span<const std::byte> digits[] = {std::as_bytes(std::span(pin, 6))};
        const auto id = chance.uuid();
        auto sealed = seal(id, keys.current(), digits).value();
        desk->say(peer, ipc::SignIn{who, {id, sealed.header, sealed.parts[0]}});
        return answer<ipc::SignedIn>(peer).outcome;
    }
    /// Asked as the list of requests is.
    bool may_look(StaffDesk::Peer peer) {
        auto asked = std::make_shared<std::promise<void>>();
        auto runs = std::make_shared<bool>(false);
        desk->looking(peer, [runs] { *runs = true; });
        desk->looking(9, [asked] { asked->set_value(); }); // a Tool is always answered: the one before is over then
        REQUIRE(asked->get_future().wait_for(at_most) == std::future_status::ready);
        return *runs;
    }
    void still_here(StaffDesk::Peer peer) { desk->say(peer, ipc::StillHere{}); }
    /// Kept, and put to the desk by a technician.
    forms::Uuid waiting_request() {
        const auto id = chance.uuid();
        const Text body = encode_submission(tests::plain(std::pmr::get_default_resource(), id));
        const std::span<const std::byte> parts[] = {std::as_bytes(std::span(body.data(), body.size()))};
        const auto sealed = seal(id, keys.current(), parts).value();
        REQUIRE(store->ask([&](DiskOutbox& outbox) {
            return outbox.keep(sealed, clock.wall_time(), true, clock.since_boot()).ok();
        }));
        REQUIRE(act(9, id, ipc::Action::Hold) == ActOutcome::Done);
        return id;
    }
    ActOutcome act(StaffDesk::Peer peer, const forms::Uuid& id, ipc::Action action) {
        desk->say(peer, ipc::Act{id, action});
        return answer<ipc::Acted>(peer).outcome;
    }
    DeskOutcome open(StaffDesk::Peer peer, const forms::Uuid& id) {
        desk->say(peer, ipc::Open{id, KeyRing::passing(&memory).current()});
        return answer<ipc::Opened>(peer).outcome;
    }
    /// "actor action outcome request" of every record.
    bool logged(const std::string& line) {
        bool found = false;
        const auto verdict = verify_audit(folder.path() / "audit", &memory, [&](const AuditRecord& r) {
            found = found || line == r.entry.actor.id + " " + std::string(name_of(r.entry.action)) + " " +
                                         std::string(name_of(r.entry.outcome)) + " " + std::to_string(r.entry.request);
        });
        CHECK(verdict.fault == AuditFault::None);
        return found;
    }
};

} // namespace

TEST_CASE_FIXTURE(Room, "staff session: fifteen minutes without a word end it, and a word begins them anew") {
    REQUIRE(sign_in(1, "s.verdi") == SignInOutcome::Done);
    clock.forward(15min - 1ms);
    still_here(1); // typing alone is a word
    REQUIRE(may_look(1));
    clock.forward(15min - 1ms);
    CHECK(may_look(1));
    CHECK_FALSE(logged("s.verdi session-expired done 0"));
    clock.forward(15min);
    CHECK_FALSE(may_look(1));
    (void)answer<ipc::SignedOut>(1); // it is told
    CHECK(logged("s.verdi session-expired done 0"));
    still_here(1); // too late: only the PIN opens again
    CHECK_FALSE(may_look(1));
    CHECK(sign_in(1, "s.verdi") == SignInOutcome::Done);
    CHECK(may_look(1));
}

TEST_CASE_FIXTURE(Room, "staff session: eight hours end it, though somebody is at work all the time") {
    REQUIRE(sign_in(1, "o.neri") == SignInOutcome::Done);
    for (int minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
        clock.forward(10min);
        REQUIRE(may_look(1));
    }
    clock.forward(10min - 1ms);
    CHECK(may_look(1));
    clock.forward(1ms);
    CHECK_FALSE(may_look(1));
    CHECK(logged("o.neri session-expired done 0"));
}

TEST_CASE_FIXTURE(Room, "staff session: a wall clock that jumps neither ends nor lengthens it") {
    REQUIRE(sign_in(1, "s.verdi") == SignInOutcome::Done);
    clock.set_wrong_by(std::chrono::hours(24) * 3650);
    CHECK(may_look(1));
    clock.set_wrong_by(-std::chrono::hours(24) * 3650);
    clock.forward(15min);
    CHECK_FALSE(may_look(1));
}

TEST_CASE_FIXTURE(Room, "staff session: what was open is closed with it, and the next may open it") {
    const auto id = waiting_request();
    REQUIRE(sign_in(1, "s.verdi") == SignInOutcome::Done);
    REQUIRE(open(1, id) == DeskOutcome::Done);
    REQUIRE(sign_in(2, "s.verdi") == SignInOutcome::Done);
    CHECK(open(2, id) == DeskOutcome::Elsewhere);
    clock.forward(10min);
    REQUIRE(may_look(2));
    clock.forward(5min); // the first has been silent for fifteen
    CHECK(open(2, id) == DeskOutcome::Done);
    CHECK(logged("s.verdi request-close done 1"));
    CHECK(logged("s.verdi session-expired done 0"));
    desk->say(1, ipc::Fetch{id, 0, 0});
    (void)answer<ipc::Refusal>(1);
    CHECK(open(1, id) == DeskOutcome::NotSignedIn);
}

TEST_CASE_FIXTURE(Room, "staff session: each role may do what is its own, and the refusal is written down") {
    struct Row {
        const char* who;
        DeskOutcome opens;
        ActOutcome holds, retries, erases;
    };
    using enum ActOutcome;
    // Where it is permitted the state decides: a request that was let go again cannot be erased.
    for (const Row& row : {Row{"o.neri", DeskOutcome::NotAllowed, NotAllowed, NotAllowed, NotAllowed},
                           Row{"l.gallo", DeskOutcome::NotAllowed, NotInThisState, Done, NotInThisState},
                           Row{"s.verdi", DeskOutcome::Done, NotInThisState, Done, NotAllowed}}) {
        CAPTURE(row.who);
        const auto id = waiting_request();
        REQUIRE(sign_in(1, row.who) == SignInOutcome::Done);
        CHECK(may_look(1));
        CHECK(open(1, id) == row.opens);
        CHECK(act(1, id, ipc::Action::Hold) == row.holds);
        CHECK(act(1, id, ipc::Action::Retry) == row.retries);
        CHECK(act(1, id, ipc::Action::Erase) == row.erases);
    }
    CHECK(logged("o.neri request-open refused 1"));
    CHECK(logged("o.neri request-hold refused 1"));
    CHECK(logged("o.neri request-erase refused 1"));
    CHECK(logged("l.gallo request-open refused 2"));
    CHECK(logged("s.verdi request-erase refused 3"));
    desk->left(1);
    CHECK(act(2, waiting_request(), ipc::Action::Retry) == NotAllowed); // nobody is signed in there
}

TEST_CASE_FIXTURE(Room, "staff session: it ends with its line, and with the next one who signs in on it") {
    const auto id = waiting_request();
    REQUIRE(sign_in(1, "s.verdi") == SignInOutcome::Done);
    REQUIRE(open(1, id) == DeskOutcome::Done);
    REQUIRE(sign_in(1, "o.neri") == SignInOutcome::Done);
    CHECK(open(1, id) == DeskOutcome::NotAllowed);
    CHECK(logged("s.verdi request-close done 1"));
    CHECK(logged("s.verdi sign-out done 0"));
    desk->left(1);
    CHECK_FALSE(may_look(1));
    CHECK(logged("o.neri sign-out done 0"));
}
