// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/scanner_word.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace kiosk;

namespace {

template <class Word>
std::optional<Word> after_the_way(const Word& word) {
    WordReader reader;
    for (const std::byte one : encode_word(word)) // one at a time: a stream has no borders
        REQUIRE(reader.add({&one, 1}));
    auto back = reader.next();
    REQUIRE(back.has_value());
    REQUIRE(back->ok());
    CHECK_FALSE(reader.next().has_value());
    const auto* const same = std::get_if<Word>(&back->value());
    return same == nullptr ? std::nullopt : std::optional<Word>(*same);
}

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
    std::vector<std::byte> all;
    for (const int value : values)
        all.push_back(static_cast<std::byte>(value));
    return all;
}

} // namespace

TEST_CASE("what the scanner's process says arrives as it was said") {
    const auto found = after_the_way(ScannersFound{{"test:0", "pnm:1"}, DeviceState::Busy});
    REQUIRE(found.has_value());
    CHECK(found->names == std::vector<std::string>{"test:0", "pnm:1"});
    CHECK(found->state == DeviceState::Busy);
    const auto progress = after_the_way(ScanProgress{7, 0.25});
    REQUIRE(progress.has_value());
    CHECK(progress->sheet == 7);
    CHECK(progress->share == 0.25);
    const auto sheet = after_the_way(SheetScanned{200.5, {3, 2, 1, {1, 2, 3, 4, 5, 255}}});
    REQUIRE(sheet.has_value());
    CHECK(sheet->dots_per_inch == 200.5);
    CHECK((sheet->pixels == Pixels{3, 2, 1, {1, 2, 3, 4, 5, 255}}));
    const auto ended = after_the_way(OrderEnded{DeviceState::Jammed});
    REQUIRE(ended.has_value());
    CHECK(ended->state == DeviceState::Jammed);
}

TEST_CASE("a word of the scanner's process that cannot be is refused, and so is each of its beginnings") {
    const auto whole = encode_word(SheetScanned{200, {3, 2, 1, {1, 2, 3, 4, 5, 6}}});
    const std::span<const std::byte> frame = std::span(whole).subspan(4);
    REQUIRE(decode_word(frame).ok());
    for (std::size_t size = 0; size < frame.size(); ++size)
        CHECK_FALSE(decode_word(frame.first(size)).ok());
    auto longer = std::vector<std::byte>(frame.begin(), frame.end());
    longer.push_back(std::byte{0});
    CHECK_FALSE(decode_word(longer).ok());
    CHECK_FALSE(decode_word(bytes_of({4})).ok());                             // no such word
    CHECK_FALSE(decode_word(bytes_of({3, 9})).ok());                          // no such state
    CHECK_FALSE(decode_word(bytes_of({1, 0, 1, 0x03, 0xE9})).ok());           // more than a whole sheet
    CHECK_FALSE(decode_word(bytes_of({0, 1, 33})).ok());                      // too many scanners
    CHECK_FALSE(decode_word(bytes_of({2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})).ok()); // a sheet of nothing
    auto wider = std::vector<std::byte>(frame.begin(), frame.end());
    wider[4] = std::byte{4}; // one pixel a row more than there are
    CHECK_FALSE(decode_word(wider).ok());
}

TEST_CASE("a word that is announced as too long is not waited for") {
    WordReader reader;
    CHECK(reader.add(bytes_of({0x02, 0xFA, 0xF0})));
    CHECK_FALSE(reader.add(bytes_of({0xFF})));
}
