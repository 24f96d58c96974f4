// SPDX-License-Identifier: EUPL-1.2
// What the courier does with each answer, and when it tries again.
#include "tests/net/courier_round.hpp"

using tests::id_number;
using tests::Round;
using tests::ToldCentral;
using namespace net;
using namespace std::chrono_literals;

TEST_CASE_FIXTURE(Round, "courier: the oldest goes first, and an empty outbox lets it sleep") {
    keep(1);
    keep(2);
    step();
    CHECK(life(1) == Life::Acknowledged);
    CHECK(life(2) == Life::Kept);
    step();
    CHECK(central.sent == std::vector{id_number(1), id_number(2)});
    CHECK(courier.step({}) > clock.boot + 30s);
    CHECK(outbox.find(id_number(2))->reference == "T-2");
}

TEST_CASE_FIXTURE(
    Round, "courier: a request without an answer is never sent again before the central system was asked for it") {
    keep(1);
    central.errors.push_back({Fault::TimedOut});
    step();
    CHECK(life(1) == Life::Unclear);
    pass(59s);
    CHECK(central.asked.empty()); // the first attempt may still be at work over there
    CHECK(central.sent.size() == 1);
    pass(2s);
    CHECK(central.asked.size() == 1);
    CHECK(central.sent.size() == 2); // not there: sent again
    CHECK(life(1) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round, "courier: what the look-up finds is delivered and not sent again") {
    keep(1);
    central.errors.push_back({Fault::BadReply, 500});
    central.probes.emplace_back(Presence{Presence::Parts::All, false, "T-9"});
    pass(61s);
    CHECK(life(1) == Life::Acknowledged);
    CHECK(outbox.find(id_number(1))->reference == "T-9");
    CHECK(central.sent.size() == 1);
}

TEST_CASE_FIXTURE(Round, "courier: a double over there is told in the log and delivered all the same") {
    keep(1);
    central.errors.push_back({Fault::Precondition, 412});
    central.probes.emplace_back(Presence{Presence::Parts::All, true, "T-9"});
    pass(1s);
    CHECK(life(1) == Life::Acknowledged);
    CHECK(log_text.find("double-on-server") != std::string::npos);
}

TEST_CASE_FIXTURE(Round, "courier: a look-up that gets no readable answer changes nothing and is asked again later") {
    keep(1);
    central.errors.push_back({Fault::TimedOut});
    central.probes.emplace_back(CentralError{Fault::BadReply, 500});
    central.probes.emplace_back(CentralError{Fault::Unreachable});
    pass(60s);
    CHECK(life(1) == Life::Unclear);
    CHECK(central.sent.size() == 1);
    pass(200s);
    CHECK(central.sent.size() == 2);
    CHECK(life(1) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round, "courier: with nobody there the line pauses, longer each time but never beyond five minutes") {
    keep(1);
    keep(2);
    for (int i = 0; i < 12; ++i)
        central.errors.push_back({Fault::Unreachable});
    std::vector<std::chrono::milliseconds> pauses_seen;
    for (int i = 0; i < 12; ++i) {
        step();
        CHECK(life(1) == Life::Kept);
        const auto next = courier.step({});
        pauses_seen.push_back(next - clock.boot);
        clock.boot = next;
    }
    CHECK(pauses_seen[0] == 4s);
    CHECK(pauses_seen[1] == 8s);
    CHECK(pauses_seen.back() == 300s);
    CHECK(courier.state() == Sending::Unreachable);
    CHECK(outbox.find(id_number(1))->attempts == 0); // the line's fault
    CHECK(central.sent.size() == 12);
    for (const auto& id : central.sent)
        CHECK(id == id_number(1)); // one trial at a time, not all of them
    step();
    CHECK(life(1) == Life::Acknowledged);
    CHECK(courier.state() == Sending::Working);
}

TEST_CASE_FIXTURE(Round, "courier: Retry-After holds the whole line for exactly that long") {
    keep(1);
    keep(2);
    central.errors.push_back({Fault::Busy, 429, 0, 90s});
    steps();
    CHECK(courier.state() == Sending::Busy);
    pass(89s);
    CHECK(central.sent.size() == 1);
    clock.forward(1s);
    step();
    CHECK(central.sent.size() == 2);
    pass(5s);
    CHECK(life(1) == Life::Acknowledged);
    CHECK(life(2) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round, "courier: wrong settings or certificates stop the line, and each trial reads them again") {
    keep(1);
    central.errors.push_back({Fault::NotTrusted});
    central.errors.push_back({Fault::NotAdmitted, 404});
    steps();
    CHECK(courier.state() == Sending::NotTrusted);
    CHECK(central.afresh == 1);
    pass(60s);
    CHECK(courier.state() == Sending::NotAdmitted);
    CHECK(central.sent.size() == 2);
    CHECK(central.afresh == 2);
    CHECK(log_text.find("sending-stopped") != std::string::npos);
    courier.try_now();
    steps();
    CHECK(life(1) == Life::Acknowledged);
    CHECK(log_text.find("sending-resumed") != std::string::npos);
}

TEST_CASE_FIXTURE(Round, "courier: refused credentials are renewed once at once; refused again they stop the line") {
    keep(1);
    central.errors.push_back({Fault::NotAdmitted, 401});
    steps();
    CHECK(life(1) == Life::Acknowledged); // with the new ones
    CHECK(central.afresh == 1);
    CHECK(outbox.find(id_number(1))->attempts == 1); // a refusal of credentials is no attempt
    CHECK(log_text.find("sending-stopped") == std::string::npos);
    keep(2);
    for (int i = 0; i < 3; ++i)
        central.errors.push_back({Fault::NotAdmitted, 403});
    steps();
    CHECK(central.sent.size() == 4); // one, and one with new credentials
    CHECK(courier.state() == Sending::NotAdmitted);
    CHECK(log_text.find("sending-stopped") != std::string::npos);
    pass(59s);
    CHECK(central.sent.size() == 4);
    pass(1s);
    CHECK(central.sent.size() == 5); // not renewed and tried in one breath again
    pass(60s);
    CHECK(life(2) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round,
                  "courier: one request that the central system will not even look at does not hold up the others") {
    for (int n = 1; n <= 3; ++n)
        keep(n);
    struct Picky final : CentralSystem {
        CentralResult<Delivered> deliver(const Submission& s, std::span<const SecretBytes>, std::stop_token) override {
            if (s.id == id_number(1)) return CentralError{.fault = Fault::NotAdmitted, .http_status = 403};
            return Delivered{.reference = "T", .http_status = 200};
        }
        CentralResult<Presence> look_up(const Submission&, std::stop_token) override { return Presence{}; }
        CentralResult<Delivered> follow(const Submission&, const std::string&, std::stop_token) override {
            return CentralError{};
        }
        void start_afresh() override {}
    } picky;
    Courier other(
        outbox, picky,
        [](const SealedRequest& sealed) -> forms::Result<OpenedRequest, Reason> {
            return OpenedRequest{tests::plain(std::pmr::get_default_resource(), sealed.id), {}};
        },
        [](const OutboxRow&) {}, pauses, clock, chance, log);
    for (int i = 0; i < 300; ++i) {
        (void)other.step({});
        clock.forward(1s);
    }
    CHECK(life(1) == Life::Kept);
    CHECK(life(2) == Life::Acknowledged);
    CHECK(life(3) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round,
                  "courier: a storm of answers that say nothing slows the line down, and no request is tried twice") {
    for (int n = 1; n <= 100; ++n)
        keep(n);
    for (int i = 0; i < 100; ++i)
        central.errors.push_back({Fault::BadReply, 502});
    pass(30s);
    CHECK(central.sent.size() <= 6);
    CHECK(courier.state() == Sending::Working);
    central.errors.clear();
    pass(1h);
    CHECK(outbox.figures().acknowledged == 100);
    CHECK(central.sent.size() <= 106);
}

TEST_CASE_FIXTURE(Round,
                  "courier: nobody can have an unclear request looked up while its first attempt may be at work") {
    keep(1);
    central.errors.push_back({Fault::TimedOut});
    steps();
    outbox.set_due(id_number(1), clock.boot);
    courier.try_now();
    pass(59s);
    CHECK(central.asked.empty());
    CHECK(central.sent.size() == 1);
}

TEST_CASE_FIXTURE(Round, "courier: while the disk is gone it asks once a second and not a thousand times") {
    keep(1);
    outbox.go_away(true);
    CHECK(courier.step({}) == clock.boot + pauses.least);
    outbox.go_away(false);
    pass(2s);
    CHECK(life(1) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round, "courier: a Retry-After of nothing is no invitation to try without a break") {
    keep(1);
    for (int i = 0; i < 1000; ++i)
        central.errors.push_back({Fault::Busy, 429, 0, 0s});
    pass(60s);
    CHECK(central.sent.size() <= 61);
}

TEST_CASE_FIXTURE(Round, "courier: a 202 is asked about where it said, until that answers") {
    keep(1);
    central.errors.push_back({Fault::Pending, 202, 0, {}, "https://c/x"});
    central.places.emplace_back(CentralError{Fault::Pending, 202});
    central.places.emplace_back(Delivered{"T-3", 200});
    steps();
    CHECK(life(1) == Life::Unclear);
    pass(11s);
    CHECK(life(1) == Life::Acknowledged);
    CHECK(outbox.find(id_number(1))->reference == "T-3");
    CHECK(central.asked.empty());
    CHECK(central.sent.size() == 1);
}

TEST_CASE_FIXTURE(Round, "courier: a 202 whose place fails is found by the ordinary look-up") {
    keep(1);
    central.errors.push_back({Fault::Pending, 202, 0, {}, "https://c/x"});
    central.places.emplace_back(CentralError{Fault::BadReply, 500});
    central.probes.emplace_back(Presence{Presence::Parts::All, false, "T-4"});
    pass(6s);
    CHECK(outbox.find(id_number(1))->reference == "T-4");
}

TEST_CASE_FIXTURE(Round, "courier: a 202 whose place fails is not sent again while the first may be at work") {
    keep(1);
    central.errors.push_back({Fault::Pending, 202, 0, {}, "https://c/x"});
    central.places.emplace_back(CentralError{Fault::TimedOut});
    central.probes.emplace_back(Presence{Presence::Parts::None, false, ""});
    central.places.emplace_back(CentralError{Fault::BadReply, 503});
    central.probes.emplace_back(Presence{Presence::Parts::Some, false, ""}); // it is being written this very moment
    central.places.emplace_back(Delivered{"T-5", 200});
    pass(300s);
    CHECK(central.sent.size() == 1);
    CHECK(life(1) == Life::Acknowledged);
    CHECK(outbox.find(id_number(1))->reference == "T-5");
}

TEST_CASE_FIXTURE(Round, "courier: a 202 whose place is gone is looked up when nothing can be at work any more") {
    keep(1);
    central.errors.push_back({Fault::Pending, 202, 0, {}, "https://c/x"});
    central.places.emplace_back(CentralError{Fault::BadReply, 404});
    central.probes.emplace_back(Presence{Presence::Parts::All, false, "T-6"});
    pass(6s);
    CHECK(life(1) == Life::Unclear);
    CHECK(outbox.find(id_number(1))->location.empty());
    pass(58s);
    CHECK(central.asked.empty());
    pass(3s);
    CHECK(life(1) == Life::Acknowledged);
    CHECK(central.sent.size() == 1);
}

TEST_CASE_FIXTURE(Round, "courier: what the disk would not write down is written before anything else is sent") {
    keep(1);
    keep(2);
    struct FailOnTaken final : CentralSystem {
        ToldCentral& told;
        tests::MemoryOutbox& box;
        FailOnTaken(ToldCentral& t, tests::MemoryOutbox& b) : told(t), box(b) {}
        CentralResult<Delivered> deliver(const Submission& s, std::span<const SecretBytes> f,
                                         std::stop_token stop) override {
            if (told.sent.empty()) box.fail_next_tell();
            return told.deliver(s, f, stop);
        }
        CentralResult<Presence> look_up(const Submission& s, std::stop_token stop) override {
            return told.look_up(s, stop);
        }
        CentralResult<Delivered> follow(const Submission& s, const std::string& l, std::stop_token stop) override {
            return told.follow(s, l, stop);
        }
        void start_afresh() override {}
    } failing{central, outbox};
    Courier other(
        outbox, failing,
        [](const SealedRequest& sealed) -> forms::Result<OpenedRequest, Reason> {
            return OpenedRequest{tests::plain(std::pmr::get_default_resource(), sealed.id), {}};
        },
        [](const OutboxRow&) {}, pauses, clock, chance, log);
    (void)other.step({});
    CHECK(life(1) == Life::Sending);
    (void)other.step({});
    CHECK(central.sent.size() == 1);
    clock.forward(pauses.look_again);
    (void)other.step({});
    CHECK(life(1) == Life::Acknowledged);
    CHECK(central.sent.size() == 2);
}

TEST_CASE_FIXTURE(Round,
                  "courier: with a clock that stands in 1970 nothing is sent, and once it is set everything goes") {
    keep(1);
    const auto right = clock.wall;
    clock.wall = forms::WallTime(std::chrono::hours(24));
    pass(60s);
    CHECK(central.sent.empty());
    CHECK(courier.state() == Sending::ClockWrong);
    clock.wall = right;
    pass(10s);
    CHECK(life(1) == Life::Acknowledged);
    CHECK(courier.state() == Sending::Working);
    // Ten years forward in the middle of everything changes nothing: order and pauses go by boot time.
    keep(2);
    central.errors.push_back({Fault::TimedOut});
    steps();
    clock.wall += std::chrono::hours(24 * 3650);
    pass(59s);
    CHECK(life(2) == Life::Unclear);
    pass(1s);
    CHECK(life(2) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round, "courier: after a long outage the rate begins low and grows") {
    for (int n = 1; n <= 60; ++n)
        keep(n);
    central.errors.push_back({Fault::Busy, 503, 0, 120s});
    steps();
    pass(120s);
    const auto begin = clock.boot;
    const std::size_t first = central.sent.size();
    pass(10s);
    CHECK(central.sent.size() - first <= 3); // one every five seconds at the least
    CHECK(central.sent.size() - first >= 1);
    pass(300s);
    CHECK(outbox.figures().acknowledged == 60);
    CHECK(clock.boot - begin == 310s);
    // A short one is no reason to go slowly.
    Round other;
    for (int n = 1; n <= 60; ++n)
        other.keep(n);
    other.central.errors.push_back({Fault::Unreachable});
    other.pass(5s);
    CHECK(other.outbox.figures().acknowledged == 60);
}

TEST_CASE_FIXTURE(Round,
                  "courier: two thousand kept through a two-hour outage are spread over ten minutes, none sent twice") {
    constexpr std::size_t many = 2000;
    for (std::size_t n = 1; n <= many; ++n)
        keep(static_cast<int>(n));
    for (int i = 0; i < 200; ++i)
        central.errors.push_back({Fault::Unreachable});
    pass(2h);
    const std::size_t trials = central.sent.size();
    CHECK(trials < 60); // nobody is stormed while nobody is there
    central.errors.clear();
    pass(300s); // the longest pause before somebody looks again
    const std::size_t begun = outbox.figures().acknowledged;
    pass(60s);
    const std::size_t slow = outbox.figures().acknowledged - begun;
    CHECK(slow >= 100);
    CHECK(slow <= 260); // of 200 in a minute on the mean
    pass(600s);
    CHECK(outbox.figures().acknowledged == many);
    CHECK(central.sent.size() == trials + many);
}
