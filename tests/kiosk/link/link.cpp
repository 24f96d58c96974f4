// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/link.hpp"

#include "tests/doubles/folder.hpp"
#include "tests/doubles/line_sender.hpp"

#include <chrono>
#include <condition_variable>
#include <doctest/doctest.h>
#include <filesystem>
#include <mutex>

using namespace kiosk;
using namespace std::chrono_literals;

namespace {

/// The mailbox of a screen that does nothing but wait for the next news of a kind.
class Ears {
public:
    Mailbox<News> box{[this] {
        const std::lock_guard lock(mutex_);
        rung_ = true;
        bell_.notify_all();
    }};

    template <class Kind>
    std::optional<Kind> next(std::chrono::seconds patience = 60s) {
        const auto until = std::chrono::steady_clock::now() + patience;
        for (;;) {
            for (News& news : box.take())
                heard_.push_back(std::move(news));
            for (auto news = heard_.begin(); news != heard_.end(); ++news)
                if (const auto* found = std::get_if<Kind>(&*news)) {
                    Kind answer = *found;
                    heard_.erase(heard_.begin(), news + 1);
                    return answer;
                }
            std::unique_lock lock(mutex_);
            if (!bell_.wait_until(lock, until, [this] { return rung_; })) return std::nullopt;
            rung_ = false;
        }
    }

    /// "Not ready" may be said twice while the sender is away: once because it was noticed, once because somebody
    /// asked.
    bool hears_ready(bool ready) {
        while (const auto told = next<ReadinessTold>())
            if (told->ready == ready) return true;
        return false;
    }

private:
    std::mutex mutex_;
    std::condition_variable bell_;
    bool rung_ = false; // guarded by mutex_
    std::vector<News> heard_;
};

forms::Uuid id_of(std::uint8_t number) {
    forms::Uuid::Bytes bytes{};
    bytes[0] = number;
    return forms::Uuid::from_random(bytes);
}

struct Room {
    Room() { std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all); }
    tests::Folder folder;
    tests::LineSender sender{folder.path()};
    Ears ears;
};

} // namespace

TEST_CASE("link: a request is sealed, kept and acknowledged, and what the sender opens is what was frozen") {
    Room room;
    room.sender.start();
    Link link(room.sender.socket(), room.ears.box);
    link.post(AskReadiness{});
    const auto ready = room.ears.next<ReadinessTold>();
    REQUIRE(ready);
    CHECK(ready->ready);
    link.post(KeepRequest{id_of(1), "frozen bytes"});
    const auto kept = room.ears.next<RequestKept>();
    REQUIRE(kept);
    CHECK(kept->id == id_of(1));
    CHECK(kept->number == 1);
    CHECK(room.sender.bodies() == std::vector<std::string>{"frozen bytes"});
    room.sender.acknowledge(id_of(1), "Task/5");
    const auto done = room.ears.next<RequestAcknowledged>();
    REQUIRE(done);
    CHECK(done->reference == "Task/5");
}

TEST_CASE("link: why nothing can be kept reaches the screen as a code") {
    Room room;
    room.sender.start();
    room.sender.say_ready(net::ipc::ReadyCode::NoSpace);
    Link link(room.sender.socket(), room.ears.box);
    link.post(AskReadiness{});
    const auto told = room.ears.next<ReadinessTold>();
    REQUIRE(told);
    CHECK_FALSE(told->ready);
    CHECK(told->code == "R1");
}

TEST_CASE("link: how much room papers need is asked of the sender, and the answer says for how much it is") {
    Room room;
    room.sender.start();
    room.sender.say_room(1'000'000);
    Link link(room.sender.socket(), room.ears.box);
    link.post(AskReadiness{});
    const auto ordinary = room.ears.next<ReadinessTold>();
    REQUIRE(ordinary);
    CHECK(ordinary->ready);
    CHECK(ordinary->room == 0);
    link.post(AskReadiness{2'000'000});
    const auto large = room.ears.next<ReadinessTold>();
    REQUIRE(large);
    CHECK_FALSE(large->ready);
    CHECK(large->room == 2'000'000);
}

TEST_CASE("link: without a sender it says so at once, and again when it is there") {
    Room room;
    Link link(room.sender.socket(), room.ears.box);
    link.post(AskReadiness{});
    const auto none = room.ears.next<ReadinessTold>();
    REQUIRE(none);
    CHECK_FALSE(none->ready);
    CHECK(none->code == "S0");
    room.sender.start();
    CHECK(room.ears.hears_ready(true));
}

TEST_CASE("link: a sender that dies is noticed, and noticed again when it is back") {
    Room room;
    room.sender.start();
    Link link(room.sender.socket(), room.ears.box);
    link.post(AskReadiness{});
    REQUIRE(room.ears.hears_ready(true));
    room.sender.stop();
    REQUIRE(room.ears.hears_ready(false));
    room.sender.start();
    CHECK(room.ears.hears_ready(true));
}

TEST_CASE("link: a line that breaks before the answer leads to one request and the same number") {
    Room room;
    room.sender.start();
    Link link(room.sender.socket(), room.ears.box);
    link.post(AskReadiness{});
    REQUIRE(room.ears.next<ReadinessTold>());
    room.sender.break_before_next_answer();
    link.post(KeepRequest{id_of(2), "once"});
    for (int i = 0; i < 6000 && room.sender.keeps() == 0; ++i)
        std::this_thread::sleep_for(10ms);
    CHECK_FALSE(room.ears.next<RequestKept>(0s)); // nobody was told
    REQUIRE(room.sender.keeps() == 1);
    room.sender.stop();
    room.sender.start();
    const auto kept = room.ears.next<RequestKept>();
    REQUIRE(kept);
    CHECK(kept->number == 1);
    CHECK(room.sender.bodies().size() == 1);
}

TEST_CASE("link: a request asked for while the sender is away is kept when it is back") {
    Room room;
    Link link(room.sender.socket(), room.ears.box);
    link.post(KeepRequest{id_of(3), "later"});
    CHECK_FALSE(room.ears.next<RequestKept>(1s));
    room.sender.start();
    const auto kept = room.ears.next<RequestKept>();
    REQUIRE(kept);
    CHECK(room.sender.bodies() == std::vector<std::string>{"later"});
}

TEST_CASE("link: a visit that ended takes what was not kept with it") {
    Room room;
    Link link(room.sender.socket(), room.ears.box);
    link.post(KeepRequest{id_of(4), "never"});
    link.post(ForgetVisit{});
    link.post(AskReadiness{});
    REQUIRE(room.ears.hears_ready(false));
    room.sender.start();
    REQUIRE(room.ears.hears_ready(true));
    CHECK_FALSE(room.ears.next<RequestKept>(1s));
    CHECK(room.sender.bodies().empty());
}

TEST_CASE("link: a reference that came while the sender was away is told after it is back") {
    Room room;
    room.sender.start();
    Link link(room.sender.socket(), room.ears.box);
    link.post(KeepRequest{id_of(5), "x"});
    REQUIRE(room.ears.next<RequestKept>());
    room.sender.stop();
    REQUIRE(room.ears.hears_ready(false));
    room.sender.start();
    room.sender.acknowledge(id_of(5), "Task/9");
    const auto done = room.ears.next<RequestAcknowledged>();
    REQUIRE(done);
    CHECK(done->reference == "Task/9");
}

TEST_CASE("link: ends within a moment, whatever it is waiting for") {
    Room room;
    SUBCASE("no sender") {}
    SUBCASE("a sender that is there") { room.sender.start(); }
    const auto began = std::chrono::steady_clock::now();
    {
        Link link(room.sender.socket(), room.ears.box);
        link.post(AskReadiness{});
        CHECK(room.ears.next<ReadinessTold>());
    }
    CHECK(std::chrono::steady_clock::now() - began < 2s);
}
