// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/visit.hpp"

#include "forms/engine/complete.hpp"
#include "kiosk/model/answer_words.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

// Codes for the staff when the sender says nothing at all; its own codes come with its answers.
constexpr const char* no_answer_code = "S0";
constexpr const char* too_large_code = "S1";
/// A sender that said "ready" is believed for this long.
constexpr forms::BootTime readiness_holds{30'000};

Words words_of(std::string_view language) {
    auto loaded = Words::load(language);
    if (loaded.ok()) return std::move(loaded).value();
    return std::move(Words::load("it")).value(); // the source language is in every build
}

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

} // namespace

Visit::Visit(VisitSettings settings, std::vector<OfferedForm> forms, VisitPorts ports)
    : settings_(std::move(settings)), forms_(std::move(forms)), ports_(std::move(ports)),
      language_(settings_.default_language), words_(words_of(language_)), form_words_(words_),
      text_size_(settings_.text_size), theme_(settings_.theme) {
    for (const OfferedForm& form : forms_)
        lengths_.push_back(forms::expected_pages(forms::Draft(form.definition, ports_.memory)));
    touched_at_ = shown_at_ = now();
    ask_readiness();
}

Visit::~Visit() { wipe(); }

void Visit::show(Where where) {
    where_ = where;
    panel_ = PanelKind::None;
    shown_at_ = now();
    slow_shown_ = false;
    if (where != Where::Question && filling_) filling_->page.reset();
    dirty();
}

forms::BootTime Visit::since_touch() const { return now() - touched_at_; }

bool Visit::at_rest() const { return !filling_ && !visit_open_ && !wipe_pending_; }

/// Answers may be on the screen or behind it.
bool Visit::idle_counts() const {
    switch (where_) {
    case Where::Privacy:
    case Where::Services:
    case Where::Question:
    case Where::Check:
    case Where::NotKept:
        return true;
    case Where::OutOfService:
        return visit_open_;
    default:
        return false;
    }
}

/// Somebody changed size or contrast on the first screen and went away.
bool Visit::idle_resets_quietly() const {
    return where_ == Where::Attract && (panel_ != PanelKind::None || text_size_ != settings_.text_size ||
                                        theme_ != settings_.theme || language_ != settings_.default_language);
}

void Visit::touched() {
    touched_at_ = now();
    if (panel_ == PanelKind::Idle) {
        panel_ = PanelKind::None;
        dirty();
    }
}

// --- time ------------------------------------------------------------------------------------------------------------

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
    switch (where_) {
    case Where::Neutral:
        at(shown_at_ + settings_.neutral);
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
    if (idle_resets_quietly() && idle >= settings_.idle_warning) return end(Where::Attract);
    switch (where_) {
    case Where::Neutral:
        if (!wipe_pending_ && now() >= shown_at_ + settings_.neutral) {
            show(Where::Attract);
            ask_readiness();
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

// --- the sender ------------------------------------------------------------------------------------------------------

void Visit::ask_readiness() {
    asked_at_ = now();
    asking_ = true;
    orders_.emplace_back(AskReadiness{});
}

void Visit::told(const ReadinessTold& told) {
    asking_ = false;
    readiness_ = told;
    readiness_at_ = now();
    if (!told.ready) {
        code_ = told.code;
        // Said before a person starts. Whoever is answering questions already is not disturbed: the answers may well be
        // kept by the time they are sent, and if not, the screen says so then.
        if (where_ == Where::Attract || where_ == Where::Waiting || where_ == Where::Services) {
            if (where_ == Where::Attract) asked_at_ = now();
            show(Where::OutOfService);
        } else if (where_ == Where::OutOfService) {
            dirty();
        }
        return;
    }
    if (where_ == Where::OutOfService) return show(visit_open_ ? Where::Services : Where::Attract);
    if (where_ != Where::Waiting) return;
    if (!wanted_form_.empty()) return open_form(std::exchange(wanted_form_, {}));
    show(Where::Services);
}

void Visit::hear(const News& news) {
    const auto ours = [this](const forms::Uuid& id) { return filling_ && !wipe_pending_ && filling_->id == id; };
    std::visit(Overloaded{
                   [&](const ReadinessTold& readiness) { told(readiness); },
                   [&](const RequestKept& kept) {
                       if (!ours(kept.id) || filling_->kept) return;
                       filling_->kept = true;
                       filling_->frozen.reset();
                       number_ = kept.number;
                       receipt_.number = full_number();
                       touched_at_ = now();
                       show(Where::Receipt);
                   },
                   [&](const RequestNotKept& refused) {
                       if (!ours(refused.id) || filling_->kept) return;
                       code_ = refused.code;
                       touched_at_ = now();
                       show(Where::NotKept);
                   },
                   [&](const RequestAcknowledged& done) {
                       if (!ours(done.id)) return;
                       receipt_.reference = done.reference;
                       needs_desk_ = false;
                       dirty();
                   },
                   [&](const RequestNeedsDesk& desk) {
                       if (!ours(desk.id)) return;
                       needs_desk_ = true;
                       dirty();
                   },
               },
               news);
}

std::vector<Order> Visit::take_orders() { return std::exchange(orders_, {}); }

// --- intents ---------------------------------------------------------------------------------------------------------

void Visit::apply(const Intent& intent) {
    if (std::holds_alternative<ExitNow>(intent)) return end(Where::Neutral);
    if (panel_intent(intent)) return;
    if (panel_ != PanelKind::None) return; // what lies under a panel cannot be touched
    if (visit_intent(intent)) return;
    if (where_ == Where::Question && filling_ && filling_->page && filling_->page->apply(intent, voice())) dirty();
}

bool Visit::panel_intent(const Intent& intent) {
    const bool strip = where_ != Where::Neutral && panel_ != PanelKind::Idle && panel_ != PanelKind::Remove;
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
                              if (on(Where::Services)) open_form(chosen.key);
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

void Visit::start(const std::string& language) {
    if (std::find(settings_.languages.begin(), settings_.languages.end(), language) == settings_.languages.end())
        return;
    ++visits_started_;
    visit_open_ = true;
    choose_language(language);
    if (!readiness_ || !readiness_->ready || now() - readiness_at_ > readiness_holds) readiness_.reset();
    ask_readiness();
    show(Where::Privacy);
}

void Visit::accept_notice() {
    if (!readiness_ || asking_) return show(Where::Waiting);
    if (!readiness_->ready) return show(Where::OutOfService);
    show(Where::Services);
}

void Visit::open_form(const std::string& key) {
    const auto form = std::find_if(forms_.begin(), forms_.end(), [&](const OfferedForm& f) { return f.key == key; });
    if (form == forms_.end()) return;
    if (!readiness_ || !readiness_->ready || now() - readiness_at_ > readiness_holds) {
        // Asked before a form is offered, not after an hour of answers (disk, keys, clock, room in the outbox).
        wanted_form_ = key;
        readiness_.reset();
        ask_readiness();
        return show(Where::Waiting);
    }
    if (!filling_ || filling_->form != &*form) {
        filling_ = std::make_unique<Filling>(Filling{
            &*form, ports_.new_id(), forms::Draft(form->definition, ports_.memory), ports_.clock->wall_time(), {}});
        answer_by_notice();
    }
    choose_language(language_);
    const std::vector<forms::Page> all = pages();
    if (all.empty()) return open_check();
    filling_->changing = false;
    // Whoever comes back from the list of services goes on where they were.
    const auto open = filling_->passed.empty() ? all.front() : first_not_passed().value_or(all.front());
    open_page(rows_around(open.path) ? all.front() : open);
}

void Visit::choose_language(const std::string& code) {
    if (std::find(settings_.languages.begin(), settings_.languages.end(), code) == settings_.languages.end()) return;
    language_ = code;
    words_ = words_of(code);
    if (filling_) {
        filling_->language = form_language(*filling_->form->definition, code);
        form_words_ = words_of(filling_->language);
        if (filling_->page) filling_->page->speak(voice());
    } else {
        form_words_ = words_;
    }
    dirty();
}

void Visit::confirm_remove(bool yes) {
    panel_ = PanelKind::None;
    if (yes && filling_ && filling_->page) {
        const forms::Page& page = filling_->page->page();
        if (page.kind == forms::PageKind::Repeat) {
            // Later instances move up: where somebody has been is only known for those before.
            std::erase_if(filling_->passed, [&](const forms::Path& path) {
                const auto rows = rows_around(path);
                return rows && rows->with_instance(0) == page.path && rows->instance() >= removing_ &&
                       rows->instance() + 1 >= filling_->draft.begun_instances(page.path);
            });
        }
        filling_->page->remove_row(removing_, voice());
    }
    dirty();
}

// --- sending ---------------------------------------------------------------------------------------------------------

void Visit::send() {
    auto filled = forms::complete(filling_->draft, filling_->language);
    if (!filled.ok()) {
        filling_->issues = filled.error();
        focus_wish_ = "errors";
        return dirty();
    }
    filling_->issues.clear();
    const RequestRecord record{filling_->id, filling_->language, filling_->started, ports_.clock->wall_time()};
    filling_->frozen = ports_.freeze(filling_->draft, filled.value(), record);
    if (!filling_->frozen) {
        code_ = too_large_code;
        return show(Where::NotKept);
    }
    keep();
}

/// The same bytes under the same id, as often as it takes.
void Visit::keep() {
    if (!filling_ || filling_->kept) return;
    if (!filling_->frozen) return show(Where::Check); // nothing was frozen: look at the answers again
    orders_.emplace_back(KeepRequest{filling_->id, FrozenBytes(*filling_->frozen, ports_.memory)});
    show(Where::Saving);
}

// --- the end ---------------------------------------------------------------------------------------------------------

void Visit::end(Where next) {
    // The neutral screen is built from nothing of the visit, so it can be shown at once; the wipe follows in
    // `presented`, when the person is already safe from eyes.
    language_ = settings_.default_language;
    words_ = words_of(language_);
    form_words_ = words_;
    text_size_ = settings_.text_size;
    theme_ = settings_.theme;
    focus_wish_.clear();
    wipe_pending_ = true;
    where_ = next;
    panel_ = PanelKind::None;
    shown_at_ = touched_at_ = now();
    dirty();
}

void Visit::presented() {
    if (wipe_pending_ && picture_ && built_ == version_) wipe();
}

void Visit::wipe() {
    wipe_pending_ = false;
    filling_.reset();
    visit_open_ = false;
    why_open_ = false;
    wanted_form_.clear();
    removing_ = 0;
    number_ = 0;
    receipt_ = {};
    needs_desk_ = false;
    code_.clear();
    std::erase_if(orders_, [](const Order& order) { return std::holds_alternative<KeepRequest>(order); });
    orders_.emplace_back(ForgetVisit{});
    ++wipes_;
}

std::optional<std::string> Visit::question_shown() const {
    if (where_ != Where::Question || !filling_ || !filling_->page) return std::nullopt;
    return filling_->draft.definition().text_of(filling_->page->page().path);
}

} // namespace kiosk
