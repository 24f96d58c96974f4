// SPDX-License-Identifier: EUPL-1.2
// What the screens say on which papers are put together: those of a question, the sheets of one, what it is.
#include "kiosk/model/paper_kinds.hpp"
#include "kiosk/model/visit_state.hpp"

namespace kiosk {

/// What stays, and what the person can do, where the terminal can take no more papers.
void Visit::add_no_room(QuestionScreen& question) const {
    const bool begun = filling_->paper_room == Filling::Room::GoneWithBegun;
    question.advice_title = said(Text::paper_no_room);
    question.advice.push_back({said(begun ? Text::paper_no_room_begun : Text::paper_no_room_go_on)});
}

RepeatControl Visit::papers_control(const forms::Path& question) const {
    RepeatControl control;
    std::size_t number = 0;
    for (const forms::Answer* answer : filling_->draft.answers(question)) {
        const auto* const ref = answer->value ? std::get_if<forms::AttachmentRef>(&*answer->value) : nullptr;
        RepeatControl::Row row;
        row.key = "row." + std::to_string(number++);
        if (ref != nullptr) row.text = ref->title;
        for (const Paper& paper : filling_->papers)
            if (ref != nullptr && paper.index == ref->index)
                row.text += " · " + words_.count(Text::paper_sheets, paper.sheets);
        row.remove = said(Text::repeat_remove);
        control.rows.push_back(std::move(row));
    }
    const bool begun = reading_ && reading_->what == CaptureFor::Paper && !reading_->sheets.empty();
    control.add = begun ? said(Text::paper_go_on) : said(number == 0 ? Text::paper_add : Text::paper_add_another);
    control.can_add = can_add_paper(question);
    return control;
}

QuestionScreen Visit::sheets_screen() const {
    QuestionScreen screen;
    screen.key = "paper.sheets";
    screen.language = language_;
    screen.direction = words_.direction();
    screen.done = -1;
    screen.heading = said(Text::sheets_title);
    screen.hint = said(Text::sheets_text);
    screen.hint_is_ours = true;
    RepeatControl control;
    for (std::size_t i = 0; i < reading_->sheets.size(); ++i) {
        const Sheet& sheet = reading_->sheets[i];
        RepeatControl::Row row;
        row.key = "row." + std::to_string(i);
        row.text = words_.get(Text::sheets_row, {{"number", std::to_string(i + 1)}});
        if (!sheet.page->seen.troubles.empty()) row.text += " · " + said(sheet_words(sheet.page->seen.troubles.front()));
        row.picture = sheet.picture;
        row.change = said(Text::sheets_again);
        row.remove = said(Text::repeat_remove);
        if (i > 0) row.up = said(Text::repeat_up);
        control.rows.push_back(std::move(row));
    }
    control.add = said(Text::sheets_add);
    control.can_add = reading_->sheets.size() < most_sheets;
    screen.control = std::move(control);
    screen.back = said(Text::back);
    screen.next = said(Text::next);
    return screen;
}

QuestionScreen Visit::facts_screen() const {
    QuestionScreen screen;
    screen.key = "paper";
    screen.language = language_;
    screen.direction = words_.direction();
    screen.done = -1;
    screen.heading = said(Text::facts_title);
    ChoiceControl choice;
    for (std::size_t i = 0; i < paper_kinds.size(); ++i)
        choice.options.push_back({"option." + std::to_string(i), said(paper_kinds[i].words), reading_->kind == i});
    screen.control = std::move(choice);
    AskedPart expiry;
    expiry.key = "paper.expiry";
    expiry.stem = "paper.expiry.";
    expiry.label = said(Text::facts_expiry);
    expiry.optional_mark = said(Text::question_optional);
    DateControl date;
    std::string_view order = words_.get(Text::date_order);
    while (!order.empty()) {
        const std::string_view next = order.substr(0, order.find(' '));
        order.remove_prefix(std::min(order.size(), next.size() + 1));
        if (next == "day")
            date.parts.push_back({"paper.expiry.day", said(Text::date_day), reading_->day.content(), 2});
        if (next == "month")
            date.parts.push_back({"paper.expiry.month", said(Text::date_month), reading_->month.content(), 2});
        if (next == "year")
            date.parts.push_back({"paper.expiry.year", said(Text::date_year), reading_->year.content(), 4});
    }
    expiry.control = std::move(date);
    screen.parts.push_back(std::move(expiry));
    if (reading_->wrong_facts) {
        screen.error_title = said(Text::question_problem);
        const bool date_wrong = *reading_->wrong_facts == Text::error_write_date;
        screen.errors.push_back({date_wrong ? "paper.expiry.day" : "paper", said(*reading_->wrong_facts)});
    }
    screen.back = said(Text::back);
    screen.next = said(Text::facts_attach);
    return screen;
}

} // namespace kiosk
