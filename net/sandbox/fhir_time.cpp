// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/fhir_time.hpp"

#include <array>

namespace net::sandbox {
namespace {

using namespace std::chrono;

class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// Exactly `digits` digits.
    [[nodiscard]] std::optional<int> number(std::size_t digits) {
        if (rest_.size() < digits) return std::nullopt;
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }
    /// The part after the point, in thousandths; further digits are read and dropped.
    [[nodiscard]] std::optional<int> fraction() {
        int thousandths = 0;
        int weight = 100;
        std::size_t digits = 0;
        for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9' && digits < 12; ++digits) {
            thousandths += (rest_.front() - '0') * weight;
            weight /= 10;
            rest_.remove_prefix(1);
        }
        if (digits == 0) return std::nullopt;
        return thousandths;
    }

private:
    std::string_view rest_;
};

std::int64_t since_1970(year_month_day day) {
    return duration_cast<milliseconds>(sys_days(day).time_since_epoch()).count();
}

/// Milliseconds into the day; 60 seconds are allowed for leap seconds, as FHIR does.
std::optional<std::int64_t> time_of_day(Reader& reader, bool& has_fraction) {
    const auto hours = reader.number(2);
    if (!hours || *hours > 23 || !reader.take(':')) return std::nullopt;
    const auto minutes = reader.number(2);
    if (!minutes || *minutes > 59 || !reader.take(':')) return std::nullopt;
    const auto seconds = reader.number(2);
    if (!seconds || *seconds > 60) return std::nullopt;
    int thousandths = 0;
    has_fraction = reader.take('.');
    if (has_fraction) {
        const auto read = reader.fraction();
        if (!read) return std::nullopt;
        thousandths = *read;
    }
    return ((*hours * 60LL + *minutes) * 60 + *seconds) * 1000 + thousandths;
}

/// Minutes east of UTC.
std::optional<std::int64_t> zone(Reader& reader) {
    if (reader.take('Z')) return 0;
    const bool east = reader.take('+');
    if (!east && !reader.take('-')) return std::nullopt;
    const auto hours = reader.number(2);
    if (!hours || *hours > 14 || !reader.take(':')) return std::nullopt;
    const auto minutes = reader.number(2);
    if (!minutes || *minutes > 59) return std::nullopt;
    const std::int64_t offset = *hours * 60LL + *minutes;
    return east ? offset : -offset;
}

} // namespace

std::optional<TimeSpan> read_time(std::string_view text, TimeKind kind) {
    Reader reader(text);
    const bool may_stop_early = kind != TimeKind::Instant;
    const auto years = reader.number(4);
    if (!years || *years == 0) return std::nullopt;
    const year y(*years);
    if (reader.done()) {
        if (!may_stop_early) return std::nullopt;
        return TimeSpan{since_1970(y / 1 / 1), since_1970((y + std::chrono::years(1)) / 1 / 1)};
    }
    if (!reader.take('-')) return std::nullopt;
    const auto months = reader.number(2);
    if (!months || *months < 1 || *months > 12) return std::nullopt;
    const year_month ym = y / month(static_cast<unsigned>(*months));
    if (reader.done()) {
        if (!may_stop_early) return std::nullopt;
        return TimeSpan{since_1970(ym / 1), since_1970((ym + std::chrono::months(1)) / 1)};
    }
    if (!reader.take('-')) return std::nullopt;
    const auto days_read = reader.number(2);
    if (!days_read) return std::nullopt;
    const year_month_day ymd = ym / day(static_cast<unsigned>(*days_read));
    if (!ymd.ok()) return std::nullopt;
    const std::int64_t midnight = since_1970(ymd);
    if (reader.done()) {
        if (!may_stop_early) return std::nullopt;
        return TimeSpan{midnight, midnight + 86'400'000};
    }
    if (kind == TimeKind::Date || !reader.take('T')) return std::nullopt;
    bool has_fraction = false;
    const auto in_day = time_of_day(reader, has_fraction);
    if (!in_day) return std::nullopt;
    const auto offset = zone(reader);
    if (!offset || !reader.done()) return std::nullopt;
    const std::int64_t from = midnight + *in_day - *offset * 60'000;
    return TimeSpan{from, from + (has_fraction ? 1 : 1000)};
}

bool is_time_of_day(std::string_view text) {
    Reader reader(text);
    bool has_fraction = false;
    return time_of_day(reader, has_fraction).has_value() && reader.done();
}

namespace {

struct Moment {
    year_month_day date;
    hh_mm_ss<milliseconds> time;
    weekday day;
};

Moment moment(std::int64_t value) {
    const sys_time<milliseconds> when{milliseconds(value)};
    const auto days_only = floor<days>(when);
    return {year_month_day(days_only), hh_mm_ss<milliseconds>(when - days_only), weekday(days_only)};
}

std::string padded(std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
}

std::string clock_text(const Moment& m) {
    return padded(m.time.hours().count(), 2) + ':' + padded(m.time.minutes().count(), 2) + ':' +
           padded(m.time.seconds().count(), 2);
}

} // namespace

std::string instant_text(std::int64_t value) {
    const Moment m = moment(value);
    return padded(int(m.date.year()), 4) + '-' + padded(unsigned(m.date.month()), 2) + '-' +
           padded(unsigned(m.date.day()), 2) + 'T' + clock_text(m) + '.' + padded(m.time.subseconds().count(), 3) + 'Z';
}

std::string http_date(std::int64_t value) {
    static constexpr std::array days_of_week = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months_of_year = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Moment m = moment(value);
    return std::string(days_of_week.at(m.day.c_encoding())) + ", " + padded(unsigned(m.date.day()), 2) + ' ' +
           months_of_year.at(unsigned(m.date.month()) - 1) + ' ' + padded(int(m.date.year()), 4) + ' ' + clock_text(m) +
           " GMT";
}

int year_of(std::int64_t value) { return int(moment(value).date.year()); }

std::int64_t milliseconds_of(system_clock::time_point time) {
    return duration_cast<milliseconds>(time.time_since_epoch()).count();
}

} // namespace net::sandbox
