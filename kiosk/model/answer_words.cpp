// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/answer_words.hpp"

#include "kiosk/model/overloaded.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <variant>

namespace kiosk {
namespace {

constexpr std::array months = {Text::month_1, Text::month_2,  Text::month_3,  Text::month_4,
                               Text::month_5, Text::month_6,  Text::month_7,  Text::month_8,
                               Text::month_9, Text::month_10, Text::month_11, Text::month_12};

std::string_view without_region(std::string_view language) { return language.substr(0, language.find('-')); }

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

} // namespace

std::string date_words(const forms::PartialDate& date, const Words& words) {
    const std::string year = std::to_string(date.year);
    if (date.month == 0) return year;
    const std::string_view month = words.get(months[static_cast<std::size_t>(date.month - 1)]);
    if (date.day == 0) return words.get(Text::date_month_year, {{"month", month}, {"year", year}});
    const std::string day =
        date.day == 1 ? std::string(words.get(Text::date_first_day)) : std::to_string(static_cast<int>(date.day));
    return words.get(Text::date_full, {{"day", day}, {"month", month}, {"year", year}});
}

std::string time_words(const forms::TimeOfDay& time) { return two_digits(time.hour) + ":" + two_digits(time.minute); }

std::string date_time_words(const forms::PartialDateTime& date, const Words& words) {
    const std::string day = date_words(date.date, words);
    if (!date.time) return day;
    return words.get(Text::date_with_time, {{"date", day}, {"time", time_words(*date.time)}});
}

std::string decimal_words(const forms::Decimal& number, const Words& words) {
    const std::string plain = number.text(); // "-1234.50"
    const std::size_t first = plain.starts_with('-') ? 1 : 0;
    const std::size_t point = std::min(plain.find('.'), plain.size());
    std::string out(plain, 0, first);
    for (std::size_t i = first; i < point; ++i) {
        if (i > first && (point - i) % 3 == 0) out += words.get(Text::thousands_mark);
        out += plain[i];
    }
    if (point < plain.size()) {
        out += words.get(Text::decimal_mark);
        out += plain.substr(point + 1);
    }
    return out;
}

std::string unit_words(const forms::Item& item, std::size_t unit, std::string_view language) {
    if (unit < item.unit_words.size() && !item.unit_words[unit].empty())
        return std::string(item.unit_words[unit].in(language));
    if (unit < item.units.size()) {
        const forms::Coding& coding = item.units[unit];
        return std::string(coding.display.empty() ? coding.code : coding.display);
    }
    return {};
}

std::string unit_of_number(const forms::Item& item, std::string_view language) {
    return item.unit_text.empty() ? unit_words(item, 0, language) : std::string(item.unit_text.in(language));
}

std::string value_words(const forms::Value& value, const forms::Item& item, const Words& words,
                        std::string_view language) {
    for (const forms::Option& option : item.options)
        if (!option.words.empty() && forms::same(option.value, value)) return std::string(option.words.in(language));
    return std::visit(Overloaded{
                          [&](bool yes) { return std::string(words.get(yes ? Text::yes : Text::no)); },
                          [&](std::int32_t number) { return std::to_string(number); },
                          [&](const forms::Decimal& number) { return decimal_words(number, words); },
                          [&](const forms::PartialDate& date) { return date_words(date, words); },
                          [&](const forms::PartialDateTime& date) { return date_time_words(date, words); },
                          [&](const forms::TimeOfDay& time) { return time_words(time); },
                          [&](const forms::AnswerText& text) { return std::string(text); },
                          [&](const forms::Coding& coding) {
                              return std::string(coding.display.empty() ? coding.code : coding.display);
                          },
                          [&](const forms::Quantity& quantity) {
                              std::string unit(quantity.unit);
                              for (std::size_t i = 0; i < item.units.size(); ++i)
                                  if (item.units[i].code == quantity.code && item.units[i].system == quantity.system)
                                      unit = unit_words(item, i, language);
                              std::string out = decimal_words(quantity.value, words);
                              if (!unit.empty()) out += "\u00a0" + unit;
                              return out;
                          },
                          [&](const forms::AttachmentRef& attachment) { return std::string(attachment.title); },
                      },
                      value);
}

std::string offer_words(const forms::Offer& offer, const forms::Item& item, const Words& words,
                        std::string_view language) {
    return offer.option == nullptr || offer.option->words.empty() ? value_words(*offer.value, item, words, language)
                                                                  : std::string(offer.option->words.in(language));
}

std::string line_words(const forms::SummaryLine& line, const forms::Item& item, const Words& words,
                       std::string_view language) {
    std::string out;
    const auto add = [&](std::string_view text) {
        if (text.empty()) return;
        if (!out.empty()) out += words.get(Text::list_comma);
        out += text;
    };
    for (std::size_t i = 0; i < line.answers.size(); ++i) {
        if (i < line.option_words.size() && !line.option_words[i].empty())
            add(line.option_words[i]);
        else
            add(value_words(*line.answers[i], item, words, language));
    }
    for (const forms::AnswerText* typed : line.half_typed)
        add(*typed);
    return out;
}

std::string form_language(const forms::Definition& definition, std::string_view wanted) {
    for (const std::string& language : definition.complete_languages())
        if (language == wanted) return language;
    for (const std::string& language : definition.complete_languages())
        if (without_region(language) == without_region(wanted)) return language;
    return definition.language();
}

} // namespace kiosk
