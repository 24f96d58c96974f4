// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/clock_floor.hpp"
#include "net/runtime/event_log.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/plausible_clock.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/stack_wipe.hpp"
#include "net/runtime/system_clock.hpp"
#include "net/runtime/whole_file.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/hand_clock.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

using namespace net;
using namespace std::chrono_literals;

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

TEST_CASE("clock floor: a clock before this program, or before a date that a trusted server has said, judges nothing") {
    tests::Folder folder;
    const auto file = folder.path() / "clock-floor";
    const forms::WallTime now(std::chrono::seconds(1'800'000'000));
    const auto said = std::chrono::floor<std::chrono::seconds>(now);
    {
        net::ClockFloor floor(file);
        CHECK(floor.allows(now));
        CHECK_FALSE(floor.allows(forms::WallTime{}));
        floor.saw(said, now);
        CHECK(floor.allows(now - 9min)); // two clocks never agree to the second
        CHECK_FALSE(floor.allows(now - 11min));
    }
    net::ClockFloor again(file); // the battery died and the program was restarted
    CHECK_FALSE(again.allows(now - 2h));
    CHECK(again.allows(now + 1min));
}

TEST_CASE("clock floor: a server whose clock is far off is told, and stops nothing") {
    tests::Folder folder;
    net::ClockFloor floor(folder.path() / "clock-floor");
    const forms::WallTime now(std::chrono::seconds(1'800'000'000));
    floor.saw(std::chrono::floor<std::chrono::seconds>(now + 24h * 3650), now);
    CHECK(floor.allows(now));
    REQUIRE(floor.disagreement());
    CHECK(*floor.disagreement() == 24h * 3650);
    floor.saw(std::chrono::floor<std::chrono::seconds>(now), now);
    CHECK_FALSE(floor.disagreement());
}

TEST_CASE("clock floor: a file that says nothing readable is as none, and a disk that refuses is told") {
    tests::Folder folder;
    const forms::WallTime now(std::chrono::seconds(1'800'000'000));
    net::ClockFloor floor(folder.write("clock-floor", "yesterday\n"));
    CHECK(floor.allows(now));
    net::ClockFloor nowhere(folder.path() / "none" / "clock-floor");
    nowhere.saw(std::chrono::floor<std::chrono::seconds>(now), now);
    CHECK_FALSE(nowhere.remembered());
    CHECK_FALSE(nowhere.allows(now - 2h)); // while it runs it knows all the same
}

TEST_CASE("file: it is replaced whole or not at all, and one that is too large is not read") {
    tests::Folder folder;
    const auto file = folder.path() / "f";
    CHECK(net::replace_file(file, "one"));
    CHECK(net::replace_file(file, "two"));
    CHECK(net::read_small_file(file, 3) == "two");
    CHECK_FALSE(net::read_small_file(file, 2));
    CHECK_FALSE(net::read_small_file(folder.path() / "none", 10));
    CHECK_FALSE(net::replace_file(folder.path() / "none" / "f", "x"));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "f.new"));
}

TEST_CASE("clock: the day of the sources is believed, and no moment before it") {
    CHECK(plausible(forms::WallTime(source_date)));
    CHECK_FALSE(plausible(forms::WallTime(source_date) - std::chrono::milliseconds(1)));
    CHECK(source_date_text.size() == 10);
    CHECK(std::chrono::year_month_day(source_date).ok());
}

namespace {

constexpr std::string_view short_name = "Zqbdfghklmnx";

/// Leaves a short name on the stack, as whoever opens a request does, deeper than what looks for it goes; where it lay.
[[gnu::noinline, gnu::no_sanitize("address")]] std::uintptr_t opens_a_request() {
    std::array<volatile char, 64 * 1024> inside; // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::size_t i = 0; i < short_name.size(); ++i)
        inside[i] = short_name[i];
    return reinterpret_cast<std::uintptr_t>(inside.data());
}

/// What lies there now, asked of the kernel: no call of ours may look below its own stack.
std::string lies_at(std::uintptr_t place) {
    std::string bytes(short_name.size(), '\0');
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    const bool read = ::pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(place)) ==
                      static_cast<ssize_t>(bytes.size());
    REQUIRE(::close(memory) == 0);
    REQUIRE(read);
    return bytes;
}

} // namespace

TEST_CASE("stack: what a call has left there is gone when it is wiped") {
    const std::uintptr_t place = opens_a_request();
    CHECK(lies_at(place) == short_name); // else there would be nothing to wipe
    wipe_stack();
    CHECK(lies_at(place) == std::string(short_name.size(), '\0'));
}
