// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/question_part.hpp"

namespace kiosk {
namespace {

bool is_date(forms::ItemType type) { return type == forms::ItemType::Date || type == forms::ItemType::DateTime; }

Text missing_words(const forms::Item& item) {
    using forms::ItemType;
    if (item.is_group()) return Text::error_add_one;
    if (item.type == ItemType::Boolean) return Text::error_choose_one;
    if (!item.value_set.empty()) return Text::error_search;
    if (item.offers_choice()) return item.repeats ? Text::error_choose_several : Text::error_choose_one;
    if (is_date(item.type)) return Text::error_write_date;
    return Text::error_write;
}

Text malformed_words(forms::ItemType type) {
    using forms::ItemType;
    switch (type) {
    case ItemType::Integer:
        return Text::error_integer;
    case ItemType::Decimal:
    case ItemType::Quantity:
        return Text::error_decimal;
    case ItemType::Date:
    case ItemType::DateTime:
        return Text::error_date_all;
    case ItemType::Time:
        return Text::error_time;
    case ItemType::Url:
        return Text::error_web_address;
    case ItemType::Choice:
    case ItemType::OpenChoice:
        return Text::error_not_in_list;
    case ItemType::Group:
    case ItemType::Display:
    case ItemType::Boolean:
    case ItemType::String:
    case ItemType::Text:
    case ItemType::Attachment:
        return Text::error_check_answer;
    }
    return Text::error_check_answer;
}

} // namespace

Wrong wrong_of_issue(const forms::Issue& issue, const forms::Item& item) {
    using forms::IssueCode;
    Wrong wrong;
    wrong.limit = issue.limit;
    wrong.constraint = issue.constraint;
    switch (issue.code) {
    case IssueCode::RequiredMissing:
        wrong.text = missing_words(item);
        break;
    case IssueCode::TooLong:
        wrong.text = Text::error_too_long;
        wrong.number = std::to_string(item.max_length);
        break;
    case IssueCode::TooShort:
        wrong.text = Text::error_too_short;
        wrong.number = std::to_string(item.min_length);
        break;
    case IssueCode::BelowMinimum:
        wrong.text = is_date(item.type) ? Text::error_after : Text::error_at_least;
        break;
    case IssueCode::AboveMaximum:
        wrong.text = is_date(item.type) ? Text::error_before : Text::error_at_most;
        break;
    case IssueCode::TooManyDecimals:
        wrong.text = Text::error_decimals;
        wrong.number = std::to_string(item.max_decimals);
        break;
    case IssueCode::NotAnOption:
        wrong.text = Text::error_not_in_list;
        break;
    case IssueCode::Malformed:
        wrong.text = malformed_words(item.type);
        break;
    case IssueCode::TooFew:
        wrong.text = item.is_group() ? Text::error_add_one : Text::error_too_few;
        wrong.number = std::to_string(item.min_occurs);
        break;
    case IssueCode::TooMany:
        wrong.text = Text::error_too_many;
        wrong.number = std::to_string(item.max_occurs);
        break;
    case IssueCode::WrongUnit:
        wrong.text = Text::error_unit;
        break;
    case IssueCode::PatternMismatch:
        wrong.text = item.entry_hint.empty() ? Text::error_written : Text::error_written_as;
        break;
    case IssueCode::WrongFileType:
        wrong.text = Text::error_file_kind;
        break;
    case IssueCode::FileTooBig:
        wrong.text = Text::error_file_size;
        break;
    case IssueCode::WrongType:
    case IssueCode::ExclusiveMixed:
    case IssueCode::ConstraintBroken:
        wrong.text = Text::error_check_answer;
        break;
    }
    return wrong;
}

std::string error_words(const Wrong& wrong, const forms::Item& item, const PageVoice& voice) {
    if (wrong.constraint != nullptr) return std::string(wrong.constraint->human.in(voice.language));
    std::string value = wrong.number;
    if (wrong.text == Text::error_written_as) value = item.entry_hint.in(voice.language);
    if (value.empty() && wrong.limit) value = value_words(*wrong.limit, item, voice.words, voice.language);
    return voice.words.get(wrong.text, {{"value", value}});
}

} // namespace kiosk
