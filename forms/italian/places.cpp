// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/places.hpp"

#include "forms/italian/fold.hpp"
#include "forms/italian/place_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace forms {
namespace {

constexpr std::string_view terminology = "https://www.hl7.it/fhir/terminology/";

constexpr std::pair<std::string_view, PlaceList> lists[] = {
    {"ValueSet/istat-comune", PlaceList::Comune},
    {"ValueSet/istat-luogoNascita", PlaceList::BirthPlace},
    {"ValueSet/istat-stato", PlaceList::State},
    {"ValueSet/istat-cittadinanza", PlaceList::Citizenship},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint32_t> number_of(std::string_view digits) {
    std::uint32_t number = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (digits.empty() || digits.size() > 6 || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

/// "H501" → a number; the letter may be small.
std::optional<std::uint32_t> belfiore_number(std::string_view code) {
    if (code.size() != 4) return std::nullopt;
    const char letter = code[0] >= 'a' && code[0] <= 'z' ? static_cast<char>(code[0] - 'a' + 'A') : code[0];
    const auto digits = number_of(code.substr(1));
    if (letter < 'A' || letter > 'Z' || !digits) return std::nullopt;
    return static_cast<std::uint32_t>(letter - 'A') * 1000 + *digits;
}

bool all_digits(std::string_view text, std::size_t length) {
    return text.size() == length && std::all_of(text.begin(), text.end(), is_digit);
}
bool is_year(std::string_view text) { return text.empty() || all_digits(text, 4); }
bool is_belfiore(std::string_view text) { return text.empty() || belfiore_number(text).has_value(); }

/// Hands out the cells of each row; lines that begin with # are notes.
class Rows {
public:
    explicit Rows(std::string_view table) : rest_(table) {}

    /// False at the end.
    bool next() {
        while (!rest_.empty()) {
            const std::size_t end = std::min(rest_.find('\n'), rest_.size());
            row_ = rest_.substr(0, end);
            rest_.remove_prefix(std::min(end + 1, rest_.size()));
            ++line_;
            if (!row_.empty() && row_.front() != '#') return true;
        }
        return false;
    }
    [[nodiscard]] std::size_t line() const { return line_; }

    /// The cells, or none when there are more or fewer than N.
    template <std::size_t N>
    [[nodiscard]] std::optional<std::array<std::string_view, N>> cells() const {
        std::array<std::string_view, N> cells;
        std::string_view rest = row_;
        for (std::size_t i = 0; i < N; ++i) {
            const std::size_t tab = rest.find('\t');
            if ((tab == std::string_view::npos) != (i + 1 == N)) return std::nullopt;
            cells[i] = rest.substr(0, tab);
            if (i + 1 < N) rest.remove_prefix(tab + 1);
        }
        return cells;
    }

private:
    std::string_view rest_, row_;
    std::size_t line_ = 0;
};

/// In which language a comune of the province has its second name.
std::string_view second_language(std::string_view province) {
    if (province == "BZ") return "de";
    if (province == "AO") return "fr";
    if (province == "TN") return "lld";
    return "sl";
}

std::string_view main_language(std::string_view language) { return language.substr(0, language.find('-')); }

} // namespace

std::optional<PlaceList> place_list_of(std::string_view canonical) {
    canonical = canonical.substr(0, canonical.find('|'));
    if (!canonical.starts_with(terminology)) return std::nullopt;
    canonical.remove_prefix(terminology.size());
    for (const auto& [name, list] : lists)
        if (name == canonical) return list;
    return std::nullopt;
}

const std::vector<std::string>& place_value_sets() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> names;
        for (const auto& [name, list] : lists)
            names.push_back(std::string(terminology).append(name));
        return names;
    }();
    return all;
}

std::string_view Place::system() const {
    return kind == PlaceKind::Comune
               ? "https://www.hl7.it/fhir/terminology/CodeSystem/istat-unitaAmministrativeTerritoriali"
               : "https://www.hl7.it/fhir/terminology/CodeSystem/istat-unitaAmministrativeTerritorialiEstere";
}

std::string Place::detail() const {
    std::string text(in_other_letters ? name_other : province);
    if (of_today()) return text;
    if (!text.empty()) text += ", ";
    text.append(first_year).append("–").append(last_year);
    return text;
}

std::string Place::display() const {
    std::string text(name);
    if (kind == PlaceKind::Comune || in_other_letters) text.append(" (").append(detail()).append(")");
    return text;
}

Result<Places, PlacesFault> Places::from(std::string_view comuni, std::string_view states) {
    Places places;
    places.words_.resize(256);
    if (const auto fault = places.read_comuni(comuni)) return *fault;
    if (const auto fault = places.read_states(states)) return *fault;
    places.sort_codes();
    return places;
}

std::optional<PlacesFault> Places::read_comuni(std::string_view table) {
    using enum PlacesFault::Table;
    Rows rows(table);
    while (rows.next()) {
        const auto cells = rows.cells<9>();
        if (!cells) return PlacesFault{Comuni, rows.line()};
        const auto& [name, second, province, istat, belfiore, from, to, capital, former] = *cells;
        if (name.empty() || name.size() > longest_place_name || second.size() > longest_place_name ||
            !all_digits(istat, 6) || !is_belfiore(belfiore) || !is_year(from) || !is_year(to))
            return PlacesFault{Comuni, rows.line()};
        const auto entry = static_cast<std::uint32_t>(entries_.size());
        entries_.push_back({.kind = PlaceKind::Comune,
                            .name = name,
                            .second_name = second,
                            .province = province,
                            .from = from,
                            .to = to,
                            .istat = istat,
                            .belfiore = belfiore,
                            .capital = !capital.empty()});
        add_key(name);
        if (!second.empty()) add_key(second);
        if (const auto number = belfiore_number(belfiore)) belfiore_.push_back({*number, entry});
        istat_comuni_.push_back({number_of(istat).value_or(0), entry});
        bool clean = true;
        each_part(former, ',', [&](std::string_view code) {
            clean = clean && all_digits(code, 6);
            istat_comuni_.push_back({number_of(code).value_or(0), entry});
        });
        if (!clean) return PlacesFault{Comuni, rows.line()};
    }
    if (entries_.empty()) return PlacesFault{Comuni, 0};
    return std::nullopt;
}

std::optional<PlacesFault> Places::read_states(std::string_view table) {
    using enum PlacesFault::Table;
    const std::size_t before = entries_.size();
    Rows rows(table);
    while (rows.next()) {
        const auto cells = rows.cells<10>();
        if (!cells) return PlacesFault{States, rows.line()};
        const auto& [italian, french, english, arabic, also, istat, belfiore, iso3, uses, status] = *cells;
        if (italian.empty() || (!istat.empty() && !all_digits(istat, 3)) || !is_belfiore(belfiore) ||
            (istat.empty() && belfiore.empty()))
            return PlacesFault{States, rows.line()};
        const auto entry = static_cast<std::uint32_t>(entries_.size());
        entries_.push_back({.kind = PlaceKind::State,
                            .name = italian,
                            .french = french,
                            .english = english,
                            .arabic = arabic,
                            .uses = uses,
                            .istat = istat,
                            .belfiore = belfiore});
        add_key(italian);
        if (french != italian) add_key(french);
        if (english != italian && english != french) add_key(english);
        if (!arabic.empty()) add_key(arabic);
        each_part(also, ';', [&](std::string_view name) { add_key(name); });
        if (const auto number = belfiore_number(belfiore)) belfiore_.push_back({*number, entry});
    }
    if (entries_.size() == before) return PlacesFault{States, 0};
    return std::nullopt;
}

void Places::add_key(std::string_view name) {
    std::array<char, longest_place_name * 2> folded{};
    const std::size_t length = fold_into(name.substr(0, longest_place_name), folded);
    const auto begin = static_cast<std::uint32_t>(folded_.size());
    folded_.append(folded.data(), length);
    const auto key = static_cast<std::uint32_t>(keys_.size());
    keys_.push_back(
        {static_cast<std::uint32_t>(entries_.size() - 1), begin, begin + static_cast<std::uint32_t>(length)});
    const auto add_word = [&](std::size_t at) {
        words_[static_cast<unsigned char>(folded[at])].push_back({key, begin + static_cast<std::uint32_t>(at)});
    };
    for (std::size_t i = 0; i < length; ++i) {
        if (i != 0 && folded[i - 1] != ' ') continue;
        add_word(i);
        if (has_arabic_article({&folded[i], length - i})) add_word(i + arabic_article.size());
    }
}

void Places::sort_codes() {
    const auto by_number = [](const Code& a, const Code& b) {
        return a.number != b.number ? a.number < b.number : a.entry < b.entry;
    };
    std::sort(istat_comuni_.begin(), istat_comuni_.end(), by_number);
    std::sort(belfiore_.begin(), belfiore_.end(), by_number);
}

std::optional<Place> Places::by_istat(PlaceKind kind, std::string_view code, std::string_view language) const {
    if (kind == PlaceKind::State) {
        if (!all_digits(code, 3)) return std::nullopt;
        for (auto entry = entries_.rbegin(); entry != entries_.rend() && entry->kind == PlaceKind::State; ++entry)
            if (entry->istat == code) return worded(*entry, language);
        return std::nullopt;
    }
    if (!all_digits(code, 6)) return std::nullopt;
    const std::uint32_t number = number_of(code).value_or(0);
    const Entry* best = nullptr;
    auto at = std::lower_bound(istat_comuni_.begin(), istat_comuni_.end(), number,
                               [](const Code& c, std::uint32_t n) { return c.number < n; });
    const auto rank = [&](const Entry& entry) { // the code it bears itself, then the newest name
        return std::pair(entry.istat == code, entry.to.empty() ? std::string_view("9999") : entry.to);
    };
    for (; at != istat_comuni_.end() && at->number == number; ++at)
        if (const Entry& entry = entries_[at->entry]; !best || rank(entry) > rank(*best)) best = &entry;
    if (!best) return std::nullopt;
    return worded(*best, language);
}

std::optional<Place> Places::by_belfiore(std::string_view code, std::string_view language,
                                         std::optional<int> year) const {
    const auto number = belfiore_number(code);
    if (!number) return std::nullopt;
    const auto year_of = [](std::string_view text, int otherwise) {
        return text.empty() ? otherwise : static_cast<int>(number_of(text).value_or(0));
    };
    const Entry* best = nullptr;
    std::pair<bool, int> best_rank;
    auto at = std::lower_bound(belfiore_.begin(), belfiore_.end(), *number,
                               [](const Code& c, std::uint32_t n) { return c.number < n; });
    for (; at != belfiore_.end() && at->number == *number; ++at) {
        const Entry& entry = entries_[at->entry];
        const int to = year_of(entry.to, std::numeric_limits<int>::max());
        const bool fits = year && *year >= year_of(entry.from, 0) && *year <= to;
        // Among the names of that year the one that ended first; without a year, the newest one.
        const std::pair rank(fits, fits ? -to : to);
        if (!best || rank > best_rank) {
            best = &entry;
            best_rank = rank;
        }
    }
    if (!best) return std::nullopt;
    return worded(*best, language);
}

Place Places::worded(const Entry& entry, std::string_view language) {
    Place place{.kind = entry.kind,
                .code = entry.istat,
                .belfiore = entry.belfiore,
                .name = entry.name,
                .name_other = entry.second_name,
                .province = entry.province,
                .first_year = entry.from,
                .last_year = entry.to};
    const std::string_view wanted = main_language(language);
    if (entry.kind == PlaceKind::State) {
        const std::string_view own = wanted == "fr"   ? entry.french
                                     : wanted == "en" ? entry.english
                                     : wanted == "ar" ? entry.arabic
                                                      : entry.name;
        if (!own.empty()) place.name = own;
        place.name_other = place.name == entry.name ? std::string_view{} : entry.name;
        place.in_other_letters = wanted == "ar" && !own.empty();
    } else if (!entry.second_name.empty() && wanted == second_language(entry.province)) {
        std::swap(place.name, place.name_other);
    }
    return place;
}

} // namespace forms
