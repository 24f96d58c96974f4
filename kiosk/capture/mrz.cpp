// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/mrz.hpp"

#include <algorithm>

namespace kiosk {
namespace {

constexpr char filler = '<';
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool unread(std::string_view text) { return text.find('?') != std::string_view::npos; }

/// Where things stand, counted from 0.
struct Part {
    std::size_t line = 0, at = 0, count = 0;
};
struct Layout {
    std::size_t lines, columns;
    Part number, number_check, birth, birth_check, sex, expiry, expiry_check, nationality, optional, names, given;
};
constexpr Part none{};

/// The second line of TD2, TD3 and visas is the same but for the length of its end (Doc 9303-4, -6, -7).
constexpr Layout two_lines(std::size_t columns, std::size_t optional) {
    return {.lines = 2,
            .columns = columns,
            .number = {1, 0, 9},
            .number_check = {1, 9, 1},
            .birth = {1, 13, 6},
            .birth_check = {1, 19, 1},
            .sex = {1, 20, 1},
            .expiry = {1, 21, 6},
            .expiry_check = {1, 27, 1},
            .nationality = {1, 10, 3},
            .optional = {1, 28, optional},
            .names = {0, 5, columns - 5},
            .given = none};
}
/// Doc 9303-5.
constexpr Layout card = {.lines = 3,
                         .columns = 30,
                         .number = {0, 5, 9},
                         .number_check = {0, 14, 1},
                         .birth = {1, 0, 6},
                         .birth_check = {1, 6, 1},
                         .sex = {1, 7, 1},
                         .expiry = {1, 8, 6},
                         .expiry_check = {1, 14, 1},
                         .nationality = {1, 15, 3},
                         .optional = {0, 15, 15},
                         .names = {2, 0, 30},
                         .given = none};
constexpr Layout french_card = {.lines = 2,
                                .columns = 36,
                                .number = {1, 0, 12},
                                .number_check = {1, 12, 1},
                                .birth = {1, 27, 6},
                                .birth_check = {1, 33, 1},
                                .sex = {1, 34, 1},
                                .expiry = none,
                                .expiry_check = none,
                                .nationality = none,
                                .optional = none,
                                .names = {0, 5, 25},
                                .given = {1, 13, 14}};

const Layout& layout_of(MrzFormat format) {
    static constexpr std::array<Layout, 6> layouts = {
        card, two_lines(36, 7), two_lines(44, 14), two_lines(44, 16), two_lines(36, 8), french_card};
    return layouts[static_cast<std::size_t>(format)];
}

class Zone {
public:
    Zone(MrzFormat format, std::span<const std::string> lines)
        : format_(format), layout_(layout_of(format)), lines_(lines) {}

    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] std::string_view text(const Part& part) const {
        return part.count == 0 ? std::string_view() : std::string_view(lines_[part.line]).substr(part.at, part.count);
    }
    /// Without the fillers behind it.
    [[nodiscard]] std::string_view trimmed(const Part& part) const {
        std::string_view value = text(part);
        while (!value.empty() && value.back() == filler)
            value.remove_suffix(1);
        return value;
    }
    [[nodiscard]] bool right(const Part& covered, const Part& check) const {
        return matches(text(covered), text(check)[0]);
    }
    [[nodiscard]] static bool matches(std::string_view covered, char check) {
        const auto digit = mrz_check_digit(covered);
        return digit && *digit == check;
    }

    /// TD1 with a number longer than 9: a filler stands for the check digit, and the rest with the check digit follows
    /// in the optional field up to the next filler (Doc 9303-5, 4.2.2 note j).
    [[nodiscard]] bool long_number() const {
        return format_ == MrzFormat::Td1 && lines_[0][14] == filler && lines_[0][15] != filler &&
               lines_[0][13] != filler;
    }
    [[nodiscard]] std::string whole_long_number() const { // with the check digit
        const std::string_view rest = std::string_view(lines_[0]).substr(15, 15);
        return std::string(text(layout_.number)) + std::string(rest.substr(0, rest.find(filler)));
    }
    [[nodiscard]] bool number_right() const {
        if (!long_number()) return right(layout_.number, layout_.number_check);
        const std::string whole = whole_long_number();
        return matches(std::string_view(whole).substr(0, whole.size() - 1), whole.back());
    }
    [[nodiscard]] std::optional<bool> optional_right() const { // TD3 alone has a check digit for it
        if (format_ != MrzFormat::Td3) return std::nullopt;
        const char check = lines_[1][42];
        return matches(text(layout_.optional), check) || (check == filler && trimmed(layout_.optional).empty());
    }
    [[nodiscard]] std::optional<bool> whole_right() const {
        const std::string_view one = lines_[0], two = lines_[1];
        std::string covered;
        const auto add = [&](std::string_view part) { covered += part; };
        switch (format_) {
        case MrzFormat::Td1:
            add(one.substr(5, 25)), add(two.substr(0, 7)), add(two.substr(8, 7)), add(two.substr(18, 11));
            return matches(covered, two[29]);
        case MrzFormat::Td2:
            add(two.substr(0, 10)), add(two.substr(13, 7)), add(two.substr(21, 14));
            return matches(covered, two[35]);
        case MrzFormat::Td3:
            add(two.substr(0, 10)), add(two.substr(13, 7)), add(two.substr(21, 22));
            return matches(covered, two[43]);
        case MrzFormat::FrenchCard:
            add(one), add(two.substr(0, 35));
            return matches(covered, two[35]);
        case MrzFormat::VisaA:
        case MrzFormat::VisaB:
            return std::nullopt;
        }
        return std::nullopt;
    }

private:
    MrzFormat format_;
    const Layout& layout_;
    std::span<const std::string> lines_;
};

int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

/// YYMMDD; unknown parts are fillers. None when it is no date.
std::optional<forms::PartialDate> date_of(std::string_view text, const forms::PartialDate& today, bool birth) {
    const auto number = [&](std::size_t at) { return is_digit(text[at]) && is_digit(text[at + 1]); };
    const auto filled = [&](std::size_t at) { return text[at] == filler && text[at + 1] == filler; };
    if (!number(0)) return std::nullopt;
    int year = today.year - today.year % 100 + two_digits(text);
    const int month = number(2) ? two_digits(text.substr(2)) : 0, day = number(4) ? two_digits(text.substr(4)) : 0;
    if ((!number(2) && !filled(2)) || (!number(4) && !filled(4)) || (month == 0 && day != 0) ||
        (number(2) && month == 0))
        return std::nullopt;
    auto date = forms::PartialDate::of(year, month, day);
    if (birth && (year > today.year || (date && forms::order(*date, today) == forms::TimeOrder::After)))
        date = forms::PartialDate::of(year - 100, month, day);
    return date;
}

std::string words_of(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != filler)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

void read_names(const Zone& zone, Mrz& into) {
    const std::string_view names = zone.text(zone.layout().names);
    if (into.format == MrzFormat::FrenchCard) {
        if (!unread(names)) into.family = words_of(names);
        if (const auto given = zone.text(zone.layout().given); !unread(given)) into.given = words_of(given);
        into.names_whole = names.back() == filler && zone.text(zone.layout().given).back() == filler;
        return;
    }
    const std::size_t gap = names.find("<<");
    const std::string_view family = names.substr(0, gap),
                           given = gap == std::string_view::npos ? "" : names.substr(gap + 2);
    // A letter not read may have been a filler: then both halves change. And nothing but fillers follows two of them after
    // the given names (Doc 9303-3, 4.6): where letters do, some of them or of the fillers are not what they seem.
    const auto end = given.find("<<");
    const bool goes_on = end != std::string_view::npos && given.find_first_not_of(filler, end) != std::string_view::npos;
    if (!unread(names) && !goes_on) {
        into.family = words_of(family);
        into.given = words_of(given);
    }
    into.names_whole = names.back() == filler;
}

} // namespace

std::string_view name_of(MrzFormat format) {
    constexpr std::array<std::string_view, 6> names = {"td1", "td2", "td3", "visa-a", "visa-b", "french-card"};
    return names[static_cast<std::size_t>(format)];
}

std::string_view name_of(MrzCheck::What what) {
    constexpr std::array<std::string_view, 5> names = {"number", "birth", "expiry", "optional", "whole"};
    return names[static_cast<std::size_t>(what)];
}

std::optional<MrzFormat> mrz_format(std::span<const std::string> lines) {
    const auto all = [&](std::size_t count, std::size_t columns) {
        return lines.size() == count &&
               std::all_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.size() == columns; });
    };
    if (all(3, 30)) return MrzFormat::Td1;
    if (all(2, 44)) return lines[0][0] == 'V' ? MrzFormat::VisaA : MrzFormat::Td3;
    if (!all(2, 36)) return std::nullopt;
    if (lines[0].starts_with("IDFRA")) return MrzFormat::FrenchCard;
    return lines[0][0] == 'V' ? MrzFormat::VisaB : MrzFormat::Td2;
}

std::vector<MrzPlace> mrz_grammar(MrzFormat format, std::size_t line) {
    const Layout& layout = layout_of(format);
    std::vector<MrzPlace> places(layout.columns, MrzPlace::Any);
    const auto set = [&](const Part& part, MrzPlace place) {
        if (part.line == line && part.count > 0)
            std::fill_n(places.begin() + static_cast<std::ptrdiff_t>(part.at), part.count, place);
    };
    set({0, 0, 5}, MrzPlace::Letter);
    set(layout.names, MrzPlace::Letter);
    set(layout.given, MrzPlace::Letter);
    set(layout.nationality, MrzPlace::Letter);
    set(layout.number_check, MrzPlace::Check);
    set(layout.birth, MrzPlace::Digit);
    set(layout.birth_check, MrzPlace::Check);
    set(layout.sex, MrzPlace::Sex);
    set(layout.expiry, MrzPlace::Digit);
    set(layout.expiry_check, MrzPlace::Check);
    if (format == MrzFormat::Td1) set({1, 29, 1}, MrzPlace::Check);
    if (format == MrzFormat::Td2 || format == MrzFormat::FrenchCard) set({1, 35, 1}, MrzPlace::Check);
    if (format == MrzFormat::Td3) set({1, 42, 2}, MrzPlace::Check);
    return places;
}

bool mrz_allows(MrzPlace place, char letter) {
    switch (place) {
    case MrzPlace::Letter:
        return is_letter(letter) || letter == filler;
    case MrzPlace::Digit:
    case MrzPlace::Check:
        return is_digit(letter) || letter == filler;
    case MrzPlace::Sex:
        return letter == 'M' || letter == 'F' || letter == filler;
    case MrzPlace::Any:
        return is_letter(letter) || is_digit(letter) || letter == filler;
    }
    return false;
}

std::optional<char> mrz_check_digit(std::string_view text) {
    constexpr std::array<int, 3> weights = {7, 3, 1};
    int sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!mrz_allows(MrzPlace::Any, c)) return std::nullopt;
        const int value = is_digit(c) ? c - '0' : is_letter(c) ? c - 'A' + 10 : 0;
        sum += value * weights[i % 3];
    }
    return static_cast<char>('0' + sum % 10);
}

bool Mrz::all_checks_right() const {
    return std::all_of(checks.begin(), checks.end(), [](const MrzCheck& check) { return check.right; });
}

std::vector<MrzCheck> mrz_checks(MrzFormat format, std::span<const std::string> lines) {
    const Zone zone(format, lines);
    const Layout& layout = zone.layout();
    std::vector<MrzCheck> checks = {{MrzCheck::What::Number, zone.number_right()},
                                    {MrzCheck::What::Birth, zone.right(layout.birth, layout.birth_check)}};
    if (layout.expiry.count > 0)
        checks.push_back({MrzCheck::What::Expiry, zone.right(layout.expiry, layout.expiry_check)});
    if (const auto right = zone.optional_right()) checks.push_back({MrzCheck::What::Optional, *right});
    if (const auto right = zone.whole_right()) checks.push_back({MrzCheck::What::Whole, *right});
    return checks;
}

std::optional<Mrz> read_mrz(std::span<const std::string> lines, const forms::PartialDate& today) {
    const auto format = mrz_format(lines);
    if (!format) return std::nullopt;
    for (const std::string& line : lines)
        if (!std::all_of(line.begin(), line.end(), [](char c) { return c == '?' || mrz_allows(MrzPlace::Any, c); }))
            return std::nullopt;
    Mrz mrz;
    mrz.format = *format;
    mrz.lines.assign(lines.begin(), lines.end());
    mrz.checks = mrz_checks(*format, lines);
    const Zone zone(*format, lines);
    const Layout& layout = zone.layout();
    const auto right = [&](MrzCheck::What what) {
        return std::any_of(mrz.checks.begin(), mrz.checks.end(),
                           [&](const MrzCheck& check) { return check.what == what && check.right; });
    };
    const auto uncovered = [&](const Part& part) {
        return unread(zone.text(part)) ? std::string() : std::string(zone.trimmed(part));
    };

    mrz.type = uncovered({0, 0, 2});
    mrz.issuer = uncovered({0, 2, 3});
    mrz.nationality = uncovered(layout.nationality);
    if (right(MrzCheck::What::Number)) {
        mrz.number = zone.trimmed(layout.number);
        if (zone.long_number()) {
            mrz.number = zone.whole_long_number();
            mrz.number.pop_back();
        }
    }
    if (right(MrzCheck::What::Birth)) mrz.birth = date_of(zone.text(layout.birth), today, true);
    if (right(MrzCheck::What::Expiry)) mrz.expiry = date_of(zone.text(layout.expiry), today, false);
    if (const char sex = zone.text(layout.sex)[0]; sex == 'M' || sex == 'F') mrz.sex = sex;
    const auto whole = zone.whole_right();
    const bool optional_covered = zone.optional_right().value_or(whole.value_or(false));
    if (optional_covered && !zone.long_number()) mrz.optional_data = zone.trimmed(layout.optional);
    if (mrz.optional_data.empty() && *format == MrzFormat::Td1 && optional_covered)
        mrz.optional_data = zone.trimmed({1, 18, 11});
    read_names(zone, mrz);
    return mrz;
}

} // namespace kiosk
