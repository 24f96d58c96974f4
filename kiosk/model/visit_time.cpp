// SPDX-License-Identifier: EUPL-1.2
// What a visit does by the clock: the idle warning, the screens that end by themselves, a sender that does not answer.
#include "kiosk/model/visit_state.hpp"

#include <algorithm>

namespace kiosk {
namespace {

/// A code for the staff when the sender says nothing at all.
constexpr const char* no_answer_code = "S0";
constexpr forms::BootTime still_here_every{60'000};
constexpr forms::BootTime list_again{20'000};
constexpr forms::BootTime one_try_takes{25'000};
/// An answer that is not fresh is asked for anew, while the person reads it.
constexpr forms::BootTime asks_status_again{2'000};
constexpr int most_asked_again = 5;

} // namespace

forms::BootTime Visit::since_touch() const { return now() - touched_at_; }

/// Answers may be on the screen or behind it.
bool Visit::idle_counts() const {
    switch (where_) {
    case Where::Privacy:
    case Where::Services:
    case Where::Question:
    case Where::Ways:
    case Where::Looking:
    case Where::Proposal:
    case Where::Sheets:
    case Where::PaperFacts:
    case Where::Check:
    case Where::NotKept:
    case Where::DeskList:
    case Where::DeskIdentity:
    case Where::ServiceNotice:
    case Where::StatusAsk:
    case Where::StatusAnswer:
        return true;
    case Where::OutOfService:
        return visit_open_;
    default:
        return false;
    }
}

/// Somebody changed size or contrast on the first screen and went away.
bool Visit::idle_resets_quietly() const {
    if (where_ == Where::DeskSignIn && (!desk_->staff.empty() || !desk_->pin.empty())) return true;
    if (where_ == Where::Notices) return true;
    return where_ == at_rest_place() && (panel_ != PanelKind::None || text_size_ != settings_.text_size ||
                                        theme_ != settings_.theme || language_ != settings_.default_language);
}

void Visit::touched() {
    touched_at_ = now();
    // The sender ends a session that it hears nothing of; whoever fills in a long form says nothing to it.
    if (desk_ && desk_->signed_in && now() - desk_->heard_at >= still_here_every) {
        desk_->heard_at = now();
        desk_order(DeskStillHere{});
    }
    if (panel_ == PanelKind::Idle) {
        panel_ = PanelKind::None;
        dirty();
    }
}

std::optional<forms::BootTime> Visit::next_deadline() const {
    const auto one_more_second = [this] {
        const forms::BootTime over = since_touch() - settings_.idle_warning;
        return now() + forms::BootTime{1000} - over % 1000;
    };
    std::optional<forms::BootTime> next;
    const auto at = [&next](forms::BootTime time) { next = next ? std::min(*next, time) : time; };
    if (panel_ == PanelKind::Idle)
        at(one_more_second());
    else if (idle_counts() || idle_resets_quietly())
        at(touched_at_ + settings_.idle_warning);
    if (const auto change = next_notice()) at(*change);
    switch (where_) {
    case Where::Neutral:
        at(shown_at_ + settings_.neutral);
        break;
    case Where::StatusWaiting:
        at(status_->asked_at + settings_.readiness_waits);
        break;
    case Where::StatusAnswer:
        if (status_->answer && !status_->answer->fresh && status_->asked_again < most_asked_again)
            at(status_->asked_at + asks_status_again);
        break;
    case Where::Receipt:
        at(std::max(shown_at_, touched_at_) + settings_.receipt);
        break;
    case Where::Saving:
        if (now() < shown_at_ + settings_.saving_slow) at(shown_at_ + settings_.saving_slow);
        at(shown_at_ + settings_.saving_gives_up);
        break;
    case Where::Waiting:
        at(asked_at_ + settings_.readiness_waits);
        break;
    case Where::Attract:
        if (asking_) at(asked_at_ + settings_.readiness_waits);
        break;
    case Where::OutOfService:
        at(asked_at_ + settings_.asks_again);
        break;
    case Where::DeskList:
        at(desk_->listed_at + list_again);
        break;
    case Where::Looking:
        if (looks_by_itself()) at(reading_->tried_at + one_try_takes);
        break;
    default:
        break;
    }
    return next;
}

void Visit::tick() {
    const forms::BootTime idle = since_touch();
    if (idle_counts() && idle >= settings_.idle_warning) {
        if (idle >= settings_.idle_warning + settings_.idle_countdown) return end(Where::Neutral);
        // A change of the picture only when the number shown changes: the screen sleeps in between.
        const int left = idle_seconds_left();
        if (panel_ != PanelKind::Idle || left != countdown_shown_) dirty();
        panel_ = PanelKind::Idle;
        countdown_shown_ = left;
    }
    if (idle_resets_quietly() && idle >= settings_.idle_warning) return end(at_rest_place());
    if (notices_moved()) dirty();
    switch (where_) {
    case Where::Neutral:
        if (!wipe_pending_ && now() >= shown_at_ + settings_.neutral) {
            show(at_rest_place());
            if (!desk_) ask_readiness();
        }
        break;
    case Where::DeskList:
        if (now() >= desk_->listed_at + list_again) {
            desk_->listed_at = now();
            desk_order(DeskList{});
        }
        break;
    case Where::Looking: // a person who holds up a paper in vain is told so, and after three times helped on
        if (looks_by_itself() && now() >= reading_->tried_at + one_try_takes)
            not_read(Text::look_nothing);
        break;
    case Where::StatusWaiting:
        if (now() >= status_->asked_at + settings_.readiness_waits)
            told(RequestStatusTold{status_->wanted, RequestStatusTold::Where::NoAnswer, true});
        break;
    case Where::StatusAnswer:
        if (status_->answer && !status_->answer->fresh && status_->asked_again < most_asked_again &&
            now() >= status_->asked_at + asks_status_again) {
            ++status_->asked_again;
            post_status();
        }
        break;
    case Where::Receipt:
        if (now() >= std::max(shown_at_, touched_at_) + settings_.receipt) end(Where::Neutral);
        break;
    case Where::Saving:
        if (now() >= shown_at_ + settings_.saving_gives_up) {
            code_ = no_answer_code;
            show(Where::NotKept);
            touched_at_ = now(); // the person waited; they have the full time to read this
        } else if (now() >= shown_at_ + settings_.saving_slow && !slow_shown_) {
            slow_shown_ = true;
            dirty();
        }
        break;
    case Where::Waiting:
    case Where::Attract:
        if (asking_ && now() >= asked_at_ + settings_.readiness_waits) told({false, no_answer_code});
        break;
    case Where::OutOfService:
        if (now() >= asked_at_ + settings_.asks_again) ask_readiness();
        break;
    default:
        break;
    }
}

int Visit::idle_seconds_left() const {
    const forms::BootTime left = settings_.idle_warning + settings_.idle_countdown - since_touch();
    return static_cast<int>(std::max<std::int64_t>(0, (left.count() + 999) / 1000));
}

} // namespace kiosk
