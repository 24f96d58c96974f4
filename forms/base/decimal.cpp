// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/decimal.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace forms {
namespace {

constexpr std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}
constexpr std::int64_t too_large = power_of_ten(Decimal::most_digits);

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int count_digits(std::int64_t magnitude) {
    int digits = 0;
    for (; magnitude != 0; magnitude /= 10)
        ++digits;
    return digits;
}

/// Digits, and how many of them stand after the point.
struct Digits {
    std::int64_t coefficient = 0;
    int scale = 0;
    bool overflow = false;

    void add(char c) {
        if (coefficient >= too_large / 10) overflow = true;
        if (!overflow) coefficient = coefficient * 10 + (c - '0');
    }
};

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at]))
        ++at;
    return at;
}

/// "1.234.567": one to three digits, then groups of three.
bool is_grouped(std::string_view text, char separator) {
    std::size_t at = skip_digits(text, 0);
    if (at == 0 || at > 3) return false;
    while (at < text.size()) {
        if (text[at] != separator) return false;
        const std::size_t end = skip_digits(text, at + 1);
        if (end - at != 4) return false;
        at = end;
    }
    return true;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    std::size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) ++at;
    Digits digits;
    std::size_t end = skip_digits(text, at);
    if (end == at || (text[at] == '0' && end - at > 1)) return std::nullopt;
    for (; at < end; ++at)
        digits.add(text[at]);
    if (at < text.size() && text[at] == '.') {
        end = skip_digits(text, at + 1);
        if (end == at + 1) return std::nullopt;
        for (++at; at < end; ++at, ++digits.scale) {
            if (digits.scale >= most_digits) return std::nullopt;
            digits.add(text[at]);
        }
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        bool down = false;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) down = text[at++] == '-';
        end = skip_digits(text, at);
        if (end == at) return std::nullopt;
        int exponent = 0;
        for (; at < end; ++at) {
            exponent = exponent * 10 + (text[at] - '0');
            if (exponent > 2 * most_digits) return std::nullopt;
        }
        digits.scale += down ? exponent : -exponent;
    }
    if (at != text.size() || digits.overflow || digits.scale > most_digits) return std::nullopt;
    for (; digits.scale < 0; ++digits.scale)
        digits.add('0');
    if (digits.overflow) return std::nullopt;
    return scaled(negative ? -digits.coefficient : digits.coefficient, digits.scale);
}

std::optional<Decimal> Decimal::parse_typed(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ' ' || text[i] == '\'') continue;
        if (text.substr(i).starts_with("\xC2\xA0")) {
            ++i;
            continue;
        }
        if (text.substr(i).starts_with("\xE2\x80\xAF")) { // narrow no-break space, as French groups digits
            i += 2;
            continue;
        }
        plain += text[i];
    }
    std::string sign;
    if (!plain.empty() && (plain[0] == '+' || plain[0] == '-')) {
        if (plain[0] == '-') sign = "-";
        plain.erase(0, 1);
    }
    const auto count = [&plain](char c) { return std::count(plain.begin(), plain.end(), c); };
    const auto dots = count('.');
    const auto commas = count(',');
    char point = 0;     // what separates the decimals
    char thousands = 0; // what separates groups of three
    if (dots > 0 && commas > 0) {
        point = plain.rfind('.') > plain.rfind(',') ? '.' : ',';
        thousands = point == '.' ? ',' : '.';
    } else if (dots + commas > 1) {
        thousands = dots > 0 ? '.' : ',';
    } else if (commas == 1) {
        point = ',';
    } else if (dots == 1) {
        const std::size_t at = plain.find('.');
        // "1.234" is one thousand here and one and a bit elsewhere: the person must say which.
        if (plain.size() - at == 4 && is_grouped(plain, '.') && plain[0] != '0') return std::nullopt;
        point = '.';
    }
    std::string whole = plain;
    std::string decimals;
    if (point != 0) {
        const std::size_t at = plain.rfind(point);
        whole = plain.substr(0, at);
        decimals = plain.substr(at + 1);
        if (decimals.empty() || whole.find(point) != std::string::npos) return std::nullopt;
    }
    if (thousands != 0) {
        if (!is_grouped(whole, thousands)) return std::nullopt;
        std::erase(whole, thousands);
    }
    const std::size_t first = whole.find_first_not_of('0');
    whole.erase(0, first == std::string::npos ? (whole.empty() ? 0 : whole.size() - 1) : first);
    return parse(sign + whole + (decimals.empty() ? "" : "." + decimals));
}

Decimal Decimal::scaled(std::int64_t coefficient, int scale) {
    if (scale < 0 || scale > most_digits || coefficient <= -too_large || coefficient >= too_large) std::abort();
    Decimal decimal;
    decimal.coefficient_ = coefficient;
    decimal.scale_ = scale;
    return decimal;
}

std::string Decimal::text() const {
    std::string digits = std::to_string(std::abs(coefficient_));
    if (scale_ > 0) {
        const auto decimals = static_cast<std::size_t>(scale_);
        if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
        digits.insert(digits.size() - decimals, 1, '.');
    }
    return coefficient_ < 0 ? "-" + digits : digits;
}

std::optional<std::int32_t> Decimal::whole() const {
    const std::int64_t unit = power_of_ten(scale_);
    if (coefficient_ % unit != 0) return std::nullopt;
    const std::int64_t value = coefficient_ / unit;
    if (value < std::numeric_limits<std::int32_t>::min() || value > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return static_cast<std::int32_t>(value);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    const auto sign = [](std::int64_t n) { return n < 0 ? -1 : (n > 0 ? 1 : 0); };
    if (sign(a.coefficient_) != sign(b.coefficient_)) return sign(a.coefficient_) <=> sign(b.coefficient_);
    if (a.coefficient_ == 0) return std::strong_ordering::equal;
    std::int64_t x = std::abs(a.coefficient_);
    std::int64_t y = std::abs(b.coefficient_);
    // First by the place of the leading digit; then both are brought to 18 digits, which always fit.
    const int x_digits = count_digits(x);
    const int y_digits = count_digits(y);
    std::strong_ordering magnitude = (x_digits - a.scale_) <=> (y_digits - b.scale_);
    if (magnitude == 0) {
        x *= power_of_ten(Decimal::most_digits - x_digits);
        y *= power_of_ten(Decimal::most_digits - y_digits);
        magnitude = x <=> y;
    }
    return a.coefficient_ > 0 ? magnitude : 0 <=> magnitude;
}

} // namespace forms
