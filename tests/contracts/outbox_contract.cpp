// SPDX-License-Identifier: EUPL-1.2
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "net/outbox/disk_outbox.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_outbox.hpp"
#include "tests/doubles/sealed.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace net;
using namespace std::chrono_literals;
using tests::id_number;
using tests::sealed;

namespace {

struct OnDisk {
    tests::Folder folder;
    tests::HandClock clock;
    std::unique_ptr<DiskOutbox> box = make(20'000);

    std::unique_ptr<DiskOutbox> make(std::int64_t capacity) {
        box.reset();
        OutboxOptions options;
        options.capacity = capacity;
        options.reserve = 1 << 16;
        return DiskOutbox::open(folder.path(), options, clock).value();
    }
    void limit(std::int64_t capacity) { box = make(capacity); }
    void restart() { box = make(20'000); }
    Outbox& outbox() { return *box; }
};

struct InMemory {
    tests::HandClock clock;
    tests::MemoryOutbox box;

    void limit(std::size_t capacity) { box = tests::MemoryOutbox(capacity); }
    void restart() { box.restart(clock.since_boot()); }
    Outbox& outbox() { return box; }
};

template <class Where>
struct Fixture : Where {
    using Where::clock;
    using Where::outbox;

    std::uint64_t keep(int n, const std::vector<std::string>& parts = {"body"}) {
        auto kept = outbox().keep(sealed(id_number(n), parts), clock.wall_time(), true, clock.since_boot());
        REQUIRE(kept.ok());
        return kept.value();
    }
    OutboxRow tell(int n, News news, const NewsFacts& facts = {}) {
        auto told = outbox().tell(id_number(n), news, facts);
        REQUIRE(told.ok());
        return told.value();
    }
    std::optional<int> due() {
        const auto row = outbox().next_due(clock.since_boot());
        if (!row) return std::nullopt;
        for (int n = 0; n < 100; ++n)
            if (row->id == id_number(n)) return n;
        return -1;
    }
};

} // namespace

TEST_CASE_TEMPLATE("outbox: keeping the same request twice keeps it once, under one number", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    CHECK(f.keep(1) == 1);
    CHECK(f.keep(1) == 1);
    CHECK(f.keep(2) == 2);
    CHECK(f.outbox().figures().kept == 2);
}

TEST_CASE_TEMPLATE("outbox: a request comes out as it went in", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    const auto request = sealed(id_number(1), {"body", std::string(100'000, 'x'), ""});
    REQUIRE(f.outbox().keep(request, f.clock.wall_time(), true, f.clock.since_boot()).ok());
    auto loaded = f.outbox().load(id_number(1));
    REQUIRE(loaded.ok());
    CHECK(loaded.value().header == request.header);
    CHECK(loaded.value().parts == request.parts);
    const auto row = f.outbox().find(id_number(1));
    REQUIRE(row.has_value());
    CHECK(row->attachments == 2);
    CHECK(row->life == Life::Kept);
    CHECK(row->clock_trusted);
    CHECK(f.outbox().load(id_number(2)).error() == OutboxFault::NotFound);
}

TEST_CASE_TEMPLATE("outbox: nobody can have an unclear request looked up before its time", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    f.keep(1);
    f.tell(1, News::PickedUp);
    f.tell(1, News::NoAnswer, {.reason = Reason::NoAnswer, .due = 60s});
    f.outbox().set_due(id_number(1), 0s);
    CHECK(f.outbox().next_time() == 60s);
    f.outbox().set_due(id_number(1), 90s);
    CHECK(f.outbox().next_time() == 90s);
}

TEST_CASE_TEMPLATE("outbox: header and parts that do not belong together are refused", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    auto request = sealed(id_number(1));
    request.parts.emplace_back(3);
    CHECK(f.outbox().keep(request, f.clock.wall_time(), true, 0ms).error() == OutboxFault::Malformed);
    request = sealed(id_number(1));
    request.id = id_number(2);
    CHECK(f.outbox().keep(request, f.clock.wall_time(), true, 0ms).error() == OutboxFault::Malformed);
    request = sealed(id_number(1));
    request.header.pop_back();
    CHECK(f.outbox().keep(request, f.clock.wall_time(), true, 0ms).error() == OutboxFault::Malformed);
    CHECK_FALSE(f.outbox().find(id_number(1)).has_value());
}

TEST_CASE_TEMPLATE("outbox: the oldest that is due comes first, and a waiting one does not hold up the next", Where,
                   InMemory, OnDisk) {
    Fixture<Where> f;
    f.keep(1);
    f.keep(2);
    CHECK(f.due() == 1);
    f.tell(1, News::PickedUp);
    CHECK(f.due() == 2);
    f.tell(1, News::NotDelivered, {.reason = Reason::Refused, .due = 10s});
    CHECK(f.due() == 2);
    f.outbox().set_due(id_number(2), 20s);
    CHECK_FALSE(f.due().has_value());
    CHECK(f.outbox().next_time() == forms::BootTime(10s));
    f.clock.forward(10s);
    CHECK(f.due() == 1);
    f.clock.forward(10s);
    CHECK(f.due() == 1);
}

TEST_CASE_TEMPLATE("outbox: no life changes but by the one function", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    constexpr News all[] = {News::PickedUp, News::Taken,      News::NotDelivered, News::NoAnswer, News::Restarted,
                            News::Declined, News::FoundThere, News::NotThere,     News::SetAside, News::Released};
    const std::vector<News> ways[] = {{},
                                      {News::PickedUp},
                                      {News::PickedUp, News::NoAnswer},
                                      {News::PickedUp, News::Taken},
                                      {News::PickedUp, News::Declined}};
    int n = 0;
    for (const auto& way : ways) {
        for (const News news : all) {
            f.keep(++n);
            for (const News step : way)
                f.tell(n, step);
            const Life before = f.outbox().find(id_number(n))->life;
            const auto told = f.outbox().tell(id_number(n), news, {});
            const auto expected = after(before, news);
            CHECK(told.ok() == expected.has_value());
            CHECK(f.outbox().find(id_number(n))->life == expected.value_or(before));
        }
    }
    CHECK(f.outbox().tell(id_number(99), News::PickedUp, {}).error() == OutboxFault::NotFound);
}

TEST_CASE_TEMPLATE("outbox: what was delivered has no body any more, keeps its reference, and is never kept again",
                   Where, InMemory, OnDisk) {
    Fixture<Where> f;
    const auto number = f.keep(1, {"body", "scan"});
    f.tell(1, News::PickedUp);
    const auto row = f.tell(1, News::Taken, {.reference = "Task-7"});
    CHECK(row.reference == "Task-7");
    CHECK(row.bytes == 0);
    CHECK(f.outbox().load(id_number(1)).error() == OutboxFault::NotFound);
    CHECK(f.keep(1) == number);
    f.restart();
    CHECK(f.outbox().find(id_number(1))->life == Life::Acknowledged);
    CHECK(f.outbox().find(id_number(1))->reference == "Task-7");
    CHECK(f.keep(1) == number);
    REQUIRE(f.outbox().erase(id_number(1)).ok());
    CHECK(f.keep(1) == number);
    CHECK(f.outbox().find(id_number(1))->reference == "Task-7");
    CHECK_FALSE(f.due().has_value());
}

TEST_CASE_TEMPLATE("outbox: a restart makes what was on its way unclear, and looks at it only after the wait", Where,
                   InMemory, OnDisk) {
    Fixture<Where> f;
    f.keep(1);
    f.keep(2);
    f.tell(1, News::PickedUp);
    f.restart();
    CHECK(f.outbox().find(id_number(1))->life == Life::Unclear);
    CHECK(f.outbox().find(id_number(1))->attempts == 1);
    CHECK(f.due() == 2);
    f.clock.forward(59s);
    CHECK(f.due() == 2);
    f.clock.forward(1s);
    CHECK(f.due() == 1);
}

TEST_CASE_TEMPLATE("outbox: counters survive a restart, and a first refusal waits again", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    f.keep(1);
    f.tell(1, News::PickedUp);
    f.tell(1, News::NotDelivered, {.reason = Reason::Refused, .http_status = 422, .refused = true});
    f.restart();
    const auto row = f.outbox().find(id_number(1));
    REQUIRE(row.has_value());
    CHECK(row->refusals == 1);
    CHECK(row->reason == Reason::Refused);
    CHECK(row->http_status == 422);
    CHECK_FALSE(f.due().has_value());
    f.clock.forward(600s);
    CHECK(f.due() == 1);
}

TEST_CASE_TEMPLATE("outbox: the line's faults count for nobody, and ten different failures are counted", Where,
                   InMemory, OnDisk) {
    Fixture<Where> f;
    f.keep(1);
    f.tell(1, News::PickedUp);
    CHECK(f.tell(1, News::NotDelivered, {.reason = Reason::Unreachable, .counts_as_try = false}).attempts == 0);
    for (int i = 0; i < 4; ++i) {
        f.tell(1, News::PickedUp);
        f.tell(1, News::NoAnswer, {.reason = Reason::NoAnswer, .http_status = static_cast<std::uint16_t>(500 + i)});
        f.tell(1, News::NotThere);
    }
    const auto row = f.outbox().find(id_number(1));
    CHECK(row->attempts == 4);
    CHECK(row->different == 3);
    f.tell(1, News::SetAside, {.reason = Reason::TooManyTries});
    CHECK(f.tell(1, News::Released).different == 0);
}

TEST_CASE_TEMPLATE("outbox: only what is delivered or at the desk can be erased", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    f.keep(1);
    CHECK(f.outbox().erase(id_number(1)).error() == OutboxFault::NoSuchStep);
    f.tell(1, News::SetAside, {.reason = Reason::HeldByStaff});
    CHECK(f.outbox().erase(id_number(1)).ok());
    CHECK_FALSE(f.outbox().find(id_number(1)).has_value());
    CHECK(f.outbox().erase(id_number(1)).error() == OutboxFault::NotFound);
    CHECK(f.keep(2) == 2); // a number is never given twice
}

TEST_CASE_TEMPLATE("outbox: when its rows are used up it says so before and refuses after", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    f.limit(2);
    f.keep(1);
    CHECK(f.outbox().health(0) == Health::Fine);
    f.keep(2);
    CHECK(f.outbox().health(0) == Health::Full);
    CHECK(f.outbox().keep(sealed(id_number(3)), f.clock.wall_time(), true, 0ms).error() == OutboxFault::Full);
    CHECK(f.keep(1) == 1); // the one that is there is still answered
    f.tell(1, News::PickedUp);
    f.tell(1, News::Taken);
    CHECK(f.outbox().health(0) == Health::Fine);
}

TEST_CASE_TEMPLATE("outbox: the list goes by number, from wherever one left off", Where, InMemory, OnDisk) {
    Fixture<Where> f;
    for (int n = 1; n <= 5; ++n)
        f.keep(n);
    const auto some = f.outbox().list(2, 2);
    REQUIRE(some.size() == 2);
    CHECK(some[0].number == 3);
    CHECK(some[1].id == id_number(4));
}

TEST_CASE_TEMPLATE("outbox: scans that are over there, objections and the Task's word are remembered over a restart",
                   Where, InMemory, OnDisk) {
    Fixture<Where> f;
    f.keep(1, {"body", "scan", "scan"});
    CHECK(f.outbox().mark_sent(id_number(1), 0).error() == OutboxFault::NotFound);
    CHECK(f.outbox().mark_sent(id_number(1), 3).error() == OutboxFault::NotFound);
    REQUIRE(f.outbox().mark_sent(id_number(1), 2).ok());
    CHECK(f.outbox().issues(id_number(1)).value().empty());
    f.tell(1, News::PickedUp);
    CHECK(f.tell(1, News::Declined, {.reason = Reason::Refused, .issues = Bytes(5, std::byte{7})}).has_issues);
    REQUIRE(f.outbox().note_task_status(id_number(1), "received").ok());
    f.restart();
    const auto row = f.outbox().find(id_number(1));
    REQUIRE(row.has_value());
    CHECK(row->sent_parts == 0b100);
    CHECK(row->task_status == "received");
    CHECK(row->has_issues);
    CHECK(f.outbox().issues(id_number(1)).value() == Bytes(5, std::byte{7}));
    f.tell(1, News::Released);
    f.tell(1, News::PickedUp);
    CHECK_FALSE(f.tell(1, News::Taken).has_issues); // the objections go with the body
    CHECK(f.outbox().issues(id_number(1)).value().empty());
}

TEST_CASE_TEMPLATE("outbox: a correction takes the place of what was kept, at the desk only, under its id and number",
                   Where, InMemory, OnDisk) {
    Fixture<Where> f;
    const auto number = f.keep(1, {"body", "scan"});
    const auto corrected = sealed(id_number(1), {"corrected", "scan", "another"});
    CHECK(f.outbox().revise(corrected).error() == OutboxFault::NoSuchStep);
    REQUIRE(f.outbox().mark_sent(id_number(1), 1).ok());
    f.tell(1, News::PickedUp);
    f.tell(1, News::Declined, {.reason = Reason::Refused, .issues = Bytes(5, std::byte{7})});
    auto malformed = corrected;
    malformed.parts.pop_back();
    CHECK(f.outbox().revise(malformed).error() == OutboxFault::Malformed);
    CHECK(f.outbox().revise(sealed(id_number(2))).error() == OutboxFault::NotFound);
    REQUIRE(f.outbox().revise(corrected).ok());
    f.restart();
    const auto row = f.outbox().find(id_number(1));
    REQUIRE(row.has_value());
    CHECK(row->number == number);
    CHECK(row->revision == 1);
    CHECK(row->attachments == 2);
    CHECK(row->sent_parts == 0);
    CHECK_FALSE(row->has_issues);
    CHECK(row->life == Life::NeedsDesk);
    CHECK(f.outbox().load(id_number(1)).value().parts == corrected.parts);
}
