// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/workbook.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// An XLSForm read from its sheets, before it is translated. The columns and types are those of xlsform.org.
namespace forms::xlsform {

/// A text in the languages of the form.
struct Wording {
    std::string base;
    std::vector<std::pair<std::string, std::string>> others; ///< BCP 47, text
    [[nodiscard]] bool empty() const { return base.empty() && others.empty(); }
};

enum class EntryKind {
    Group,
    Repeat,
    Note,
    Text,
    Integer,
    Decimal,
    Range,
    SelectOne,
    SelectMultiple,
    Date,
    Time,
    DateTime,
    Acknowledge,
    File,
    Image,
    Audio,
    Video,
    Barcode,
    Hidden,
    Calculate,
    Metadata ///< start, end, today, deviceid …: no item comes of it
};

/// A cell with a text: where it stands, for whoever has to complain about it.
struct CellText {
    std::string text;
    std::string place;
    [[nodiscard]] bool empty() const { return text.empty(); }
};

using EntryIndex = std::size_t;

/// One row of the survey: a question, a text or a group.
struct Entry {
    EntryKind kind = EntryKind::Text;
    std::string type; ///< as written, without list
    std::string name;
    std::string place; ///< of the cell with the type
    std::string list;
    bool or_other = false;
    Wording label, hint, constraint_message;
    std::string label_place;
    bool required = false, read_only = false;
    CellText relevant, constraint, calculation, initial, appearance, choice_filter, parameters, repeat_count;
    std::optional<EntryIndex> parent;
    std::vector<EntryIndex> children;
    [[nodiscard]] bool is_select() const { return kind == EntryKind::SelectOne || kind == EntryKind::SelectMultiple; }
    [[nodiscard]] bool is_container() const { return kind == EntryKind::Group || kind == EntryKind::Repeat; }
};

struct Choice {
    std::string name;
    std::string place;
    Wording label;
    std::map<std::string, std::string, std::less<>> attributes; ///< further columns, for choice filters
};

struct Survey {
    Wording title;
    std::string id, version, language; ///< language: of the base wordings
    std::vector<Entry> entries;        ///< in the order of the sheet; a group before what it holds
    std::vector<EntryIndex> top;
    std::map<std::string, std::vector<Choice>, std::less<>> lists;

    [[nodiscard]] std::optional<EntryIndex> find(std::string_view name) const;
    std::map<std::string, EntryIndex, std::less<>> by_name;
};

/// What is told about a workbook: what refuses it, and what is only left aside.
struct Notes {
    std::vector<CellNote> mistakes;
    std::vector<CellNote> warnings;
    void refuse(std::string place, Trouble trouble, std::string words);
    void warn(std::string place, Trouble trouble, std::string words);
};

/// Reads survey, choices and settings. Everything wrong goes to `notes`; what is returned must not be used when there
/// are mistakes, beyond looking for more of them.
[[nodiscard]] Survey read_survey(const Workbook& workbook, std::string_view default_id, Notes& notes);

} // namespace forms::xlsform
