// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/sheet/cells.hpp"

#include "forms/base/calendar.hpp"
#include "forms/base/utf8.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace kiosk {
namespace {

using Look = CellContext::Look;

std::optional<std::size_t> whole_from(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "_x000D_" stands for a character that XML cannot hold; it is a line break here, or nothing.
std::string without_escapes(std::string_view text) {
    constexpr std::size_t size = 7;
    std::string out;
    while (!text.empty()) {
        std::size_t code = 0;
        if (text.size() >= size && text.starts_with("_x") && text[6] == '_' &&
            std::from_chars(text.data() + 2, text.data() + 6, code, 16).ptr == text.data() + 6) {
            if (code == '\n' || code == '\t' || code >= ' ') {
                std::pmr::string point;
                forms::append_utf8(point, static_cast<char32_t>(code));
                if (forms::is_utf8(point)) out += point;
            }
            text.remove_prefix(size);
            continue;
        }
        out += text.front();
        text.remove_prefix(1);
    }
    return out;
}

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// Days since 1899-12-30, or 1904-01-01 → what a person reads. The day that 1900 never had (§18.17.4.1) is left to
/// those who wrote it.
std::optional<std::string> moment_text(double serial, Look look, bool from_1904) {
    constexpr double most_days = 2'958'466;                              // the end of the year 9999
    constexpr std::int64_t day_of_1899 = -25'569, day_of_1904 = -24'107; // as days since 1970
    constexpr std::int64_t seconds_a_day = 86'400;
    if (!(serial >= 0) || serial > most_days) return std::nullopt;
    const auto seconds = static_cast<std::int64_t>(std::llround(serial * static_cast<double>(seconds_a_day)));
    const auto second = static_cast<int>(seconds % seconds_a_day);
    const std::string time = two(second / 3600) + ":" + two(second / 60 % 60) + ":" + two(second % 60);
    if (look == Look::Time) return time;
    // Civil date of a day number: H. Hinnant, "chrono-compatible low-level date algorithms".
    const std::int64_t days = seconds / seconds_a_day + (from_1904 ? day_of_1904 : day_of_1899) + 719'468;
    const std::int64_t era = days / 146'097;
    const std::int64_t of_era = days - era * 146'097;
    const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted = (5 * of_year + 2) / 153;
    const int day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
    const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    const int year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
    const auto date = forms::PartialDate::of(year, month, day);
    if (!date) return std::nullopt;
    return look == Look::Date ? date->text() : date->text() + " " + time;
}

std::optional<std::string> number_text(std::string_view spelled, Look look, bool from_1904) {
    double number = 0;
    const auto [end, error] = std::from_chars(spelled.data(), spelled.data() + spelled.size(), number);
    if (error != std::errc{} || end != spelled.data() + spelled.size() || !std::isfinite(number)) return std::nullopt;
    if (look != Look::Number) return moment_text(number, look, from_1904);
    std::array<char, 32> out{};
    constexpr double exact = 1e15; // as many digits as a spreadsheet shows
    const auto written =
        std::abs(number) < exact && number == std::floor(number)
            ? std::to_chars(out.data(), out.data() + out.size(), static_cast<std::int64_t>(number))
            : std::to_chars(out.data(), out.data() + out.size(), number, std::chars_format::general, 15);
    return std::string(out.data(), written.ptr);
}

} // namespace

std::string rich_text(pugi::xml_node node) {
    std::string text;
    for (const pugi::xml_node part : node.children()) {
        if (is_named(part, "t")) text += part.text().get();
        if (is_named(part, "r")) text += child_of(part, "t").text().get();
    }
    return without_escapes(text);
}

Look look_of(int format, std::string_view code) {
    constexpr auto between = [](int number, int low, int high) { return number >= low && number <= high; };
    if (code.empty()) {
        if (between(format, 18, 21) || between(format, 45, 47)) return Look::Time;
        if (format == 22) return Look::DateTime;
        if (between(format, 14, 17) || between(format, 27, 36) || between(format, 50, 58)) return Look::Date;
        return Look::Number;
    }
    bool date = false;
    bool time = false;
    char closing = 0; // inside "quotes" or [brackets] nothing counts
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (closing != 0) {
            if (c == closing) closing = 0;
            continue;
        }
        if (c == '"') closing = '"';
        if (c == '[') closing = ']';
        if (c == '\\' || c == '_' || c == '*') ++i;
        date = date || c == 'y' || c == 'Y' || c == 'd' || c == 'D';
        time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
    }
    if (date) return time ? Look::DateTime : Look::Date;
    return time ? Look::Time : Look::Number;
}

std::optional<CellPlace> place_from(std::string_view reference) {
    CellPlace place;
    std::size_t letters = 0;
    while (letters < reference.size() && letters < 4 && reference[letters] >= 'A' && reference[letters] <= 'Z') {
        place.column = place.column * 26 + static_cast<std::size_t>(reference[letters] - 'A') + 1;
        ++letters;
    }
    const auto row = letters == 0 || letters > 3 ? std::nullopt : whole_from(reference.substr(letters));
    if (!row || *row == 0 || *row > 1'048'576) return std::nullopt;
    return CellPlace{*row - 1, place.column - 1};
}

std::optional<std::string> cell_text(pugi::xml_node cell, const CellContext& context, bool& is_error) {
    const std::string_view type = attribute_of(cell, "t");
    if (type == "inlineStr") return rich_text(child_of(cell, "is"));
    const std::string_view value = child_of(cell, "v").text().get();
    if (type == "e") {
        is_error = true;
        return std::string(value);
    }
    if (value.empty()) return std::string();
    if (type == "s") {
        const auto index = whole_from(value);
        if (!index || *index >= context.strings.size()) return std::nullopt;
        return context.strings[*index];
    }
    if (type == "str") return without_escapes(value);
    if (type == "b") return value == "1" || value == "true" ? "TRUE" : "FALSE";
    if (type == "d") return std::string(value);
    if (!type.empty() && type != "n") return std::nullopt;
    const auto style = whole_from(attribute_of(cell, "s"));
    const Look look = style && *style < context.looks.size() ? context.looks[*style] : Look::Number;
    return number_text(value, look, context.from_1904);
}

} // namespace kiosk
