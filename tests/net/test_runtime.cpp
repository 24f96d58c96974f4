// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/event_log.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/system_clock.hpp"
#include "tests/doubles/hand_clock.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

using namespace net;

TEST_CASE("log: a line has time, program, event and typed facts, and nothing else") {
    tests::HandClock clock;
    clock.boot = std::chrono::milliseconds(1234);
    std::string written;
    EventLog log("sender", clock, [&](std::string_view line) { written += line; });
    const auto id = *forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e11");
    log.write(LogEvent::RequestAcknowledged,
              {{"request", log.short_hash(id)}, {"tries", 2L}, {"took", std::chrono::milliseconds(840)}});
    CHECK(written.find("\"boot_ms\":1234,\"program\":\"sender\",\"event\":\"request-acknowledged\"") !=
          std::string::npos);
    CHECK(written.find("\"tries\":2,\"took_ms\":840}\n") != std::string::npos);
    CHECK(written.find("5f0c2a4e") == std::string::npos);
}

TEST_CASE("log: the short hash of an id is another one in every run") {
    tests::HandClock clock;
    const auto id = *forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e11");
    EventLog one("a", clock, [](std::string_view) {});
    EventLog two("a", clock, [](std::string_view) {});
    CHECK(one.short_hash(id).bytes == one.short_hash(id).bytes);
    CHECK(one.short_hash(id).bytes != two.short_hash(id).bytes);
}

TEST_CASE("locked memory: a piece given back is zero before anybody gets it again") {
    LockedMemory memory;
    for (const std::size_t size : {1UL, 24UL, 32UL, 33UL, 1000UL, 32768UL}) {
        CAPTURE(size);
        auto* piece = static_cast<unsigned char*>(memory.allocate(size, 8));
        std::memset(piece, 0x5a, size);
        memory.deallocate(piece, size, 8);
        auto* again = static_cast<unsigned char*>(memory.allocate(size, 8));
        CHECK(again == piece);
        for (std::size_t i = 0; i < size; ++i)
            REQUIRE(again[i] == 0);
        memory.deallocate(again, size, 8);
    }
    CHECK(memory.bytes_in_use() == 0);
}

TEST_CASE("locked memory: strings and vectors grow and shrink in it") {
    LockedMemory memory;
    {
        std::pmr::vector<std::pmr::string> texts(&memory);
        for (int i = 0; i < 3000; ++i)
            texts.emplace_back("a rather long text that does not fit in the string itself " + std::to_string(i));
        std::pmr::string large(200'000, 'x', &memory);
        CHECK(memory.bytes_in_use() > 200'000 + 3000 * 64);
        CHECK(texts[2999].ends_with("2999"));
    }
    CHECK(memory.bytes_in_use() == 0);
}

TEST_CASE("chance: ids are version 4 and differ") {
    SystemChance chance;
    const auto a = chance.uuid();
    const auto b = chance.uuid();
    CHECK(a != b);
    CHECK(a.text()[14] == '4');
    CHECK(chance.below(0) == 0);
    CHECK(chance.below(1) == 0);
}

TEST_CASE("clock: boot time goes forward") {
    SystemClock clock;
    const auto first = clock.since_boot();
    CHECK(first.count() > 0);
    CHECK(clock.since_boot() >= first);
}
