// SPDX-License-Identifier: EUPL-1.2
#include "net/feed/guess_limit.hpp"
#include "net/ipc/receipt_code.hpp"
#include "net/runtime/random.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace net;
using namespace std::chrono_literals;

TEST_CASE("a receipt's code follows from its request alone, and from nothing that can be counted") {
    const auto id = *forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e11");
    const auto next = *forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e12");
    CHECK(receipt_code(id) == receipt_code(id));
    CHECK(receipt_code(id).size() == 8);
    CHECK(receipt_code(id) != receipt_code(next));
    SystemChance chance;
    std::set<std::string> codes;
    for (int i = 0; i < 2000; ++i)
        codes.insert(receipt_code(chance.uuid()));
    CHECK(codes.size() == 2000);
}

TEST_CASE("a code is read as people type it") {
    CHECK(shown_receipt_code("7K3P9XQ2") == "7K3P-9XQ2");
    for (const char* typed : {"7K3P9XQ2", "7k3p-9xq2", " 7K3P 9XQ2 ", "7k3p 9xq2"})
        CHECK(read_receipt_code(typed) == "7K3P9XQ2");
    CHECK(read_receipt_code("OIL0-0000") == "01100000");
    for (const char* typed : {"", "7K3P9XQ", "7K3P9XQ22", "7K3P9XU2", "7K3P_9XQ2", "٧٧٧٧٧٧٧٧"})
        CHECK_FALSE(read_receipt_code(typed));
}

TEST_CASE("whoever guesses waits longer and longer; whoever mistypes hardly waits") {
    GuessLimit limit;
    forms::BootTime now{};
    for (int i = 0; i < 4; ++i)
        limit.wrong(now);
    CHECK(limit.wait(now) == 0ms);
    limit.wrong(now);
    CHECK(limit.wait(now) == 15s);
    limit.wrong(now);
    CHECK(limit.wait(now) == 30s);
    for (int i = 0; i < 20; ++i)
        limit.wrong(now);
    CHECK(limit.wait(now) == 5min);
    now += 5min;
    CHECK(limit.wait(now) == 0ms);
    limit.right();
    limit.wrong(now);
    CHECK(limit.wait(now) == 0ms);
}
