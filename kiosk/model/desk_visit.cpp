// SPDX-License-Identifier: EUPL-1.2
// The staff's side: signing in, the requests that need a person, one of them opened, corrected and sent again. What an
// answer looks like and how it is changed is the same as at the kiosk; who may do what is decided by the sender.
#include "forms/fhir/facts.hpp"
#include "kiosk/model/identity_kinds.hpp"
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/receipt_number.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {

bool Visit::desk_typing(const Intent& intent) {
    // The PIN is shown as dots: its caret stays at the end, and nothing of it can be marked.
    const auto field = [&](const std::string& key) -> TextEdit* {
        return key == "staff" ? &desk_->staff : key == "pin" ? &desk_->pin : nullptr;
    };
    return std::visit(
        Overloaded{
            [&](const TypeText& typed) {
                TextEdit* into = field(typed.field);
                if (into != nullptr && into->insert(typed.utf8)) dirty();
                return true;
            },
            [&](const Edit& edit) {
                TextEdit* into = field(edit.field);
                const bool end_only = into == &desk_->pin && edit.command != EditCommand::Backspace;
                if (into != nullptr && !end_only && into->apply(edit.command, edit.extend)) dirty();
                return true;
            },
            [&](const PlaceCaret& place) {
                if (place.field == "staff" && desk_->staff.place(place.byte, place.extend)) dirty();
                return true;
            },
            [&](const Continue&) {
                if (desk_->asking) return true;
                // The sender counts every attempt; what cannot be right is none.
                const bool whole = !desk_->staff.empty() && desk_->pin.text().size() == DeskState::pin_digits;
                desk_->problem = whole ? std::string() : said(Text::desk_sign_in_hint);
                dirty();
                if (!whole) return true;
                desk_->asking = true;
                desk_order(DeskSignIn{std::string(desk_->staff.text()), FrozenBytes(desk_->pin.text(), ports_.memory)});
                desk_->pin.clear();
                return true;
            },
            [](const auto&) { return true; }, // nothing else belongs to this screen
        },
        intent);
}

bool Visit::desk_intent(const Intent& intent) {
    if (where_ == Where::DeskSignIn) return desk_typing(intent);
    if (where_ == Where::DeskList) {
        if (const auto* chosen = std::get_if<ChooseService>(&intent)) choose_request(chosen->key);
        if (std::holds_alternative<Back>(intent)) end(Where::Neutral);
        return true;
    }
    if (where_ == Where::DeskIdentity) return identity_intent(intent);
    if (where_ != Where::Check) return false;
    if (const auto* row = std::get_if<ChangeRow>(&intent); row != nullptr && row->key == identity_row) {
        if (asks_identity()) show(Where::DeskIdentity);
        return true;
    }
    if (std::holds_alternative<Back>(intent)) {
        desk_order(DeskClose{});
        to_the_list();
        return true;
    }
    if (desk_->may_revise) return false;
    if (std::holds_alternative<Send>(intent)) {
        desk_order(DeskRetry{filling_->id});
        show(Where::Saving);
    }
    return true; // nothing of it may be changed
}

bool Visit::asks_identity() const {
    return desk_->may_revise && !forms::read_facts(filling_->draft).anonymous.value_or(false);
}

/// What is chosen counts from the touch on; "back" and "continue" both lead to the answers.
bool Visit::identity_intent(const Intent& intent) {
    if (const auto* option = std::get_if<ChooseOption>(&intent)) {
        for (std::size_t i = 0; i <= identity_kinds.size(); ++i)
            if (option->key == "option." + std::to_string(i))
                desk_->identity_seen = i < identity_kinds.size() ? std::optional(i) : std::nullopt;
        dirty();
    } else if (std::holds_alternative<Back>(intent) || std::holds_alternative<Continue>(intent)) {
        focus_wish_ = "change." + std::string(identity_row);
        show(Where::Check);
    }
    return true;
}

/// Asked of the sender whoever asks: it decides, and writes the attempt down.
void Visit::choose_request(const std::string& key) {
    if (desk_->asking) return;
    const auto row = std::ranges::find_if(desk_->rows, [&](const DeskRow& one) { return one.id.text() == key; });
    if (row == desk_->rows.end()) return;
    desk_->asking = true;
    desk_->problem.clear();
    desk_->number = receipt_number(settings_.number_prefix, row->number);
    desk_order(DeskOpen{row->id});
    dirty();
}

/// The list again, without the request that was open.
void Visit::to_the_list() {
    filling_.reset();
    form_words_ = words_;
    desk_->objections.clear();
    desk_->identity_before.clear();
    desk_->identity_seen.reset();
    desk_->listed_at = now();
    desk_order(DeskList{});
    focus_wish_.clear();
    show(Where::DeskList);
}

void Visit::desk_over(DeskFault fault) {
    const bool somebody = desk_->signed_in || desk_->asking;
    end(Where::DeskSignIn);
    wipe(); // nobody is there who may see it; the next frame shows the first screen
    desk_->problem = said(fault == DeskFault::NoSender ? Text::desk_no_sender : Text::desk_session_over);
    if (!somebody) desk_->problem.clear();
    dirty();
}

void Visit::desk_told(const DeskNews& news) {
    std::visit(Overloaded{
                   [&](const DeskSignedIn& in) {
                       if (where_ != Where::DeskSignIn) return;
                       desk_->asking = false;
                       using enum DeskSignedIn::Outcome;
                       switch (in.outcome) {
                       case Done:
                           ++visits_started_;
                           visit_open_ = true;
                           desk_->signed_in = true;
                           desk_->heard_at = touched_at_ = now();
                           desk_->problem.clear();
                           return to_the_list();
                       case Wrong:
                           desk_->problem = said(Text::desk_wrong);
                           break;
                       case Wait:
                           desk_->problem = words_.get(Text::desk_wait, {{"seconds", std::to_string(in.wait.count())}});
                           break;
                       case Locked:
                           desk_->problem = said(Text::desk_locked);
                           break;
                       case NotNow:
                           desk_->problem = said(Text::desk_not_now);
                           break;
                       }
                       focus_wish_ = "errors";
                       dirty();
                   },
                   [&](const DeskListed& listed) {
                       desk_->rows = listed.rows;
                       if (where_ == Where::DeskList) dirty();
                   },
                   [&](const DeskOpened& opened) {
                       if (where_ == Where::DeskList && desk_->asking) desk_opened(opened);
                   },
                   [&](const DeskSent& sent) {
                       if (filling_ && filling_->id == sent.id) desk_sent(sent);
                   },
                   [&](const DeskEnded& ended) { desk_over(ended.fault); },
               },
               news);
}

void Visit::desk_opened(const DeskOpened& opened) {
    desk_->asking = false;
    const auto not_opened = [&](Text why) {
        desk_->problem = said(why);
        dirty();
    };
    switch (opened.fault) {
    case DeskFault::None:
        break;
    case DeskFault::SessionOver:
    case DeskFault::NoSender:
        return desk_over(opened.fault);
    case DeskFault::NotAllowed:
        return not_opened(Text::desk_only_supervisor);
    case DeskFault::Elsewhere:
        return not_opened(Text::desk_elsewhere);
    case DeskFault::MovedOn:
        return not_opened(Text::desk_moved_on);
    default:
        return not_opened(Text::desk_cannot_open);
    }
    if (waiting_news_) offer_published(); // told just before: the version that this request answers
    auto read = ports_.read_back(opened.frozen, forms_, setting());
    if (!read) {
        desk_order(DeskClose{});
        return not_opened(Text::desk_no_form);
    }
    filling_ = std::make_unique<Filling>(Filling{forms_[read->form],
                                                 opened.id,
                                                 std::move(read->draft),
                                                 ports_.clock->wall_time(),
                                                 {},
                                                 std::pmr::map<std::string, std::pmr::string>(ports_.memory),
                                                 {}});
    desk_->objections = opened.objections;
    desk_->may_revise = opened.may_revise;
    desk_->identity_before = std::move(read->identity_document);
    desk_->identity_seen.reset();
    choose_language(language_);
    for (const forms::Page& page : pages()) // the citizen has been through them all
        filling_->passed.insert(page.path);
    focus_wish_.clear();
    show(Where::Check);
}

void Visit::desk_sent(const DeskSent& sent) {
    switch (sent.fault) {
    case DeskFault::None:
        desk_->problem = words_.get(Text::desk_sent, {{"number", desk_->number}});
        std::erase_if(desk_->rows,
                      [&](const DeskRow& row) { return row.id == sent.id; }); // before the list is told anew
        return to_the_list();
    case DeskFault::SessionOver:
    case DeskFault::NoSender:
        return desk_over(sent.fault);
    case DeskFault::LookFirst:
        desk_->may_revise = false;
        return show(Where::Check);
    case DeskFault::NotWritten:
        code_ = "D1"; // the audit log or the outbox cannot be written
        return show(Where::NotKept);
    default:
        desk_->problem = said(Text::desk_moved_on);
        return to_the_list();
    }
}

} // namespace kiosk
