// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forms {

enum class PlaceKind { Comune, State };

/// The lists of places a form can ask from, by the canonical of their ValueSet (HL7 Italia terminology).
enum class PlaceList {
    Comune,      ///< …/ValueSet/istat-comune: the comuni of today
    BirthPlace,  ///< …/ValueSet/istat-luogoNascita: comuni of today and of the past, and states
    State,       ///< …/ValueSet/istat-stato: where one can live
    Citizenship, ///< …/ValueSet/istat-cittadinanza: Italy and stateless too
};
[[nodiscard]] std::optional<PlaceList> place_list_of(std::string_view value_set_canonical);
/// The canonicals above, for whoever loads a form.
[[nodiscard]] const std::vector<std::string>& place_value_sets();

/// A comune under one of its names, or a state, worded for one language. Facts only: views into the tables.
struct Place {
    PlaceKind kind = PlaceKind::Comune;
    std::string_view code;         ///< ISTAT: 6 digits for a comune, 3 for a state; empty for a state that is no more
    std::string_view belfiore;     ///< as in the codice fiscale; may be empty
    std::string_view name;         ///< in the language asked for where there is one: "Bozen", "Allemagne"
    std::string_view name_other;   ///< the same place in its other official language, or in Italian; may be empty
    std::string_view province;     ///< car-plate letters; empty for a state
    std::string_view first_year;   ///< when it took this name; empty = not known
    std::string_view last_year;    ///< empty = it is called so today
    bool in_other_letters = false; ///< `name` is not in Latin letters: whoever reads the answer needs `name_other` too
    [[nodiscard]] bool of_today() const { return last_year.empty(); }

    [[nodiscard]] std::string_view system() const; ///< of the FHIR Coding that says `code`
    /// "PD", or "PD, 1866–1924" for a name of the past; "" for a state, "Marocco" for one in other letters.
    [[nodiscard]] std::string detail() const;
    [[nodiscard]] std::string display() const; ///< "Abano (PD, 1866–1924)", "Francia", "المغرب (Marocco)"
};

struct PlacesFault {
    enum class Table { Comuni, States } table;
    std::size_t line; ///< counts from 1; 0 = the table is empty
};

/// Finds places by the first letters of their words, as fast as they are typed.
/// Immutable once made: any thread. Does no I/O and keeps nothing of what was asked.
class Places {
public:
    /// The bytes of assets/places/comuni.tsv and states.tsv. They must stay where they are as long as the index and
    /// every Place that came from it. Fails at the first row that is not what the README there describes.
    [[nodiscard]] static Result<Places, PlacesFault> from(std::string_view comuni, std::string_view states);

    /// The best `limit` places: every word typed begins a word of the name, accents, apostrophes, case and order of
    /// the words aside ("reggio emi", "laquila", "emilia reggio"). First what is exactly so, then names that begin so;
    /// among these capitals of provinces, states, comuni of today, names of the past; then by name. Names in other
    /// languages and former or common names of states ("Olanda", "URSS") find them as well; Arabic ones also without
    /// the article, and however their alif is written.
    /// `language`: BCP 47, for the wording only. Nothing typed, nothing found. What exceeds 200 bytes is ignored.
    [[nodiscard]] std::vector<Place> search(std::string_view typed, PlaceList list, std::string_view language,
                                            std::size_t limit) const;

    /// Also by a code the comune had earlier; then under its newest name.
    [[nodiscard]] std::optional<Place> by_istat(PlaceKind kind, std::string_view code, std::string_view language) const;

    /// The place in a codice fiscale, letters for digits already undone. A code outlives the names it stood for: the
    /// year of birth only chooses which name to show, and a year that fits none is no mistake.
    [[nodiscard]] std::optional<Place> by_belfiore(std::string_view code, std::string_view language,
                                                   std::optional<int> year = {}) const;

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        PlaceKind kind = PlaceKind::Comune;
        std::string_view name;
        std::string_view second_name = {}, province = {}, from = {}, to = {}; ///< of a comune
        std::string_view french = {}, english = {}, arabic = {}, uses = {};   ///< of a state
        std::string_view istat = {}, belfiore = {};
        bool capital = false;
    };
    struct Key { ///< one name an entry is found by, folded
        std::uint32_t entry, begin, end;
    };
    struct Word { ///< one word of a key
        std::uint32_t key, begin;
    };
    struct Code {
        std::uint32_t number, entry;
    };
    Places() = default;
    [[nodiscard]] std::optional<PlacesFault> read_comuni(std::string_view table);
    [[nodiscard]] std::optional<PlacesFault> read_states(std::string_view table);
    void add_key(std::string_view name); ///< of the entry added last
    void sort_codes();
    [[nodiscard]] static bool belongs(const Entry& entry, PlaceList list);
    [[nodiscard]] int match(const Word& word, std::string_view query) const;
    [[nodiscard]] static Place worded(const Entry& entry, std::string_view language);

    std::vector<Entry> entries_; ///< as in the tables, which are sorted by name
    std::string folded_;         ///< the text of all keys
    std::vector<Key> keys_;
    std::vector<std::vector<Word>> words_;      ///< by the first byte of the word, in the order of the entries
    std::vector<Code> istat_comuni_, belfiore_; ///< sorted by number
};

} // namespace forms
