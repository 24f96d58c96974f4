// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/calendar.hpp"

#include "forms/base/utf8.hpp"

#include <array>
#include <chrono>

namespace forms {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes exactly `count` digits from the front of `text`; none when they are not there.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_digit(text[i])) return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

/// The groups of digits in `text`, parted by any of `separators`; empty when something else stands there.
struct Groups {
    std::array<std::string_view, 3> part{};
    std::size_t count = 0;
};
Groups groups(std::string_view text, std::string_view separators) {
    Groups found;
    while (true) {
        std::size_t end = 0;
        while (end < text.size() && is_digit(text[end]))
            ++end;
        if (end == 0 || found.count == found.part.size()) return {};
        found.part[found.count++] = text.substr(0, end);
        if (end == text.size()) return found;
        if (separators.find(text[end]) == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits.substr(0, 8))
        value = value * 10 + (c - '0');
    return value;
}

void two(std::string& out, int value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
}

TimeOrder order_of(std::int64_t a, std::int64_t b) {
    if (a == b) return TimeOrder::Same;
    return a < b ? TimeOrder::Before : TimeOrder::After;
}

std::int64_t seconds_of(const TimeOfDay& time) {
    return std::int64_t{time.hour} * 3600 + std::int64_t{time.minute} * 60 + time.second;
}

std::optional<TimeOfDay> clock(int hour, int minute, int second = 0) {
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    TimeOfDay time;
    time.hour = static_cast<std::uint8_t>(hour);
    time.minute = static_cast<std::uint8_t>(minute);
    time.second = static_cast<std::uint8_t>(second);
    return time;
}

/// hh:mm:ss with an optional fraction, from the front of `text`.
std::optional<TimeOfDay> take_time(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = take_digits(text, 2);
    if (!minute || !take(text, ':')) return std::nullopt;
    const auto second = take_digits(text, 2);
    if (!second) return std::nullopt;
    auto time = clock(*hour, *minute, *second);
    if (time && take(text, '.')) {
        std::uint32_t nanoseconds = 0;
        std::uint8_t digits = 0;
        for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
            if (++digits > 9) return std::nullopt;
            nanoseconds = nanoseconds * 10 + static_cast<std::uint32_t>(text.front() - '0');
        }
        if (digits == 0) return std::nullopt;
        for (std::uint8_t i = digits; i < 9; ++i)
            nanoseconds *= 10;
        time->nanoseconds = nanoseconds;
        time->fraction_digits = digits;
    }
    return time;
}

std::int64_t last_sunday(int year, int month) {
    const auto last = PartialDate::of(year, month, days_in(year, month));
    const std::int64_t day = day_number(*last);
    return day - ((day + 4) % 7 + 7) % 7; // day 0 was a Thursday, so (day + 4) % 7 is 0 on a Sunday
}

} // namespace

int days_in(int year, int month) {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days.at(static_cast<std::size_t>(month - 1));
}

std::optional<PartialDate> PartialDate::of(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0) return std::nullopt;
    if (day > 0 && (month == 0 || day > days_in(year, month))) return std::nullopt;
    PartialDate date;
    date.year = static_cast<std::int16_t>(year);
    date.month = static_cast<std::uint8_t>(month);
    date.day = static_cast<std::uint8_t>(day);
    return date;
}

std::optional<PartialDate> PartialDate::parse(std::string_view text) {
    const auto year = take_digits(text, 4);
    if (!year) return std::nullopt;
    if (text.empty()) return of(*year);
    if (!take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || *month == 0) return std::nullopt;
    if (text.empty()) return of(*year, *month);
    if (!take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day || *day == 0 || !text.empty()) return std::nullopt;
    return of(*year, *month, *day);
}

std::optional<PartialDate> PartialDate::parse_typed(std::string_view text) {
    text = trimmed(text);
    if (const auto exact = parse(text)) return exact;
    const Groups g = groups(text, "/.- ");
    const auto is_year = [](std::string_view digits) { return digits.size() == 4; };
    const auto is_part = [](std::string_view digits) { return digits.size() <= 2 && number(digits) > 0; };
    if (g.count == 1 && g.part[0].size() == 8 && number(g.part[0].substr(0, 2)) > 0 &&
        number(g.part[0].substr(2, 2)) > 0)
        return of(number(g.part[0].substr(4)), number(g.part[0].substr(2, 2)), number(g.part[0].substr(0, 2)));
    if (g.count == 2 && is_part(g.part[0]) && is_year(g.part[1])) return of(number(g.part[1]), number(g.part[0]));
    if (g.count == 3 && is_part(g.part[0]) && is_part(g.part[1]) && is_year(g.part[2]))
        return of(number(g.part[2]), number(g.part[1]), number(g.part[0]));
    return std::nullopt;
}

std::string PartialDate::text() const {
    std::string out;
    two(out, year / 100);
    two(out, year % 100);
    if (month != 0) {
        out += '-';
        two(out, month);
    }
    if (day != 0) {
        out += '-';
        two(out, day);
    }
    return out;
}

std::int64_t day_number(const PartialDate& date) {
    using namespace std::chrono;
    const sys_days days = std::chrono::year{date.year} / std::chrono::month{date.month} / std::chrono::day{date.day};
    return days.time_since_epoch().count();
}

TimeOrder order(const PartialDate& a, const PartialDate& b) {
    if (a.year != b.year) return order_of(a.year, b.year);
    if (a.month == 0 || b.month == 0) return a.month == b.month ? TimeOrder::Same : TimeOrder::Unclear;
    if (a.month != b.month) return order_of(a.month, b.month);
    if (a.day == 0 || b.day == 0) return a.day == b.day ? TimeOrder::Same : TimeOrder::Unclear;
    return order_of(a.day, b.day);
}

std::optional<TimeOfDay> TimeOfDay::parse(std::string_view text) {
    const auto time = take_time(text);
    return text.empty() ? time : std::nullopt;
}

std::optional<TimeOfDay> TimeOfDay::parse_typed(std::string_view text) {
    text = trimmed(text);
    if (const auto exact = parse(text)) return exact;
    const Groups g = groups(text, ":.");
    if (g.count == 1 && g.part[0].size() == 4)
        return clock(number(g.part[0].substr(0, 2)), number(g.part[0].substr(2)));
    if ((g.count == 2 || g.count == 3) && g.part[0].size() <= 2 && g.part[1].size() == 2 &&
        (g.count == 2 || g.part[2].size() == 2))
        return clock(number(g.part[0]), number(g.part[1]), g.count == 3 ? number(g.part[2]) : 0);
    return std::nullopt;
}

std::string TimeOfDay::text() const {
    std::string out;
    two(out, hour);
    out += ':';
    two(out, minute);
    out += ':';
    two(out, second);
    if (fraction_digits > 0) {
        const std::string digits = std::to_string(nanoseconds + 1'000'000'000u).substr(1);
        out += '.' + digits.substr(0, fraction_digits);
    }
    return out;
}

TimeOrder order(const TimeOfDay& a, const TimeOfDay& b) {
    const std::int64_t x = seconds_of(a);
    const std::int64_t y = seconds_of(b);
    return x != y ? order_of(x, y) : order_of(a.nanoseconds, b.nanoseconds);
}

std::optional<PartialDateTime> PartialDateTime::parse(std::string_view text) {
    PartialDateTime moment;
    const std::size_t t = text.find('T');
    const auto date = PartialDate::parse(text.substr(0, t));
    if (!date) return std::nullopt;
    moment.date = *date;
    if (t == std::string_view::npos) return moment;
    if (!date->complete()) return std::nullopt;
    text.remove_prefix(t + 1);
    moment.time = take_time(text);
    if (!moment.time || text.empty()) return std::nullopt;
    if (text == "Z") {
        moment.offset = std::int16_t{0};
        moment.utc_as_z = true;
        return moment;
    }
    const bool west = text.front() == '-';
    if (!west && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    const auto hours = take_digits(text, 2);
    if (!hours || !take(text, ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || !text.empty() || *minutes > 59 || *hours * 60 + *minutes > 14 * 60) return std::nullopt;
    const int offset_minutes = *hours * 60 + *minutes;
    moment.offset = static_cast<std::int16_t>(west ? -offset_minutes : offset_minutes);
    return moment;
}

std::optional<PartialDateTime> PartialDateTime::parse_typed(std::string_view text) {
    text = trimmed(text);
    if (const auto exact = parse(text)) return exact;
    PartialDateTime moment;
    if (const auto date = PartialDate::parse_typed(text)) {
        moment.date = *date;
        return moment;
    }
    const std::size_t space = text.find_last_of(" \t");
    if (space == std::string_view::npos) return std::nullopt;
    std::string_view day = trimmed(text.substr(0, space));
    if (day.ends_with(',')) day.remove_suffix(1);
    const auto date = PartialDate::parse_typed(day);
    const auto time = TimeOfDay::parse_typed(text.substr(space + 1));
    if (!date || !date->complete() || !time) return std::nullopt;
    moment.date = *date;
    moment.time = *time;
    moment.offset = italian_offset(*date, *time);
    return moment;
}

std::string PartialDateTime::text() const {
    std::string out = date.text();
    if (!time) return out;
    out += 'T' + time->text();
    if (!offset) return out;
    if (*offset == 0 && utc_as_z) return out + 'Z';
    const int minutes = *offset < 0 ? -*offset : *offset;
    out += *offset < 0 ? '-' : '+';
    two(out, minutes / 60);
    out += ':';
    two(out, minutes % 60);
    return out;
}

TimeOrder order(const PartialDateTime& a, const PartialDateTime& b) {
    if (a.time && b.time) {
        const auto instant = [](const PartialDateTime& m) {
            return day_number(m.date) * 86400 + seconds_of(*m.time) - std::int64_t{m.offset.value_or(0)} * 60;
        };
        const std::int64_t x = instant(a);
        const std::int64_t y = instant(b);
        return x != y ? order_of(x, y) : order_of(a.time->nanoseconds, b.time->nanoseconds);
    }
    const TimeOrder dates = order(a.date, b.date);
    if (dates == TimeOrder::Same && (a.time || b.time)) return TimeOrder::Unclear;
    return dates;
}

std::int16_t italian_offset(const PartialDate& date, const TimeOfDay& time) {
    constexpr std::int16_t winter = 60;
    constexpr std::int16_t summer = 120;
    if (date.year < 1996 || !date.complete()) return winter;
    // The clock is moved at 01:00 UTC: at 2 by winter time in March, at 3 by summer time in October.
    const std::int64_t now = day_number(date) * 86400 + seconds_of(time);
    const std::int64_t begin = last_sunday(date.year, 3) * 86400 + 2 * 3600;
    const std::int64_t end = last_sunday(date.year, 10) * 86400 + 3 * 3600;
    return now >= begin && now < end ? summer : winter;
}

PartialDateTime moment_in_italy(WallTime moment) {
    using namespace std::chrono;
    const auto at = [&](std::int16_t offset) {
        const auto local = floor<seconds>(moment) + minutes{offset};
        const auto day = floor<days>(local);
        const year_month_day date{day};
        const hh_mm_ss time{local - day};
        PartialDateTime shown;
        shown.date = PartialDate::of(int{date.year()}, static_cast<int>(unsigned{date.month()}),
                                     static_cast<int>(unsigned{date.day()}))
                         .value_or(PartialDate{});
        shown.time = clock(static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                           static_cast<int>(time.seconds().count()));
        shown.offset = offset;
        return shown;
    };
    const PartialDateTime winter = at(60);
    // An hour on, where summer time holds: the hour that comes twice in October is told apart by UTC alone.
    const PartialDateTime summer = at(120);
    return italian_offset(winter.date, *winter.time) == 120 && italian_offset(summer.date, *summer.time) == 120
               ? summer
               : winter;
}

} // namespace forms
