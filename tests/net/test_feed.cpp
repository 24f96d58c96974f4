// SPDX-License-Identifier: EUPL-1.2
#include "net/feed/feed.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_feed.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>

using namespace net;
using namespace std::chrono_literals;
using tests::Folder;
using tests::HandClock;
using tests::MemoryFeed;

namespace {

Signer signer_of(int number) {
    std::array<std::byte, 32> seed{};
    seed[0] = static_cast<std::byte>(number);
    return Signer::from_seed(seed);
}

const Signer owner = signer_of(1);
const Signer publisher = signer_of(2);
const FeedKeys keys{{owner.key()}, {publisher.key()}};

std::vector<std::byte> package(const Signer& signer, PackageKind kind, std::string_view name, std::uint64_t serial,
                               std::string_view payload = "{}") {
    return signer.sign({kind, subject_of(kind, name), serial},
                       std::as_bytes(std::span(payload.data(), payload.size())));
}
std::vector<std::byte> form(std::string_view name, std::uint64_t serial) {
    return package(owner, PackageKind::Definition, name, serial);
}
std::vector<std::byte> notice(std::string_view name, std::uint64_t serial) {
    return package(publisher, PackageKind::Notice, name, serial);
}

/// Halves every range: foreseeable, and neither end.
struct MiddleChance final : Chance {
    forms::Uuid uuid() override { return {}; }
    std::uint32_t below(std::uint32_t limit) override { return limit / 2; }
};

struct Round {
    Folder folder;
    HandClock clock;
    MiddleChance chance;
    std::string log_text;
    EventLog log{"sender", clock, [this](std::string_view line) { log_text += line; }};
    MemoryFeed central;
    std::unique_ptr<PackageStore> store = PackageStore::open(folder.path() / "feed", keys, false);
    std::vector<Delivery> deliveries;
    std::map<forms::Uuid, RequestStep> noted;
    FeedPauses pauses;
    Follower follower{central,
                      [this] { return deliveries; },
                      [this](const forms::Uuid& id, RequestStep step) { noted[id] = step; },
                      pauses,
                      clock,
                      chance};
    int changes = 0;
    Feed feed{central, *store, follower, [this] { ++changes; }, pauses, clock, chance, log};

    std::chrono::milliseconds step() { return feed.step({}) - clock.boot; }
    bool logged(std::string_view word) const { return log_text.find(word) != std::string::npos; }
};

NotTaken refusal(PackageStore& store, PackageKind kind, std::vector<std::byte> bytes) {
    const auto taken = store.take(kind, std::move(bytes));
    REQUIRE_FALSE(taken.ok());
    return taken.error();
}

} // namespace

TEST_CASE("what was published and signed by its owner is here within one round, and said to be new") {
    Round r;
    r.central.publish(PackageKind::Definition, form("a", 1));
    r.central.publish(PackageKind::Notice, notice("n", 1));
    (void)r.step();
    CHECK(r.store->list().size() == 2);
    CHECK(r.changes == 2);
    CHECK(r.logged("package-taken"));
}

TEST_CASE("a round comes often enough that a notice is seen within a minute, whatever chance says") {
    struct Late final : Chance {
        forms::Uuid uuid() override { return {}; }
        std::uint32_t below(std::uint32_t limit) override { return limit - 1; }
    } late;
    CHECK(FeedPauses::about(FeedPauses().poll, late) <= 50s);
    struct Early final : Chance {
        forms::Uuid uuid() override { return {}; }
        std::uint32_t below(std::uint32_t) override { return 0; }
    } early;
    CHECK(FeedPauses::about(FeedPauses().poll, early) >= 30s);
}

TEST_CASE("what has not changed is neither listed nor fetched again") {
    Round r;
    r.central.publish(PackageKind::Definition, form("a", 1));
    for (int i = 0; i < 5; ++i)
        r.clock.forward(r.step());
    CHECK(r.central.fetches == 1);
    CHECK(r.central.unchanged >= 4);
}

TEST_CASE("after a restart nothing is fetched that is here already") {
    Round r;
    r.central.publish(PackageKind::Definition, form("a", 1));
    (void)r.step();
    const auto again = PackageStore::open(r.folder.path() / "feed", keys, false);
    Feed feed(
        r.central, *again, r.follower, [] {}, r.pauses, r.clock, r.chance, r.log);
    r.clock.forward(60s);
    (void)feed.step({});
    CHECK(r.central.fetches == 1);
    CHECK(again->list().size() == 1);
}

TEST_CASE("a package without the owner's signature is refused, and the one before stays in use") {
    Round r;
    r.central.publish(PackageKind::Definition, form("a", 1));
    r.clock.forward(r.step());
    auto damaged = form("a", 2);
    damaged.back() ^= std::byte{1};
    r.central.publish(PackageKind::Definition, package(signer_of(9), PackageKind::Definition, "a", 3));
    r.central.publish(PackageKind::Definition, damaged);
    r.central.publish(PackageKind::Definition, {std::byte{'{'}, std::byte{'}'}});
    r.central.publish(PackageKind::Definition, notice("a", 4));
    r.clock.forward(r.step());
    REQUIRE(r.store->list().size() == 1);
    CHECK(r.store->list()[0].head.serial == 1);
    CHECK(r.feed.standing().refused == 4);
    for (const char* why : {"\"why\":2", "\"why\":3", "\"why\":4"})
        CHECK(r.logged(why));
}

TEST_CASE("the publisher of notices cannot publish forms, nor the other way round") {
    Round r;
    const auto form_by_publisher = package(publisher, PackageKind::Definition, "a", 1);
    const auto notice_by_owner = package(owner, PackageKind::Notice, "a", 1);
    CHECK(refusal(*r.store, PackageKind::Definition, form_by_publisher) == NotTaken::UnknownKey);
    CHECK(refusal(*r.store, PackageKind::Notice, notice_by_owner) == NotTaken::UnknownKey);
    CHECK(refusal(*r.store, PackageKind::Notice, form_by_publisher) == NotTaken::OtherKind);
}

TEST_CASE("an older version is refused, also after a restart, and the same serial with other words as well") {
    Round r;
    REQUIRE(r.store->take(PackageKind::Definition, form("a", 5)).ok());
    CHECK(refusal(*r.store, PackageKind::Definition, form("a", 4)) == NotTaken::Older);
    const auto again = PackageStore::open(r.folder.path() / "feed", keys, false);
    CHECK(refusal(*again, PackageKind::Definition, form("a", 4)) == NotTaken::Older);
    CHECK(refusal(*again, PackageKind::Definition, package(owner, PackageKind::Definition, "a", 5, "[]")) ==
          NotTaken::SameSerial);
    CHECK(again->take(PackageKind::Definition, form("a", 5)).value() == PackageStore::Taken::Known);
}

TEST_CASE("a central system that forgets what it published takes nothing away") {
    Round r;
    r.central.publish(PackageKind::Definition, form("a", 1));
    r.clock.forward(r.step());
    r.central.forget_all();
    r.clock.forward(r.step());
    CHECK(r.store->list().size() == 1);
}

TEST_CASE("a version that a kept request may answer is not removed; otherwise two versions stay") {
    Round r;
    for (std::uint64_t serial = 1; serial <= 4; ++serial)
        REQUIRE(r.store->take(PackageKind::Definition, form("a", serial)).ok());
    CHECK(PackageStore::open(r.folder.path() / "feed", keys, true)->list().size() == 4);
    const auto without = PackageStore::open(r.folder.path() / "feed", keys, false);
    REQUIRE(without->list().size() == 2);
    CHECK(without->list()[0].head.serial == 4);
    CHECK(without->list()[1].head.serial == 3);
    CHECK(without->opening().removed == 2);
}

TEST_CASE("a file that was damaged is set aside, never deleted, and fetched again") {
    Round r;
    r.central.publish(PackageKind::Definition, form("a", 1));
    (void)r.step();
    std::filesystem::path file;
    for (const auto& entry : std::filesystem::directory_iterator(r.folder.path() / "feed"))
        file = entry.path();
    {
        std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(-1, std::ios::end);
        out.put('!');
    }
    const auto again = PackageStore::open(r.folder.path() / "feed", keys, false);
    CHECK(again->opening().damaged == 1);
    CHECK(again->list().empty());
    CHECK(std::filesystem::exists(file.string() + ".damaged"));
    Feed feed(
        r.central, *again, r.follower, [] {}, r.pauses, r.clock, r.chance, r.log);
    (void)feed.step({});
    CHECK(again->list().size() == 1);
}

TEST_CASE("a key that is taken out of the configuration takes its packages out of use, and the files stay") {
    Round r;
    REQUIRE(r.store->take(PackageKind::Definition, form("a", 1)).ok());
    const auto without = PackageStore::open(r.folder.path() / "feed", FeedKeys{{signer_of(5).key()}, {}}, false);
    CHECK(without->list().empty());
    CHECK(without->opening().unusable == 1);
    CHECK(PackageStore::open(r.folder.path() / "feed", keys, false)->list().size() == 1);
}

TEST_CASE("a package that was damaged on its way is fetched again after a while") {
    Round r;
    r.central.damages = true;
    r.central.publish(PackageKind::Definition, form("a", 1));
    for (int i = 0; i < 3; ++i)
        r.clock.forward(r.step());
    CHECK(r.central.fetches == 1);
    CHECK(r.store->list().empty());
    r.central.damages = false;
    r.clock.forward(11min);
    (void)r.step();
    CHECK(r.store->list().size() == 1);
}

TEST_CASE("notices make room for newer ones; forms never make room") {
    Round r;
    for (std::size_t i = 0; i <= PackageStore::most_notices; ++i)
        REQUIRE(r.store->take(PackageKind::Notice, notice("n" + std::to_string(i), 10 + i)).ok());
    CHECK(r.store->list().size() == PackageStore::most_notices);
    CHECK(refusal(*r.store, PackageKind::Notice, notice("late", 1)) == NotTaken::Full);
    for (std::size_t i = 0; i < PackageStore::most_definitions; ++i)
        REQUIRE(r.store->take(PackageKind::Definition, form("f" + std::to_string(i), 1)).ok());
    CHECK(refusal(*r.store, PackageKind::Definition, form("one more", 1)) == NotTaken::Full);
    CHECK(r.store->take(PackageKind::Definition, form("f1", 2)).ok());
}

TEST_CASE("a disk that refuses loses nothing, and the package is asked for again") {
    Round r;
    r.central.publish(PackageKind::Definition, form("a", 1));
    std::filesystem::remove_all(r.folder.path() / "feed");
    r.clock.forward(r.step());
    CHECK(r.logged("\"why\":8"));
    CHECK(r.store->list().empty());
    std::filesystem::create_directory(r.folder.path() / "feed");
    r.clock.forward(11min);
    (void)r.step();
    CHECK(r.store->list().size() == 1);
}

TEST_CASE("a central system that is away is asked again with growing pauses, and said once to be away") {
    Round r;
    r.central.fault = CentralError{Fault::Unreachable};
    for (int i = 0; i < 12; ++i)
        r.clock.forward(r.step());
    CHECK(r.central.lists <= 24);
    const auto first = r.log_text.find("feed-not-answered");
    REQUIRE(first != std::string::npos);
    CHECK(r.log_text.find("\"kind\":1", r.log_text.find("feed-not-answered", first + 1) + 60) == std::string::npos);
    r.central.fault.reset();
    r.clock.forward(10min);
    (void)r.step();
    CHECK(r.logged("feed-answered"));
}

TEST_CASE("Retry-After is obeyed, an hour at most; wrong settings wait and start afresh") {
    Round r;
    r.central.fault = CentralError{Fault::Busy, 503, 0, 120s, {}};
    CHECK(r.step() == 120s);
    r.central.fault = CentralError{Fault::Busy, 503, 0, 48h, {}};
    r.clock.forward(120s);
    CHECK(r.step() == 1h);
    r.central.fault = CentralError{Fault::NotAdmitted, 403};
    r.clock.forward(1h);
    CHECK(r.step() >= 45s);
    CHECK(r.central.afresh > 0);
}

TEST_CASE("nothing is asked while the wall clock cannot be right") {
    Round r;
    r.clock.wall = {};
    CHECK(r.step() == 10s);
    CHECK(r.central.lists == 0);
}

TEST_CASE("delivered requests are followed with one question for many, less and less often while nothing moves") {
    Round r;
    for (int i = 0; i < 120; ++i) {
        forms::Uuid::Bytes bytes{};
        bytes[0] = static_cast<std::uint8_t>(i);
        r.deliveries.push_back({forms::Uuid(bytes), static_cast<std::uint64_t>(i), "T" + std::to_string(i)});
        r.central.steps["T" + std::to_string(i)] = RequestStep::Received;
    }
    for (int i = 0; i < 4; ++i)
        r.clock.forward(r.step());
    CHECK(r.noted.size() == 120);
    const int at_first = r.central.follows;
    CHECK(at_first <= 4);
    for (auto end = r.clock.boot + 24h; r.clock.boot < end;)
        r.clock.forward(std::max<std::chrono::milliseconds>(r.step(), 1s));
    CHECK(r.central.follows - at_first < 3 * 20);
}

TEST_CASE("when more requests are due than one question holds, each has its turn, and whom somebody waits for is first") {
    Round r;
    for (int i = 0; i < 120; ++i) {
        forms::Uuid::Bytes bytes{};
        bytes[0] = static_cast<std::uint8_t>(i);
        r.deliveries.push_back({forms::Uuid(bytes), static_cast<std::uint64_t>(i), "T" + std::to_string(i)});
    }
    std::set<std::string> asked;
    for (int i = 0; i < 3; ++i) { // each time all that were asked about are due again
        (void)r.step();
        asked.insert(r.central.asked.begin(), r.central.asked.end());
        r.clock.forward(24h);
    }
    CHECK(asked.size() == 120);
    for (int i = 0; i < 10; ++i) {
        const auto& last = r.deliveries[static_cast<std::size_t>(119 - i)];
        (void)r.follower.wanted(last.id);
        (void)r.step();
        CHECK(r.central.asked.front() == last.reference);
        r.clock.forward(24h);
    }
}

TEST_CASE("a request that is closed is never asked about again, and one that the outbox forgot neither") {
    Round r;
    r.deliveries.push_back({forms::Uuid(), 1, "T1"});
    r.central.steps["T1"] = RequestStep::Closed;
    r.clock.forward(r.step());
    CHECK(r.noted.at(forms::Uuid()) == RequestStep::Closed);
    const int once = r.central.follows;
    for (int i = 0; i < 50; ++i)
        r.clock.forward(r.step());
    CHECK(r.central.follows == once);
    r.deliveries[0].step = RequestStep::Received;
    r.deliveries.clear();
    r.clock.forward(10min);
    (void)r.step();
    CHECK(r.follower.wanted(forms::Uuid()).step == RequestStep::Unknown);
}

TEST_CASE("whoever asks where a request stands is told what is known, and it is asked about at once") {
    Round r;
    r.deliveries.push_back({forms::Uuid(), 1, "T1"});
    r.central.steps["T1"] = RequestStep::Received;
    r.clock.forward(r.step());
    for (int i = 0; i < 30; ++i)
        r.clock.forward(r.step());
    r.central.steps["T1"] = RequestStep::ComeToDesk;
    r.clock.forward(r.pauses.step_fresh + 1s);
    CHECK(r.follower.wanted(forms::Uuid()).step == RequestStep::Received);
    (void)r.step();
    CHECK(r.follower.wanted(forms::Uuid()).step == RequestStep::ComeToDesk);
}
