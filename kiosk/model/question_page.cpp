// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/question_page.hpp"

#include "kiosk/model/text_blocks.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

/// Questions of one group that are answered by the same few words stand in a table: question by question, word by word.
bool makes_a_table(const std::vector<AskedPart>& parts) {
    if (parts.size() < 2) return false;
    const auto* first = std::get_if<ChoiceControl>(&parts.front().control);
    if (first == nullptr) return false;
    constexpr std::size_t most_columns = 7;
    if (first->options.size() < 2 || first->options.size() > most_columns) return false;
    return std::all_of(parts.begin(), parts.end(), [first](const AskedPart& part) {
        const auto* choice = std::get_if<ChoiceControl>(&part.control);
        return choice != nullptr && !choice->other &&
               std::equal(choice->options.begin(), choice->options.end(), first->options.begin(), first->options.end(),
                          [](const Option& a, const Option& b) { return a.text == b.text; });
    });
}

} // namespace

QuestionPage::QuestionPage(forms::Draft& draft, forms::Page page, const VisitPorts& ports, const PageVoice& voice)
    : draft_(draft), page_(std::move(page)), ports_(ports) {
    const auto company = page_.group ? QuestionPart::Company::AmongOthers : QuestionPart::Company::Alone;
    parts_.push_back(std::make_unique<QuestionPart>(draft_, page_, ports_, voice, company));
    follow(voice);
}

std::vector<forms::Path> QuestionPage::questions() const {
    std::vector<forms::Path> paths;
    for (const auto& part : parts_)
        paths.push_back(part->path());
    return paths;
}

void QuestionPage::follow(const PageVoice& voice) {
    const std::vector<forms::Path> now = forms::questions_on(draft_, page_);
    if (now.empty()) return; // the page is about to be left: its question is gone
    std::vector<std::unique_ptr<QuestionPart>> parts;
    for (const forms::Path& path : now) {
        const auto here = std::find_if(parts_.begin(), parts_.end(), [&path](const auto& part) {
            return part && part->path().with_instance(0) == path.with_instance(0);
        });
        if (here != parts_.end()) {
            parts.push_back(std::move(*here));
            continue;
        }
        forms::Page one;
        one.path = path;
        parts.push_back(
            std::make_unique<QuestionPart>(draft_, std::move(one), ports_, voice, QuestionPart::Company::AmongOthers));
    }
    parts_ = std::move(parts);
    page_.path = now.front();
    page_.together.assign(now.begin() + 1, now.end());
}

bool QuestionPage::apply(const Intent& intent, const PageVoice& voice) {
    for (const auto& part : parts_) {
        if (!part->apply(intent, voice)) continue;
        for (const auto& other : parts_)
            if (other != part) other->follow_program(voice);
        follow(voice);
        return true;
    }
    return false;
}

void QuestionPage::left() {
    for (const auto& part : parts_)
        part->left();
}

bool QuestionPage::accept(const PageVoice& voice) {
    bool all = true;
    for (const auto& part : parts_)
        all = part->accept(voice) && all;
    folded_ = folded_ && all;
    return all;
}

void QuestionPage::speak(const PageVoice& voice) {
    for (const auto& part : parts_)
        part->speak(voice);
}

void QuestionPage::fill(QuestionScreen& screen, const PageVoice& voice) const {
    first().fill(screen, voice);
    const forms::Definition& definition = draft_.definition();
    for (const forms::Path& text : page_.footers)
        screen.footers.push_back(text_block(draft_, text, voice));
    const std::size_t own = page_.group ? 0 : 1; // the first question is the page's own, or one of a group's
    if (parts_.size() > own || page_.group) {
        for (std::size_t i = own; i < parts_.size(); ++i)
            screen.parts.push_back(parts_[i]->part(voice));
    }
    if (page_.group) {
        const forms::Item& group = definition.item(*page_.group);
        screen.control = NoticeControl{};
        screen.heading = draft_.text(*page_.group, voice.language);
        screen.hint = group.help.in(voice.language);
        screen.hint_is_ours = false;
        screen.why = group.why.in(voice.language);
        screen.why_label = screen.why.empty() ? std::string() : std::string(voice.words.get(Text::question_why));
        screen.optional_mark.clear();
        screen.clear.clear();
        screen.table = !makes_a_table(screen.parts)              ? TableLook::None
                       : group.control == forms::Control::HTable ? TableLook::Columns
                                                                 : TableLook::Rows;
        if (screen.heading.empty() && !screen.parts.empty()) screen.heading = screen.parts.front().label;
        if (group.collapsible != forms::Collapsible::No)
            screen.fold =
                FoldControl{std::string(voice.words.get(folded_ ? Text::fold_show : Text::fold_hide)), !folded_};
        if (folded_) {
            screen.parts.clear();
            screen.table = TableLook::None;
        }
    }
    screen.errors.clear();
    screen.error_title.clear();
    for (std::size_t i = 0; i < parts_.size(); ++i)
        for (ErrorLine line : parts_[i]->errors(voice)) {
            if (i >= own && i - own < screen.parts.size()) line.question = screen.parts[i - own].label;
            screen.errors.push_back(std::move(line));
        }
    if (!screen.errors.empty()) screen.error_title = voice.words.get(Text::question_problem);
}

} // namespace kiosk
