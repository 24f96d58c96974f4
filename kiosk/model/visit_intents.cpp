// SPDX-License-Identifier: EUPL-1.2
// Which intent belongs to which screen. What it then does stands in visit.cpp, navigation.cpp and question_page.cpp.
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/visit_state.hpp"

namespace kiosk {

void Visit::apply(const Intent& intent) {
    if (std::holds_alternative<ExitNow>(intent)) return end(Where::Neutral);
    if (panel_intent(intent)) return;
    if (panel_ != PanelKind::None) return; // what lies under a panel cannot be touched
    if (desk_ && desk_intent(intent)) return;
    if (capture_intent(intent)) return;
    if (news_intent(intent) || visit_intent(intent)) return;
    if (where_ == Where::Question && filling_ && filling_->page && filling_->page->apply(intent, voice())) dirty();
}

bool Visit::panel_intent(const Intent& intent) {
    const bool strip = where_ != Where::Neutral && panel_ != PanelKind::Idle && panel_ != PanelKind::Remove &&
                       panel_ != PanelKind::Known;
    const auto open = [&](PanelKind panel) {
        if (!strip) return true;
        panel_ = panel;
        dirty();
        return true;
    };
    const auto close = [&] {
        panel_ = PanelKind::None;
        dirty();
        return true;
    };
    return std::visit(Overloaded{
                          [&](const OpenHelp&) { return open(PanelKind::Help); },
                          [&](const OpenLanguage&) { return open(PanelKind::Language); },
                          [&](const OpenSize&) { return open(PanelKind::Size); },
                          [&](const OpenContrast&) { return open(PanelKind::Contrast); },
                          [&](const ClosePanel&) {
                              if (panel_ == PanelKind::Idle) touched();
                              return close();
                          },
                          [&](const MoreTime&) {
                              touched();
                              return true;
                          },
                          [&](const ChooseLanguage& chosen) {
                              choose_language(chosen.code);
                              return close();
                          },
                          [&](const ChooseSize& chosen) {
                              text_size_ = chosen.size;
                              dirty();
                              return true;
                          },
                          [&](const ChooseTheme& chosen) {
                              theme_ = chosen.theme;
                              dirty();
                              return true;
                          },
                          [&](const ConfirmRemove& answer) {
                              if (panel_ == PanelKind::Remove) confirm_remove(answer.yes);
                              return true;
                          },
                          [&](const ConfirmKnown& answer) {
                              if (panel_ == PanelKind::Known) confirm_known(answer.yes);
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      intent);
}

bool Visit::visit_intent(const Intent& intent) {
    const auto on = [this](Where where) { return where_ == where; };
    const bool question = on(Where::Question) && filling_ && filling_->page;
    return std::visit(Overloaded{
                          [&](const StartVisit& chosen) {
                              if (on(Where::Attract)) start(chosen.language);
                              return true;
                          },
                          [&](const AcceptNotice&) {
                              if (on(Where::Privacy)) accept_notice();
                              return true;
                          },
                          [&](const RefuseNotice&) {
                              if (on(Where::Privacy)) end(Where::Neutral);
                              return true;
                          },
                          [&](const ChooseService& chosen) {
                              if (on(Where::Services)) choose_service(chosen.key);
                              return true;
                          },
                          [&](const Back&) {
                              back();
                              return true;
                          },
                          [&](const Continue&) {
                              if (question) go_on_from_question();
                              return true;
                          },
                          [&](const ToggleWhy&) {
                              if (question) {
                                  why_open_ = !why_open_;
                                  dirty();
                              }
                              return true;
                          },
                          [&](const ChooseTab& chosen) {
                              if (question) choose_tab(chosen.key);
                              return true;
                          },
                          [&](const ToggleFold&) {
                              if (question) toggle_fold();
                              return true;
                          },
                          [&](const AddInstance&) {
                              if (question) add_instance();
                              return true;
                          },
                          [&](const ChangeInstance& row) {
                              if (question) change_instance(row.key);
                              return true;
                          },
                          [&](const RemoveInstance& row) {
                              const auto number = question ? filling_->page->row_of(row.key) : std::nullopt;
                              if (!number) return true;
                              removing_ = *number;
                              if (filling_->page->row_has_content(*number))
                                  panel_ = PanelKind::Remove;
                              else
                                  filling_->page->remove_row(*number, voice());
                              dirty();
                              return true;
                          },
                          [&](const MoveInstanceUp& row) {
                              const auto number = question ? filling_->page->row_of(row.key) : std::nullopt;
                              if (number && filling_->page->move_row_up(*number)) {
                                  moved_up(*number);
                                  dirty();
                              }
                              return true;
                          },
                          [&](const ChangeRow& row) {
                              change_row(row.key);
                              return true;
                          },
                          [&](const Send&) {
                              if (on(Where::Check)) send();
                              return true;
                          },
                          [&](const Finish&) {
                              if (on(Where::Receipt)) end(Where::Neutral);
                              return true;
                          },
                          [&](const Retry&) {
                              if (on(Where::NotKept)) keep();
                              if (on(Where::OutOfService)) ask_readiness();
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      intent);
}

} // namespace kiosk
