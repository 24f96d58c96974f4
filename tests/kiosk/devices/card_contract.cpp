// SPDX-License-Identifier: EUPL-1.2
// A card through everything that lies between it and us: libpcsclite, the daemon, a reader's driver.
#define DOCTEST_CONFIG_IMPLEMENT
#include "kiosk/capture/card_file.hpp"
#include "kiosk/capture/devices/card_reader.hpp"
#include "tests/kiosk/devices/card_sample.hpp"
#include "tests/kiosk/devices/heard.hpp"
#include "tests/kiosk/devices/virtual_card.hpp"

#include <doctest/doctest.h>

#include <iostream>

using card_sample::file_of;
using card_sample::rossi;
using kiosk::CardNotRead;
using kiosk::CardRead;
using kiosk::DeviceState;

namespace {

CardDaemon& card_daemon() {
    static CardDaemon running;
    return running;
}

/// A reader that is there, and somebody who wants cards.
struct Reading {
    Heard heard;
    kiosk::CardReader reader;
    explicit Reading(const std::string& name = "auto") : reader(name, heard.outlet(kiosk::DeviceKind::CardReader)) {
        REQUIRE(heard.comes_to(DeviceState::Ready));
        reader.want(true);
    }
};

void check_never_verified(VirtualCard& card) {
    for (const auto& command : card.asked())
        CHECK(command[1] != 0x20);
}

} // namespace

TEST_CASE("a card's personal data arrive from the reader, and the card is never asked for a PIN") {
    Reading here;
    VirtualCard card{PlayedCard(file_of(rossi()))};
    REQUIRE(card.in_reader());
    const auto read = here.heard.next<CardRead>();
    REQUIRE(read.has_value());
    const auto file = kiosk::read_card_file(read->file);
    REQUIRE(file.ok());
    CHECK(file.value().family == "ROSSI");
    CHECK(file.value().fiscal_code == "RSSMRA80A01H501U");
    check_never_verified(card);
    CHECK(here.heard.logged().find("ROSSI") == std::string::npos);
}

TEST_CASE("a card that lies in the reader is read when it becomes wanted, and only then") {
    Heard heard;
    kiosk::CardReader reader("Virtual", heard.outlet(kiosk::DeviceKind::CardReader));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    VirtualCard card{PlayedCard(file_of(rossi()))};
    REQUIRE(card.in_reader());
    CHECK_FALSE(heard.next<CardRead>(std::chrono::milliseconds(1500)).has_value());
    CHECK(card.asked().empty());
    reader.want(true);
    CHECK(heard.next<CardRead>().has_value());
    const std::size_t commands = card.asked().size();
    CHECK_FALSE(heard.next<CardRead>(std::chrono::milliseconds(1500)).has_value()); // once is enough
    CHECK(card.asked().size() == commands);
    reader.want(false);
    reader.want(true);
    CHECK(heard.next<CardRead>().has_value());
}

TEST_CASE("a card that is no CNS, one that asks for a PIN and one that answers garbage are told apart") {
    Reading here;
    const auto why = [&](PlayedCard played) {
        VirtualCard card(std::move(played));
        REQUIRE(card.in_reader());
        const auto refused = here.heard.next<CardNotRead>();
        REQUIRE(refused.has_value());
        check_never_verified(card);
        return refused->why;
    };
    PlayedCard other({});
    other.select_status = 0x6A82;
    CHECK(why(other) == CardNotRead::Why::NotACns);
    PlayedCard locked(file_of(rossi()));
    locked.read_status = 0x6982;
    CHECK(why(locked) == CardNotRead::Why::AsksForPin);
    CHECK(why(PlayedCard("GARBAGE" + std::string(300, '\xFF'))) == CardNotRead::Why::Nonsense);
    // The next good card is read as if nothing had been.
    VirtualCard good{PlayedCard(file_of(rossi()))};
    CHECK(here.heard.next<CardRead>().has_value());
}

TEST_CASE("a card that leaves in mid-read is told, and the next one is read") {
    Reading here;
    for (const std::size_t commands : {std::size_t{1}, std::size_t{4}}) {
        PlayedCard leaving(file_of(rossi()));
        leaving.leaves_after = commands;
        VirtualCard card(leaving);
        REQUIRE(card.in_reader());
        const auto refused = here.heard.next<CardNotRead>();
        REQUIRE(refused.has_value());
        CHECK(refused->why == CardNotRead::Why::Gone);
    }
    VirtualCard good{PlayedCard(file_of(rossi()))};
    CHECK(here.heard.next<CardRead>().has_value());
}

TEST_CASE("a daemon that ends is an absent reader, and one that starts again is found") {
    Reading here;
    card_daemon().stop();
    CHECK(here.heard.comes_to(DeviceState::Absent));
    REQUIRE(card_daemon().start().empty());
    CHECK(here.heard.comes_to(DeviceState::Ready));
    VirtualCard card{PlayedCard(file_of(rossi()))};
    CHECK(here.heard.next<CardRead>().has_value());
}

TEST_CASE("a reader that is not named so is not used") {
    Heard heard;
    const kiosk::CardReader reader("Another make", heard.outlet(kiosk::DeviceKind::CardReader));
    CHECK(heard.comes_to(DeviceState::Absent));
}

TEST_CASE("the thread ends at once when told") {
    Reading here;
    here.reader.tell_to_end();
    CHECK(here.reader.ended_within(std::chrono::seconds(60)));
}

int main(int argc, char** argv) {
    if (const std::string why = card_daemon().start(); !why.empty()) {
        std::cout << "skipped: no virtual card: " << why << '\n';
        return 77;
    }
    doctest::Context context(argc, argv);
    const int result = context.run();
    card_daemon().stop();
    return result;
}
