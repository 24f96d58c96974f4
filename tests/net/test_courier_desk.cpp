// SPDX-License-Identifier: EUPL-1.2
// What the courier gives up and leaves to a person: refusals, conflicts, broken seals, too many ways to fail.
#include "tests/net/courier_round.hpp"

using tests::id_number;
using tests::Round;
using tests::ToldCentral;
using namespace net;
using namespace std::chrono_literals;

TEST_CASE_FIXTURE(Round, "courier: the same refusal sooner than ten minutes after the first is no second one") {
    keep(1);
    for (int i = 0; i < 3; ++i)
        central.errors.push_back({Fault::Refused, 422});
    steps();
    CHECK(outbox.find(id_number(1))->refusals == 1);
    clock.forward(60s);
    outbox.set_due(id_number(1), clock.boot); // staff tries it at once
    steps();
    CHECK(central.sent.size() == 2);
    CHECK(life(1) == Life::Kept);
    CHECK(outbox.find(id_number(1))->refusals == 1);
    pass(540s);
    CHECK(life(1) == Life::NeedsDesk);
}

TEST_CASE_FIXTURE(Round, "courier: another refusal than before is a first one again") {
    keep(1);
    central.errors.push_back({Fault::Refused, 422});
    central.errors.push_back({Fault::Refused, 413});
    pass(601s);
    CHECK(central.sent.size() == 2);
    CHECK(life(1) == Life::Kept);
    pass(600s);
    CHECK(life(1) == Life::Acknowledged);
}

TEST_CASE_FIXTURE(Round, "courier: a 202 that ends in a refusal is one, and the second goes to the desk") {
    keep(1);
    for (int i = 0; i < 2; ++i) {
        central.errors.push_back({Fault::Pending, 202, 0, {}, "https://c/x"});
        central.places.emplace_back(CentralError{Fault::Refused, 422});
    }
    pass(599s);
    CHECK(central.sent.size() == 1);
    CHECK(life(1) == Life::Kept);
    pass(30s);
    CHECK(central.sent.size() == 2);
    CHECK(life(1) == Life::NeedsDesk);
    CHECK(reason(1) == Reason::Refused);
}

TEST_CASE_FIXTURE(Round, "courier: a refusal waits ten minutes for the second one, and the others go on meanwhile") {
    keep(1);
    keep(2);
    central.errors.push_back({Fault::Refused, 422});
    steps();
    CHECK(life(1) == Life::Kept);
    CHECK(life(2) == Life::Acknowledged);
    pass(599s);
    CHECK(central.sent.size() == 2);
    central.errors.push_back({Fault::Refused, 422});
    pass(1s);
    CHECK(life(1) == Life::NeedsDesk);
    CHECK(reason(1) == Reason::Refused);
    pass(3600s);
    CHECK(central.sent.size() == 3);
}

TEST_CASE_FIXTURE(Round, "courier: five conflicts that left nothing behind send the request to the desk") {
    keep(1);
    for (int i = 0; i < 5; ++i)
        central.errors.push_back({Fault::Conflict, 409});
    pass(3600s);
    CHECK(central.sent.size() == 5);
    CHECK(central.asked.size() == 5);
    CHECK(life(1) == Life::NeedsDesk);
    CHECK(reason(1) == Reason::Conflict);
}

TEST_CASE_FIXTURE(Round, "courier: a 412 that left nothing of ours goes to the desk at once") {
    keep(1);
    central.errors.push_back({Fault::Precondition, 412});
    pass(1s);
    CHECK(life(1) == Life::NeedsDesk);
    CHECK(central.sent.size() == 1);
}

TEST_CASE_FIXTURE(Round, "courier: failing in ten different ways goes to the desk, failing in one way does not") {
    keep(1);
    keep(2);
    central.errors.push_back({Fault::BadReply, 500});
    for (int i = 0; i < 30; ++i) {
        central.errors.push_back({Fault::BadReply, 500 + i % 2});
        central.errors.push_back({Fault::BadReply, 500});
    }
    pass(12h);
    CHECK(life(1) == Life::NeedsDesk);
    CHECK(reason(1) == Reason::TooManyTries);

    Round other;
    other.keep(1);
    for (int i = 0; i < 30; ++i)
        other.central.errors.push_back({Fault::BadReply, 500});
    other.pass(12h);
    CHECK(other.life(1) == Life::Acknowledged);
    CHECK(other.central.sent.size() == 31);
}

TEST_CASE_FIXTURE(Round, "courier: a broken seal goes to the desk and nothing is sent") {
    keep(1);
    seal_fine = false;
    steps();
    CHECK(life(1) == Life::NeedsDesk);
    CHECK(reason(1) == Reason::SealBroken);
    CHECK(central.sent.empty());
    CHECK(log_text.find("seal-broken") != std::string::npos);
}
