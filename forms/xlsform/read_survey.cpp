// SPDX-License-Identifier: EUPL-1.2
// The rows of the three sheets → Survey.
#include "forms/base/utf8.hpp"
#include "forms/xlsform/columns.hpp"
#include "forms/xlsform/types.hpp"

#include <algorithm>

namespace forms::xlsform {
namespace {

constexpr std::size_t most_entries = 3'000; ///< so that a form refused in its last row is refused within 100 ms
constexpr std::size_t deepest = 40;

const std::set<std::string, std::less<>> survey_columns{"type",
                                                        "name",
                                                        "label",
                                                        "hint",
                                                        "guidance_hint",
                                                        "required",
                                                        "relevant",
                                                        "constraint",
                                                        "calculation",
                                                        "default",
                                                        "constraint_message",
                                                        "required_message",
                                                        "read_only",
                                                        "appearance",
                                                        "parameters",
                                                        "choice_filter",
                                                        "repeat_count",
                                                        "trigger",
                                                        "media::image",
                                                        "media::audio",
                                                        "media::video",
                                                        "media::big_image"};
const std::set<std::string, std::less<>> choices_columns{
    "list_name", "name", "label", "media::image", "media::audio", "media::video", "media::big_image"};
const std::set<std::string, std::less<>> settings_columns{"form_title", "form_id", "version", "default_language",
                                                          "allow_choice_duplicates"};

/// What a name may look like (xlsform.org: as an XML name without a prefix).
bool is_name(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && text.size() <= 100 && letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

class SurveyReader {
public:
    SurveyReader(const Workbook& workbook, std::string_view default_id, Notes& notes)
        : workbook_(workbook), default_id_(default_id), notes_(notes) {}

    Survey read() {
        const Sheet* const survey = workbook_.find("survey");
        if (survey == nullptr) {
            notes_.refuse("", Trouble::MissingSheet, "an XLSForm needs a sheet named survey");
            return std::move(survey_);
        }
        const Table table(*survey, survey_columns, notes_);
        read_settings(table);
        if (const Sheet* const choices = workbook_.find("choices")) read_choices(*choices);
        if (workbook_.find("external_choices") != nullptr)
            notes_.refuse("external_choices", Trouble::UnsupportedColumn,
                          "lists from outside are not possible: put them on the sheet choices");
        warn_about_columns(table);
        for (const char* const column : {"type", "name"})
            if (!table.has(column))
                notes_.refuse(survey->name + "!A1", Trouble::MissingColumn,
                              std::string("the sheet survey needs a column ") + column);
        if (!table.has("type")) return std::move(survey_);
        for (std::size_t row = 1; row < table.rows() && survey_.entries.size() < most_entries; ++row)
            read_row(table, row);
        if (survey_.entries.size() >= most_entries)
            notes_.refuse(survey->name, Trouble::TooBig, "more rows than a form may have");
        for (const EntryIndex open : open_)
            notes_.refuse(survey_.entries[open].place, Trouble::UnbalancedGroup, "this group has no end");
        return std::move(survey_);
    }

private:
    void read_settings(const Table& survey) {
        survey_.id = std::string(default_id_);
        survey_.version = "1";
        std::string wanted;
        if (const Sheet* const sheet = workbook_.find("settings")) {
            const Table table(*sheet, settings_columns, notes_);
            const auto take = [&](std::string_view column, std::string& into) {
                if (std::string text = table.text(1, column); !text.empty()) into = std::move(text);
            };
            take("form_id", survey_.id);
            take("version", survey_.version);
            take("default_language", wanted);
            duplicates_allowed_ = is_yes(table.text(1, "allow_choice_duplicates")).value_or(false);
            for (const Table::Heading& heading : table.headings())
                if (!heading.known && !trimmed(sheet->at(1, heading.column)).empty())
                    notes_.warn(xlsform::place_of(sheet->name, 0, heading.column), Trouble::UnsupportedColumn,
                                "this setting is left aside");
            if (!wanted.empty() && !language_of(wanted))
                notes_.refuse(table.place(1, "default_language"), Trouble::UnknownLanguage,
                              "which language is '" + wanted + "'? Write its code: Italiano (it)");
        }
        const auto columns = survey.languages();
        survey_.language =
            language_of(wanted).value_or(columns.empty() || survey_has_plain(survey) ? "it" : columns.front());
        read_title(columns);
    }

    /// XLSForm has one title; ours may stand in columns of their own, form_title::Français (fr), as the labels do.
    void read_title(const std::vector<std::string>& languages) {
        const Sheet* const sheet = workbook_.find("settings");
        std::optional<Table> table;
        if (sheet != nullptr) {
            Notes told_already;
            table.emplace(*sheet, settings_columns, told_already);
            survey_.title = table->wording(1, "form_title", survey_.language);
            complete_base(survey_.title, table->place(1, "form_title"));
        }
        if (survey_.title.empty()) survey_.title.base = survey_.id;
        for (const std::string& language : languages) {
            const bool speaks =
                language == survey_.language || std::any_of(survey_.title.others.begin(), survey_.title.others.end(),
                                                            [&](const auto& other) { return other.first == language; });
            if (!speaks)
                notes_.warn(table ? table->place(0, "form_title") : "settings", Trouble::MissingValue,
                            "the title has no text in " + language +
                                ", so the form is not offered in it: add a column "
                                "form_title::" +
                                language + " on the sheet settings");
        }
    }

    /// A column label without a language is the base; of which language, only the settings say.
    static bool survey_has_plain(const Table& table) {
        return std::any_of(table.headings().begin(), table.headings().end(), [](const Table::Heading& heading) {
            return heading.name == "label" && heading.language.empty();
        });
    }

    void warn_about_columns(const Table& table) {
        for (const Table::Heading& heading : table.headings()) {
            if (heading.known) continue;
            const std::string place = xlsform::place_of(table.sheet().name, 0, heading.column);
            bool used = false;
            for (std::size_t row = 1; row < table.rows() && !used; ++row)
                used = !trimmed(table.sheet().at(row, heading.column)).empty();
            if (!used) continue;
            const bool is_rule = heading.name.starts_with("bind::") || heading.name.starts_with("body::") ||
                                 heading.name.starts_with("instance::") || heading.name.starts_with("control::");
            if (is_rule)
                notes_.refuse(place, Trouble::UnsupportedColumn, "what this column asks for is not possible");
            else
                notes_.warn(place, Trouble::UnsupportedColumn, "XLSForm has no such column: it is left aside");
        }
    }

    void read_choices(const Sheet& sheet) {
        const Table table(sheet, choices_columns, notes_);
        if (!table.has("list_name") || !table.has("name")) {
            notes_.refuse(sheet.name + "!A1", Trouble::MissingColumn,
                          "the sheet choices needs the columns list_name and name");
            return;
        }
        std::set<std::pair<std::string, std::string>> seen;
        for (std::size_t row = 1; row < table.rows(); ++row) {
            if (table.is_blank(row)) continue;
            const std::string list = table.text(row, "list_name");
            Choice choice;
            choice.name = table.text(row, "name");
            choice.place = table.place(row, "name");
            choice.label = table.wording(row, "label", survey_.language);
            if (list.empty() || choice.name.empty()) {
                notes_.refuse(table.place(row, list.empty() ? "list_name" : "name"), Trouble::MissingValue,
                              "a choice needs list_name and name");
                continue;
            }
            if (choice.label.base.empty() && choice.label.others.empty()) {
                notes_.warn(table.place(row, "label"), Trouble::MissingValue,
                            "a choice without words is shown by its name");
                choice.label.base = choice.name;
            }
            complete_base(choice.label, table.place(row, "label"));
            check_text(choice.label, table.place(row, "label"));
            refuse_media(table, row);
            if (!seen.insert({list, choice.name}).second && !duplicates_allowed_) {
                notes_.refuse(choice.place, Trouble::DuplicateName,
                              "the list " + list + " has the choice " + choice.name + " already");
                continue;
            }
            for (const Table::Heading& heading : table.headings())
                if (!heading.known)
                    choice.attributes[std::string(trimmed(sheet.at(0, heading.column)))] =
                        std::string(trimmed(sheet.at(row, heading.column)));
            survey_.lists[list].push_back(std::move(choice));
        }
    }

    void refuse_media(const Table& table, std::size_t row) {
        for (const Table::Heading& heading : table.headings())
            if (heading.name.starts_with("media::") && !trimmed(table.sheet().at(row, heading.column)).empty())
                notes_.refuse(xlsform::place_of(table.sheet().name, row, heading.column), Trouble::UnsupportedColumn,
                              "pictures, sounds and films beside a text are not possible");
    }

    /// The base wording must be there; where only a translation is, that is taken for it.
    void complete_base(Wording& words, const std::string& place) {
        if (!words.base.empty() || words.others.empty()) return;
        words.base = words.others.front().second;
        notes_.warn(place, Trouble::MissingValue,
                    "no text in '" + survey_.language + "': the one in '" + words.others.front().first + "'" +
                        " is taken for it");
    }

    void check_text(const Wording& words, const std::string& place) {
        const auto holds = [](const std::string& text) { return text.find("${") != std::string::npos; };
        if (holds(words.base) || std::any_of(words.others.begin(), words.others.end(),
                                             [&](const auto& other) { return holds(other.second); }))
            notes_.refuse(place, Trouble::UnsupportedText, "a text cannot repeat an answer: ${…} has no place in it");
    }

    void read_row(const Table& table, std::size_t row) {
        const CellText type = table.cell(row, "type");
        if (type.empty()) {
            if (!table.is_blank(row) && !table.text(row, "name").empty())
                notes_.refuse(type.place, Trouble::MissingValue, "a row with a name needs a type");
            return;
        }
        const auto read = type_from(type.text);
        if (!read) {
            notes_.refuse(type.place, Trouble::UnknownType, "XLSForm has no type '" + type.text + "'");
            return;
        }
        switch (read->role) { // no default: the compiler names the one we forgot
        case TypeRole::End:
            end_group(type.place, read->kind);
            return;
        case TypeRole::Impossible:
            notes_.refuse(type.place, Trouble::UnsupportedType, std::string(read->words));
            return;
        case TypeRole::Row:
            add_entry(table, row, type, *read);
            return;
        }
    }

    void end_group(const std::string& place, EntryKind kind) {
        if (open_.empty()) {
            notes_.refuse(place, Trouble::UnbalancedGroup, "this ends a group that was not begun");
            return;
        }
        if (survey_.entries[open_.back()].kind != kind)
            notes_.refuse(place, Trouble::UnbalancedGroup,
                          "this does not end what " + survey_.entries[open_.back()].place + " began");
        open_.pop_back();
    }

    void add_entry(const Table& table, std::size_t row, const CellText& type, const TypeReading& read) {
        Entry entry;
        entry.kind = read.kind;
        entry.type = read.word;
        entry.list = read.list;
        entry.or_other = read.or_other;
        entry.place = type.place;
        entry.name = table.text(row, "name");
        name_entry(entry, table.place(row, "name"));
        entry.label_place = table.place(row, "label");
        entry.label = table.wording(row, "label", survey_.language);
        entry.hint = table.wording(row, "hint", survey_.language);
        entry.constraint_message = table.wording(row, "constraint_message", survey_.language);
        for (Wording* const words : {&entry.label, &entry.hint, &entry.constraint_message}) {
            const std::string_view column = words == &entry.label  ? "label"
                                            : words == &entry.hint ? "hint"
                                                                   : "constraint_message";
            complete_base(*words, table.place(row, column));
            check_text(*words, table.place(row, column));
        }
        entry.required = flag(table.cell(row, "required"));
        entry.read_only = flag(table.cell(row, "read_only"));
        entry.relevant = table.cell(row, "relevant");
        entry.constraint = table.cell(row, "constraint");
        entry.calculation = table.cell(row, "calculation");
        entry.initial = table.cell(row, "default");
        entry.appearance = table.cell(row, "appearance");
        entry.choice_filter = table.cell(row, "choice_filter");
        entry.parameters = table.cell(row, "parameters");
        entry.repeat_count = table.cell(row, "repeat_count");
        refuse_media(table, row);
        if (!table.text(row, "trigger").empty())
            notes_.refuse(table.place(row, "trigger"), Trouble::UnsupportedColumn,
                          "a value that waits for another answer to change is not possible");
        if (!table.wording(row, "guidance_hint", survey_.language).empty())
            notes_.warn(table.place(row, "guidance_hint"), Trouble::UnsupportedColumn,
                        "left aside: a citizen fills this in alone; what helps them belongs into the hint");
        if (!table.wording(row, "required_message", survey_.language).empty())
            notes_.warn(table.place(row, "required_message"), Trouble::UnsupportedColumn,
                        "that an answer is needed, the terminal says in its own words");
        if (entry.is_select() && !survey_.lists.contains(entry.list))
            notes_.refuse(type.place, Trouble::UnknownList, "the sheet choices has no list " + entry.list);
        if (open_.size() >= deepest) notes_.refuse(type.place, Trouble::TooBig, "groups are nested too deeply");
        const EntryIndex index = survey_.entries.size();
        if (!open_.empty()) entry.parent = open_.back();
        auto& siblings = open_.empty() ? survey_.top : survey_.entries[open_.back()].children;
        siblings.push_back(index);
        if (!entry.name.empty()) survey_.by_name.emplace(entry.name, index);
        if (entry.is_container()) open_.push_back(index);
        survey_.entries.push_back(std::move(entry));
    }

    void name_entry(Entry& entry, const std::string& place) {
        if (entry.name.empty() && (entry.kind == EntryKind::Note || entry.is_container()))
            entry.name = "row_" + entry.place.substr(entry.place.find_first_of("0123456789", entry.place.find('!')));
        if (entry.name.empty() && entry.kind == EntryKind::Metadata) entry.name = entry.type;
        if (entry.name.empty())
            notes_.refuse(place, Trouble::MissingValue, "a question needs a name");
        else if (!is_name(entry.name))
            notes_.refuse(place, Trouble::BadName,
                          "a name begins with a letter and goes on with letters, digits, '_', '-' and '.'");
        else if (const auto other = survey_.by_name.find(entry.name); other != survey_.by_name.end())
            notes_.refuse(place, Trouble::DuplicateName,
                          "the name " + entry.name + " belongs to " + survey_.entries[other->second].place + " too");
    }

    /// yes, true(), 1 …; a rule is refused.
    bool flag(const CellText& cell) {
        if (cell.empty()) return false;
        const auto said = is_yes(cell.text);
        if (!said)
            notes_.refuse(cell.place, Trouble::UnsupportedExpression,
                          "this is yes or no for everybody: a rule is not possible here");
        return said.value_or(false);
    }

    const Workbook& workbook_;
    std::string_view default_id_;
    Notes& notes_;
    Survey survey_;
    std::vector<EntryIndex> open_;
    bool duplicates_allowed_ = false;
};

} // namespace

void Notes::refuse(std::string place, Trouble trouble, std::string words) {
    constexpr std::size_t most = 500;
    if (mistakes.size() < most) mistakes.push_back({std::move(place), trouble, std::move(words)});
}

void Notes::warn(std::string place, Trouble trouble, std::string words) {
    constexpr std::size_t most = 500;
    if (warnings.size() < most) warnings.push_back({std::move(place), trouble, std::move(words)});
}

std::optional<EntryIndex> Survey::find(std::string_view name) const {
    const auto found = by_name.find(name);
    if (found == by_name.end()) return std::nullopt;
    return found->second;
}

Survey read_survey(const Workbook& workbook, std::string_view default_id, Notes& notes) {
    return SurveyReader(workbook, default_id, notes).read();
}

} // namespace forms::xlsform
