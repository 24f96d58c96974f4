// SPDX-License-Identifier: EUPL-1.2
// A place by what somebody typed: the whole name, its beginning, the beginning of each word.
#include "forms/italian/fold.hpp"
#include "forms/italian/place_text.hpp"
#include "forms/italian/places.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

/// Does `query` begin `name`, blanks in both aside? The whole of it?
struct Beginning {
    bool begins = false, whole = false;
};
Beginning beginning(std::string_view name, std::string_view query) {
    std::size_t at = 0;
    for (const char c : query) {
        if (c == ' ') continue;
        while (at < name.size() && name[at] == ' ')
            ++at;
        if (at == name.size() || name[at] != c) return {};
        ++at;
    }
    return {true, at == name.size()};
}

bool some_word_begins(std::string_view name, std::string_view beginning) {
    bool found = false;
    each_part(name, ' ', [&](std::string_view word) {
        found = found || word.starts_with(beginning);
        if (has_arabic_article(word)) found = found || word.substr(arabic_article.size()).starts_with(beginning);
    });
    return found;
}

/// "l aquila": people look for L'Aquila under A as well.
bool is_article(std::string_view folded) {
    return folded == arabic_article || folded == "l " || folded == "la " || folded == "lo " || folded == "il " ||
           folded == "le ";
}

/// What a citizen typed, cleaned; wiped when it goes.
class Query {
public:
    explicit Query(std::string_view typed)
        : used_(fold_into(typed.substr(0, longest_place_name), std::span<char>(bytes_.data(), bytes_.size()))) {}
    ~Query() {
        volatile char* byte = bytes_.data();
        for (std::size_t i = 0; i < bytes_.size(); ++i)
            byte[i] = 0;
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    [[nodiscard]] std::string_view text() const { return {bytes_.data(), used_}; }

private:
    std::array<char, longest_place_name * 2> bytes_{};
    std::size_t used_;
};

enum : int { NoMatch = -1, Exactly = 0, AtTheBeginning = 1, WordByWord = 2 };

} // namespace

bool Places::belongs(const Entry& entry, PlaceList list) {
    const auto used_as = [&](char use) { return entry.uses.find(use) != std::string_view::npos; };
    switch (list) {
    case PlaceList::Comune:
        return entry.kind == PlaceKind::Comune && entry.to.empty();
    case PlaceList::BirthPlace:
        return entry.kind == PlaceKind::Comune || used_as('b');
    case PlaceList::State:
        return used_as('r');
    case PlaceList::Citizenship:
        return used_as('c');
    }
    return false;
}

int Places::match(const Word& word, std::string_view query) const {
    const Key& key = keys_[word.key];
    const std::string_view name = std::string_view(folded_).substr(key.begin, key.end - key.begin);
    if (word.begin == key.begin) {
        const Beginning found = beginning(name, query);
        if (found.begins) return found.whole ? Exactly : AtTheBeginning;
    }
    const std::string_view before = name.substr(0, word.begin - key.begin);
    if (is_article(before) && beginning(name.substr(before.size()), query).begins) return AtTheBeginning;
    const std::string_view first = query.substr(0, query.find(' '));
    if (!name.substr(word.begin - key.begin).starts_with(first)) return NoMatch;
    bool all = true;
    each_part(query, ' ', [&](std::string_view part) { all = all && some_word_begins(name, part); });
    return all ? WordByWord : NoMatch;
}

std::vector<Place> Places::search(std::string_view typed, PlaceList list, std::string_view language,
                                  std::size_t limit) const {
    const Query query(typed);
    if (query.text().empty() || limit == 0) return {};
    struct Hit {
        int order;
        std::uint32_t entry;
    };
    std::vector<Hit> hits;
    for (const Word& word : words_[static_cast<unsigned char>(query.text().front())]) {
        const Entry& entry = entries_[keys_[word.key].entry];
        if (!belongs(entry, list)) continue;
        const int matched = match(word, query.text());
        if (matched == NoMatch) continue;
        const int standing = entry.capital ? 0 : entry.kind == PlaceKind::State ? 1 : entry.to.empty() ? 2 : 3;
        const int order = matched * 4 + standing;
        // The words of one entry follow one another: a second hit on it is the last one so far.
        if (!hits.empty() && hits.back().entry == keys_[word.key].entry)
            hits.back().order = std::min(hits.back().order, order);
        else
            hits.push_back({order, keys_[word.key].entry});
    }
    const std::size_t count = std::min(limit, hits.size());
    std::partial_sort(
        hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(count), hits.end(),
        [](const Hit& a, const Hit& b) { return a.order != b.order ? a.order < b.order : a.entry < b.entry; });
    std::vector<Place> found;
    found.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        found.push_back(worded(entries_[hits[i].entry], language));
    return found;
}

} // namespace forms
