// SPDX-License-Identifier: EUPL-1.2
// Any bytes as Retry-After and Date: the first line and the second. What is read as a date must be that date and no
// other, written again letter by letter; and no wait is negative or longer than an hour.
#include "net/http/http_date.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Everything behind the name of the day, which is not judged.
void same_again(std::string_view text) {
    const auto read = net::parse_http_date(text);
    if (!read) return;
    constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(*read);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(*read - day);
    std::array<char, 64> again{};
    const int size = std::snprintf(again.data(), again.size(), ", %02u %s %04d %02d:%02d:%02d GMT",
                                   static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                                   static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                                   static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    const auto told = trimmed(text).substr(3);
    const bool leap_second = told.substr(20, 2) == "60"; // written as the first second of the next minute
    if (size <= 0 || (!leap_second && told != std::string_view(again.data(), static_cast<std::size_t>(size))))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const auto end = all.find('\n');
    const auto value = all.substr(0, end);
    const auto date = end == std::string_view::npos ? std::string_view() : all.substr(end + 1);
    same_again(value);
    same_again(date);
    const auto wait = net::parse_retry_after(value, date);
    if (wait && (wait->count() < 0 || wait->count() > 3600)) std::abort();
    // A date means nothing without the answer's own.
    if (wait && !net::parse_http_date(date) && trimmed(value).find_first_not_of("0123456789") != std::string_view::npos)
        std::abort();
    return 0;
}
