// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/card_conversation.hpp"
#include "tests/kiosk/devices/card_sample.hpp"
#include "tests/kiosk/devices/played_card.hpp"

#include <doctest/doctest.h>

using card_sample::file_of;
using card_sample::rossi;
using Why = kiosk::CardNotRead::Why;

namespace {

struct Outcome {
    std::string file;
    std::optional<Why> why;
};
Outcome read(PlayedCard& card) {
    const auto read = kiosk::read_personal_data([&](std::span<const std::uint8_t> command) { return card.answer(command); });
    CHECK_FALSE(card.was_asked(0x20)); // VERIFY
    if (!read.ok()) return {{}, read.error()};
    return {{reinterpret_cast<const char*>(read.value().data()), read.value().size()}, {}};
}

} // namespace

TEST_CASE("the personal data file is read with the commands of the table") {
    PlayedCard card(file_of(rossi()));
    CHECK(read(card).file == file_of(rossi()));
    const std::vector<std::vector<std::uint8_t>> expected{{0x00, 0xA4, 0x00, 0x00, 0x02, 0x3F, 0x00},
                                                          {0x00, 0xA4, 0x00, 0x00, 0x02, 0x11, 0x00},
                                                          {0x00, 0xA4, 0x00, 0x00, 0x02, 0x11, 0x02},
                                                          {0x00, 0xB0, 0x00, 0x00, 0x06},
                                                          {0x00, 0xB0, 0x00, 0x06, 0x70}};
    CHECK(card.asked() == expected);
}

TEST_CASE("a long file is read in parts that old cards can give") {
    auto fields = rossi();
    fields[14] = std::string(200, 'A');
    fields[15] = std::string(60, 'B');
    PlayedCard card(file_of(fields));
    CHECK(read(card).file == file_of(fields));
    for (const auto& command : card.asked())
        if (command[1] == 0xB0) CHECK(command[4] <= 0xE0);
}

TEST_CASE("a card that wants its answers fetched, or names another length, is read all the same") {
    PlayedCard fetched(file_of(rossi()));
    fetched.answers_must_be_fetched = true;
    CHECK(read(fetched).file == file_of(rossi()));
    PlayedCard small(file_of(rossi()));
    small.most_at_once = 0x20;
    CHECK(read(small).file == file_of(rossi()));
}

TEST_CASE("another kind of card is told apart from one that asks for a PIN") {
    PlayedCard other({});
    other.select_status = 0x6A82;
    CHECK(read(other).why == Why::NotACns);
    CHECK(other.asked().size() == 1);
    PlayedCard strange({});
    strange.select_status = 0x6E00;
    CHECK(read(strange).why == Why::NotACns);
    PlayedCard locked(file_of(rossi()));
    locked.read_status = 0x6982;
    CHECK(read(locked).why == Why::AsksForPin);
    PlayedCard locked_early(file_of(rossi()));
    locked_early.select_status = 0x6982;
    CHECK(read(locked_early).why == Why::AsksForPin);
}

TEST_CASE("a card may leave before any command") {
    PlayedCard whole(file_of(rossi()));
    CHECK_FALSE(read(whole).why.has_value());
    for (std::size_t after = 0; after < whole.asked().size(); ++after) {
        PlayedCard card(file_of(rossi()));
        card.leaves_after = after;
        CHECK(read(card).why == Why::Gone);
    }
}

TEST_CASE("lengths that are no numbers, nothing or too much end the conversation") {
    for (const char* const file : {"0000+1", "GARBAG", "000000", "FFFFFF", "000200", "00018B"}) {
        PlayedCard card(file + std::string(500, '0'));
        CHECK(read(card).why == Why::Nonsense);
        CHECK(card.asked().size() == 4);
    }
    PlayedCard most("00018A" + std::string(500, '0')); // 400 bytes with the length word
    CHECK(read(most).file.size() == 400);
    PlayedCard shorter("000100" + std::string(30, '0')); // declares more than it has
    CHECK(read(shorter).why == Why::Nonsense);
}

TEST_CASE("whatever a card answers, the conversation ends after a bounded number of commands") {
    std::uint32_t state = 1;
    const auto chance = [&state] { return state = state * 1664525 + 1013904223, state >> 16; };
    for (int round = 0; round < 20'000; ++round) {
        std::size_t commands = 0;
        const auto file = kiosk::read_personal_data(
            [&](std::span<const std::uint8_t> command) -> std::optional<std::vector<std::uint8_t>> {
                ++commands;
                CHECK((command[1] == 0xA4 || command[1] == 0xB0 || command[1] == 0xC0));
                std::vector<std::uint8_t> answer(chance() % 260);
                for (auto& byte : answer)
                    byte = static_cast<std::uint8_t>(chance());
                if (command[1] == 0xA4) answer.clear();
                if (command[1] == 0xB0 && chance() % 2 == 0) answer = {'0', '0', '0', '1', '0', '0'};
                constexpr std::uint16_t ends[] = {0x9000, 0x9000, 0x9000, 0x6105, 0x6C01, 0x6282, 0x61FF};
                const auto end = ends[chance() % std::size(ends)];
                answer.push_back(static_cast<std::uint8_t>(end >> 8));
                answer.push_back(static_cast<std::uint8_t>(end & 0xFF));
                return answer;
            });
        CHECK((!file.ok() || file.value().size() <= 400));
        REQUIRE(commands < 400 * 6);
    }
    // The slowest of all: one byte at a time, each to be fetched.
    PlayedCard slow("000100" + std::string(300, '0'));
    slow.most_given = 1;
    CHECK(read(slow).why == Why::Nonsense); // its length word does not come as asked
}
