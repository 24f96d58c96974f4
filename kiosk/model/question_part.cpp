// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/question_part.hpp"

#include "forms/base/utf8.hpp"
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/whole_number.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

constexpr std::size_t options_shown_as_rows = 24; // beyond, one searches

} // namespace

QuestionPart::QuestionPart(forms::Draft& draft, forms::Page page, const VisitPorts& ports, const PageVoice& voice,
                           Company company)
    : draft_(draft), page_(std::move(page)), ports_(ports), company_(company) {
    switch (page_.kind) { // no default: the compiler names the one we forgot
    case forms::PageKind::Notice:
        become(Kind::Notice, voice);
        break;
    case forms::PageKind::Repeat:
        become(Kind::Repeat, voice);
        break;
    case forms::PageKind::Question:
        become(kind_of_item(), voice);
        break;
    }
}

void QuestionPart::become(Kind kind, const PageVoice& voice) {
    kind_ = kind;
    entry_.reset();
    // A repeating question without an answer opens its first one; with answers it shows them.
    if (kind_answers_list() && draft_.answers(page_.path).empty()) entry_ = 0;
    open_fields();
    load();
    find(voice);
}

QuestionPart::Kind QuestionPart::kind_of_item() const {
    using forms::ItemType;
    if (item().read_only) return Kind::Shown;
    switch (item().type) {
    case ItemType::Group:
    case ItemType::Display:
        return Kind::Notice;
    case ItemType::Boolean:
        return Kind::Choice;
    case ItemType::Date:
        return !item().has_options() ? Kind::Date : Kind::Choice;
    case ItemType::DateTime:
        return Kind::DateTime;
    case ItemType::Time:
        return !item().has_options() ? Kind::Time : Kind::Choice;
    case ItemType::Quantity:
        return Kind::Quantity;
    case ItemType::Attachment:
        return Kind::Attachment;
    case ItemType::Choice:
    case ItemType::OpenChoice:
        return !item().value_set.empty() || item().control == forms::Control::Autocomplete ||
                       draft_.offers(page_.path).size() > options_shown_as_rows
                   ? Kind::Search
                   : Kind::Choice;
    case ItemType::Integer:
    case ItemType::Decimal:
        if (item().has_options()) return Kind::Choice;
        // A scale needs two ends; without them the number is typed.
        return item().control == forms::Control::Slider && !item().repeats && item().min_value && item().max_value
                   ? Kind::Slider
                   : Kind::Text;
    case ItemType::String:
    case ItemType::Text:
    case ItemType::Url:
        return !item().has_options() ? Kind::Text : Kind::Choice;
    }
    return Kind::Notice;
}

std::string QuestionPart::key() const { return "q:" + draft_.definition().text_of(page_.path.with_instance(0)); }

std::string QuestionPart::stem() const { return company_ == Company::Alone ? std::string() : key() + "."; }

bool QuestionPart::kind_answers_list() const {
    return page_.kind == forms::PageKind::Question && item().repeats && kind_ != Kind::Choice &&
           kind_ != Kind::Attachment && kind_ != Kind::Notice && kind_ != Kind::Shown;
}

bool QuestionPart::spins() const {
    return kind_ == Kind::Text && item().control == forms::Control::Spinner &&
           (item().type == forms::ItemType::Integer || item().type == forms::ItemType::Decimal);
}

bool QuestionPart::shows_rows() const { return kind_ == Kind::Repeat || (kind_answers_list() && !entry_); }

forms::Path QuestionPart::place() const {
    if (page_.kind == forms::PageKind::Repeat) return page_.path;
    return page_.path.with_instance(entry_.value_or(0));
}

QuestionPart::Field* QuestionPart::field_of(std::string_view wanted) {
    const std::string stem = key();
    for (Field& field : fields_)
        if (wanted == stem + field.suffix) return &field;
    return nullptr;
}

const TextEdit* QuestionPart::other_field() const {
    return kind_ == Kind::Choice && !fields_.empty() ? &fields_[0].edit : nullptr;
}

// --- what a person does ----------------------------------------------------------------------------------------------

bool QuestionPart::apply(const Intent& intent, const PageVoice& voice) {
    return std::visit(
        Overloaded{
            [&](const TypeText& typed) {
                Field* field = field_of(typed.field);
                return field && field->edit.insert(typed.utf8) && edited(*field, voice);
            },
            [&](const Edit& edit) {
                Field* field = field_of(edit.field);
                if (!field || !field->edit.apply(edit.command, edit.extend)) return false;
                edited(*field, voice);
                return true;
            },
            [&](const PlaceCaret& caret) {
                Field* field = field_of(caret.field);
                return field && field->edit.place(caret.byte, caret.extend);
            },
            [&](const ChooseOption& chosen) {
                if (kind_ == Kind::Quantity) {
                    const auto unit = whole_number_after(chosen.key, stem() + "unit.");
                    if (!unit || *unit >= item().units.size()) return false;
                    unit_ = *unit;
                    store(voice);
                    return true;
                }
                const auto option = whole_number_after(chosen.key, stem() + "option.");
                if (!option || kind_ != Kind::Choice || !choose(*option)) return false;
                wrong_.clear(); // what was asked for has been done
                return true;
            },
            [&](const ChooseHit& hit) { return kind_ == Kind::Search && !shows_rows() && choose_hit(hit.key, voice); },
            [&](const KeepFreeText&) {
                if (kind_ != Kind::Search || item().type != forms::ItemType::OpenChoice || fields_[0].edit.empty())
                    return false;
                const auto text = forms::trimmed(fields_[0].edit.text());
                if (text.empty()) return false;
                return draft_.set(place(), forms::text_value(text, draft_.memory())) == forms::Outcome::Accepted;
            },
            [&](const ForgetChosen&) {
                if (kind_ != Kind::Search || shows_rows() || !forget_answer()) return false;
                find(voice); // a list of the form shows its beginning again
                return true;
            },
            [&](const ClearAnswer& clear) { return clear.key == stem() + "clear" && !shows_rows() && forget_answer(); },
            [&](const AdjustNumber& number) { return number.field == key() && adjust(number.steps, voice); },
            [&](const PlaceNumber& number) {
                return number.field == key() && kind_ == Kind::Slider && place_on_scale(number.share);
            },
            [&](const AddInstance&) {
                if (!kind_answers_list() || entry_) return false;
                entry_ = static_cast<std::uint32_t>(draft_.answers(page_.path).size());
                wrong_.clear();
                load();
                find(voice);
                return true;
            },
            [&](const ChangeInstance& row) {
                const auto number = row_of(row.key);
                if (!kind_answers_list() || entry_ || !number) return false;
                entry_ = *number;
                wrong_.clear();
                load();
                find(voice);
                return true;
            },
            [](const auto&) { return false; },
        },
        intent);
}

bool QuestionPart::edited(Field& field, const PageVoice& voice) {
    if (kind_ == Kind::Choice && &field == &fields_[0] && !other_chosen_) {
        other_chosen_ = true;
        if (!item().repeats) draft_.clear_all(page_.path);
    }
    store(voice);
    if (kind_ == Kind::Search) find(voice);
    return true;
}

bool QuestionPart::choose(std::size_t option) {
    if (item().type == forms::ItemType::Boolean)
        return option < 2 && draft_.set(page_.path, option == 0) == forms::Outcome::Accepted;
    const auto offers = draft_.offers(page_.path);
    if (option == offers.size() && other_field() != nullptr) {
        other_chosen_ = !(other_chosen_ && item().repeats);
        if (other_chosen_ && !item().repeats) draft_.clear_all(page_.path);
        store_other();
        return true;
    }
    if (option >= offers.size()) {
        const auto old = no_longer_offered();
        const std::size_t first = offers.size() + (other_field() != nullptr ? 1 : 0);
        if (option < first || option - first >= old.size()) return false;
        return draft_.clear(page_.path.with_instance(old[option - first])) == forms::Outcome::Accepted;
    }
    const bool exclusive = offers[option].option != nullptr && offers[option].option->exclusive;
    const bool chosen = item().repeats ? !draft_.is_chosen(page_.path, option) : true;
    if (draft_.choose(page_.path, option, chosen) != forms::Outcome::Accepted) return false;
    if (chosen && (!item().repeats || exclusive)) other_chosen_ = false;
    return true;
}

std::vector<std::uint32_t> QuestionPart::no_longer_offered() const {
    std::vector<std::uint32_t> places;
    if (item().offered_by.empty()) return places;
    const auto offers = draft_.offers(page_.path);
    const auto answers = draft_.answers(page_.path);
    for (std::uint32_t i = 0; i < answers.size(); ++i) {
        const auto& value = answers[i]->value;
        if (!value || (other_field() != nullptr && std::holds_alternative<forms::AnswerText>(*value))) continue;
        const auto is_it = [&](const forms::Offer& offer) { return forms::same(*offer.value, *value); };
        if (std::none_of(offers.begin(), offers.end(), is_it)) places.push_back(i);
    }
    return places;
}

bool QuestionPart::forget_answer() {
    if (page_.kind != forms::PageKind::Question || kind_ == Kind::Shown) return false;
    if (kind_answers_list()) {
        if (draft_.answer(place()) != nullptr) draft_.clear(place());
    } else {
        draft_.clear_all(page_.path);
    }
    wrong_.clear();
    load();
    hits_.clear();
    return true;
}

bool QuestionPart::accept(const PageVoice& voice) {
    wrong_.clear();
    left();
    follow_program(voice);
    if (page_.kind == forms::PageKind::Notice || kind_ == Kind::Attachment || kind_ == Kind::Shown) return true;
    if (kind_ == Kind::Search && !shows_rows() && item().type == forms::ItemType::OpenChoice) {
        const forms::Answer* answer = draft_.answer(place());
        if (!forms::trimmed(fields_[0].edit.text()).empty() && (answer == nullptr || !answer->value))
            apply(KeepFreeText{}, voice);
    }
    if (kind_ == Kind::Text && !shows_rows()) { // blanks around an answer are no part of it
        const std::string_view trimmed = forms::trimmed(fields_[0].edit.text());
        if (trimmed.size() != fields_[0].edit.text().size()) {
            const std::pmr::string kept(trimmed, draft_.memory());
            fields_[0].edit.assign(kept);
            store(voice);
        }
    }
    if (!shows_rows() && !judge_parts(wrong_)) return false;
    for (const forms::Issue& issue : draft_.issues_of(page_.path)) {
        if (entry_ && kind_answers_list() && issue.path.instance() != *entry_) continue;
        wrong_.push_back(wrong_of(issue));
        break; // one question, one thing to put right at a time
    }
    return wrong_.empty();
}

void QuestionPart::close_entry(const PageVoice& voice) {
    // An answer that was opened and left empty is no answer; the list is shown only when there is something in it.
    entry_.reset();
    wrong_.clear();
    load();
    find(voice);
}

void QuestionPart::speak(const PageVoice& voice) { find(voice); }

void QuestionPart::follow_program(const PageVoice& voice) {
    if (!item().offered_by.empty() && page_.kind == forms::PageKind::Question) {
        // A list may have become too long to show, or short enough.
        if (const Kind kind = kind_of_item(); kind != kind_)
            become(kind, voice);
        else
            find(voice);
        return;
    }
    if (item().calculated_by.empty() || draft_.is_kept(page_.path)) return;
    load();
    find(voice);
}

void QuestionPart::left() {
    if (!item().calculated_by.empty()) draft_.give_back(page_.path);
}

} // namespace kiosk
