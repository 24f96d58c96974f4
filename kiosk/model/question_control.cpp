// SPDX-License-Identifier: EUPL-1.2
// The control of a question as plain data.
#include "forms/base/utf8.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/date_precision.hpp"
#include "kiosk/model/question_part.hpp"

#include <algorithm>

namespace kiosk {
namespace {

/// Among other questions a longer list is folded, so that all of them can be seen at once.
constexpr std::size_t options_open_among_others = 5;

std::string shown(const forms::Words& words, std::string_view language) { return std::string(words.in(language)); }

std::string megabytes(std::int64_t bytes, const Words& words) {
    // Tenths of 10^6 bytes, rounded down: what is allowed is never said too large.
    return decimal_words(bytes >= 1'000'000 ? forms::Decimal(static_cast<std::int32_t>(bytes / 1'000'000))
                                            : forms::Decimal::scaled(std::max<std::int64_t>(1, bytes / 100'000), 1),
                         words);
}

} // namespace

std::string QuestionPart::chosen_words(const PageVoice& voice) const {
    const forms::Answer* answer = draft_.answer(place());
    if (answer == nullptr || !answer->value) return {};
    return value_words(*answer->value, item(), voice.form_words, voice.language);
}

Control QuestionPart::control(const PageVoice& voice) const {
    if (shows_rows()) return rows(voice);
    const Words& words = voice.words;
    switch (kind_) {
    case Kind::Notice:
        return NoticeControl{};
    case Kind::Attachment:
        return papers(voice);
    case Kind::Shown: {
        ShownControl control;
        for (const forms::Answer* answer : draft_.answers(page_.path)) {
            if (!answer->value) continue;
            if (!control.value.empty()) control.value += words.get(Text::list_comma);
            control.value += value_words(*answer->value, item(), voice.form_words, voice.language);
        }
        if (const std::string unit = unit_of_number(item(), voice.language);
            !unit.empty() && item().type != forms::ItemType::Quantity)
            control.value += "\u00a0" + unit;
        control.note = words.get(Text::question_read_only);
        return control;
    }
    case Kind::Repeat:
        return rows(voice);
    case Kind::Choice:
        return choice(voice);
    case Kind::Text: {
        TextControl control;
        control.content = fields_[0].edit.content();
        control.keyboard = keyboard();
        control.lines = item().type == forms::ItemType::Text;
        control.max_length = item().max_length > 0 ? static_cast<std::size_t>(item().max_length) : 0;
        control.unit = unit_of_number(item(), voice.language);
        control.example = shown(item().entry_hint, voice.language);
        if (spins()) {
            control.less = words.get(Text::number_less);
            control.more = words.get(Text::number_more);
        }
        return control;
    }
    case Kind::Slider:
        return slider(voice);
    case Kind::Date:
    case Kind::DateTime:
    case Kind::Time:
        return date(voice);
    case Kind::Quantity: {
        QuantityControl control;
        control.content = fields_[0].edit.content();
        if (item().units.size() == 1) {
            control.unit = unit_words(item(), 0, voice.language);
            return control;
        }
        for (std::size_t i = 0; i < item().units.size(); ++i)
            control.units.push_back(
                {stem() + "unit." + std::to_string(i), unit_words(item(), i, voice.language), unit_ == i});
        return control;
    }
    case Kind::Search:
        return search(voice);
    }
    return NoticeControl{};
}

ChoiceControl QuestionPart::choice(const PageVoice& voice) const {
    ChoiceControl control;
    control.several = item().repeats;
    control.beside = item().orientation == forms::Orientation::Horizontal;
    const auto add = [&](std::string text, bool selected) {
        control.options.push_back(
            {stem() + "option." + std::to_string(control.options.size()), std::move(text), selected});
    };
    if (item().type == forms::ItemType::Boolean) {
        const forms::Answer* answer = draft_.answer(page_.path);
        const bool* yes = answer && answer->value ? std::get_if<bool>(&*answer->value) : nullptr;
        add(std::string(voice.form_words.get(Text::yes)), yes && *yes);
        add(std::string(voice.form_words.get(Text::no)), yes && !*yes);
        control.beside = control.beside || company_ == Company::AmongOthers;
        return control;
    }
    std::size_t number = 0;
    for (const forms::Offer& offer : draft_.offers(page_.path)) {
        std::string text = offer_words(offer, item(), voice.form_words, voice.language);
        if (offer.option != nullptr && !offer.option->prefix.empty())
            text = shown(offer.option->prefix, voice.language) + " " + text;
        add(std::move(text), draft_.is_chosen(page_.path, number++));
    }
    if (other_field()) {
        control.other = control.options.size();
        add(item().open_label.empty() ? std::string(voice.form_words.get(Text::question_other))
                                      : shown(item().open_label, voice.language),
            other_chosen_);
        control.other_text = other_field()->content();
    }
    // What an expression offers no longer is still an answer: it is seen, and one touch takes it away.
    const auto answers = draft_.answers(page_.path);
    for (const std::uint32_t place : no_longer_offered())
        add(value_words(*answers[place]->value, item(), voice.form_words, voice.language), true);
    const bool long_among_others =
        company_ == Company::AmongOthers && control.options.size() > options_open_among_others;
    control.folded = !control.several && (item().control == forms::Control::DropDown || long_among_others);
    if (control.folded) control.choose = voice.words.get(Text::choice_choose);
    return control;
}

DateControl QuestionPart::date(const PageVoice& voice) const {
    const Words& words = voice.words;
    DateControl control;
    const std::string stem_of_parts = key();
    const auto part = [&](std::size_t field, Text label, std::size_t digits) {
        control.parts.push_back({stem_of_parts + fields_[field].suffix, std::string(words.get(label)),
                                 fields_[field].edit.content(), digits});
    };
    if (kind_ == Kind::Time) {
        part(0, Text::date_hour, 2);
        part(1, Text::date_minute, 2);
        control.example = words.get(Text::time_example);
        return control;
    }
    const DatePrecision wanted = kind_ == Kind::Date ? date_precision(item()) : DatePrecision::Day;
    // "day month year", as people of the language write it.
    std::string_view order = words.get(Text::date_order);
    while (!order.empty()) {
        const std::string_view next = order.substr(0, order.find(' '));
        order.remove_prefix(std::min(order.size(), next.size() + 1));
        if (next == "day" && wanted == DatePrecision::Day) part(0, Text::date_day, 2);
        if (next == "month" && wanted != DatePrecision::Year) part(1, Text::date_month, 2);
        if (next == "year") part(2, Text::date_year, 4);
    }
    if (kind_ == Kind::DateTime) {
        part(3, Text::date_hour, 2);
        part(4, Text::date_minute, 2);
    }
    switch (wanted) {
    case DatePrecision::Day:
        control.example = words.get(kind_ == Kind::DateTime ? Text::date_time_example : Text::date_example);
        break;
    case DatePrecision::Month:
        control.example = words.get(Text::date_example_month);
        break;
    case DatePrecision::Year:
        control.example = words.get(Text::date_example_year);
        break;
    }
    return control;
}

SearchControl QuestionPart::search(const PageVoice& voice) const {
    const Words& words = voice.words;
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

/// What to bring: the terminal takes no papers yet.
NoticeControl QuestionPart::papers(const PageVoice& voice) const {
    const Words& words = voice.words;
    NoticeControl notice;
    notice.paragraphs = {std::string(words.get(Text::question_attachment)),
                         std::string(words.get(Text::question_at_desk))};
    std::vector<Text> kinds;
    for (const std::string& type : item().mime_types) {
        const Text kind = type.starts_with("image/")   ? Text::paper_photo
                          : type == "application/pdf"  ? Text::paper_pdf
                          : type.starts_with("audio/") ? Text::paper_sound
                          : type.starts_with("video/") ? Text::paper_film
                                                       : Text::paper_document;
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    }
    std::string list;
    for (const Text kind : kinds) {
        if (!list.empty()) list += words.get(Text::list_comma);
        list += words.get(kind);
    }
    if (!list.empty()) notice.paragraphs.push_back(words.get(Text::paper_kinds, {{"list", list}}));
    if (item().max_bytes > 0)
        notice.paragraphs.push_back(words.get(Text::paper_size, {{"size", megabytes(item().max_bytes, words)}}));
    return notice;
}

} // namespace kiosk
