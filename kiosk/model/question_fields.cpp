// SPDX-License-Identifier: EUPL-1.2
// What a person's fingers leave: from the draft into the fields of a page, and from the fields into the draft.
#include "forms/base/utf8.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/question_part.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

/// "27/3/1985" in its parts; what is missing stays empty: "3/1985" is month and year.
struct DateParts {
    std::string day, month, year;
};
DateParts split_date(std::string_view typed) {
    std::vector<std::string> parts(1);
    for (const char c : typed) {
        if (c == '/' || c == '.' || c == '-')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    if (parts.size() >= 3) return {parts[0], parts[1], parts[2]};
    if (parts.size() == 2) return {"", parts[0], parts[1]};
    return {"", "", parts[0]};
}

std::string join_date(std::string_view day, std::string_view month, std::string_view year) {
    std::string out;
    if (!day.empty()) out.append(day) += '/';
    if (!day.empty() || !month.empty()) out.append(month) += '/';
    return out.append(year);
}

} // namespace

Keyboard QuestionPart::keyboard() const {
    using forms::ItemType;
    switch (item().type) {
    case ItemType::Integer:
        return item().min_value &&
                       forms::compare(*item().min_value, forms::Value(std::int32_t{0})) == forms::Order::Less
                   ? Keyboard::Decimal // has a minus
                   : Keyboard::Digits;
    case ItemType::Decimal:
        return Keyboard::Decimal;
    case ItemType::Url:
        return Keyboard::Email;
    default:
        break;
    }
    switch (item().keyboard) {
    case forms::Keyboard::Any:
        break;
    case forms::Keyboard::Phone:
        return Keyboard::Phone;
    case forms::Keyboard::Email:
    case forms::Keyboard::Url:
        return Keyboard::Email;
    case forms::Keyboard::Number:
        return Keyboard::Decimal;
    case forms::Keyboard::Chat:
        return Keyboard::Letters;
    }
    // What is asked for is known from the profile element it stands for, or from the question's own name.
    const auto says = [this](std::string_view word) {
        return item().definition.find(word) != std::string::npos || item().link_id.find(word) != std::string::npos;
    };
    if (says("email")) return Keyboard::Email;
    if (says("telecom") || says("telefono") || says("cellulare")) return Keyboard::Phone;
    if (says("codiceFiscale") || says("identifier")) return Keyboard::Code;
    return Keyboard::Letters;
}

void QuestionPart::open_fields() {
    fields_.clear();
    const auto field = [this](std::string suffix, TextEdit::Rules rules) {
        fields_.push_back({std::move(suffix), TextEdit(ports_.memory, rules)});
    };
    const TextEdit::Rules two{2, false, Allowed::Digits};
    const TextEdit::Rules four{4, false, Allowed::Digits};
    const bool spin = item().type == forms::ItemType::Integer;
    switch (kind_) {
    case Kind::Text:
        field("", {item().max_length > 0 ? static_cast<std::size_t>(item().max_length) : 0,
                   item().type == forms::ItemType::Text,
                   spin                                      ? Allowed::Number
                   : item().type == forms::ItemType::Decimal ? Allowed::Number
                                                             : Allowed::Anything});
        break;
    case Kind::Date:
    case Kind::DateTime:
        field(".day", two);
        field(".month", two);
        field(".year", four);
        if (kind_ == Kind::DateTime) {
            field(".hour", two);
            field(".minute", two);
        }
        break;
    case Kind::Time:
        field(".hour", two);
        field(".minute", two);
        break;
    case Kind::Quantity:
        field("", {24, false, Allowed::Number});
        break;
    case Kind::Search:
        field("", {120, false, Allowed::Anything});
        break;
    case Kind::Choice:
        if (item().type == forms::ItemType::OpenChoice)
            field(".other",
                  {item().max_length > 0 ? static_cast<std::size_t>(item().max_length) : 0, false, Allowed::Anything});
        break;
    case Kind::Slider:
    case Kind::Shown:
    case Kind::Notice:
    case Kind::Attachment:
    case Kind::Repeat:
        break;
    }
}

void QuestionPart::load_date(std::string_view typed, const forms::Value* value) {
    std::string day = std::string(typed);
    std::string time;
    if (day.empty() && value) {
        const forms::PartialDate* date = std::get_if<forms::PartialDate>(value);
        if (const auto* with_time = std::get_if<forms::PartialDateTime>(value)) {
            date = &with_time->date;
            if (with_time->time) time = time_words(*with_time->time);
        }
        if (date) {
            const auto known = [](int part) { return part == 0 ? std::string() : std::to_string(part); };
            day = join_date(known(date->day), known(date->month), std::to_string(date->year));
        }
    } else if (const std::size_t blank = day.find(' '); blank != std::string::npos) {
        time = day.substr(blank + 1);
        day.resize(blank);
    }
    const DateParts parts = split_date(day);
    fields_[0].edit.assign(parts.day);
    fields_[1].edit.assign(parts.month);
    fields_[2].edit.assign(parts.year);
    if (kind_ == Kind::DateTime) {
        const std::size_t colon = std::min(time.find(':'), time.size());
        fields_[3].edit.assign(time.substr(0, colon));
        if (colon < time.size()) fields_[4].edit.assign(time.substr(colon + 1));
    }
}

void QuestionPart::load() {
    for (Field& field : fields_)
        field.edit.clear();
    other_chosen_ = false;
    unit_.reset();
    if (shows_rows() || page_.kind != forms::PageKind::Question) return;
    const forms::Answer* answer = draft_.answer(place());
    const forms::Value* value = answer && answer->value ? &*answer->value : nullptr;
    const std::string_view typed = answer ? std::string_view(answer->typed) : std::string_view();
    switch (kind_) {
    case Kind::Text:
        if (!typed.empty())
            fields_[0].edit.assign(typed);
        else if (value) {
            std::visit(Overloaded{[this](const forms::AnswerText& text) { fields_[0].edit.assign(text); },
                                  [this](std::int32_t number) { fields_[0].edit.assign(std::to_string(number)); },
                                  [this](const forms::Decimal& number) { fields_[0].edit.assign(number.text()); },
                                  [](const auto&) {}},
                       *value);
        }
        break;
    case Kind::Date:
    case Kind::DateTime:
        load_date(typed, value);
        break;
    case Kind::Time: {
        std::string time(typed);
        if (const auto* of_day = value ? std::get_if<forms::TimeOfDay>(value) : nullptr; of_day && time.empty())
            time = time_words(*of_day);
        const std::size_t colon = std::min(time.find(':'), time.size());
        fields_[0].edit.assign(time.substr(0, colon));
        if (colon < time.size()) fields_[1].edit.assign(time.substr(colon + 1));
        break;
    }
    case Kind::Quantity:
        if (const auto* quantity = value ? std::get_if<forms::Quantity>(value) : nullptr) {
            fields_[0].edit.assign(typed.empty() ? quantity->value.text() : std::string(typed));
            for (std::size_t i = 0; i < item().units.size(); ++i)
                if (item().units[i].system == quantity->system && item().units[i].code == quantity->code) unit_ = i;
        } else {
            fields_[0].edit.assign(typed);
        }
        if (!unit_ && item().units.size() == 1) unit_ = 0;
        break;
    case Kind::Search:
        fields_[0].edit.assign(value ? std::string_view() : typed);
        break;
    case Kind::Choice:
        if (!fields_.empty())
            for (const forms::Answer* each : draft_.answers(page_.path))
                if (each->value)
                    if (const auto* text = std::get_if<forms::AnswerText>(&*each->value)) {
                        other_chosen_ = true;
                        fields_[0].edit.assign(*text);
                    }
        break;
    case Kind::Slider:
    case Kind::Shown:
    case Kind::Notice:
    case Kind::Attachment:
    case Kind::Repeat:
        break;
    }
}
// --- into the draft --------------------------------------------------------------------------------------------------
// Outcomes are not looked at here: a half-typed answer is kept as typed, and `accept` asks the draft what is wrong.

void QuestionPart::store(const PageVoice& voice) {
    const forms::Path at = place();
    switch (kind_) {
    case Kind::Text:
    case Kind::Search:
        // Whatever is typed would at once be a free answer to an open choice: it is one when the person says so.
        if (kind_ == Kind::Search && item().type == forms::ItemType::OpenChoice) return;
        if (kind_ == Kind::Search && fields_[0].edit.empty() && draft_.answer(at) == nullptr) return;
        if (draft_.type(at, fields_[0].edit.text()) == forms::Outcome::WrongType) draft_.clear(at);
        break;
    case Kind::Date:
    case Kind::DateTime:
    case Kind::Time:
        store_date();
        break;
    case Kind::Quantity:
        store_quantity(voice);
        break;
    case Kind::Choice:
        store_other();
        break;
    case Kind::Slider:
    case Kind::Shown:
    case Kind::Notice:
    case Kind::Attachment:
    case Kind::Repeat:
        break;
    }
}

void QuestionPart::store_date() {
    std::string typed;
    const auto time = [this](std::size_t hour) {
        if (fields_[hour].edit.empty() && fields_[hour + 1].edit.empty()) return std::string();
        return std::string(fields_[hour].edit.text()) + ":" + std::string(fields_[hour + 1].edit.text());
    };
    if (kind_ == Kind::Time)
        typed = time(0);
    else
        typed = join_date(fields_[0].edit.text(), fields_[1].edit.text(), fields_[2].edit.text());
    if (kind_ == Kind::DateTime && !time(3).empty()) typed += " " + time(3);
    if (typed.empty() && draft_.answer(place()) == nullptr) return;
    draft_.type(place(), typed);
}

void QuestionPart::store_quantity(const PageVoice&) {
    const forms::Path at = place();
    const std::string_view typed = fields_[0].edit.text();
    const auto number = forms::Decimal::parse_typed(typed);
    if (!number || (!unit_ && !item().units.empty())) {
        if (typed.empty() && draft_.answer(at) == nullptr) return;
        draft_.type(at, typed);
        return;
    }
    forms::Quantity quantity{*number, forms::AnswerText(draft_.memory()), forms::AnswerText(draft_.memory()),
                             forms::AnswerText(draft_.memory())};
    if (unit_) {
        const forms::Coding& unit = item().units[*unit_];
        quantity.unit = unit.display.empty() ? std::string_view(unit.code) : std::string_view(unit.display);
        quantity.system = unit.system;
        quantity.code = unit.code;
    }
    draft_.set(at, forms::Value(std::move(quantity)));
}

void QuestionPart::store_other() {
    if (!other_field()) return;
    // The free answer is the one that is a text; there is at most one.
    const std::vector<const forms::Answer*> answers = draft_.answers(page_.path);
    std::uint32_t at = static_cast<std::uint32_t>(answers.size());
    for (std::uint32_t i = 0; i < answers.size(); ++i)
        if (!answers[i]->value || std::holds_alternative<forms::AnswerText>(*answers[i]->value)) at = i;
    const std::string_view text = forms::trimmed(other_field()->text());
    const forms::Path place_of_other = page_.path.with_instance(at);
    if (other_chosen_ && !text.empty())
        draft_.set(place_of_other, forms::text_value(text, draft_.memory()));
    else if (at < answers.size())
        draft_.clear(place_of_other);
}
} // namespace kiosk
