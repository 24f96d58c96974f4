// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/words.hpp"

#include "kiosk/text/catalogues.hpp"
#include "kiosk/text/one_piece.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace kiosk {
namespace {

std::string_view without_region(std::string_view language) { return language.substr(0, language.find_first_of("-_")); }

const char* form(const Entry& entry, Plural category) {
    switch (category) {
    case Plural::Zero:
        return entry.zero;
    case Plural::One:
        return entry.one;
    case Plural::Two:
        return entry.two;
    case Plural::Few:
        return entry.few;
    case Plural::Many:
        return entry.many;
    case Plural::Other:
        return entry.other;
    }
    return entry.other;
}

const Entry& entry_of(std::size_t catalogue, Text text) {
    return catalogues()[catalogue].entries[static_cast<std::size_t>(text)];
}

std::string filled(std::string_view pattern, std::span<const WordsArgument> arguments, Direction sentence) {
    std::string out;
    out.reserve(pattern.size() + 16);
    while (true) {
        const std::size_t open = pattern.find('{');
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        const std::string_view name = pattern.substr(open + 1, close - open - 1);
        const auto argument =
            std::find_if(arguments.begin(), arguments.end(), [name](const WordsArgument& a) { return a.name == name; });
        out += pattern.substr(0, open);
        if (argument == arguments.end())
            out += pattern.substr(open, close - open + 1);
        else
            append_in_one_piece(out, argument->value, sentence);
        pattern.remove_prefix(close + 1);
    }
    out += pattern;
    return out;
}

std::multiset<std::string_view> placeholders(std::string_view pattern) {
    std::multiset<std::string_view> names;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        const std::size_t close = pattern.find('}', open);
        if (close == std::string_view::npos) break;
        names.insert(pattern.substr(open + 1, close - open - 1));
    }
    return names;
}

constexpr std::array all_categories{std::pair{Plural::Zero, "zero"}, std::pair{Plural::One, "one"},
                                    std::pair{Plural::Two, "two"},   std::pair{Plural::Few, "few"},
                                    std::pair{Plural::Many, "many"}, std::pair{Plural::Other, "other"}};

/// Numbers that between them reach every category of every language below.
constexpr std::array<std::uint64_t, 8> samples{0, 1, 2, 3, 5, 11, 100, 1'000'000};

bool uses(std::string_view language, Plural category) {
    return std::any_of(samples.begin(), samples.end(),
                       [&](std::uint64_t number) { return plural(language, number) == category; });
}

void compare_plain(const std::string& where, const Entry& source, const Entry& entry,
                   std::vector<std::string>& mistakes) {
    if (entry.plain == nullptr)
        mistakes.push_back(where + ": missing");
    else if (placeholders(entry.plain) != placeholders(source.plain))
        mistakes.push_back(where + ": placeholders differ from the Italian ones");
    else if (*entry.plain == '\0')
        mistakes.push_back(where + ": empty");
}

void compare_counted(const std::string& where, std::string_view language, const Entry& source, const Entry& entry,
                     std::vector<std::string>& mistakes) {
    std::multiset<std::string_view> wanted = placeholders(source.other);
    wanted.erase("count"); // "one page" may well be written without its number
    for (const auto& [category, name] : all_categories) {
        const char* text = form(entry, category);
        const std::string form_where = where + "." + name;
        if (text == nullptr) {
            if (uses(language, category) || category == Plural::Other) mistakes.push_back(form_where + ": missing");
            continue;
        }
        if (!uses(language, category) && category != Plural::Other)
            mistakes.push_back(form_where + ": this language has no such form");
        std::multiset<std::string_view> found = placeholders(text);
        found.erase("count");
        if (found != wanted) mistakes.push_back(form_where + ": placeholders differ from the Italian ones");
    }
}

} // namespace

forms::Result<Words, WordsError> Words::load(std::string_view language) {
    const auto all = catalogues();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Catalogue& c) { return c.language == without_region(language); });
    if (found == all.end()) return WordsError::UnknownLanguage;
    return Words(static_cast<std::size_t>(found - all.begin()));
}

std::string_view Words::language() const { return catalogues()[catalogue_].language; }
Direction Words::direction() const { return kiosk::direction(language()); }

std::string_view Words::get(Text text) const {
    const Entry& entry = entry_of(catalogue_, text);
    if (entry.plain != nullptr) return entry.plain;
    if (entry.other != nullptr) return entry.other;
    const Entry& source = entry_of(0, text);
    return source.plain != nullptr ? source.plain : source.other;
}

std::string Words::get(Text text, std::initializer_list<WordsArgument> arguments) const {
    return filled(get(text), {arguments.begin(), arguments.size()}, direction());
}

std::string Words::count(Text text, std::uint64_t number, std::initializer_list<WordsArgument> arguments) const {
    const Entry& entry = entry_of(catalogue_, text);
    const char* pattern = form(entry, plural(language(), number));
    const std::string digits = std::to_string(number);
    std::vector<WordsArgument> all(arguments);
    all.push_back({"count", digits});
    return filled(pattern != nullptr ? std::string_view(pattern) : get(text), all, direction());
}

std::string_view Words::name_of(std::string_view language) const {
    constexpr std::array<std::pair<std::string_view, Text>, 4> named{{{"it", Text::language_it},
                                                                      {"fr", Text::language_fr},
                                                                      {"en", Text::language_en},
                                                                      {"ar", Text::language_ar}}};
    for (const auto& [code, text] : named)
        if (code == without_region(language)) return get(text);
    return own_name(language);
}

std::span<const std::string_view> languages() {
    static const std::vector<std::string_view> codes = [] {
        std::vector<std::string_view> list;
        for (const Catalogue& catalogue : catalogues())
            list.push_back(catalogue.language);
        return list;
    }();
    return codes;
}

std::string_view own_name(std::string_view language) {
    const auto words = Words::load(language);
    return words.ok() ? words.value().get(Text::language_own_name) : language;
}

Direction direction(std::string_view language) {
    constexpr std::array<std::string_view, 10> right_to_left{"ar", "arc", "ckb", "dv", "fa",
                                                             "he", "ps",  "sd",  "ug", "ur"};
    const std::string_view code = without_region(language);
    return std::find(right_to_left.begin(), right_to_left.end(), code) != right_to_left.end() ? Direction::RightToLeft
                                                                                              : Direction::LeftToRight;
}

Plural plural(std::string_view language, std::uint64_t number) {
    const std::string_view code = without_region(language);
    if (code == "ar") {
        if (number <= 2) return number == 0 ? Plural::Zero : number == 1 ? Plural::One : Plural::Two;
        const std::uint64_t rest = number % 100;
        if (rest >= 3 && rest <= 10) return Plural::Few;
        return rest >= 11 ? Plural::Many : Plural::Other;
    }
    const bool millions = number != 0 && number % 1'000'000 == 0;
    if (code == "fr") return number <= 1 ? Plural::One : millions ? Plural::Many : Plural::Other;
    if (code == "it" || code == "es") return number == 1 ? Plural::One : millions ? Plural::Many : Plural::Other;
    return number == 1 ? Plural::One : Plural::Other;
}

std::vector<std::string> catalogue_mistakes() {
    std::vector<std::string> mistakes;
    for (const Catalogue& catalogue : catalogues()) {
        for (std::size_t i = 0; i < text_keys().size(); ++i) {
            const Entry& source = catalogues()[0].entries[i];
            const Entry& entry = catalogue.entries[i];
            const std::string where = std::string(catalogue.language) + " " + std::string(text_keys()[i]);
            if (source.plain != nullptr)
                compare_plain(where, source, entry, mistakes);
            else
                compare_counted(where, catalogue.language, source, entry, mistakes);
        }
    }
    return mistakes;
}

} // namespace kiosk
