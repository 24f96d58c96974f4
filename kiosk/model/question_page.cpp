// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/question_page.hpp"

#include "forms/base/utf8.hpp"
#include "kiosk/model/answer_words.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kiosk {
namespace {

constexpr std::size_t most_hits = 30;             // three pages of them: whoever needs more types another letter
constexpr std::size_t options_shown_as_rows = 24; // beyond, one searches

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::optional<std::size_t> number_after(std::string_view key, std::string_view stem) {
    if (!key.starts_with(stem)) return std::nullopt;
    key.remove_prefix(stem.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (error != std::errc{} || end != key.data() + key.size()) return std::nullopt;
    return number;
}

std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "27/3/1985" in its parts; what is missing stays empty: "3/1985" is month and year.
struct DateParts {
    std::string day, month, year;
};
DateParts split_date(std::string_view typed) {
    std::vector<std::string> parts(1);
    for (const char c : typed) {
        if (c == '/' || c == '.' || c == '-')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    if (parts.size() >= 3) return {parts[0], parts[1], parts[2]};
    if (parts.size() == 2) return {"", parts[0], parts[1]};
    return {"", "", parts[0]};
}

std::string join_date(std::string_view day, std::string_view month, std::string_view year) {
    std::string out;
    if (!day.empty()) out.append(day) += '/';
    if (!day.empty() || !month.empty()) out.append(month) += '/';
    return out.append(year);
}

} // namespace

QuestionPage::QuestionPage(forms::Draft& draft, forms::Page page, const VisitPorts& ports, const PageVoice& voice)
    : draft_(draft), page_(std::move(page)), ports_(ports) {
    using forms::ItemType;
    if (page_.kind == forms::PageKind::Notice)
        kind_ = Kind::Notice;
    else if (page_.kind == forms::PageKind::Repeat)
        kind_ = Kind::Repeat;
    else {
        switch (item().type) {
        case ItemType::Boolean:
            kind_ = Kind::Choice;
            break;
        case ItemType::Date:
            kind_ = Kind::Date;
            break;
        case ItemType::DateTime:
            kind_ = Kind::DateTime;
            break;
        case ItemType::Time:
            kind_ = item().options.empty() ? Kind::Time : Kind::Choice;
            break;
        case ItemType::Quantity:
            kind_ = Kind::Quantity;
            break;
        case ItemType::Attachment:
            kind_ = Kind::Attachment;
            break;
        case ItemType::Choice:
        case ItemType::OpenChoice:
            kind_ = !item().value_set.empty() || item().control == forms::Control::Autocomplete ||
                            item().options.size() > options_shown_as_rows
                        ? Kind::Search
                        : Kind::Choice;
            break;
        default:
            kind_ = item().options.empty() ? Kind::Text : Kind::Choice;
            break;
        }
    }
    if (kind_answers_list()) {
        // A repeating question without an answer opens its first one; with answers it shows them.
        if (draft_.answers(page_.path).empty()) entry_ = 0;
    }
    open_fields();
    load();
    find(voice);
}

std::string QuestionPage::key() const { return "q:" + draft_.definition().text_of(page_.path.with_instance(0)); }

bool QuestionPage::kind_answers_list() const {
    return page_.kind == forms::PageKind::Question && item().repeats && kind_ != Kind::Choice &&
           kind_ != Kind::Attachment && kind_ != Kind::Notice;
}

bool QuestionPage::shows_rows() const { return kind_ == Kind::Repeat || (kind_answers_list() && !entry_); }

forms::Path QuestionPage::place() const {
    if (page_.kind == forms::PageKind::Repeat) return page_.path;
    return page_.path.with_instance(entry_.value_or(0));
}

Keyboard QuestionPage::keyboard() const {
    using forms::ItemType;
    switch (item().type) {
    case ItemType::Integer:
        return item().min_value &&
                       forms::compare(*item().min_value, forms::Value(std::int32_t{0})) == forms::Order::Less
                   ? Keyboard::Decimal // has a minus
                   : Keyboard::Digits;
    case ItemType::Decimal:
        return Keyboard::Decimal;
    case ItemType::Url:
        return Keyboard::Email;
    default:
        break;
    }
    // What is asked for is known from the profile element it stands for, or from the question's own name.
    const auto says = [this](std::string_view word) {
        return item().definition.find(word) != std::string::npos || item().link_id.find(word) != std::string::npos;
    };
    if (says("email")) return Keyboard::Email;
    if (says("telecom") || says("telefono") || says("cellulare")) return Keyboard::Phone;
    if (says("codiceFiscale") || says("identifier")) return Keyboard::Code;
    return Keyboard::Letters;
}

void QuestionPage::open_fields() {
    fields_.clear();
    const auto field = [this](std::string suffix, TextEdit::Rules rules) {
        fields_.push_back({std::move(suffix), TextEdit(ports_.memory, rules)});
    };
    const TextEdit::Rules two{2, false, Allowed::Digits};
    const TextEdit::Rules four{4, false, Allowed::Digits};
    const bool spin = item().type == forms::ItemType::Integer;
    switch (kind_) {
    case Kind::Text:
        field("", {item().max_length > 0 ? static_cast<std::size_t>(item().max_length) : 0,
                   item().type == forms::ItemType::Text,
                   spin                                      ? Allowed::Number
                   : item().type == forms::ItemType::Decimal ? Allowed::Number
                                                             : Allowed::Anything});
        break;
    case Kind::Date:
    case Kind::DateTime:
        field(".day", two);
        field(".month", two);
        field(".year", four);
        if (kind_ == Kind::DateTime) {
            field(".hour", two);
            field(".minute", two);
        }
        break;
    case Kind::Time:
        field(".hour", two);
        field(".minute", two);
        break;
    case Kind::Quantity:
        field("", {24, false, Allowed::Number});
        break;
    case Kind::Search:
        field("", {120, false, Allowed::Anything});
        break;
    case Kind::Choice:
        if (item().type == forms::ItemType::OpenChoice)
            field(".other",
                  {item().max_length > 0 ? static_cast<std::size_t>(item().max_length) : 0, false, Allowed::Anything});
        break;
    case Kind::Notice:
    case Kind::Attachment:
    case Kind::Repeat:
        break;
    }
}

void QuestionPage::load_date(std::string_view typed, const forms::Value* value) {
    std::string day = std::string(typed);
    std::string time;
    if (day.empty() && value) {
        const forms::PartialDate* date = std::get_if<forms::PartialDate>(value);
        if (const auto* with_time = std::get_if<forms::PartialDateTime>(value)) {
            date = &with_time->date;
            if (with_time->time) time = time_words(*with_time->time);
        }
        if (date) {
            const auto known = [](int part) { return part == 0 ? std::string() : std::to_string(part); };
            day = join_date(known(date->day), known(date->month), std::to_string(date->year));
        }
    } else if (const std::size_t blank = day.find(' '); blank != std::string::npos) {
        time = day.substr(blank + 1);
        day.resize(blank);
    }
    const DateParts parts = split_date(day);
    fields_[0].edit.assign(parts.day);
    fields_[1].edit.assign(parts.month);
    fields_[2].edit.assign(parts.year);
    if (kind_ == Kind::DateTime) {
        const std::size_t colon = std::min(time.find(':'), time.size());
        fields_[3].edit.assign(time.substr(0, colon));
        if (colon < time.size()) fields_[4].edit.assign(time.substr(colon + 1));
    }
}

void QuestionPage::load() {
    for (Field& field : fields_)
        field.edit.clear();
    other_chosen_ = false;
    unit_.reset();
    if (shows_rows() || page_.kind != forms::PageKind::Question) return;
    const forms::Answer* answer = draft_.answer(place());
    const forms::Value* value = answer && answer->value ? &*answer->value : nullptr;
    const std::string_view typed = answer ? std::string_view(answer->typed) : std::string_view();
    switch (kind_) {
    case Kind::Text:
        if (!typed.empty())
            fields_[0].edit.assign(typed);
        else if (value) {
            std::visit(Overloaded{[this](const forms::AnswerText& text) { fields_[0].edit.assign(text); },
                                  [this](std::int32_t number) { fields_[0].edit.assign(std::to_string(number)); },
                                  [this](const forms::Decimal& number) { fields_[0].edit.assign(number.text()); },
                                  [](const auto&) {}},
                       *value);
        }
        break;
    case Kind::Date:
    case Kind::DateTime:
        load_date(typed, value);
        break;
    case Kind::Time: {
        std::string time(typed);
        if (const auto* of_day = value ? std::get_if<forms::TimeOfDay>(value) : nullptr; of_day && time.empty())
            time = time_words(*of_day);
        const std::size_t colon = std::min(time.find(':'), time.size());
        fields_[0].edit.assign(time.substr(0, colon));
        if (colon < time.size()) fields_[1].edit.assign(time.substr(colon + 1));
        break;
    }
    case Kind::Quantity:
        if (const auto* quantity = value ? std::get_if<forms::Quantity>(value) : nullptr) {
            fields_[0].edit.assign(typed.empty() ? quantity->value.text() : std::string(typed));
            for (std::size_t i = 0; i < item().units.size(); ++i)
                if (item().units[i].system == quantity->system && item().units[i].code == quantity->code) unit_ = i;
        } else {
            fields_[0].edit.assign(typed);
        }
        if (!unit_ && item().units.size() == 1) unit_ = 0;
        break;
    case Kind::Search:
        fields_[0].edit.assign(value ? std::string_view() : typed);
        break;
    case Kind::Choice:
        if (!fields_.empty())
            for (const forms::Answer* each : draft_.answers(page_.path))
                if (each->value)
                    if (const auto* text = std::get_if<forms::AnswerText>(&*each->value)) {
                        other_chosen_ = true;
                        fields_[0].edit.assign(*text);
                    }
        break;
    case Kind::Notice:
    case Kind::Attachment:
    case Kind::Repeat:
        break;
    }
}

QuestionPage::Field* QuestionPage::field_of(std::string_view wanted) {
    const std::string stem = key();
    for (Field& field : fields_)
        if (wanted == stem + field.suffix) return &field;
    return nullptr;
}

const TextEdit* QuestionPage::other_field() const {
    return kind_ == Kind::Choice && !fields_.empty() ? &fields_[0].edit : nullptr;
}

// --- what a person does ----------------------------------------------------------------------------------------------

bool QuestionPage::apply(const Intent& intent, const PageVoice& voice) {
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
                    const auto unit = number_after(chosen.key, "unit.");
                    if (!unit || *unit >= item().units.size()) return false;
                    unit_ = *unit;
                    store(voice);
                    return true;
                }
                const auto option = number_after(chosen.key, "option.");
                return option && kind_ == Kind::Choice && choose(*option);
            },
            [&](const ChooseHit& hit) { return kind_ == Kind::Search && !shows_rows() && choose_hit(hit.key, voice); },
            [&](const KeepFreeText&) {
                if (kind_ != Kind::Search || item().type != forms::ItemType::OpenChoice || fields_[0].edit.empty())
                    return false;
                const auto text = forms::trimmed(fields_[0].edit.text());
                if (text.empty()) return false;
                return draft_.set(place(), forms::text_value(text, draft_.memory())) == forms::Outcome::Accepted;
            },
            [&](const ForgetChosen&) { return kind_ == Kind::Search && !shows_rows() && forget_answer(); },
            [&](const ClearAnswer&) { return !shows_rows() && forget_answer(); },
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

bool QuestionPage::edited(Field& field, const PageVoice& voice) {
    if (kind_ == Kind::Choice && &field == &fields_[0] && !other_chosen_) {
        other_chosen_ = true;
        if (!item().repeats) draft_.clear_all(page_.path);
    }
    store(voice);
    if (kind_ == Kind::Search) find(voice);
    return true;
}

void QuestionPage::find(const PageVoice& voice) {
    hits_.clear();
    if (kind_ != Kind::Search || shows_rows()) return;
    const std::string_view typed = forms::trimmed(fields_[0].edit.text());
    if (!item().value_set.empty()) {
        if (typed.empty() || !ports_.search) return;
        hits_ = ports_.search(item().value_set, typed, voice.language, most_hits);
        // A place without a code of its own can only be kept as a text.
        if (item().type != forms::ItemType::OpenChoice)
            std::erase_if(hits_, [](const SearchHit& hit) { return hit.code.empty(); });
        return;
    }
    for (std::size_t i = 0; i < item().options.size() && hits_.size() < most_hits; ++i) {
        const std::string text = value_words(item().options[i].value, item(), voice.form_words, voice.language);
        bool fits = typed.empty();
        for (std::size_t at = 0; !fits && at + typed.size() <= text.size(); ++at)
            if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\'')
                fits = forms::equals_ignoring_ascii_case(std::string_view(text).substr(at, typed.size()), typed);
        if (fits) hits_.push_back({"", std::to_string(i), text, "", text});
    }
}

bool QuestionPage::choose(std::size_t option) {
    if (item().type == forms::ItemType::Boolean)
        return option < 2 && draft_.set(page_.path, option == 0) == forms::Outcome::Accepted;
    if (option == item().options.size() && other_field() != nullptr) {
        other_chosen_ = !(other_chosen_ && item().repeats);
        if (other_chosen_ && !item().repeats) draft_.clear_all(page_.path);
        store_other();
        return true;
    }
    if (option >= item().options.size()) return false;
    const bool chosen = item().repeats ? !draft_.is_chosen(page_.path, option) : true;
    if (draft_.choose(page_.path, option, chosen) != forms::Outcome::Accepted) return false;
    if (chosen && (!item().repeats || item().options[option].exclusive)) other_chosen_ = false;
    return true;
}

bool QuestionPage::choose_hit(std::string_view hit_key, const PageVoice& voice) {
    const auto number = number_after(hit_key, "hit.");
    if (!number || *number >= hits_.size()) return false;
    const SearchHit hit = hits_[*number];
    forms::Outcome outcome = forms::Outcome::NotAnItem;
    if (item().value_set.empty()) {
        const auto option = number_in(hit.code);
        if (!option) return false;
        const forms::Value& value = item().options[static_cast<std::size_t>(*option)].value;
        outcome = draft_.set(place(), forms::copy_of(value, draft_.memory()));
    } else if (hit.code.empty()) {
        outcome = draft_.set(place(), forms::text_value(hit.display, draft_.memory()));
    } else {
        outcome = draft_.set(place(), forms::coding(hit.system, hit.code, hit.display, draft_.memory()));
    }
    if (outcome != forms::Outcome::Accepted) return false;
    fields_[0].edit.clear();
    find(voice);
    return true;
}

bool QuestionPage::forget_answer() {
    if (page_.kind != forms::PageKind::Question) return false;
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

// --- into the draft --------------------------------------------------------------------------------------------------
// Outcomes are not looked at here: a half-typed answer is kept as typed, and `accept` asks the draft what is wrong.

void QuestionPage::store(const PageVoice& voice) {
    const forms::Path at = place();
    switch (kind_) {
    case Kind::Text:
    case Kind::Search:
        // Whatever is typed would at once be a free answer to an open choice: it is one when the person says so.
        if (kind_ == Kind::Search && item().type == forms::ItemType::OpenChoice) return;
        if (kind_ == Kind::Search && fields_[0].edit.empty() && draft_.answer(at) == nullptr) return;
        if (draft_.type(at, fields_[0].edit.text()) == forms::Outcome::WrongType) draft_.clear(at);
        break;
    case Kind::Date:
    case Kind::DateTime:
    case Kind::Time:
        store_date();
        break;
    case Kind::Quantity:
        store_quantity(voice);
        break;
    case Kind::Choice:
        store_other();
        break;
    case Kind::Notice:
    case Kind::Attachment:
    case Kind::Repeat:
        break;
    }
}

void QuestionPage::store_date() {
    std::string typed;
    const auto time = [this](std::size_t hour) {
        if (fields_[hour].edit.empty() && fields_[hour + 1].edit.empty()) return std::string();
        return std::string(fields_[hour].edit.text()) + ":" + std::string(fields_[hour + 1].edit.text());
    };
    if (kind_ == Kind::Time)
        typed = time(0);
    else
        typed = join_date(fields_[0].edit.text(), fields_[1].edit.text(), fields_[2].edit.text());
    if (kind_ == Kind::DateTime && !time(3).empty()) typed += " " + time(3);
    if (typed.empty() && draft_.answer(place()) == nullptr) return;
    draft_.type(place(), typed);
}

void QuestionPage::store_quantity(const PageVoice&) {
    const forms::Path at = place();
    const std::string_view typed = fields_[0].edit.text();
    const auto number = forms::Decimal::parse_typed(typed);
    if (!number || (!unit_ && !item().units.empty())) {
        if (typed.empty() && draft_.answer(at) == nullptr) return;
        draft_.type(at, typed);
        return;
    }
    forms::Quantity quantity{*number, forms::AnswerText(draft_.memory()), forms::AnswerText(draft_.memory()),
                             forms::AnswerText(draft_.memory())};
    if (unit_) {
        const forms::Coding& unit = item().units[*unit_];
        quantity.unit = unit.display.empty() ? std::string_view(unit.code) : std::string_view(unit.display);
        quantity.system = unit.system;
        quantity.code = unit.code;
    }
    draft_.set(at, forms::Value(std::move(quantity)));
}

void QuestionPage::store_other() {
    if (!other_field()) return;
    // The free answer is the one that is a text; there is at most one.
    const std::vector<const forms::Answer*> answers = draft_.answers(page_.path);
    std::uint32_t at = static_cast<std::uint32_t>(answers.size());
    for (std::uint32_t i = 0; i < answers.size(); ++i)
        if (!answers[i]->value || std::holds_alternative<forms::AnswerText>(*answers[i]->value)) at = i;
    const std::string_view text = forms::trimmed(other_field()->text());
    const forms::Path place_of_other = page_.path.with_instance(at);
    if (other_chosen_ && !text.empty())
        draft_.set(place_of_other, forms::text_value(text, draft_.memory()));
    else if (at < answers.size())
        draft_.clear(place_of_other);
}

// --- going on --------------------------------------------------------------------------------------------------------

bool QuestionPage::judge_parts(std::vector<Wrong>& wrong) const {
    const auto say = [&wrong](Text text, std::string field = {}) {
        wrong.push_back({text, std::nullopt, {}, std::move(field)});
        return false;
    };
    const auto empty = [this](std::size_t field) { return fields_[field].edit.empty(); };
    const auto number = [this](std::size_t field) { return number_in(fields_[field].edit.text()).value_or(0); };
    const auto time_is_wrong = [&](std::size_t hour) {
        if (empty(hour) && empty(hour + 1)) return false;
        return empty(hour) || empty(hour + 1) || number(hour) > 23 || number(hour + 1) > 59;
    };
    switch (kind_) {
    case Kind::Choice:
        if (other_field() && other_chosen_ && forms::trimmed(other_field()->text()).empty())
            return say(Text::error_other_empty, ".other");
        return true;
    case Kind::Time:
        return time_is_wrong(0) ? say(Text::error_time, ".hour") : true;
    case Kind::Search: {
        const forms::Answer* answer = draft_.answer(place());
        if (!fields_[0].edit.empty() && (answer == nullptr || !answer->value)) return say(Text::error_search);
        return true;
    }
    case Kind::Quantity:
        if (empty(0)) return true;
        if (!forms::Decimal::parse_typed(fields_[0].edit.text())) return say(Text::error_decimal);
        return !unit_ && !item().units.empty() ? say(Text::error_unit) : true;
    case Kind::Date:
    case Kind::DateTime:
        break;
    default:
        return true;
    }
    const bool with_time = kind_ == Kind::DateTime && (!empty(3) || !empty(4));
    if (empty(0) && empty(1) && empty(2) && !with_time) return true;
    if (empty(2)) return say(with_time ? Text::error_date_all : Text::error_date_partial, ".year");
    if (fields_[2].edit.text().size() != 4) return say(Text::error_date_year, ".year");
    if (empty(1) && (!empty(0) || with_time)) return say(Text::error_date_all, ".month");
    if (!empty(1) && (number(1) < 1 || number(1) > 12)) return say(Text::error_date_month, ".month");
    if (empty(0) && with_time) return say(Text::error_date_all, ".day");
    if (!empty(0) && (number(0) < 1 || number(0) > forms::days_in(number(2), number(1))))
        return say(Text::error_date_day, ".day");
    if (with_time && time_is_wrong(3)) return say(Text::error_time, ".hour");
    // A date of birth lies in the past: said here, because a published form cannot know today.
    if (item().definition.ends_with("birthDate")) {
        const auto today =
            std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(ports_.clock->wall_time()));
        const auto born = forms::PartialDate::of(number(2), number(1), number(0));
        const auto now = forms::PartialDate::of(static_cast<int>(today.year()),
                                                static_cast<int>(static_cast<unsigned>(today.month())),
                                                static_cast<int>(static_cast<unsigned>(today.day())));
        if (born && now && forms::order(*born, *now) == forms::TimeOrder::After)
            return say(Text::error_date_future, ".year");
    }
    return true;
}

Wrong QuestionPage::wrong_of(const forms::Issue& issue) const {
    Wrong wrong = wrong_of_issue(issue, item());
    if (kind_ == Kind::Date || kind_ == Kind::DateTime) wrong.field = ".day";
    if (kind_ == Kind::Time) wrong.field = ".hour";
    return wrong;
}

bool QuestionPage::accept(const PageVoice& voice) {
    wrong_.clear();
    if (page_.kind == forms::PageKind::Notice || kind_ == Kind::Attachment) return true;
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

void QuestionPage::close_entry(const PageVoice& voice) {
    // An answer that was opened and left empty is no answer; the list is shown only when there is something in it.
    entry_.reset();
    wrong_.clear();
    load();
    find(voice);
}

void QuestionPage::speak(const PageVoice& voice) { find(voice); }

} // namespace kiosk
