// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/types.hpp"

#include "forms/base/utf8.hpp"
#include "forms/xlsform/columns.hpp"

#include <array>

namespace forms::xlsform {
namespace {

struct KnownType {
    std::string_view word;
    EntryKind kind;
};
constexpr std::array known_types{
    KnownType{"text", EntryKind::Text},
    KnownType{"string", EntryKind::Text},
    KnownType{"integer", EntryKind::Integer},
    KnownType{"int", EntryKind::Integer},
    KnownType{"decimal", EntryKind::Decimal},
    KnownType{"range", EntryKind::Range},
    KnownType{"date", EntryKind::Date},
    KnownType{"time", EntryKind::Time},
    KnownType{"datetime", EntryKind::DateTime},
    KnownType{"date_time", EntryKind::DateTime},
    KnownType{"note", EntryKind::Note},
    KnownType{"calculate", EntryKind::Calculate},
    KnownType{"acknowledge", EntryKind::Acknowledge},
    KnownType{"trigger", EntryKind::Acknowledge},
    KnownType{"file", EntryKind::File},
    KnownType{"image", EntryKind::Image},
    KnownType{"photo", EntryKind::Image},
    KnownType{"audio", EntryKind::Audio},
    KnownType{"video", EntryKind::Video},
    KnownType{"barcode", EntryKind::Barcode},
    KnownType{"hidden", EntryKind::Hidden},
    KnownType{"start", EntryKind::Metadata},
    KnownType{"end", EntryKind::Metadata},
    KnownType{"today", EntryKind::Metadata},
    KnownType{"deviceid", EntryKind::Metadata},
    KnownType{"imei", EntryKind::Metadata},
    KnownType{"subscriberid", EntryKind::Metadata},
    KnownType{"simserial", EntryKind::Metadata},
    KnownType{"phonenumber", EntryKind::Metadata},
    KnownType{"phone_number", EntryKind::Metadata},
    KnownType{"username", EntryKind::Metadata},
    KnownType{"email", EntryKind::Metadata},
    KnownType{"audit", EntryKind::Metadata},
};

struct ImpossibleType {
    std::string_view word, words;
};
constexpr std::string_view no_map = "a place on a map cannot be asked for: ask for the address";
constexpr std::string_view no_outside = "lists from outside are not possible: put the choices on the sheet choices";
constexpr std::array impossible_types{
    ImpossibleType{"geopoint", no_map},
    ImpossibleType{"geotrace", no_map},
    ImpossibleType{"geoshape", no_map},
    ImpossibleType{"start_geopoint", no_map},
    ImpossibleType{"gps", no_map},
    ImpossibleType{"location", no_map},
    ImpossibleType{"osm", no_map},
    ImpossibleType{"select_one_from_file", no_outside},
    ImpossibleType{"select_multiple_from_file", no_outside},
    ImpossibleType{"select_one_external", no_outside},
    ImpossibleType{"csv_external", no_outside},
    ImpossibleType{"xml_external", no_outside},
    ImpossibleType{"rank", "putting choices in order is not possible: ask for the most important one"},
    ImpossibleType{"begin_loop", "a loop is not possible: write the questions out, or use a repeat"},
    ImpossibleType{"end_loop", "a loop is not possible: write the questions out, or use a repeat"},
    ImpossibleType{"background_audio", "a terminal does not listen unasked"},
    ImpossibleType{"include", "other workbooks are not read: copy their rows"},
};

/// Takes the first word away; blanks around it too.
std::string_view first_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

/// "list", "list or_other", "list or specify other".
std::optional<TypeReading> select_from(EntryKind kind, std::string_view word, std::string_view rest) {
    TypeReading reading;
    reading.kind = kind;
    reading.word = word;
    if (rest.starts_with("from ")) (void)first_word(rest);
    reading.list = first_word(rest);
    const std::string more = folded(rest);
    reading.or_other = more == "or_other" || more == "or_specify_other";
    if (reading.list.empty() || (!more.empty() && !reading.or_other)) return std::nullopt;
    return reading;
}

} // namespace

std::optional<TypeReading> type_from(std::string_view text) {
    const std::string whole = folded(text);
    std::string_view rest = trimmed(text);
    // "begin group", "begin_group" and "BEGIN GROUP" alike
    for (const auto& [word, kind] : {KnownType{"group", EntryKind::Group}, KnownType{"repeat", EntryKind::Repeat}}) {
        if (whole == "begin_" + std::string(word))
            return TypeReading{TypeRole::Row, kind, "begin_group", {}, false, {}};
        if (whole == "end_" + std::string(word)) return TypeReading{TypeRole::End, kind, {}, {}, false, {}};
    }
    for (const auto& [word, kind] : known_types)
        if (whole == word) return TypeReading{TypeRole::Row, kind, whole, {}, false, {}};
    std::string_view front = rest;
    const std::string first = folded(first_word(front));
    for (const auto& [word, words] : impossible_types)
        if (whole == word || first == word) return TypeReading{TypeRole::Impossible, {}, whole, {}, false, words};
    if (first == "select_one" || first == "select1") return select_from(EntryKind::SelectOne, "select_one", front);
    if (first == "select_multiple") return select_from(EntryKind::SelectMultiple, "select_multiple", front);
    std::string_view more = front;
    const std::string second = folded(first_word(more));
    if (first == "select" && second == "one") return select_from(EntryKind::SelectOne, "select_one", more);
    if (first == "select" && second == "multiple")
        return select_from(EntryKind::SelectMultiple, "select_multiple", more);
    return std::nullopt;
}

std::optional<bool> is_yes(std::string_view text) {
    std::string word;
    for (const char c : trimmed(text))
        if (c != ' ') word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const std::string_view yes : {"yes", "true", "true()", "1", "sì", "si"})
        if (word == yes) return true;
    for (const std::string_view no : {"no", "false", "false()", "0"})
        if (word == no) return false;
    return std::nullopt;
}

} // namespace forms::xlsform
