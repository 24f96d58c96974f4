// SPDX-License-Identifier: EUPL-1.2
// What the staff's screens say. They are drawn by the views of the kiosk: two fields, a list, all answers again.
#include "kiosk/model/identity_kinds.hpp"
#include "kiosk/model/receipt_number.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>

namespace kiosk {
namespace {

Text words_of(DeskRow::Why why) {
    switch (why) {
    case DeskRow::Why::Refused:
        return Text::desk_reason_refused;
    case DeskRow::Why::Broken:
        return Text::desk_reason_broken;
    case DeskRow::Why::InPart:
        return Text::desk_reason_part;
    case DeskRow::Why::Tries:
        return Text::desk_reason_tries;
    case DeskRow::Why::Held:
        break;
    }
    return Text::desk_reason_held;
}

/// As many dots as digits were typed.
TextContent dots(std::size_t count) {
    TextContent content;
    for (std::size_t i = 0; i < count; ++i)
        content.text += "•";
    content.caret = content.anchor = content.text.size();
    return content;
}

} // namespace

QuestionScreen Visit::desk_sign_in_screen() const {
    QuestionScreen screen;
    screen.key = "desk";
    screen.language = language_;
    screen.direction = words_.direction();
    screen.heading = said(Text::desk_sign_in);
    if (desk_->problem != said(Text::desk_sign_in_hint)) screen.hint = said(Text::desk_sign_in_hint);
    screen.hint_is_ours = true;
    screen.done = -1;
    screen.next = said(Text::desk_enter);
    if (!desk_->problem.empty()) {
        screen.error_title = said(Text::question_problem);
        screen.errors.push_back({desk_->staff.empty() ? "staff" : "pin", desk_->problem});
    }
    AskedPart staff;
    staff.key = "staff";
    staff.label = said(Text::desk_staff_id);
    TextControl name;
    name.content = desk_->staff.content();
    name.keyboard = Keyboard::Email;
    name.max_length = 32;
    staff.control = std::move(name);
    screen.parts.push_back(std::move(staff));
    AskedPart pin;
    pin.key = "pin";
    pin.label = said(Text::desk_pin);
    TextControl digits;
    digits.content = dots(desk_->pin.text().size());
    digits.keyboard = Keyboard::Digits;
    digits.max_length = DeskState::pin_digits;
    pin.control = std::move(digits);
    screen.parts.push_back(std::move(pin));
    return screen;
}

ServicesScreen Visit::desk_list_screen() const {
    ServicesScreen list;
    list.title = said(Text::desk_list);
    list.hint = said(desk_->rows.empty() ? Text::desk_list_none : Text::desk_list_hint);
    list.told = desk_->problem;
    const auto today = ports_.clock->wall_time();
    for (const DeskRow& row : desk_->rows) {
        ServicesScreen::Service one;
        one.key = row.id.text();
        one.language = language_;
        one.direction = words_.direction();
        one.title = words_.get(Text::desk_request, {{"number", receipt_number(settings_.number_prefix, row.number)}});
        one.summary = said(words_of(row.why));
        const auto hours = std::chrono::duration_cast<std::chrono::hours>(today - row.kept).count();
        if (row.clock_trusted && hours >= 48)
            one.note = words_.count(Text::desk_age_days, static_cast<std::uint64_t>(hours / 24));
        else if (row.clock_trusted && hours >= 1)
            one.note = words_.count(Text::desk_age_hours, static_cast<std::uint64_t>(hours));
        else if (row.clock_trusted && hours == 0)
            one.note = said(Text::desk_age_now);
        list.services.push_back(std::move(one));
    }
    return list;
}

QuestionScreen Visit::desk_identity_screen() const {
    QuestionScreen screen;
    screen.key = identity_row;
    screen.language = language_;
    screen.direction = words_.direction();
    screen.done = -1;
    screen.heading = said(Text::desk_identity_question);
    screen.hint = said(Text::desk_identity_hint);
    screen.hint_is_ours = true;
    ChoiceControl choice;
    for (std::size_t i = 0; i < identity_kinds.size(); ++i)
        choice.options.push_back(
            {"option." + std::to_string(i), said(identity_kinds[i].words), desk_->identity_seen == i});
    choice.options.push_back({"option." + std::to_string(identity_kinds.size()), said(Text::desk_identity_none),
                              !desk_->identity_seen.has_value()});
    screen.control = std::move(choice);
    screen.back = said(Text::back);
    screen.next = said(Text::next);
    return screen;
}

/// Which document somebody has seen stands with the answers; nobody can say it of a person who stays without a name.
void Visit::add_identity(CheckScreen& check) const {
    if (!asks_identity()) return;
    const auto known = std::ranges::find(identity_kinds, std::string_view(desk_->identity_before), &IdentityKind::code);
    const IdentityKind* kind = desk_->identity_seen           ? &identity_kinds[*desk_->identity_seen]
                               : known != identity_kinds.end() ? &*known
                                                               : nullptr;
    CheckScreen::Section section;
    section.title = said(Text::desk_identity_section);
    section.ours = true;
    section.rows.push_back({std::string(identity_row), said(Text::desk_identity),
                            said(kind == nullptr ? Text::desk_identity_none : kind->words), false,
                            said(Text::check_change)});
    check.sections.insert(check.sections.begin(), std::move(section));
}

/// Over the answers: which of them the central system did not accept.
void Visit::add_objections(CheckScreen& check) const {
    check.title = words_.get(Text::desk_request, {{"number", desk_->number}});
    check.hint = said(desk_->may_revise ? Text::desk_check_hint : Text::desk_check_as_is);
    check.send = said(Text::desk_send);
    check.missing.clear();
    check.missing_title.clear();
    if (!desk_->may_revise)
        for (CheckScreen::Section& section : check.sections)
            for (CheckScreen::Row& row : section.rows)
                row.change.clear();
    add_identity(check);
    if (!check.errors.empty() || desk_->objections.empty()) return;
    const forms::Definition& definition = filling_->draft.definition();
    for (const DeskObjection& objection : desk_->objections) {
        const auto path = definition.path_of(objection.path);
        if (!path) continue;
        const std::string key = row_key(*path);
        if (std::ranges::any_of(check.errors, [&](const ErrorLine& line) { return line.field_key == key; })) continue;
        check.errors.push_back({key, said(objection.missing ? Text::desk_objection_missing : Text::desk_objection),
                                std::string(filling_->draft.text(*path, check.language))});
    }
    if (check.errors.empty())
        check.hint = said(Text::desk_objection_untold) + " " + check.hint;
    else
        check.error_title = said(Text::desk_objections);
}

} // namespace kiosk
