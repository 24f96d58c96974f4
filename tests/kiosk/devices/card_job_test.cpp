// SPDX-License-Identifier: EUPL-1.2
// A card's file is opened in the throw-away process, and what comes back from there is checked again.
#include "kiosk/capture/card_file.hpp"
#include "kiosk/capture/decoder_process.hpp"
#include "kiosk/capture/readout.hpp"
#include "tests/kiosk/devices/card_sample.hpp"

#include <doctest/doctest.h>

using card_sample::bytes_of;
using card_sample::file_of;
using card_sample::rossi;
using kiosk::CardFile;
using kiosk::PictureFault;

TEST_CASE("a card's file is read in a decoder as it is read here") {
    kiosk::Decoders decoders(SPORTELLO_DECODER);
    auto fields = rossi();
    fields[3] = "NICOL\xD2";
    const std::string file = file_of(fields);
    const auto read = decoders.card(bytes_of(file));
    REQUIRE(read.ok());
    CHECK(read.value() == kiosk::read_card_file(bytes_of(file)).value());
    CHECK(read.value().family == "NICOLÒ");
}

TEST_CASE("a card's file that breaks its format is refused, and the next one is read") {
    kiosk::Decoders decoders(SPORTELLO_DECODER);
    const std::string good = file_of(rossi());
    const auto refusal = [&](const std::string& file) {
        const auto read = decoders.card(bytes_of(file));
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().kind == kiosk::ReadFault::Kind::Refused);
        return read.error().picture;
    };
    CHECK(refusal("0FFFFF" + good.substr(6)) == PictureFault::BadCardFile);
    CHECK(refusal("") == PictureFault::Empty);
    CHECK(refusal(std::string(401, '0')) == PictureFault::TooLarge);
    CHECK(decoders.card(bytes_of(good)).ok());
}

TEST_CASE("of what a decoder says a card holds, nothing is believed that no card can hold") {
    const auto survives = [](auto change) {
        auto card = kiosk::read_card_file(bytes_of(file_of(rossi()))).value();
        change(card);
        const auto frame = kiosk::encode_answer(card);
        const auto back = kiosk::decode_answer(std::span(frame).subspan(4));
        return back.ok() && std::get<CardFile>(back.value()) == card;
    };
    CHECK(survives([](CardFile&) {}));
    CHECK(survives([](CardFile& card) { card.birth_date.reset(); }));
    CHECK_FALSE(survives([](CardFile& card) { card.family = "RO\nSSI"; }));
    CHECK_FALSE(survives([](CardFile& card) { card.family = "RO\u202ESSI"; }));
    CHECK_FALSE(survives([](CardFile& card) { card.family = "\xFF"; }));
    CHECK_FALSE(survives([](CardFile& card) { card.family = std::string(511, 'A'); }));
    CHECK_FALSE(survives([](CardFile& card) { card.birth_date = forms::PartialDate{1980, 0, 0}; }));
}
