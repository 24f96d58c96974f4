// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/units.hpp"

#include "forms/fhirpath/arithmetic.hpp"

#include <algorithm>
#include <array>

namespace forms::fhirpath {
namespace {

enum class Dimension { Length, Mass, Volume, Time, Months };

struct Unit {
    std::string_view code;
    Dimension dimension;
    std::int64_t factor; ///< × 10^-scale of the base unit
    int scale;
};

constexpr std::array units{
    Unit{"m", Dimension::Length, 1, 0},
    Unit{"dm", Dimension::Length, 1, 1},
    Unit{"cm", Dimension::Length, 1, 2},
    Unit{"mm", Dimension::Length, 1, 3},
    Unit{"um", Dimension::Length, 1, 6},
    Unit{"km", Dimension::Length, 1000, 0},
    Unit{"[in_i]", Dimension::Length, 254, 4},
    Unit{"[ft_i]", Dimension::Length, 3048, 4},
    Unit{"g", Dimension::Mass, 1, 0},
    Unit{"kg", Dimension::Mass, 1000, 0},
    Unit{"mg", Dimension::Mass, 1, 3},
    Unit{"ug", Dimension::Mass, 1, 6},
    Unit{"t", Dimension::Mass, 1'000'000, 0},
    Unit{"[lb_av]", Dimension::Mass, 45'359'237, 5},
    Unit{"[oz_av]", Dimension::Mass, 28'349'523'125, 9},
    Unit{"L", Dimension::Volume, 1, 0},
    Unit{"l", Dimension::Volume, 1, 0},
    Unit{"dL", Dimension::Volume, 1, 1},
    Unit{"dl", Dimension::Volume, 1, 1},
    Unit{"cL", Dimension::Volume, 1, 2},
    Unit{"cl", Dimension::Volume, 1, 2},
    Unit{"mL", Dimension::Volume, 1, 3},
    Unit{"ml", Dimension::Volume, 1, 3},
    Unit{"s", Dimension::Time, 1, 0},
    Unit{"ms", Dimension::Time, 1, 3},
    Unit{"min", Dimension::Time, 60, 0},
    Unit{"h", Dimension::Time, 3600, 0},
    Unit{"d", Dimension::Time, 86'400, 0},
    Unit{"wk", Dimension::Time, 604'800, 0},
    Unit{"second", Dimension::Time, 1, 0},
    Unit{"millisecond", Dimension::Time, 1, 3},
    Unit{"minute", Dimension::Time, 60, 0},
    Unit{"hour", Dimension::Time, 3600, 0},
    Unit{"day", Dimension::Time, 86'400, 0},
    Unit{"week", Dimension::Time, 604'800, 0},
    Unit{"month", Dimension::Months, 1, 0},
    Unit{"year", Dimension::Months, 12, 0},
};

struct Word {
    std::string_view one, many, ucum;
};
constexpr std::array words{
    Word{"year", "years", "a"},     Word{"month", "months", "mo"},
    Word{"week", "weeks", "wk"},    Word{"day", "days", "d"},
    Word{"hour", "hours", "h"},     Word{"minute", "minutes", "min"},
    Word{"second", "seconds", "s"}, Word{"millisecond", "milliseconds", "ms"},
};

const Unit* find(const Quantity& quantity) {
    const std::string_view code = quantity.calendar ? calendar_word(quantity.unit) : quantity.unit;
    const auto* const found = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.code == code; });
    return found == units.end() ? nullptr : found;
}

} // namespace

std::string_view calendar_word(std::string_view unit, bool ucum_too) {
    for (const Word& word : words)
        if (unit == word.one || unit == word.many || (ucum_too && unit == word.ucum)) return word.one;
    return {};
}

std::optional<Decimal> converted(const Quantity& quantity, const Quantity& like) {
    if (quantity.unit == like.unit && quantity.calendar == like.calendar) return quantity.value;
    const Unit* const from = find(quantity);
    const Unit* const to = find(like);
    if (from == nullptr || to == nullptr || from->dimension != to->dimension) return std::nullopt;
    if (from->factor == to->factor && from->scale == to->scale) return quantity.value;
    const auto in_base = multiply(quantity.value, Decimal::scaled(from->factor, from->scale));
    if (!in_base) return std::nullopt;
    // Dividing by 10^-3 is multiplying by 10^3: exact, where a division would round.
    const auto unscaled = to->scale > 0 ? multiply(*in_base, *power(Decimal(10), Decimal(to->scale))) : in_base;
    if (!unscaled) return std::nullopt;
    return to->factor == 1 ? unscaled : divide(*unscaled, Decimal::scaled(to->factor, 0));
}

} // namespace forms::fhirpath
