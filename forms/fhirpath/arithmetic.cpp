// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/arithmetic.hpp"

#include <cmath>

namespace forms::fhirpath {
namespace {

__extension__ typedef __int128 Wide; // holds every product of two decimals: below 10^36

constexpr int most_digits = Decimal::most_digits;
constexpr int digits_of_division = 8;

constexpr Wide power_of_ten(int exponent) {
    Wide power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}
constexpr Wide too_large = power_of_ten(most_digits);

Wide magnitude(Wide n) { return n < 0 ? -n : n; }

/// n / d, half away from zero. Requires d > 0.
Wide divide_rounded(Wide n, Wide d) {
    const Wide quotient = n / d;
    const Wide rest = magnitude(n % d);
    if (rest < d - rest) return quotient;
    return n < 0 ? quotient - 1 : quotient + 1;
}

/// coefficient × 10^-scale as a decimal: decimals that do not fit are rounded away, all at once, so that nothing is
/// rounded twice.
MaybeDecimal fit(Wide coefficient, int scale) {
    while (scale > 0 && scale > most_digits && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    int drop = scale > most_digits ? scale - most_digits : 0;
    while (drop <= scale && magnitude(divide_rounded(coefficient, power_of_ten(drop))) >= too_large)
        ++drop;
    if (drop > scale) return std::nullopt;
    return Decimal::scaled(static_cast<std::int64_t>(divide_rounded(coefficient, power_of_ten(drop))), scale - drop);
}

struct Aligned {
    Wide a, b;
    int scale;
};
Aligned align(const Decimal& a, const Decimal& b) {
    const int scale = a.decimals() > b.decimals() ? a.decimals() : b.decimals();
    return {a.coefficient() * power_of_ten(scale - a.decimals()), b.coefficient() * power_of_ten(scale - b.decimals()),
            scale};
}

MaybeDecimal from_binary(double value) {
    if (!std::isfinite(value) || std::fabs(value) >= 1e10) {
        if (!std::isfinite(value) || std::fabs(value) >= 1e18) return std::nullopt;
        return Decimal::scaled(static_cast<std::int64_t>(std::llround(value)), 0);
    }
    return shortest(Decimal::scaled(static_cast<std::int64_t>(std::llround(value * 1e8)), digits_of_division));
}

double to_binary(const Decimal& a) {
    return static_cast<double>(a.coefficient()) / static_cast<double>(power_of_ten(a.decimals()));
}

} // namespace

Decimal shortest(const Decimal& a) {
    std::int64_t coefficient = a.coefficient();
    int scale = a.decimals();
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    return Decimal::scaled(coefficient, scale);
}

MaybeDecimal add(const Decimal& a, const Decimal& b) {
    const Aligned both = align(a, b);
    return fit(both.a + both.b, both.scale);
}

MaybeDecimal subtract(const Decimal& a, const Decimal& b) { return add(a, negate(b)); }

MaybeDecimal multiply(const Decimal& a, const Decimal& b) {
    return fit(Wide{a.coefficient()} * b.coefficient(), a.decimals() + b.decimals());
}

MaybeDecimal divide(const Decimal& a, const Decimal& b) {
    if (b.coefficient() == 0) return std::nullopt;
    // a.c × 10^-a.s ÷ (b.c × 10^-b.s), the powers on one side; each stays below 10^36.
    Wide n = magnitude(a.coefficient());
    Wide d = magnitude(b.coefficient());
    if (b.decimals() > a.decimals())
        n *= power_of_ten(b.decimals() - a.decimals());
    else
        d *= power_of_ten(a.decimals() - b.decimals());
    Wide result = n / d;
    if (result >= too_large) return std::nullopt;
    Wide rest = n % d;
    for (int i = 0; i < digits_of_division; ++i) {
        rest *= 10;
        result = result * 10 + rest / d;
        rest %= d;
    }
    if (rest >= d - rest) ++result;
    if ((a.coefficient() < 0) != (b.coefficient() < 0)) result = -result;
    const auto quotient = fit(result, digits_of_division);
    return quotient ? MaybeDecimal(shortest(*quotient)) : quotient;
}

MaybeDecimal divide_whole(const Decimal& a, const Decimal& b) {
    if (b.coefficient() == 0) return std::nullopt;
    const Aligned both = align(a, b);
    return fit(both.a / both.b, 0);
}

MaybeDecimal remainder(const Decimal& a, const Decimal& b) {
    if (b.coefficient() == 0) return std::nullopt;
    const Aligned both = align(a, b);
    return fit(both.a % both.b, both.scale);
}

Decimal negate(const Decimal& a) { return Decimal::scaled(-a.coefficient(), a.decimals()); }

Decimal rounded(const Decimal& a, int decimals) {
    if (decimals >= a.decimals()) return a;
    return Decimal::scaled(
        static_cast<std::int64_t>(divide_rounded(a.coefficient(), power_of_ten(a.decimals() - decimals))), decimals);
}

Decimal truncated(const Decimal& a) {
    return Decimal::scaled(static_cast<std::int64_t>(a.coefficient() / power_of_ten(a.decimals())), 0);
}

MaybeDecimal floor(const Decimal& a) {
    const Decimal whole = truncated(a);
    return whole > a ? subtract(whole, Decimal(1)) : whole;
}

MaybeDecimal ceiling(const Decimal& a) {
    const Decimal whole = truncated(a);
    return whole < a ? add(whole, Decimal(1)) : whole;
}

MaybeDecimal power(const Decimal& base, const Decimal& exponent) {
    const auto whole = exponent.whole();
    if (!whole) {
        if (base.coefficient() < 0) return std::nullopt; // no real number
        return from_binary(std::pow(to_binary(base), to_binary(exponent)));
    }
    if (*whole < -1000 || *whole > 1000) {
        if (base == Decimal(0) && *whole > 0) return Decimal(0);
        if (base == Decimal(1)) return Decimal(1);
        return std::nullopt;
    }
    MaybeDecimal result = Decimal(1);
    for (int i = 0; result && i < std::abs(*whole); ++i)
        result = multiply(*result, base);
    return result && *whole < 0 ? divide(Decimal(1), *result) : result;
}

MaybeDecimal square_root(const Decimal& a) {
    if (a.coefficient() < 0) return std::nullopt;
    // The whole square root of a × 10^16 is the root with 8 decimals.
    const int shift = 2 * digits_of_division - a.decimals();
    const Wide n = shift >= 0 ? a.coefficient() * power_of_ten(shift) : a.coefficient() / power_of_ten(-shift);
    Wide low = 0;
    Wide high = power_of_ten(18);
    while (high - low > 1) {
        const Wide middle = (low + high) / 2;
        (middle * middle <= n ? low : high) = middle;
    }
    if (n - low * low > low) ++low; // nearer to the next
    const auto root = fit(low, digits_of_division);
    return root ? MaybeDecimal(shortest(*root)) : root;
}

MaybeDecimal exponential(const Decimal& a) { return from_binary(std::exp(to_binary(a))); }

MaybeDecimal logarithm(const Decimal& a) {
    return a.coefficient() > 0 ? from_binary(std::log(to_binary(a))) : std::nullopt;
}

MaybeDecimal logarithm(const Decimal& a, const Decimal& base) {
    if (a.coefficient() <= 0 || base.coefficient() <= 0 || base == Decimal(1)) return std::nullopt;
    return from_binary(std::log(to_binary(a)) / std::log(to_binary(base)));
}

} // namespace forms::fhirpath
