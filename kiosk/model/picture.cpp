// SPDX-License-Identifier: EUPL-1.2
// What each screen of a visit says, as plain data. Nothing changes here but the picture itself.
#include "forms/engine/summary.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/visit.hpp"

#include <algorithm>
#include <array>

namespace kiosk {
namespace {

std::string said(const Words& words, Text text) { return std::string(words.get(text)); }

KeyboardWords keyboard_words(const Words& words) {
    KeyboardWords keys;
    keys.space = said(words, Text::keyboard_space);
    keys.erase = said(words, Text::keyboard_erase);
    keys.enter = said(words, Text::keyboard_enter);
    keys.shift = said(words, Text::keyboard_shift);
    keys.symbols = said(words, Text::keyboard_symbols);
    keys.letters = said(words, Text::keyboard_letters);
    keys.hide = said(words, Text::keyboard_hide);
    keys.left = said(words, Text::keyboard_left);
    keys.right = said(words, Text::keyboard_right);
    keys.show = said(words, Text::keyboard_show);
    return keys;
}

/// "Sezione · Persona 2": the groups around a page that have a name of their own.
std::string section_words(const forms::Definition& definition, const std::vector<forms::Path>& section,
                          const std::string& heading, const PageVoice& voice) {
    std::string out;
    for (const forms::Path& group : section) {
        std::string name(definition.item(group).text.in(voice.language));
        if (name.empty() || name == heading) continue;
        if (definition.item(group).repeats)
            name =
                voice.words.get(Text::repeat_row, {{"name", name}, {"number", std::to_string(group.instance() + 1)}});
        out += (out.empty() ? "" : " · ") + name;
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
    next->strip.help = said(words_, Text::strip_help);
    next->strip.language = said(words_, Text::strip_language);
    next->strip.size = said(words_, Text::strip_size);
    next->strip.contrast = said(words_, Text::strip_contrast);
    next->strip.exit = said(words_, Text::strip_exit);
    next->strip.language_name = std::string(own_name(language_));
    next->keyboard = keyboard_words(words_);
    next->more = said(words_, Text::more);
    next->earlier = said(words_, Text::earlier);
    if (where_ != Where::Neutral) {
        next->office = settings_.body;
        if (!settings_.office.empty()) next->office += (next->office.empty() ? "" : " · ") + settings_.office;
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
        out.title = said(words_, Text::out_title);
        out.what_to_do = said(words_, Text::out_text);
        out.code = words_.get(Text::out_code, {{"code", code_}});
        out.retry = said(words_, Text::out_retry);
        return out;
    }
    case Where::Privacy:
        return privacy_screen();
    case Where::Waiting:
        return SavingScreen{said(words_, Text::waiting_title), said(words_, Text::waiting_text), false};
    case Where::Services:
        return services_screen();
    case Where::Question:
        return question_screen();
    case Where::Check:
        return check_screen();
    case Where::Saving: {
        const bool slow = now() >= shown_at_ + settings_.saving_slow;
        return SavingScreen{said(words_, Text::saving_title),
                            said(words_, slow ? Text::saving_slow : Text::saving_text), slow};
    }
    case Where::Receipt:
        return receipt_screen();
    case Where::NotKept: {
        NotKeptScreen not_kept;
        not_kept.title = said(words_, Text::notkept_title);
        not_kept.text = said(words_, Text::notkept_text);
        not_kept.code = words_.get(Text::out_code, {{"code", code_}});
        not_kept.retry = said(words_, Text::out_retry);
        not_kept.leave = said(words_, Text::notkept_leave);
        return not_kept;
    }
    case Where::Neutral:
        break;
    }
    return NeutralScreen{said(words_, Text::neutral_title)};
}

std::vector<LanguageChoice> Visit::language_choices() const {
    std::vector<LanguageChoice> choices;
    for (const std::string& code : settings_.languages)
        choices.push_back({code, std::string(own_name(code)), direction(code), code == language_});
    return choices;
}

AttractScreen Visit::attract_screen() const {
    AttractScreen attract;
    attract.title = said(words_, Text::attract_title);
    attract.subtitle = said(words_, Text::attract_subtitle);
    attract.office = settings_.office;
    attract.languages = language_choices();
    for (const LanguageChoice& choice : attract.languages) {
        const auto words = Words::load(choice.code);
        attract.start.push_back(words.ok() ? said(words.value(), Text::attract_start) : choice.own_name);
    }
    return attract;
}

PrivacyScreen Visit::privacy_screen() const {
    PrivacyScreen privacy;
    privacy.title = said(words_, Text::privacy_title);
    privacy.paragraphs = {words_.get(Text::privacy_who, {{"body", settings_.body}}),
                          said(words_, Text::privacy_why),
                          said(words_, Text::privacy_seen_by),
                          said(words_, Text::privacy_leaves_nothing),
                          said(words_, Text::privacy_rights),
                          said(words_, Text::privacy_exit)};
    if (!settings_.privacy_notice.empty()) {
        privacy.full_notice_title = said(words_, Text::privacy_full);
        privacy.full_notice_code = settings_.privacy_notice;
    }
    privacy.accept = said(words_, Text::privacy_accept);
    privacy.refuse = said(words_, Text::privacy_refuse);
    return privacy;
}

ServicesScreen Visit::services_screen() const {
    ServicesScreen services;
    services.title = said(words_, Text::services_title);
    services.hint = said(words_, forms_.empty() ? Text::services_none : Text::services_hint);
    for (std::size_t i = 0; i < forms_.size(); ++i) {
        const forms::Definition& definition = *forms_[i].definition;
        ServicesScreen::Service service;
        service.key = forms_[i].key;
        service.language = form_language(definition, language_);
        service.direction = direction(service.language);
        service.title = definition.title().in(service.language);
        service.summary = words_.get(Text::services_length, {{"total", std::to_string(lengths_[i])}});
        if (service.language != language_) service.note = said(words_, Text::services_not_translated);
        services.services.push_back(std::move(service));
    }
    services.back = said(words_, Text::back);
    return services;
}

QuestionScreen Visit::question_screen() {
    QuestionScreen question;
    const PageVoice speaking = voice();
    const forms::Page& page = filling_->page->page();
    question.language = speaking.language;
    question.direction = direction(speaking.language);
    if (speaking.language != language_) question.note = said(words_, Text::services_not_translated);
    filling_->page->fill(question, speaking);
    question.section = section_words(filling_->draft.definition(), page.section, question.heading, speaking);

    const std::vector<forms::Page> all = pages();
    const std::size_t number = forms::position_of(all, page.path).value_or(0) + 1;
    const std::size_t total = std::max(forms::expected_pages(filling_->draft), number);
    question.progress =
        words_.get(Text::question_progress, {{"number", std::to_string(number)}, {"total", std::to_string(total)}});
    question.done = static_cast<float>(number) / static_cast<float>(total);
    question.why_open = why_open_ && !question.why.empty();
    question.back = said(words_, Text::back);
    question.next = said(words_, Text::next);
    return question;
}

std::string Visit::row_key(const forms::Path& path) const {
    return "row:" + filling_->draft.definition().text_of(path.with_instance(0));
}

CheckScreen Visit::check_screen() const {
    const PageVoice speaking = voice();
    const forms::Definition& definition = filling_->draft.definition();
    CheckScreen check;
    check.title = said(words_, Text::check_title);
    check.hint = said(words_, Text::check_hint);
    check.language = speaking.language;
    check.direction = direction(speaking.language);
    check.back = said(words_, Text::back);
    check.send = said(words_, Text::check_send);

    // A repeating group has one more row, before its instances: how many there are, and the way to add one.
    std::vector<forms::Page> lists;
    for (const forms::Page& page : pages())
        if (page.kind == forms::PageKind::Repeat && !rows_around(page.path)) lists.push_back(page);
    std::size_t next_list = 0;
    const auto lists_before = [&](forms::ItemIndex item) {
        for (; next_list < lists.size() && lists[next_list].path.item() < item; ++next_list) {
            const forms::Path& group = lists[next_list].path;
            const std::uint32_t begun = filling_->draft.begun_instances(group);
            CheckScreen::Section section;
            section.title = definition.item(group).text.in(speaking.language);
            section.rows.push_back({"row:" + definition.text_of(group), section.title,
                                    begun == 0 ? said(words_, Text::check_not_given) : std::to_string(begun),
                                    begun == 0, said(words_, Text::check_change)});
            check.sections.push_back(std::move(section));
        }
    };

    for (const forms::SummarySection& part : forms::summary(filling_->draft, speaking.language)) {
        if (part.lines.empty()) continue;
        lists_before(part.lines.front().path.item());
        CheckScreen::Section section;
        section.title = part.title;
        if (part.repeating)
            section.title =
                words_.get(Text::repeat_row, {{"name", section.title}, {"number", std::to_string(part.instance + 1)}});
        for (const forms::SummaryLine& line : part.lines) {
            if (answered_by_notice(definition.item(line.path))) continue;
            CheckScreen::Row row;
            row.key = row_key(line.path);
            row.question = line.question;
            row.answer = line_words(line, definition.item(line.path), form_words_, speaking.language);
            row.missing = row.answer.empty();
            if (row.missing) row.answer = said(words_, Text::check_not_given);
            row.change = said(words_, Text::check_change);
            section.rows.push_back(std::move(row));
        }
        if (section.rows.empty()) continue;
        // Lines of one group that another group interrupts come as two sections with one name.
        if (!check.sections.empty() && check.sections.back().title == section.title && !part.repeating) {
            auto& rows = check.sections.back().rows;
            std::move(section.rows.begin(), section.rows.end(), std::back_inserter(rows));
        } else {
            check.sections.push_back(std::move(section));
        }
    }
    lists_before(static_cast<forms::ItemIndex>(definition.items().size()));

    check.missing = facts_missing();
    if (!check.missing.empty()) check.missing_title = said(words_, Text::check_missing);
    for (const forms::Issue& issue : filling_->issues) {
        const forms::Item& item = definition.item(issue.path);
        const std::string question(item.text.in(speaking.language));
        check.errors.push_back(
            {row_key(issue.path), question + " " + error_words(wrong_of_issue(issue, item), item, speaking)});
    }
    if (!check.errors.empty()) check.error_title = said(words_, Text::check_problem);
    return check;
}

/// What the office needs to find the person again, was asked for and not given. Never a reason to stop anybody.
std::vector<std::string> Visit::facts_missing() const {
    struct Fact {
        std::string_view ending; ///< of the profile element a question stands for
        Text words;
    };
    constexpr std::array facts = {Fact{"Patient.name.family", Text::missing_family_name},
                                  Fact{"Patient.name.given", Text::missing_given_name},
                                  Fact{"Patient.birthDate", Text::missing_birth_date},
                                  Fact{"identifier:codiceFiscale.value", Text::missing_person_number},
                                  Fact{"Patient.telecom", Text::missing_contact}};
    const forms::Definition& definition = filling_->draft.definition();
    const auto of_the_declarant = [&definition](forms::ItemIndex item) {
        const auto line = definition.line_of(item);
        return std::any_of(line.begin(), line.end(), [&](forms::ItemIndex ancestor) {
            return definition.item(ancestor).definition.find("ContattoPersona") != std::string::npos;
        });
    };
    std::vector<std::string> missing;
    for (const Fact& fact : facts) {
        bool asked = false;
        bool given = false;
        for (const forms::Path& path : filling_->draft.enabled()) {
            const forms::Item& item = definition.item(path);
            if (!item.is_question() || item.filled_by_desk || !item.definition.ends_with(fact.ending)) continue;
            if (of_the_declarant(path.item())) continue;
            asked = true;
            const forms::Answer* answer = filling_->draft.answer(path);
            given = given || (answer != nullptr && answer->value);
        }
        if (asked && !given) missing.push_back(said(words_, fact.words));
    }
    return missing;
}

bool Visit::can_be_called() const {
    const forms::Draft& draft = filling_->draft;
    const auto enabled = draft.enabled();
    return std::any_of(enabled.begin(), enabled.end(), [&draft](const forms::Path& path) {
        const forms::Item& item = draft.definition().item(path);
        const bool contact = item.definition.find("telecom") != std::string::npos ||
                             item.definition.find("recapiti") != std::string::npos;
        const forms::Answer* answer = contact ? draft.answer(path) : nullptr;
        return answer != nullptr && answer->value;
    });
}

std::string Visit::full_number() const {
    std::string digits = std::to_string(number_);
    if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
    return settings_.number_prefix + "-" + digits;
}

ReceiptScreen Visit::receipt_screen() const {
    ReceiptScreen receipt;
    receipt.title = said(words_, Text::receipt_title);
    receipt.thanks = said(words_, Text::receipt_thanks);
    receipt.number_label = said(words_, Text::receipt_number);
    receipt.number = receipt_.number;
    receipt.reference_label = said(words_, Text::receipt_reference);
    if (!receipt_.reference.empty()) receipt.reference = receipt_.reference;
    receipt.reference_waiting = said(words_, needs_desk_ ? Text::receipt_needs_desk : Text::receipt_waiting);
    receipt.next_title = said(words_, Text::receipt_next);
    receipt.next_steps.push_back(said(words_, Text::receipt_step_read));
    // Nobody is promised a call who left no way to be called.
    if (can_be_called()) receipt.next_steps.push_back(said(words_, Text::receipt_step_contact));
    receipt.next_steps.push_back(said(words_, Text::receipt_step_come));
    const std::vector<std::string> missing = facts_missing();
    if (!missing.empty()) {
        std::string list;
        for (const std::string& fact : missing) {
            if (!list.empty()) list += words_.get(Text::list_comma);
            list += fact;
        }
        receipt.next_steps.push_back(words_.get(Text::receipt_step_missing, {{"list", list}}));
    }
    const auto line = [&receipt](const std::string& text) {
        if (!text.empty()) receipt.office += (receipt.office.empty() ? "" : "\n") + text;
    };
    line(settings_.office);
    line(settings_.address);
    line(settings_.phone);
    if (!settings_.opening_hours.empty()) line(words_.get(Text::receipt_hours, {{"hours", settings_.opening_hours}}));
    // For the desk's reader: which request on which terminal. No name, no subject of the request.
    receipt.code = "SPORTELLO:1:" + receipt_.number + ":" + filling_->id.text();
    receipt.code_label = said(words_, Text::receipt_code);
    receipt.done = said(words_, Text::receipt_done);
    return receipt;
}

int Visit::idle_seconds_left() const {
    const forms::BootTime left = settings_.idle_warning + settings_.idle_countdown - since_touch();
    return static_cast<int>(std::max<std::int64_t>(0, (left.count() + 999) / 1000));
}

std::optional<Panel> Visit::panel() const {
    const std::string close = said(words_, Text::close);
    switch (panel_) {
    case PanelKind::None:
        return std::nullopt;
    case PanelKind::Help:
        return HelpPanel{said(words_, Text::help_title),
                         {said(words_, Text::help_one), said(words_, Text::help_two), said(words_, Text::help_three),
                          said(words_, Text::help_four), said(words_, Text::help_five), said(words_, Text::help_six)},
                         close};
    case PanelKind::Language:
        return LanguagePanel{said(words_, Text::language_title), language_choices(), said(words_, Text::language_note),
                             close};
    case PanelKind::Size:
        return SizePanel{
            said(words_, Text::size_title),
            {{"size.small", said(words_, Text::size_small), text_size_ == TextSize::Small},
             {"size.medium", said(words_, Text::size_medium), text_size_ == TextSize::Medium},
             {"size.large", said(words_, Text::size_large), text_size_ == TextSize::Large},
             {"size.extra-large", said(words_, Text::size_extra_large), text_size_ == TextSize::ExtraLarge}},
            close};
    case PanelKind::Contrast:
        return ContrastPanel{said(words_, Text::contrast_title),
                             {{"theme.medium", said(words_, Text::contrast_medium), theme_ == Theme::Medium},
                              {"theme.high-light", said(words_, Text::contrast_high_light), theme_ == Theme::HighLight},
                              {"theme.high-dark", said(words_, Text::contrast_high_dark), theme_ == Theme::HighDark},
                              {"theme.low", said(words_, Text::contrast_low), theme_ == Theme::Low}},
                             close};
    case PanelKind::Idle: {
        const int left = idle_seconds_left();
        return IdlePanel{said(words_, Text::idle_title),
                         said(words_, Text::idle_text),
                         said(words_, Text::idle_more_time),
                         said(words_, Text::idle_leave),
                         left,
                         words_.get(Text::idle_seconds, {{"seconds", std::to_string(left)}})};
    }
    case PanelKind::Remove: {
        std::string name;
        if (filling_ && filling_->page && filling_->page->page().kind == forms::PageKind::Repeat)
            name = filling_->page->instance_name(filling_->page->page().path.with_instance(removing_), voice());
        else
            name = words_.get(Text::repeat_row, {{"name", ""}, {"number", std::to_string(removing_ + 1)}});
        return RemovePanel{said(words_, Text::remove_title), words_.get(Text::remove_text, {{"name", name}}),
                           said(words_, Text::remove_yes), said(words_, Text::remove_no)};
    }
    }
    return std::nullopt;
}

} // namespace kiosk
