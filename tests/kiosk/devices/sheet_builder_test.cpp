// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/scanner/sheet_builder.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <vector>

using kiosk::SheetBuilder;
using kiosk::SheetLayout;
using Bytes = std::vector<std::uint8_t>;

namespace {

/// Fed in pieces of every size, since drivers send what they like.
Bytes built(const SheetLayout& layout, const Bytes& sent) {
    Bytes first;
    for (std::size_t piece = 1; piece <= sent.size(); ++piece) {
        SheetBuilder builder(layout);
        for (std::size_t from = 0; from < sent.size(); from += piece)
            REQUIRE(builder.add(std::span(sent).subspan(from, std::min(piece, sent.size() - from))));
        const auto sheet = std::move(builder).finish();
        REQUIRE(sheet.has_value());
        CHECK(sheet->channels == 1);
        CHECK(sheet->bytes.size() == std::size_t{sheet->width} * sheet->height);
        if (piece == 1) first = sheet->bytes;
        CHECK(sheet->bytes == first);
    }
    return first;
}

} // namespace

TEST_CASE("padding at the end of a scanner's rows is left out") {
    CHECK(built({.width = 2, .lines = 2, .bytes_per_line = 4}, {1, 2, 99, 99, 3, 4, 99, 99}) == Bytes{1, 2, 3, 4});
}

TEST_CASE("samples of sixteen bits keep their higher byte, in the machine's order") {
    const Bytes sent = std::endian::native == std::endian::little ? Bytes{0xFF, 0x12, 0x00, 0xFE} : Bytes{0x12, 0xFF, 0xFE, 0x00};
    CHECK(built({.width = 2, .lines = 1, .bytes_per_line = 4, .depth = 16}, sent) == Bytes{0x12, 0xFE});
}

TEST_CASE("samples of one bit are black where the bit is set") {
    CHECK(built({.width = 10, .lines = 1, .bytes_per_line = 2, .depth = 1}, {0b10000001, 0b01000000}) ==
          Bytes{0, 255, 255, 255, 255, 255, 255, 0, 255, 0});
}

TEST_CASE("colours become their brightness") {
    CHECK(built({.width = 4, .lines = 1, .bytes_per_line = 12, .channels = 3},
                {255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0}) == Bytes{255, 0, 77, 149});
}

TEST_CASE("lines that were announced and did not come are left out, and more than announced too") {
    CHECK(built({.width = 2, .lines = 3, .bytes_per_line = 2}, {1, 2, 3, 4, 5}) == Bytes{1, 2, 3, 4});
    CHECK(built({.width = 2, .lines = 1, .bytes_per_line = 2}, {1, 2, 3, 4, 5}) == Bytes{1, 2});
    CHECK(built({.width = 2, .lines = -1, .bytes_per_line = 2}, {1, 2, 3, 4}) == Bytes{1, 2, 3, 4});
    SheetBuilder nothing({.width = 2, .lines = 1, .bytes_per_line = 2});
    CHECK_FALSE(std::move(nothing).finish().has_value());
}

TEST_CASE("a layout beyond the limits of a picture, or that contradicts itself, is refused") {
    CHECK(SheetLayout{.width = 1654, .lines = 2339, .bytes_per_line = 1654}.sound());
    CHECK_FALSE(SheetLayout{.width = 0, .lines = 1, .bytes_per_line = 1}.sound());
    CHECK_FALSE(SheetLayout{.width = -5, .lines = 1, .bytes_per_line = 1}.sound());
    CHECK_FALSE(SheetLayout{.width = 20'001, .lines = 1, .bytes_per_line = 20'001}.sound());
    CHECK_FALSE(SheetLayout{.width = 10'000, .lines = 10'000, .bytes_per_line = 10'000}.sound());
    CHECK_FALSE(SheetLayout{.width = 10, .lines = 1, .bytes_per_line = 9}.sound());
    CHECK_FALSE(SheetLayout{.width = 10, .lines = 1, .bytes_per_line = 10, .depth = 12}.sound());
    CHECK_FALSE(SheetLayout{.width = 10, .lines = 1, .bytes_per_line = 10, .channels = 3}.sound());
}

TEST_CASE("a scanner that never stops sending is stopped") {
    SheetBuilder builder({.width = 1, .lines = -1, .bytes_per_line = 1});
    const Bytes piece(1000, 7);
    int taken = 0;
    while (taken < 100 && builder.add(piece))
        ++taken;
    CHECK(taken == 20);
}
