// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/columns.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace forms::xlsform {
namespace {

struct Pair {
    std::string_view from, to;
};

// Names of columns that mean the same (xlsform.org/en/ref-table, pyxform's aliases).
constexpr std::array synonyms{
    Pair{"relevance", "relevant"},
    Pair{"bind::relevant", "relevant"},
    Pair{"bind::required", "required"},
    Pair{"bind::constraint", "constraint"},
    Pair{"bind::calculate", "calculation"},
    Pair{"bind::readonly", "read_only"},
    Pair{"bind::jr:constraintmsg", "constraint_message"},
    Pair{"bind::jr:requiredmsg", "required_message"},
    Pair{"calculate", "calculation"},
    Pair{"readonly", "read_only"},
    Pair{"constraint_msg", "constraint_message"},
    Pair{"requiredmsg", "required_message"},
    Pair{"caption", "label"},
    Pair{"value", "name"},
    Pair{"list", "list_name"},
    Pair{"listname", "list_name"},
    Pair{"command", "type"},
    Pair{"control::appearance", "appearance"},
    Pair{"body::appearance", "appearance"},
    Pair{"control::jr:count", "repeat_count"},
    Pair{"jr:count", "repeat_count"},
    Pair{"image", "media::image"},
    Pair{"audio", "media::audio"},
    Pair{"video", "media::video"},
    Pair{"big_image", "media::big_image"},
    Pair{"title", "form_title"},
    Pair{"set_form_title", "form_title"},
    Pair{"id_string", "form_id"},
    Pair{"set_form_id", "form_id"},
};

// How authors call languages when they give no code.
constexpr std::array languages{
    Pair{"italiano", "it"},    Pair{"italian", "it"},    Pair{"english", "en"},    Pair{"inglese", "en"},
    Pair{"français", "fr"},    Pair{"french", "fr"},     Pair{"francese", "fr"},   Pair{"francais", "fr"},
    Pair{"arabic", "ar"},      Pair{"arabo", "ar"},      Pair{"العربية", "ar"},    Pair{"spanish", "es"},
    Pair{"español", "es"},     Pair{"espanol", "es"},    Pair{"spagnolo", "es"},   Pair{"deutsch", "de"},
    Pair{"german", "de"},      Pair{"tedesco", "de"},    Pair{"română", "ro"},     Pair{"romanian", "ro"},
    Pair{"rumeno", "ro"},      Pair{"shqip", "sq"},      Pair{"albanian", "sq"},   Pair{"albanese", "sq"},
    Pair{"ukrainian", "uk"},   Pair{"ucraino", "uk"},    Pair{"українська", "uk"}, Pair{"russian", "ru"},
    Pair{"russo", "ru"},       Pair{"русский", "ru"},    Pair{"chinese", "zh"},    Pair{"cinese", "zh"},
    Pair{"中文", "zh"},        Pair{"urdu", "ur"},       Pair{"اردو", "ur"},       Pair{"bengali", "bn"},
    Pair{"বাংলা", "bn"},       Pair{"portuguese", "pt"}, Pair{"português", "pt"},  Pair{"portoghese", "pt"},
    Pair{"tigrinya", "ti"},    Pair{"amharic", "am"},    Pair{"somali", "so"},     Pair{"hindi", "hi"},
    Pair{"punjabi", "pa"},     Pair{"turkish", "tr"},    Pair{"persian", "fa"},    Pair{"farsi", "fa"},
    Pair{"slovenščina", "sl"}, Pair{"slovenian", "sl"},  Pair{"sloveno", "sl"},    Pair{"polish", "pl"},
};

/// Columns that may be there once for each language.
bool is_worded(std::string_view name) {
    return name == "label" || name == "hint" || name == "guidance_hint" || name == "constraint_message" ||
           name == "required_message" || name == "form_title" || name.starts_with("media::");
}

/// A tag of BCP 47, roughly: "it", "pt-BR", "zh-Hant".
bool is_code(std::string_view text) {
    const std::size_t main = text.find('-') == std::string_view::npos ? text.size() : text.find('-');
    if (main < 2 || main > 3 || text.size() > 35) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

} // namespace

std::string folded(std::string_view text) {
    std::string out;
    bool gap = false;
    for (const char c : trimmed(text)) {
        if (c == ' ' || c == '-' || c == '_' || c == '\t') {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += '_';
        gap = false;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::optional<std::string> language_of(std::string_view words) {
    words = trimmed(words);
    if (words.ends_with(')') && words.rfind('(') != std::string_view::npos) {
        const std::string_view code = trimmed(words.substr(words.rfind('(') + 1, words.size() - words.rfind('(') - 2));
        if (is_code(code)) return std::string(code);
    }
    std::string name(words);
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    for (const auto& [from, to] : languages)
        if (name == from) return std::string(to);
    if (is_code(words) && (words.size() == 2 || words.find('-') != std::string_view::npos)) return std::string(words);
    return std::nullopt;
}

Table::Table(const Sheet& sheet, const std::set<std::string, std::less<>>& known, Notes& notes) : sheet_(sheet) {
    if (sheet.rows.empty()) return;
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t column = 0; column < sheet.rows[0].size(); ++column) {
        std::string_view written = trimmed(sheet.rows[0][column]);
        if (written.empty()) continue;
        Heading heading;
        heading.column = column;
        // "label::Italiano (it)", "media::image::fr", and with a single colon in old forms.
        std::string_view language;
        const std::size_t colons = written.rfind("::");
        const std::size_t colon = written.rfind(':');
        std::string whole = folded(written);
        for (const auto& [from, to] : synonyms)
            if (whole == from) whole = to;
        if (!known.contains(whole) && colon != std::string_view::npos) {
            const std::size_t end = colons != std::string_view::npos ? colons : colon;
            std::string front = folded(trimmed(written.substr(0, end)));
            for (const auto& [from, to] : synonyms)
                if (front == from) front = to;
            if (is_worded(front)) {
                language = trimmed(written.substr(end + (colons != std::string_view::npos ? 2 : 1)));
                whole = front;
            }
        }
        heading.name = whole;
        heading.known = known.contains(whole);
        if (!language.empty()) {
            const auto code = language_of(language);
            if (!code)
                notes.refuse(xlsform::place_of(sheet.name, 0, column), Trouble::UnknownLanguage,
                             "which language is '" + std::string(language) + "'? Write its code: label::Italiano (it)");
            heading.language = code.value_or(std::string(language));
        }
        if (!seen.insert({heading.name, heading.language}).second && heading.known)
            notes.refuse(xlsform::place_of(sheet.name, 0, column), Trouble::DuplicateColumn,
                         "this column is there twice");
        headings_.push_back(std::move(heading));
    }
}

const Table::Heading* Table::find(std::string_view column) const {
    for (const Heading& heading : headings_)
        if (heading.name == column && heading.language.empty()) return &heading;
    return nullptr;
}

bool Table::has(std::string_view column) const {
    return std::any_of(headings_.begin(), headings_.end(), [&](const Heading& h) { return h.name == column; });
}

std::string Table::text(std::size_t row, std::string_view column) const {
    const Heading* const heading = find(column);
    return heading == nullptr ? std::string() : std::string(trimmed(sheet_.at(row, heading->column)));
}

std::string Table::place(std::size_t row, std::string_view column) const {
    const Heading* found = find(column);
    for (const Heading& heading : headings_)
        if (found == nullptr && heading.name == column) found = &heading;
    return xlsform::place_of(sheet_.name, row, found == nullptr ? 0 : found->column);
}

CellText Table::cell(std::size_t row, std::string_view column) const { return {text(row, column), place(row, column)}; }

Wording Table::wording(std::size_t row, std::string_view column, std::string_view base) const {
    Wording words;
    const std::string plain = plain_label(text(row, column));
    for (const Heading& heading : headings_) {
        if (heading.name != column || heading.language.empty()) continue;
        std::string text = plain_label(trimmed(sheet_.at(row, heading.column)));
        if (text.empty()) continue;
        if (heading.language == base)
            words.base = std::move(text);
        else
            words.others.emplace_back(heading.language, std::move(text));
    }
    if (words.base.empty()) words.base = plain;
    return words;
}

bool Table::is_blank(std::size_t row) const {
    return std::all_of(headings_.begin(), headings_.end(),
                       [&](const Heading& heading) { return trimmed(sheet_.at(row, heading.column)).empty(); });
}

std::vector<std::string> Table::languages() const {
    std::vector<std::string> found;
    for (const Heading& heading : headings_)
        if (heading.known && !heading.language.empty() &&
            std::find(found.begin(), found.end(), heading.language) == found.end())
            found.push_back(heading.language);
    return found;
}

std::string plain_label(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        const bool line_begins = out.empty() || out.back() == '\n';
        if (rest.front() == '<') { // a tag: <b>, </span>, <br/>, <span style="…">
            const std::size_t end = rest.find('>');
            const char next = rest.size() > 1 ? rest[1] : ' ';
            const bool tag = end != std::string_view::npos && (next == '/' || (next >= 'a' && next <= 'z'));
            if (tag) {
                if (rest.starts_with("<br")) out += '\n';
                i += end;
                continue;
            }
        }
        if (rest.starts_with("**")) {
            ++i;
            continue;
        }
        const std::size_t marks = std::min(rest.find_first_not_of('#'), rest.size());
        if (line_begins && marks > 0 && marks <= 6 && rest.substr(marks).starts_with(' ')) { // a heading
            i += marks;
            continue;
        }
        out += rest.front();
    }
    return shown_text(trimmed(out));
}

} // namespace forms::xlsform
