// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/visit_state.hpp"

#include "kiosk/model/answer_words.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

Words words_of(std::string_view language) {
    auto loaded = Words::load(language);
    if (loaded.ok()) return std::move(loaded).value();
    return std::move(Words::load("it")).value(); // the source language is in every build
}

} // namespace

Visit::Visit(VisitSettings settings, std::vector<OfferedForm> forms, VisitPorts ports)
    : settings_(std::move(settings)), forms_(std::move(forms)), ports_(std::move(ports)),
      language_(settings_.default_language), words_(words_of(language_)), form_words_(words_),
      text_size_(settings_.text_size), theme_(settings_.theme) {
    installed_ = forms_;
    for (const OfferedForm& form : forms_)
        lengths_.push_back(forms::expected_pages(forms::Draft(form.definition, ports_.memory)));
    touched_at_ = shown_at_ = now();
    if (settings_.desk) {
        desk_ = std::make_unique<DeskState>(ports_.memory);
        where_ = Where::DeskSignIn;
        return;
    }
    ask_readiness();
}

Visit::~Visit() { wipe(); }

void Visit::show(Where where) {
    where_ = where;
    panel_ = PanelKind::None;
    shown_at_ = now();
    slow_shown_ = false;
    if (where != Where::Question && filling_) leave_page();
    dirty();
}

bool Visit::at_rest() const { return !filling_ && !visit_open_ && !wipe_pending_; }

void Visit::start(const std::string& language) {
    if (std::find(settings_.languages.begin(), settings_.languages.end(), language) == settings_.languages.end())
        return;
    ++visits_started_;
    visit_open_ = true;
    choose_language(language);
    if (!surely_ready()) readiness_.reset();
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
    if (!surely_ready()) {
        // Asked before a form is offered, not after an hour of answers (disk, keys, clock, room in the outbox).
        wanted_form_ = key;
        readiness_.reset();
        ask_readiness();
        return show(Where::Waiting);
    }
    if (!filling_ || filling_->form.key != form->key) {
        filling_ = std::make_unique<Filling>(
            Filling{*form,
                    ports_.new_id(),
                    forms::Draft(form->definition, ports_.memory, forms::Start::WithInitial, setting()),
                    ports_.clock->wall_time(),
                    {},
                    std::pmr::map<std::string, std::pmr::string>(ports_.memory),
                    {}});
        answer_by_notice();
    }
    choose_language(language_);
    const std::vector<forms::Page>& all = pages();
    if (all.empty()) return open_check();
    filling_->changing = false;
    // Whoever comes back from the list of services goes on where they were.
    const auto open = filling_->passed.empty() ? all.front() : first_not_passed().value_or(all.front());
    enter(rows_around(open.path) ? all.front() : open);
    propose_known();
}

void Visit::choose_language(const std::string& code) {
    if (std::find(settings_.languages.begin(), settings_.languages.end(), code) == settings_.languages.end()) return;
    language_ = code;
    words_ = words_of(code);
    if (filling_) {
        filling_->language = form_language(*filling_->form.definition, code);
        form_words_ = words_of(filling_->language);
        if (filling_->page) filling_->page->speak(voice());
    } else {
        form_words_ = words_;
    }
    dirty();
}

void Visit::confirm_remove(bool yes) {
    panel_ = PanelKind::None;
    if (const auto papers = papers_asked()) {
        if (yes) remove_paper(*papers, removing_);
        return dirty();
    }
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
    known_.reset();
    reading_.reset();
    removing_ = 0;
    number_ = 0;
    receipt_ = {};
    needs_desk_ = false;
    code_.clear();
    status_.reset();
    told_before_.clear();
    noticed_form_.clear();
    if (waiting_news_) offer_published();
    if (desk_) desk_ = std::make_unique<DeskState>(ports_.memory);
    std::erase_if(orders_, [](const Order& order) {
        return std::holds_alternative<KeepRequest>(order) || std::holds_alternative<AskRequestStatus>(order) ||
               std::holds_alternative<DeskOrder>(order) || std::holds_alternative<CaptureOrder>(order);
    });
    orders_.emplace_back(ForgetVisit{});
    ++wipes_;
}

const forms::Draft* Visit::draft() const { return filling_ ? &filling_->draft : nullptr; }

std::optional<std::string> Visit::question_shown() const {
    if (where_ != Where::Question || !filling_ || !filling_->page) return std::nullopt;
    return filling_->draft.definition().text_of(filling_->page->page().path);
}

std::vector<std::string> Visit::questions_shown() const {
    std::vector<std::string> texts;
    if (where_ != Where::Question || !filling_ || !filling_->page) return texts;
    for (const forms::Path& path : filling_->page->questions())
        texts.push_back(filling_->draft.definition().text_of(path));
    return texts;
}

} // namespace kiosk
