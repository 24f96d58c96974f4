// SPDX-License-Identifier: EUPL-1.2
// What a question and the rows of a list look like, as plain data. Its control is in question_control.cpp.
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/question_part.hpp"
#include "kiosk/model/text_blocks.hpp"

#include <algorithm>
#include <charconv>

namespace kiosk {
namespace {

std::string shown(const forms::Words& words, std::string_view language) { return std::string(words.in(language)); }

/// A short text that asks nothing stands as the heading of its page.
constexpr std::size_t longest_notice_heading = 70;

/// Every text of a person's own ("Mario Rossi") says more in a row than "yes" or a date.
bool names_somebody(const forms::Item& item) {
    return item.type == forms::ItemType::String || item.type == forms::ItemType::Text;
}

} // namespace

std::optional<std::uint32_t> QuestionPart::row_of(std::string_view row) const {
    constexpr std::string_view stem = "row.";
    if (!shows_rows() || !row.starts_with(stem)) return std::nullopt;
    row.remove_prefix(stem.size());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), number);
    if (error != std::errc{} || end != row.data() + row.size()) return std::nullopt;
    const std::size_t rows =
        kind_ == Kind::Repeat ? draft_.begun_instances(page_.path) : draft_.answers(page_.path).size();
    if (number >= rows) return std::nullopt;
    return number;
}

bool QuestionPart::row_has_content(std::uint32_t row) const {
    return kind_ != Kind::Repeat || draft_.has_content(page_.path.with_instance(row));
}

void QuestionPart::remove_row(std::uint32_t row, const PageVoice& voice) {
    if (kind_ == Kind::Repeat)
        draft_.remove_instance(page_.path.with_instance(row));
    else
        draft_.clear(page_.path.with_instance(row));
    wrong_.clear();
    if (kind_answers_list() && draft_.answers(page_.path).empty()) {
        entry_ = 0;
        load();
        find(voice);
    }
}

bool QuestionPart::move_row_up(std::uint32_t row) {
    return kind_ == Kind::Repeat && row > 0 &&
           draft_.move_instance(page_.path.with_instance(row), row - 1) == forms::Outcome::Accepted;
}

std::string QuestionPart::instance_name(const forms::Path& instance, const PageVoice& voice) const {
    const forms::Definition& definition = draft_.definition();
    std::string named;
    std::string first;
    for (const forms::ItemIndex child : definition.item(instance).children) {
        const forms::Item& question = definition.item(child);
        if (!question.is_question() || question.hidden || question.filled_by_desk) continue;
        const forms::Answer* answer = draft_.answer(instance.child(child));
        if (answer == nullptr || answer->empty() || !draft_.is_enabled(instance.child(child))) continue;
        const std::string words = answer->value ? value_words(*answer->value, question, voice.words, voice.language)
                                                : std::string(answer->typed);
        if (first.empty()) first = words;
        if (names_somebody(question) && named.empty()) named = words;
    }
    if (!named.empty()) return named;
    const std::string number = std::to_string(instance.instance() + 1);
    const std::string group = voice.words.get(
        Text::repeat_row, {{"name", definition.item(instance).text.in(voice.language)}, {"number", number}});
    return first.empty() ? group : group + ": " + first;
}

/// A group, or a question with others below it, whose author wants a table: its first short questions are columns.
static std::vector<forms::ItemIndex> columns_of(const forms::Definition& definition, const forms::Item& group) {
    std::vector<forms::ItemIndex> columns;
    constexpr std::size_t most_columns = 4;
    if (group.control != forms::Control::GTable && group.control != forms::Control::Grid &&
        group.control != forms::Control::Table && group.control != forms::Control::ATable)
        return columns;
    for (const forms::ItemIndex child : group.children) {
        const forms::Item& question = definition.item(child);
        if (question.is_question() && !question.hidden && !question.filled_by_desk && columns.size() < most_columns)
            columns.push_back(child);
    }
    return columns;
}

RepeatControl QuestionPart::rows(const PageVoice& voice) const {
    RepeatControl control;
    const forms::Definition& definition = draft_.definition();
    const auto columns = columns_of(definition, item());
    const auto add_column = [&](const forms::Item& question) {
        control.columns.push_back(
            shown(question.short_text.empty() ? question.text : question.short_text, voice.language));
    };
    if (kind_ != Kind::Repeat && !columns.empty()) add_column(item()); // the answer itself comes first
    for (const forms::ItemIndex column : columns)
        add_column(definition.item(column));
    const std::uint32_t count = kind_ == Kind::Repeat ? draft_.begun_instances(page_.path)
                                                      : static_cast<std::uint32_t>(draft_.answers(page_.path).size());
    for (std::uint32_t i = 0; i < count; ++i) {
        RepeatControl::Row row;
        row.key = "row." + std::to_string(i);
        const forms::Path place = page_.path.with_instance(i);
        if (kind_ == Kind::Repeat) {
            row.text = instance_name(place, voice);
        } else {
            const forms::Answer* answer = draft_.answer(place);
            row.text = answer->value ? value_words(*answer->value, item(), voice.words, voice.language)
                                     : std::string(answer->typed);
            if (!columns.empty()) row.cells.push_back(row.text);
        }
        for (const forms::ItemIndex column : columns) {
            std::string cell;
            for (const forms::Answer* answer : draft_.answers(place.child(column))) {
                if (answer->empty()) continue;
                if (!cell.empty()) cell += voice.words.get(Text::list_comma);
                cell += answer->value
                            ? value_words(*answer->value, definition.item(column), voice.form_words, voice.language)
                            : std::string(answer->typed);
            }
            row.cells.push_back(std::move(cell));
        }
        if (i > 0 && kind_ == Kind::Repeat) row.up = voice.words.get(Text::repeat_up);
        row.change = voice.words.get(Text::repeat_change);
        row.remove = voice.words.get(Text::repeat_remove);
        control.rows.push_back(std::move(row));
    }
    control.add = voice.words.get(count == 0 ? Text::repeat_add : Text::repeat_add_another);
    control.can_add = item().max_occurs == 0 || static_cast<int>(count) < item().max_occurs;
    return control;
}

std::string QuestionPart::hint(const Control& control, const PageVoice& voice) const {
    if (!item().help.empty()) return shown(item().help, voice.language);
    if (const auto* choice = std::get_if<ChoiceControl>(&control); choice && choice->several)
        return std::string(voice.words.get(Text::question_several));
    if (std::holds_alternative<SearchControl>(control)) return std::string(voice.words.get(Text::search_hint));
    if (std::holds_alternative<RepeatControl>(control)) return std::string(voice.words.get(Text::repeat_hint));
    return {};
}

/// Typed text is erased on the keyboard; what was chosen needs a button to be taken back.
bool QuestionPart::can_be_cleared() const {
    if (page_.kind != forms::PageKind::Question || shows_rows() || draft_.answers(page_.path).empty()) return false;
    return kind_ == Kind::Choice || kind_ == Kind::Quantity || kind_ == Kind::Date || kind_ == Kind::DateTime ||
           kind_ == Kind::Time || kind_ == Kind::Slider || spins();
}

std::vector<ErrorLine> QuestionPart::errors(const PageVoice& voice) const {
    std::vector<ErrorLine> lines;
    for (const Wrong& wrong : wrong_)
        lines.push_back({key() + wrong.field, error_words(wrong, item(), voice), {}, wrong.constraint != nullptr});
    return lines;
}

AskedPart QuestionPart::part(const PageVoice& voice) const {
    AskedPart part;
    part.key = key();
    part.stem = stem();
    part.label = draft_.text(page_.path, voice.language);
    if (!item().prefix.empty()) part.label = shown(item().prefix, voice.language) + " " + part.label;
    part.control = control(voice);
    part.hint = hint(part.control, voice);
    part.hint_is_ours = item().help.empty();
    if (!item().required && kind_ != Kind::Shown) part.optional_mark = voice.words.get(Text::question_optional);
    if (can_be_cleared() && !item().required) part.clear = voice.words.get(Text::question_clear);
    return part;
}

void QuestionPart::fill(QuestionScreen& screen, const PageVoice& voice) const {
    const forms::Item& asked = item();
    screen.key = key();
    screen.control = control(voice);
    screen.more_text.clear();
    for (const forms::Path& text : page_.texts)
        if (text != page_.path) screen.more_text.push_back(text_block(draft_, text, voice));
    if (auto links = links_block(asked, voice)) screen.more_text.push_back(std::move(*links));

    screen.heading = draft_.text(page_.path, voice.language);
    if (kind_ == Kind::Notice &&
        (screen.heading.size() > longest_notice_heading || !asked.text.markdown_in(voice.language).empty() ||
         asked.category != forms::DisplayCategory::None)) {
        screen.heading = voice.words.get(Text::notice_title); // a text is read as a text
        screen.more_text.insert(screen.more_text.begin(), text_block(draft_, page_.path, voice));
    }
    if (!asked.prefix.empty()) screen.heading = shown(asked.prefix, voice.language) + " " + screen.heading;
    if (screen.heading.empty()) { // a question may be asked by the name of its group
        for (const forms::Path& group : page_.section)
            if (const std::string_view text = draft_.text(group, voice.language); !text.empty()) screen.heading = text;
    }
    screen.hint = hint(screen.control, voice);
    screen.hint_is_ours = asked.help.empty();
    screen.why = shown(asked.why, voice.language);
    screen.why_label = screen.why.empty() ? std::string() : std::string(voice.words.get(Text::question_why));

    const bool asks = page_.kind == forms::PageKind::Question && kind_ != Kind::Shown;
    screen.optional_mark =
        asks && !asked.required ? std::string(voice.words.get(Text::question_optional)) : std::string();
    if (can_be_cleared()) screen.clear = voice.words.get(Text::question_clear);
}

} // namespace kiosk
