// SPDX-License-Identifier: EUPL-1.2
// What each screen of a visit says, as plain data. Nothing changes here but the picture itself.
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>

namespace kiosk {
namespace {

KeyboardWords keyboard_words(const Words& words) {
    const auto said = [&words](Text text) { return std::string(words.get(text)); };
    KeyboardWords keys;
    keys.space = said(Text::keyboard_space);
    keys.erase = said(Text::keyboard_erase);
    keys.enter = said(Text::keyboard_enter);
    keys.shift = said(Text::keyboard_shift);
    keys.symbols = said(Text::keyboard_symbols);
    keys.letters = said(Text::keyboard_letters);
    keys.hide = said(Text::keyboard_hide);
    keys.left = said(Text::keyboard_left);
    keys.right = said(Text::keyboard_right);
    keys.show = said(Text::keyboard_show);
    return keys;
}

/// "Sezione · Persona 2": the groups around a page that have a name of their own.
std::string section_words(const forms::Draft& draft, const std::vector<forms::Path>& section,
                          const std::string& heading, const PageVoice& voice) {
    const forms::Definition& definition = draft.definition();
    std::string out;
    for (const forms::Path& group : section) {
        std::string name(draft.text(group, voice.language));
        if (name.empty() || name == heading) continue;
        if (definition.item(group).repeats)
            name =
                voice.words.get(Text::repeat_row, {{"name", name}, {"number", std::to_string(group.instance() + 1)}});
        out += (out.empty() ? "" : " · ") + name;
    }
    return out;
}

/// Below the answers of one question the same is asked of each: "Quali lingue parli? · Italiano".
std::string answer_above(const forms::Draft& draft, const forms::Path& path, const PageVoice& voice) {
    const forms::Definition& definition = draft.definition();
    const auto line = definition.line_of(path.item());
    std::string out;
    for (std::size_t depth = 1; depth < line.size(); ++depth) {
        const forms::Item& above = definition.item(line[depth - 1]);
        if (!above.is_question() || !above.repeats) continue;
        const auto& instances = path.instances();
        const forms::Path place(line[depth - 1],
                                {instances.begin(), instances.begin() + static_cast<std::ptrdiff_t>(depth)});
        const forms::Answer* const answer = draft.answer(place);
        if (answer == nullptr || answer->empty()) continue;
        const std::string_view words =
            above.short_text.empty() ? draft.text(place, voice.language) : above.short_text.in(voice.language);
        out += (out.empty() ? "" : " · ") + std::string(words) + " · " +
               (answer->value ? value_words(*answer->value, above, voice.form_words, voice.language)
                              : std::string(answer->typed));
    }
    return out;
}

} // namespace

PageVoice Visit::voice() const { return {words_, form_words_, filling_ ? filling_->language : language_}; }

const Picture& Visit::picture() {
    if (!picture_ || built_ != version_) build();
    return *picture_;
}

void Visit::build() {
    auto next = std::make_unique<Picture>();
    next->version = version_;
    next->language = language_;
    next->direction = words_.direction();
    next->theme = theme_;
    next->text_size = text_size_;
    next->strip_shown = where_ != Where::Neutral;
    next->strip.help = said(Text::strip_help);
    next->strip.language = said(Text::strip_language);
    next->strip.size = said(Text::strip_size);
    next->strip.contrast = said(Text::strip_contrast);
    next->strip.exit = said(desk_ ? Text::desk_sign_out : Text::strip_exit);
    next->strip.language_name = std::string(own_name(language_));
    next->keyboard = keyboard_words(words_);
    next->more = said(Text::more);
    next->earlier = said(Text::earlier);
    if (where_ != Where::Neutral) {
        next->office = settings_.body;
        if (!settings_.office.empty()) next->office += (next->office.empty() ? "" : " · ") + settings_.office;
        if (settings_.preview) next->office = said(Text::preview_mark);
        if (desk_) next->office += (next->office.empty() ? "" : " · ") + said(Text::desk_mark);
    }
    next->screen = screen();
    next->panel = panel();
    next->focus_wish = focus_wish_;
    picture_ = std::move(next); // the old one is freed, and so zeroed, whole
    built_ = version_;
}

Screen Visit::screen() {
    switch (where_) {
    case Where::Attract:
        return attract_screen();
    case Where::OutOfService: {
        OutOfServiceScreen out;
        out.title = said(Text::out_title);
        out.what_to_do = said(Text::out_text);
        out.code = words_.get(Text::out_code, {{"code", code_}});
        out.retry = said(Text::out_retry);
        return out;
    }
    case Where::Privacy:
        return privacy_screen();
    case Where::Waiting:
        return SavingScreen{said(Text::waiting_title), said(Text::waiting_text), false};
    case Where::Services:
        return services_screen();
    case Where::Question:
        return question_screen();
    case Where::Ways:
        return ways_screen();
    case Where::Looking:
        return look_screen();
    case Where::Proposal:
        return proposal_screen();
    case Where::Sheets:
        return sheets_screen();
    case Where::PaperFacts:
        return facts_screen();
    case Where::PaperMaking:
        return SavingScreen{said(Text::paper_making), said(Text::saving_text), false};
    case Where::Check:
        return check_screen();
    case Where::Saving: {
        const bool slow = now() >= shown_at_ + settings_.saving_slow;
        return SavingScreen{said(Text::saving_title), said(slow ? Text::saving_slow : Text::saving_text), slow};
    }
    case Where::Receipt:
        return receipt_screen();
    case Where::NotKept: {
        NotKeptScreen not_kept;
        not_kept.title = said(Text::notkept_title);
        not_kept.text = said(Text::notkept_text);
        not_kept.code = words_.get(Text::out_code, {{"code", code_}});
        not_kept.retry = said(Text::out_retry);
        not_kept.leave = said(Text::notkept_leave);
        return not_kept;
    }
    case Where::DeskSignIn:
        return desk_sign_in_screen();
    case Where::DeskIdentity:
        return desk_identity_screen();
    case Where::DeskList:
        return desk_list_screen();
    case Where::Notices:
        return notices_screen(notices_in_force(), Text::notices_title);
    case Where::ServiceNotice:
        return notices_screen(notices_before(noticed_form_), Text::notice_before_service);
    case Where::StatusAsk:
        return status_ask_screen();
    case Where::StatusWaiting:
        return SavingScreen{said(Text::waiting_title), said(Text::waiting_text), false};
    case Where::StatusAnswer:
        return status_screen();
    case Where::Neutral:
        break;
    }
    return NeutralScreen{said(Text::neutral_title)};
}

std::vector<LanguageChoice> Visit::language_choices() const {
    std::vector<LanguageChoice> choices;
    for (const std::string& code : settings_.languages)
        choices.push_back({code, std::string(own_name(code)), direction(code), code == language_});
    return choices;
}

AttractScreen Visit::attract_screen() const {
    AttractScreen attract;
    attract.title = said(Text::attract_title);
    attract.subtitle = said(Text::attract_subtitle);
    attract.office = settings_.office;
    attract.languages = language_choices();
    for (const LanguageChoice& choice : attract.languages) {
        const auto words = Words::load(choice.code);
        attract.start.push_back(words.ok() ? std::string(words.value().get(Text::attract_start)) : choice.own_name);
    }
    add_notices(attract);
    return attract;
}

PrivacyScreen Visit::privacy_screen() const {
    PrivacyScreen privacy;
    privacy.title = said(Text::privacy_title);
    privacy.paragraphs = {words_.get(Text::privacy_who, {{"body", settings_.body}}),
                          said(Text::privacy_why),
                          said(Text::privacy_seen_by),
                          said(Text::privacy_leaves_nothing),
                          said(Text::privacy_rights),
                          said(Text::privacy_exit)};
    if (!settings_.privacy_notice.empty()) {
        privacy.full_notice_title = said(Text::privacy_full);
        privacy.full_notice_code = settings_.privacy_notice;
    }
    privacy.accept = said(Text::privacy_accept);
    privacy.refuse = said(Text::privacy_refuse);
    return privacy;
}

ServicesScreen Visit::services_screen() const {
    ServicesScreen services;
    services.title = said(Text::services_title);
    services.hint = said(forms_.empty() ? Text::services_none : Text::services_hint);
    for (std::size_t i = 0; i < forms_.size(); ++i) {
        const forms::Definition& definition = *forms_[i].definition;
        ServicesScreen::Service service;
        service.key = forms_[i].key;
        service.language = form_language(definition, language_);
        service.direction = direction(service.language);
        service.title = definition.title().in(service.language);
        service.summary = words_.count(Text::services_length, lengths_[i]);
        if (service.language != language_)
            service.note =
                words_.get(Text::services_not_translated, {{"name", words_.name_of(service.language)}});
        services.services.push_back(std::move(service));
    }
    if (!settings_.preview) {
        services.status = said(Text::status_open);
        services.status_hint = said(Text::status_open_hint);
    }
    services.back = said(Text::back);
    return services;
}

/// Beside the answers that it is about, as long as they stay as they were.
void Visit::add_advice(QuestionScreen& question) const {
    if (!question.errors.empty() || filling_->advised_at != filling_->draft.revision()) return;
    question.advice = advice();
    if (question.advice.empty()) return;
    const bool of_form = std::ranges::any_of(question.advice, &AdviceLine::of_form);
    question.advice_title = said(of_form ? Text::advice_answer : Text::advice_code);
    question.advice.push_back({said(Text::advice_go_on)});
}

QuestionScreen Visit::question_screen() {
    QuestionScreen question;
    const PageVoice speaking = voice();
    const forms::Page& page = filling_->page->page();
    question.language = speaking.language;
    question.direction = direction(speaking.language);
    if (speaking.language != language_)
        question.note = words_.get(Text::services_not_translated, {{"name", words_.name_of(speaking.language)}});
    filling_->page->fill(question, speaking);
    add_advice(question);
    question.section = section_words(filling_->draft, page.section, question.heading, speaking);
    if (const std::string above = answer_above(filling_->draft, page.path, speaking); !above.empty())
        question.section += (question.section.empty() ? "" : " · ") + above;

    const std::vector<forms::Page>& all = pages();
    const std::size_t number = forms::position_of(all, page.path).value_or(0) + 1;
    const std::size_t total = std::max(filling_->expected, number);
    question.progress =
        words_.get(Text::question_progress, {{"number", std::to_string(number)}, {"total", std::to_string(total)}});
    question.done = static_cast<float>(number) / static_cast<float>(total);
    question.why_open = why_open_ && !question.why.empty();
    for (const forms::Page* tab : tabs()) {
        const forms::Item& group = filling_->draft.definition().item(*tab->tab);
        const forms::Words& words = group.short_text.empty() ? group.text : group.short_text;
        question.tabs.push_back({"tab." + std::to_string(question.tabs.size()),
                                 std::string(words.in(speaking.language)), tab->tab == page.tab});
    }
    if (const auto papers = papers_asked()) {
        RepeatControl control = papers_control(*papers);
        if (question.advice_title.empty() && filling_->paper_room != Filling::Room::There)
            add_no_room(question);
        if (control.can_add || !control.rows.empty()) {
            question.control = std::move(control);
            if (question.hint_is_ours || question.hint.empty()) {
                question.hint = said(Text::paper_hint);
                question.hint_is_ours = true;
            }
        }
    }
    if (can_read_papers() && read_from_papers(page)) question.scan = said(Text::scan_offer);
    question.back = said(Text::back);
    question.next = said(Text::next);
    return question;
}

} // namespace kiosk
