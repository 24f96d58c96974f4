// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/moments.hpp"

#include "forms/fhirpath/arithmetic.hpp"
#include "forms/fhirpath/units.hpp"

#include <algorithm>
#include <chrono>

namespace forms::fhirpath {
namespace {

constexpr std::int64_t nanoseconds_a_second = 1'000'000'000;
constexpr std::int64_t seconds_a_day = 86'400;

std::optional<int> take_two(std::string_view& text, int below) {
    if (text.size() < 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
    const int value = (text[0] - '0') * 10 + (text[1] - '0');
    text.remove_prefix(2);
    return value < below ? std::optional(value) : std::nullopt;
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

bool take_fraction(std::string_view& text, Time& time) {
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        if (++time.fraction_digits > 9) return false;
        time.nanoseconds = time.nanoseconds * 10 + static_cast<std::uint32_t>(text.front() - '0');
    }
    for (int i = time.fraction_digits; i < 9; ++i)
        time.nanoseconds *= 10;
    return time.fraction_digits > 0;
}

/// hh[:mm[:ss[.fff]]] from the front of `text`.
std::optional<Time> take_time(std::string_view& text) {
    Time time;
    const auto hour = take_two(text, 24);
    if (!hour) return std::nullopt;
    time.hour = static_cast<std::uint8_t>(*hour);
    time.parts = 1;
    if (!take(text, ':')) return time;
    const auto minute = take_two(text, 60);
    if (!minute) return std::nullopt;
    time.minute = static_cast<std::uint8_t>(*minute);
    time.parts = 2;
    if (!take(text, ':')) return time;
    const auto second = take_two(text, 60);
    if (!second) return std::nullopt;
    time.second = static_cast<std::uint8_t>(*second);
    time.parts = 3;
    if (take(text, '.') && !take_fraction(text, time)) return std::nullopt;
    return time;
}

TimeOrder order_of(std::int64_t a, std::int64_t b) {
    if (a == b) return TimeOrder::Same;
    return a < b ? TimeOrder::Before : TimeOrder::After;
}

std::int64_t seconds_of(const Time& time) {
    return std::int64_t{time.hour} * 3600 + std::int64_t{time.minute} * 60 + time.second;
}

void two(std::string& out, int value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
}

enum class Calendar { None, Year, Month, Week, Day, Hour, Minute, Second, Millisecond };

Calendar calendar_of(const Quantity& by) {
    const std::string_view word = calendar_word(by.unit, !by.calendar);
    if (word == "year") return Calendar::Year;
    if (word == "month") return Calendar::Month;
    if (word == "week") return Calendar::Week;
    if (word == "day") return Calendar::Day;
    if (word == "hour") return Calendar::Hour;
    if (word == "minute") return Calendar::Minute;
    if (word == "second") return Calendar::Second;
    return word.empty() ? Calendar::None : Calendar::Millisecond;
}

/// The number in whole nanoseconds; for years to days the decimals are left out (N1 §6.6.7).
std::optional<std::int64_t> nanoseconds_of(const Quantity& by, Calendar unit) {
    std::int64_t factor = 0;
    if (unit == Calendar::Hour) factor = 3600 * nanoseconds_a_second;
    if (unit == Calendar::Minute) factor = 60 * nanoseconds_a_second;
    if (unit == Calendar::Second) factor = nanoseconds_a_second;
    if (unit == Calendar::Millisecond) factor = nanoseconds_a_second / 1000;
    const auto product = multiply(by.value, Decimal::scaled(factor, 0));
    if (!product) return std::nullopt;
    return truncated(*product).coefficient();
}

std::optional<PartialDate> add_months(const PartialDate& date, std::int64_t months) {
    const std::int64_t count = std::int64_t{date.year} * 12 + (date.month == 0 ? 0 : date.month - 1) + months;
    const std::int64_t year = count / 12;
    if (count < 12 || year > 9999) return std::nullopt;
    const int month = static_cast<int>(count % 12) + 1;
    if (date.month == 0) return PartialDate::of(static_cast<int>(year));
    const int day = date.day == 0 ? 0 : std::min<int>(date.day, days_in(static_cast<int>(year), month));
    return PartialDate::of(static_cast<int>(year), month, day);
}

std::optional<PartialDate> add_days(const PartialDate& date, std::int64_t days) {
    if (days > 4'000'000 || days < -4'000'000) return std::nullopt;
    const std::chrono::year_month_day moved{std::chrono::sys_days{std::chrono::days{day_number(date) + days}}};
    return PartialDate::of(int{moved.year()}, static_cast<int>(unsigned{moved.month()}),
                           static_cast<int>(unsigned{moved.day()}));
}

std::int64_t floor_divide(std::int64_t n, std::int64_t d) { return n / d - (n % d < 0 ? 1 : 0); }

Time clock_at(std::int64_t nanoseconds_of_day, const Time& like) {
    Time time = like;
    const std::int64_t seconds = nanoseconds_of_day / nanoseconds_a_second;
    time.hour = static_cast<std::uint8_t>(seconds / 3600);
    time.minute = static_cast<std::uint8_t>(seconds / 60 % 60);
    time.second = static_cast<std::uint8_t>(seconds % 60);
    time.nanoseconds = static_cast<std::uint32_t>(nanoseconds_of_day % nanoseconds_a_second);
    if (like.parts < 3) time.second = 0;
    if (like.parts < 3) time.nanoseconds = 0;
    if (like.parts < 2) time.minute = 0;
    if (time.nanoseconds != 0 && time.fraction_digits < 3) time.fraction_digits = 3;
    return time;
}

} // namespace

Time Time::from(const TimeOfDay& time) {
    return {time.hour, time.minute, time.second, 3, time.fraction_digits, time.nanoseconds};
}

DateTime DateTime::from(const PartialDateTime& moment) {
    DateTime own{moment.date, std::nullopt, moment.offset};
    if (moment.time) own.time = Time::from(*moment.time);
    return own;
}

std::optional<Time> read_time(std::string_view text) {
    const auto time = take_time(text);
    return text.empty() ? time : std::nullopt;
}

std::optional<DateTime> read_date_time(std::string_view text) {
    DateTime moment;
    const std::size_t t = text.find('T');
    const auto date = PartialDate::parse(text.substr(0, t));
    if (!date) return std::nullopt;
    moment.date = *date;
    if (t == std::string_view::npos || t + 1 == text.size()) return moment;
    if (!date->complete()) return std::nullopt;
    text.remove_prefix(t + 1);
    moment.time = take_time(text);
    if (!moment.time) return std::nullopt;
    if (text.empty()) return moment;
    if (text == "Z") {
        moment.offset = std::int16_t{0};
        return moment;
    }
    const bool west = text.front() == '-';
    if (!west && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    const auto hours = take_two(text, 15);
    if (!hours || !take(text, ':')) return std::nullopt;
    const auto minutes = take_two(text, 60);
    if (!minutes || !text.empty() || *hours * 60 + *minutes > 14 * 60) return std::nullopt;
    const int offset = *hours * 60 + *minutes;
    moment.offset = static_cast<std::int16_t>(west ? -offset : offset);
    return moment;
}

std::string text_of(const Time& time) {
    std::string out;
    two(out, time.hour);
    if (time.parts > 1) {
        out += ':';
        two(out, time.minute);
    }
    if (time.parts > 2) {
        out += ':';
        two(out, time.second);
    }
    if (time.fraction_digits > 0)
        out += '.' + std::to_string(time.nanoseconds + 1'000'000'000u).substr(1, time.fraction_digits);
    return out;
}

std::string text_of(const DateTime& moment) {
    std::string out = moment.date.text();
    if (!moment.time) return out;
    out += 'T' + text_of(*moment.time);
    if (!moment.offset) return out;
    if (*moment.offset == 0) return out + 'Z';
    const int minutes = *moment.offset < 0 ? -*moment.offset : *moment.offset;
    out += *moment.offset < 0 ? '-' : '+';
    two(out, minutes / 60);
    out += ':';
    two(out, minutes % 60);
    return out;
}

TimeOrder order(const Time& a, const Time& b) {
    if (a.hour != b.hour) return order_of(a.hour, b.hour);
    if (a.parts == 1 || b.parts == 1) return a.parts == b.parts ? TimeOrder::Same : TimeOrder::Unclear;
    if (a.minute != b.minute) return order_of(a.minute, b.minute);
    if (a.parts == 2 || b.parts == 2) return a.parts == b.parts ? TimeOrder::Same : TimeOrder::Unclear;
    if (a.second != b.second) return order_of(a.second, b.second);
    return order_of(a.nanoseconds, b.nanoseconds);
}

TimeOrder order(const DateTime& a, const DateTime& b, std::int16_t offset) {
    if (!a.time || !b.time) {
        const TimeOrder dates = forms::order(a.date, b.date);
        return dates == TimeOrder::Same && (a.time || b.time) ? TimeOrder::Unclear : dates;
    }
    // Both on the clock of UTC; then from the day down to the precision that both have.
    const auto in_utc = [offset](const DateTime& moment) {
        return day_number(moment.date) * seconds_a_day + seconds_of(*moment.time) -
               std::int64_t{moment.offset.value_or(offset)} * 60;
    };
    const std::int64_t x = in_utc(a);
    const std::int64_t y = in_utc(b);
    const int parts = std::min(a.time->parts, b.time->parts);
    const std::int64_t grain = parts == 1 ? 3600 : (parts == 2 ? 60 : 1);
    const TimeOrder coarse = order_of(floor_divide(x, grain), floor_divide(y, grain));
    if (coarse != TimeOrder::Same) return coarse;
    if (a.time->parts != b.time->parts) return TimeOrder::Unclear;
    return order_of(a.time->nanoseconds, b.time->nanoseconds);
}

std::optional<PartialDate> moved(const PartialDate& date, const Quantity& by, int sign) {
    const Calendar unit = calendar_of(by);
    const std::int64_t count = truncated(by.value).coefficient() * sign;
    if (count > 400'000'000'000 || count < -400'000'000'000) return std::nullopt;
    std::int64_t days = 0;
    switch (unit) { // no default: the compiler names the one we forgot
    case Calendar::None:
        return std::nullopt;
    case Calendar::Year:
        return add_months(date, count * 12);
    case Calendar::Month:
        if (date.month == 0) return add_months(date, count / 12 * 12);
        return add_months(date, count);
    case Calendar::Week:
        days = count * 7;
        break;
    case Calendar::Day:
        days = count;
        break;
    case Calendar::Hour:
        days = count / 24;
        break;
    case Calendar::Minute:
        days = count / (24 * 60);
        break;
    case Calendar::Second:
        days = count / seconds_a_day;
        break;
    case Calendar::Millisecond:
        days = count / (seconds_a_day * 1000);
        break;
    }
    if (date.month == 0) return add_months(date, days / 365 * 12);
    if (date.day == 0) return add_months(date, days / 30);
    return add_days(date, days);
}

std::optional<DateTime> moved(const DateTime& moment, const Quantity& by, int sign) {
    const Calendar unit = calendar_of(by);
    DateTime result = moment;
    if (!moment.time || unit == Calendar::None || unit <= Calendar::Day) {
        const auto date = moved(moment.date, by, sign);
        if (!date) return std::nullopt;
        result.date = *date;
        return result;
    }
    const auto change = nanoseconds_of(by, unit);
    if (!change) return std::nullopt;
    constexpr std::int64_t day = seconds_a_day * nanoseconds_a_second;
    const std::int64_t at = seconds_of(*moment.time) * nanoseconds_a_second + moment.time->nanoseconds + *change * sign;
    const std::int64_t days = floor_divide(at, day);
    const auto date = add_days(moment.date, days);
    if (!date) return std::nullopt;
    result.date = *date;
    result.time = clock_at(at - days * day, *moment.time);
    return result;
}

std::optional<Time> moved(const Time& time, const Quantity& by, int sign) {
    const Calendar unit = calendar_of(by);
    if (unit < Calendar::Hour) return std::nullopt;
    const auto change = nanoseconds_of(by, unit);
    if (!change) return std::nullopt;
    constexpr std::int64_t day = seconds_a_day * nanoseconds_a_second;
    const std::int64_t at = seconds_of(time) * nanoseconds_a_second + time.nanoseconds + (*change % day) * sign;
    return clock_at(at - floor_divide(at, day) * day, time);
}

} // namespace forms::fhirpath
