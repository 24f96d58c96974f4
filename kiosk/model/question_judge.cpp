// SPDX-License-Identifier: EUPL-1.2
// What is wrong with the answers of a page, part by part: which field, and in which words.
#include "forms/base/utf8.hpp"
#include "kiosk/model/date_precision.hpp"
#include "kiosk/model/question_part.hpp"
#include "kiosk/model/today.hpp"
#include "kiosk/model/whole_number.hpp"

namespace kiosk {

bool QuestionPart::judge_parts(std::vector<Wrong>& wrong) const {
    const auto say = [&wrong](Text text, std::string field = {}) {
        wrong.push_back({text, std::nullopt, {}, std::move(field)});
        return false;
    };
    const auto empty = [this](std::size_t field) { return fields_[field].edit.empty(); };
    const auto number = [this](std::size_t field) { return whole_number<int>(fields_[field].edit.text()).value_or(0); };
    const auto time_is_wrong = [&](std::size_t hour) {
        if (empty(hour) && empty(hour + 1)) return false;
        return empty(hour) || empty(hour + 1) || number(hour) > 23 || number(hour + 1) > 59;
    };
    switch (kind_) {
    case Kind::Choice:
        if (other_field() && other_chosen_ && forms::trimmed(other_field()->text()).empty())
            return say(Text::error_other_empty, ".other");
        return true;
    case Kind::Time:
        return time_is_wrong(0) ? say(Text::error_time, ".hour") : true;
    case Kind::Search: {
        const forms::Answer* answer = draft_.answer(place());
        if (!fields_[0].edit.empty() && (answer == nullptr || !answer->value)) return say(Text::error_search);
        return true;
    }
    case Kind::Quantity:
        if (empty(0)) return true;
        if (!forms::Decimal::parse_typed(fields_[0].edit.text())) return say(Text::error_decimal);
        return !unit_ && !item().units.empty() ? say(Text::error_unit) : true;
    case Kind::Date:
    case Kind::DateTime:
        break;
    default:
        return true;
    }
    const bool with_time = kind_ == Kind::DateTime && (!empty(3) || !empty(4));
    if (empty(0) && empty(1) && empty(2) && !with_time) return true;
    if (empty(2)) return say(with_time ? Text::error_date_all : Text::error_date_partial, ".year");
    if (fields_[2].edit.text().size() != 4) return say(Text::error_date_year, ".year");
    if (empty(1) && (!empty(0) || with_time)) return say(Text::error_date_all, ".month");
    if (!empty(1) && (number(1) < 1 || number(1) > 12)) return say(Text::error_date_month, ".month");
    if (empty(0) && with_time) return say(Text::error_date_all, ".day");
    if (!empty(0) && (number(0) < 1 || number(0) > forms::days_in(number(2), number(1))))
        return say(Text::error_date_day, ".day");
    if (with_time && time_is_wrong(3)) return say(Text::error_time, ".hour");
    // A date of birth lies in the past: said here, because a published form cannot know today.
    if (item().definition.ends_with("birthDate")) {
        const auto born = forms::PartialDate::of(number(2), number(1), number(0));
        if (born && forms::order(*born, date_of(ports_.clock->wall_time())) == forms::TimeOrder::After)
            return say(Text::error_date_future, ".year");
    }
    return true;
}

Wrong QuestionPart::wrong_of(const forms::Issue& issue) const {
    Wrong wrong = wrong_of_issue(issue, item());
    if (kind_ == Kind::Date || kind_ == Kind::DateTime) {
        // The field of the first part that is on the screen.
        switch (kind_ == Kind::Date ? date_precision(item()) : DatePrecision::Day) {
        case DatePrecision::Day:
            wrong.field = ".day";
            break;
        case DatePrecision::Month:
            wrong.field = ".month";
            break;
        case DatePrecision::Year:
            wrong.field = ".year";
            break;
        }
    }
    if (kind_ == Kind::Time) wrong.field = ".hour";
    return wrong;
}
} // namespace kiosk
