// SPDX-License-Identifier: EUPL-1.2
// Notices and the state of a request, as they are shown.
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/receipt_number.hpp"
#include "kiosk/model/visit_state.hpp"

#include <utility>

namespace kiosk {
namespace {

Text kind_words(Notice::Kind kind) {
    switch (kind) {
    case Notice::Kind::Emergency:
        return Text::notice_kind_emergency;
    case Notice::Kind::OpeningHours:
        return Text::notice_kind_hours;
    case Notice::Kind::Procedure:
        return Text::notice_kind_procedure;
    case Notice::Kind::Other:
        break;
    }
    return Text::notice_kind_other;
}

/// To the minute: "15 luglio 2026, ore 14:30".
std::string until_words(forms::WallTime until, const Words& words) {
    auto moment = forms::moment_in_italy(until);
    if (moment.time) moment.time->second = 0;
    return date_time_words(moment, words);
}

} // namespace

void Visit::add_notices(AttractScreen& attract) const {
    for (const Notice* notice : notices_in_force()) {
        AttractScreen::NoticeLine line;
        line.key = "notice." + std::to_string(attract.notices.size());
        line.language = language_;
        line.title = words_in(notice->title, line.language);
        line.direction = direction(line.language);
        line.detail = said(kind_words(notice->kind));
        line.urgent = notice->urgent;
        attract.notices.push_back(std::move(line));
    }
    attract.notices_more = words_.get(Text::notice_more, {{"count", "{count}"}});
}

NewsScreen Visit::notices_screen(const std::vector<const Notice*>& notices, Text title) const {
    NewsScreen news;
    news.title = said(title);
    if (notices.empty()) news.paragraphs.push_back(said(Text::notices_none)); // the last one ended while it was read
    for (const Notice* notice : notices) {
        NewsScreen::Entry entry;
        entry.key = "notice." + std::to_string(news.entries.size());
        entry.kind = said(kind_words(notice->kind));
        entry.language = language_;
        entry.title = words_in(notice->title, entry.language);
        std::string text_language = entry.language; // one notice in one language
        entry.text = words_in(notice->text, text_language);
        if (text_language != entry.language) {
            entry.language = text_language;
            entry.title = words_in(notice->title, entry.language);
        }
        entry.direction = direction(entry.language);
        entry.until = words_.get(Text::notice_until, {{"date", until_words(notice->until, words_)}});
        if (entry.language != language_)
            entry.note = words_.get(Text::notice_not_translated, {{"name", words_.name_of(entry.language)}});
        entry.urgent = notice->urgent;
        news.entries.push_back(std::move(entry));
    }
    news.back = said(Text::back);
    if (where_ == Where::ServiceNotice) news.next = said(Text::next);
    return news;
}

/// Two fields like those of a form, so that keyboard, errors and five keys work as everywhere.
QuestionScreen Visit::status_ask_screen() const {
    QuestionScreen ask;
    ask.key = "status";
    ask.language = language_;
    ask.direction = words_.direction();
    ask.heading = said(Text::status_open);
    ask.hint = said(Text::status_ask_hint);
    ask.hint_is_ours = true;
    ask.control = NoticeControl{};
    const auto part = [&](std::string key, Text label, Text example, const TextEdit& edit, Keyboard keyboard) {
        AskedPart field;
        field.key = std::move(key);
        field.stem = field.key + ".";
        field.label = said(label);
        TextControl control;
        control.content = edit.content();
        control.keyboard = keyboard;
        control.max_length = 12;
        control.example = said(example);
        field.control = std::move(control);
        ask.parts.push_back(std::move(field));
    };
    part("status.number", Text::status_number, Text::status_number_example, status_->number, Keyboard::Code);
    part("status.code", Text::status_code, Text::status_code_example, status_->code, Keyboard::Code);
    if (status_->number_missing)
        ask.errors.push_back({"status.number", said(Text::status_number_missing), said(Text::status_number)});
    if (status_->code_missing)
        ask.errors.push_back({"status.code", said(Text::status_code_missing), said(Text::status_code)});
    if (!ask.errors.empty()) ask.error_title = said(Text::question_problem);
    ask.back = said(Text::back);
    ask.next = said(Text::next);
    return ask;
}

NewsScreen Visit::status_screen() const {
    using Told = RequestStatusTold::Where;
    using Sign = NewsScreen::Sign;
    NewsScreen news;
    news.is_private = true;
    news.back = said(Text::back);
    news.next = said(Text::receipt_done);
    const std::string number = receipt_number(settings_.number_prefix, status_->wanted);
    news.title = words_.get(Text::status_title, {{"number", number}});
    const auto say = [&](Sign sign, Text text) {
        news.sign = sign;
        news.paragraphs = {said(text)};
    };
    const auto instead = [&](Text title, Text text) {
        news.title = said(title);
        news.back = said(Text::status_again);
        say(Sign::Unknown, text);
    };
    switch (status_->answer ? status_->answer->where : Told::NoAnswer) {
    case Told::NotFound:
        instead(Text::status_not_found_title, Text::status_not_found);
        break;
    case Told::TooMany:
        instead(Text::status_too_many_title, Text::status_too_many);
        break;
    case Told::NoAnswer:
        instead(Text::status_no_answer_title, Text::status_no_answer);
        break;
    case Told::Waiting:
        say(Sign::Clock, Text::status_waiting);
        break;
    case Told::AtDesk:
        say(Sign::Desk, Text::status_at_desk);
        break;
    case Told::Received:
        say(Sign::Success, Text::status_received);
        break;
    case Told::UnderReview:
        say(Sign::Clock, Text::status_under_review);
        break;
    case Told::TakenInCharge:
        say(Sign::Success, Text::status_taken_in_charge);
        break;
    case Told::Closed:
        say(Sign::Success, Text::status_closed);
        break;
    }
    return news;
}

} // namespace kiosk
