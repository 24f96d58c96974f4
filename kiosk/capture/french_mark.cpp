// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/french_mark.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace kiosk {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital_or_digit(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }

/// Four hexadecimal digits: days since 2000-01-01; FFFF = none. False when they are no such digits.
bool read_day(std::string_view hex, std::optional<forms::PartialDate>& into) {
    unsigned days = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), days, 16);
    if (error != std::errc{} || end != hex.data() + hex.size()) return false;
    if (days == 0xFFFF) return true;
    using namespace std::chrono;
    const year_month_day day(sys_days(year(2000) / 1 / 1) + std::chrono::days(days));
    into = forms::PartialDate::of(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                                  static_cast<int>(static_cast<unsigned>(day.day())));
    return true;
}

} // namespace

std::optional<FrenchMark> read_french_mark(std::string_view bytes) {
    constexpr std::size_t shortest_header = 22;
    if (bytes.size() < shortest_header || bytes.substr(0, 2) != "DC") return std::nullopt;
    if (bytes[2] != '0' || bytes[3] < '1' || bytes[3] > '4') return std::nullopt;
    FrenchMark mark;
    mark.version = bytes[3] - '0';
    const std::size_t header = mark.version == 4 ? 26 : mark.version == 3 ? 24 : shortest_header;
    if (bytes.size() < header) return std::nullopt;
    if (!std::all_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header), is_capital_or_digit))
        return std::nullopt;
    const auto separator = [](char c) { return c == '\x1D' || c == '\x1E' || c == '\x1F'; };
    for (const char c : bytes.substr(header))
        if ((static_cast<unsigned char>(c) < 0x20 && !separator(c)) || c == '\x7F') return std::nullopt;
    mark.authority = bytes.substr(4, 4);
    mark.certificate = bytes.substr(8, 4);
    if (!read_day(bytes.substr(12, 4), mark.issued) || !read_day(bytes.substr(16, 4), mark.signed_on))
        return std::nullopt;
    mark.type = bytes.substr(20, 2);
    return mark;
}

} // namespace kiosk
