// SPDX-License-Identifier: EUPL-1.2
// The other half of QuestionPage: what it looks like, as plain data.
#include "forms/base/utf8.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/question_page.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk {
namespace {

std::string shown(const forms::Words& words, std::string_view language) { return std::string(words.in(language)); }

/// Every text of a person's own ("Mario Rossi") says more in a row than "yes" or a date.
bool names_somebody(const forms::Item& item) {
    return item.type == forms::ItemType::String || item.type == forms::ItemType::Text;
}

} // namespace

std::optional<std::uint32_t> QuestionPage::row_of(std::string_view row) const {
    constexpr std::string_view stem = "row.";
    if (!shows_rows() || !row.starts_with(stem)) return std::nullopt;
    row.remove_prefix(stem.size());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), number);
    if (error != std::errc{} || end != row.data() + row.size()) return std::nullopt;
    const std::size_t rows =
        kind_ == Kind::Repeat ? draft_.begun_instances(page_.path) : draft_.answers(page_.path).size();
    if (number >= rows) return std::nullopt;
    return number;
}

bool QuestionPage::row_has_content(std::uint32_t row) const {
    return kind_ != Kind::Repeat || draft_.has_content(page_.path.with_instance(row));
}

void QuestionPage::remove_row(std::uint32_t row, const PageVoice& voice) {
    if (kind_ == Kind::Repeat)
        draft_.remove_instance(page_.path.with_instance(row));
    else
        draft_.clear(page_.path.with_instance(row));
    wrong_.clear();
    if (kind_answers_list() && draft_.answers(page_.path).empty()) {
        entry_ = 0;
        load();
        find(voice);
    }
}

std::string QuestionPage::instance_name(const forms::Path& instance, const PageVoice& voice) const {
    const forms::Definition& definition = draft_.definition();
    std::string named;
    std::string first;
    for (const forms::ItemIndex child : definition.item(instance).children) {
        const forms::Item& question = definition.item(child);
        if (!question.is_question() || question.hidden || question.filled_by_desk) continue;
        const forms::Answer* answer = draft_.answer(instance.child(child));
        if (answer == nullptr || answer->empty() || !draft_.is_enabled(instance.child(child))) continue;
        const std::string words = answer->value ? value_words(*answer->value, question, voice.words, voice.language)
                                                : std::string(answer->typed);
        if (first.empty()) first = words;
        if (names_somebody(question) && named.empty()) named = words;
    }
    if (!named.empty()) return named;
    const std::string number = std::to_string(instance.instance() + 1);
    const std::string group = voice.words.get(
        Text::repeat_row, {{"name", definition.item(instance).text.in(voice.language)}, {"number", number}});
    return first.empty() ? group : group + ": " + first;
}

RepeatControl QuestionPage::rows(const PageVoice& voice) const {
    RepeatControl control;
    const std::uint32_t count = kind_ == Kind::Repeat ? draft_.begun_instances(page_.path)
                                                      : static_cast<std::uint32_t>(draft_.answers(page_.path).size());
    for (std::uint32_t i = 0; i < count; ++i) {
        RepeatControl::Row row;
        row.key = "row." + std::to_string(i);
        if (kind_ == Kind::Repeat) {
            row.text = instance_name(page_.path.with_instance(i), voice);
        } else {
            const forms::Answer* answer = draft_.answer(page_.path.with_instance(i));
            row.text = answer->value ? value_words(*answer->value, item(), voice.words, voice.language)
                                     : std::string(answer->typed);
        }
        row.change = voice.words.get(Text::repeat_change);
        row.remove = voice.words.get(Text::repeat_remove);
        control.rows.push_back(std::move(row));
    }
    control.add = voice.words.get(count == 0 ? Text::repeat_add : Text::repeat_add_another);
    control.can_add = item().max_occurs == 0 || static_cast<int>(count) < item().max_occurs;
    return control;
}

std::string QuestionPage::chosen_words(const PageVoice& voice) const {
    const forms::Answer* answer = draft_.answer(place());
    if (answer == nullptr || !answer->value) return {};
    return value_words(*answer->value, item(), voice.form_words, voice.language);
}

Control QuestionPage::control(const PageVoice& voice) const {
    const Words& words = voice.words;
    if (shows_rows()) return rows(voice);
    switch (kind_) {
    case Kind::Notice:
        return NoticeControl{};
    case Kind::Attachment:
        return NoticeControl{
            {std::string(words.get(Text::question_attachment)), std::string(words.get(Text::question_at_desk))}};
    case Kind::Repeat:
        return rows(voice);
    case Kind::Choice: {
        ChoiceControl control;
        control.several = item().repeats;
        if (item().type == forms::ItemType::Boolean) {
            const forms::Answer* answer = draft_.answer(page_.path);
            const bool* yes = answer && answer->value ? std::get_if<bool>(&*answer->value) : nullptr;
            control.options.push_back({"option.0", std::string(voice.form_words.get(Text::yes)), yes && *yes});
            control.options.push_back({"option.1", std::string(voice.form_words.get(Text::no)), yes && !*yes});
            return control;
        }
        for (std::size_t i = 0; i < item().options.size(); ++i)
            control.options.push_back({"option." + std::to_string(i),
                                       value_words(item().options[i].value, item(), voice.form_words, voice.language),
                                       draft_.is_chosen(page_.path, i)});
        if (other_field()) {
            control.other = control.options.size();
            control.options.push_back({"option." + std::to_string(control.options.size()),
                                       std::string(voice.form_words.get(Text::question_other)), other_chosen_});
            control.other_text = other_field()->content();
        }
        return control;
    }
    case Kind::Text: {
        TextControl control;
        control.content = fields_[0].edit.content();
        control.keyboard = keyboard();
        control.lines = item().type == forms::ItemType::Text;
        control.max_length = item().max_length > 0 ? static_cast<std::size_t>(item().max_length) : 0;
        control.unit = unit_words(item(), 0, voice.language);
        control.example = shown(item().entry_hint, voice.language);
        return control;
    }
    case Kind::Date:
    case Kind::DateTime:
    case Kind::Time: {
        DateControl control;
        const std::string stem = key();
        const auto part = [&](std::size_t field, Text label, std::size_t digits) {
            control.parts.push_back(
                {stem + fields_[field].suffix, std::string(words.get(label)), fields_[field].edit.content(), digits});
        };
        if (kind_ == Kind::Time) {
            part(0, Text::date_hour, 2);
            part(1, Text::date_minute, 2);
            control.example = words.get(Text::time_example);
            return control;
        }
        // "day month year", as people of the language write it.
        std::string_view order = words.get(Text::date_order);
        while (!order.empty()) {
            const std::string_view next = order.substr(0, order.find(' '));
            order.remove_prefix(std::min(order.size(), next.size() + 1));
            if (next == "day")
                part(0, Text::date_day, 2);
            else if (next == "month")
                part(1, Text::date_month, 2);
            else
                part(2, Text::date_year, 4);
        }
        if (kind_ == Kind::DateTime) {
            part(3, Text::date_hour, 2);
            part(4, Text::date_minute, 2);
        }
        control.example = words.get(Text::date_example);
        return control;
    }
    case Kind::Quantity: {
        QuantityControl control;
        control.content = fields_[0].edit.content();
        for (std::size_t i = 0; i < item().units.size(); ++i)
            control.units.push_back({"unit." + std::to_string(i), unit_words(item(), i, voice.language), unit_ == i});
        return control;
    }
    case Kind::Search: {
        SearchControl control;
        control.query = fields_[0].edit.content();
        control.chosen = chosen_words(voice);
        control.change = words.get(Text::search_change);
        control.free_text_allowed = item().type == forms::ItemType::OpenChoice;
        const std::string_view typed = forms::trimmed(fields_[0].edit.text());
        if (!control.chosen.empty()) return control;
        for (std::size_t i = 0; i < hits_.size(); ++i)
            control.hits.push_back({"hit." + std::to_string(i), hits_[i].text, hits_[i].detail});
        if (hits_.empty() && !typed.empty())
            control.none_found = words.get(control.free_text_allowed ? Text::search_none_free : Text::search_none);
        if (control.free_text_allowed && !typed.empty())
            control.keep_free_text = words.get(Text::search_keep, {{"text", typed}});
        return control;
    }
    }
    return NoticeControl{};
}

void QuestionPage::fill(QuestionScreen& screen, const PageVoice& voice) const {
    const forms::Item& asked = item();
    screen.key = key();
    screen.control = control(voice);
    screen.more_text.clear();
    const forms::Definition& definition = draft_.definition();
    for (const forms::Path& text : page_.texts)
        if (text != page_.path) screen.more_text.push_back(shown(definition.item(text).text, voice.language));

    screen.heading = shown(asked.text, voice.language);
    if (!asked.prefix.empty()) screen.heading = shown(asked.prefix, voice.language) + " " + screen.heading;
    if (screen.heading.empty()) { // a question may be asked by the name of its group
        for (const forms::Path& group : page_.section)
            if (!definition.item(group).text.empty())
                screen.heading = shown(definition.item(group).text, voice.language);
    }
    screen.hint = shown(asked.help, voice.language);
    screen.why = shown(asked.why, voice.language);
    screen.why_label = screen.why.empty() ? std::string() : std::string(voice.words.get(Text::question_why));
    if (const auto* choice = std::get_if<ChoiceControl>(&screen.control);
        choice && choice->several && screen.hint.empty())
        screen.hint = voice.words.get(Text::question_several);
    if (std::holds_alternative<SearchControl>(screen.control) && screen.hint.empty())
        screen.hint = voice.words.get(Text::search_hint);
    if (std::holds_alternative<RepeatControl>(screen.control) && screen.hint.empty())
        screen.hint = voice.words.get(Text::repeat_hint);

    const bool asks = page_.kind == forms::PageKind::Question;
    screen.optional_mark =
        asks && !asked.required ? std::string(voice.words.get(Text::question_optional)) : std::string();
    if (!wrong_.empty()) {
        screen.error_title = voice.words.get(Text::question_problem);
        for (const Wrong& wrong : wrong_)
            screen.errors.push_back({screen.key + wrong.field, error_words(wrong, asked, voice)});
    }
    // Typed text is erased on the keyboard; what was chosen needs a button to be taken back.
    const bool answered = asks && !draft_.answers(page_.path).empty();
    const bool chosen_by_touch = kind_ == Kind::Choice || kind_ == Kind::Quantity || kind_ == Kind::Date ||
                                 kind_ == Kind::DateTime || kind_ == Kind::Time;
    if (answered && chosen_by_touch && !shows_rows()) screen.clear = voice.words.get(Text::question_clear);
}

} // namespace kiosk
