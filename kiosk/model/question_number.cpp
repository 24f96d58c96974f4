// SPDX-License-Identifier: EUPL-1.2
// Numbers that are not typed: a place on a scale, and counting up and down. Exact: no binary fraction touches a value.
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/question_part.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kiosk {
namespace {

constexpr int most_scale = 9; // of a decimal that is counted; with more digits it is typed

/// A value as whole steps of 10^-scale.
std::int64_t in_units(const forms::Decimal& number, int scale) {
    std::int64_t units = number.coefficient();
    for (int i = number.decimals(); i < scale; ++i)
        units *= 10;
    for (int i = scale; i < number.decimals(); ++i)
        units /= 10;
    return units;
}

std::optional<forms::Decimal> number_of(const forms::Value& value) {
    if (const auto* whole = std::get_if<std::int32_t>(&value)) return forms::Decimal(*whole);
    if (const auto* decimal = std::get_if<forms::Decimal>(&value)) return *decimal;
    return std::nullopt;
}

/// The values that plus and minus lead to. Ends that the form does not give are far away.
struct Scale {
    static constexpr std::int64_t far = 1'000'000'000;
    std::int64_t least = -far, most = far, step = 1;
    int decimals = 0;

    explicit Scale(const forms::Item& item) {
        const auto bound = [](const forms::Seldom<forms::Value>& value) {
            return value ? number_of(*value) : std::optional<forms::Decimal>();
        };
        const auto low = bound(item.min_value);
        const auto high = bound(item.max_value);
        const forms::Decimal pace = item.slider_step.value_or(forms::Decimal(1));
        if (item.type == forms::ItemType::Decimal)
            for (const forms::Decimal& each : {low.value_or(forms::Decimal()), high.value_or(forms::Decimal()), pace})
                decimals = std::max(decimals, std::min(each.decimals(), most_scale));
        if (low) least = in_units(*low, decimals);
        if (high) most = std::max(least, in_units(*high, decimals));
        step = std::max<std::int64_t>(1, in_units(pace, decimals));
    }
    [[nodiscard]] std::int64_t inside(std::int64_t units) const { return std::clamp(units, least, most); }
    [[nodiscard]] forms::Value value(std::int64_t units, forms::ItemType type) const {
        if (type == forms::ItemType::Integer) return static_cast<std::int32_t>(units);
        return forms::Decimal::scaled(units, decimals);
    }
};

} // namespace

bool QuestionPart::adjust(int steps, const PageVoice& voice) {
    if (kind_ != Kind::Slider && !spins()) return false;
    const Scale scale(item());
    const forms::Answer* answer = draft_.answer(place());
    const auto now = answer && answer->value ? number_of(*answer->value) : std::nullopt;
    // The first touch gives the lowest place of a scale; a number without an end begins at nothing.
    const std::int64_t units =
        now ? in_units(*now, scale.decimals) + scale.step * steps : (item().min_value ? scale.least : std::int64_t{0});
    const forms::Value value = scale.value(scale.inside(units), item().type);
    if (draft_.set(place(), value) != forms::Outcome::Accepted) return false;
    if (kind_ == Kind::Text) {
        load();
        (void)voice;
    }
    wrong_.clear();
    return true;
}

bool QuestionPart::place_on_scale(double share) {
    const Scale scale(item());
    const double range = static_cast<double>(scale.most - scale.least);
    const auto steps = std::llround(std::clamp(share, 0.0, 1.0) * range / static_cast<double>(scale.step));
    const std::int64_t units = scale.inside(scale.least + steps * scale.step);
    wrong_.clear();
    return draft_.set(place(), scale.value(units, item().type)) == forms::Outcome::Accepted;
}

SliderControl QuestionPart::slider(const PageVoice& voice) const {
    const Scale scale(item());
    SliderControl control;
    const auto words = [&](std::int64_t units) {
        return decimal_words(forms::Decimal::scaled(units, scale.decimals), voice.words);
    };
    const std::string unit = unit_of_number(item(), voice.language);
    const forms::Answer* answer = draft_.answer(place());
    const auto now = answer && answer->value ? number_of(*answer->value) : std::nullopt;
    const std::int64_t range = scale.most - scale.least;
    control.steps = static_cast<int>(
        std::min<std::int64_t>((range + scale.step - 1) / scale.step, std::numeric_limits<int>::max()));
    if (now) {
        const std::int64_t units = scale.inside(in_units(*now, scale.decimals));
        control.at = range == 0 ? 0.0 : static_cast<double>(units - scale.least) / static_cast<double>(range);
        control.value = decimal_words(*now, voice.words);
        if (!unit.empty()) control.value += "\u00a0" + unit;
    } else {
        control.value = voice.words.get(Text::slider_none);
    }
    control.least = words(scale.least);
    control.most = words(scale.most);
    control.least_means = item().lower_text.in(voice.language);
    control.most_means = item().upper_text.in(voice.language);
    control.less = voice.words.get(Text::number_less);
    control.more = voice.words.get(Text::number_more);
    return control;
}

} // namespace kiosk
