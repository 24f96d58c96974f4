// SPDX-License-Identifier: EUPL-1.2
#include "assets/places/embedded.hpp"
#include "forms/italian/places.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using forms::PlaceKind;
using forms::PlaceList;

namespace {

const forms::Places& places() {
    static const forms::Places all = [] {
        auto made = forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv());
        REQUIRE(made.ok());
        return std::move(made).value();
    }();
    return all;
}

std::vector<std::string> found(std::string_view typed, PlaceList list, std::string_view language = "it",
                               std::size_t limit = 8) {
    std::vector<std::string> names;
    for (const auto& place : places().search(typed, list, language, limit))
        names.push_back(place.display());
    return names;
}
std::string first(std::string_view typed, PlaceList list, std::string_view language = "it") {
    const auto names = found(typed, list, language);
    return names.empty() ? "" : names.front();
}
bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

TEST_CASE("places: a comune is found by its first letters, accents and apostrophes aside") {
    CHECK(first("orv", PlaceList::Comune) == "Orvieto (TR)");
    CHECK(first("forli", PlaceList::Comune) == "Forlì (FC)");
    CHECK(first("FORLÌ", PlaceList::Comune) == "Forlì (FC)");
    CHECK(first("forli'", PlaceList::Comune) == "Forlì (FC)");
    CHECK(first("laquila", PlaceList::Comune) == "L'Aquila (AQ)");
    CHECK(first("l’aquila", PlaceList::Comune) == "L'Aquila (AQ)");
    CHECK(first("aquila", PlaceList::Comune) == "L'Aquila (AQ)");
    CHECK(first("reggio emi", PlaceList::Comune) == "Reggio nell'Emilia (RE)");
    CHECK(first("emilia reggio", PlaceList::Comune) == "Reggio nell'Emilia (RE)");
    CHECK(first("san giovanni in pers", PlaceList::Comune) == "San Giovanni in Persiceto (BO)");
    CHECK(first("saint vinc", PlaceList::Comune) == "Saint-Vincent (AO)");
}

TEST_CASE("places: what is exactly so comes first, then capitals, then the others by name") {
    CHECK(first("roma", PlaceList::Comune) == "Roma (RM)");
    CHECK(first("tor", PlaceList::Comune) == "Torino (TO)");
    CHECK(first("mil", PlaceList::Comune) == "Milano (MI)");
    CHECK(first("aosta", PlaceList::BirthPlace) == "Aosta (AO)");
    const auto both = found("castro", PlaceList::Comune);
    REQUIRE(both.size() > 2);
    CHECK(both[0] == "Castro (BG)");
    CHECK(both[1] == "Castro (LE)");
}

TEST_CASE("places: names of the past are offered for a birthplace only, with their years") {
    CHECK(found("fiume", PlaceList::Comune).front() != "Fiume (FU, 1924–1947)");
    const auto fiume = places().search("fiume", PlaceList::BirthPlace, "it", 8);
    const auto past = std::find_if(fiume.begin(), fiume.end(), [](const auto& p) { return p.belfiore == "D620"; });
    REQUIRE(past != fiume.end());
    CHECK_FALSE(past->of_today());
    CHECK_FALSE(past->last_year.empty());
    CHECK(past->detail().find("–") != std::string::npos);
    for (const auto& place : places().search("fi", PlaceList::Comune, "it", 500))
        CHECK(place.of_today());
    CHECK(has(found("abano", PlaceList::BirthPlace), "Abano (PD, 1866–1924)"));
    CHECK_FALSE(has(found("abano", PlaceList::Comune), "Abano (PD, 1866–1924)"));
}

TEST_CASE("places: a state is found in three languages, by old names and by what people call it") {
    CHECK(first("ucr", PlaceList::Citizenship) == "Ucraina");
    CHECK(first("ukr", PlaceList::Citizenship, "en") == "Ukraine");
    CHECK(first("allemagne", PlaceList::BirthPlace, "fr") == "Allemagne");
    CHECK(first("germania", PlaceList::BirthPlace, "fr") == "Allemagne");
    CHECK(first("olanda", PlaceList::Citizenship) == "Paesi Bassi");
    CHECK(first("cina", PlaceList::Citizenship) == "Cina");
    CHECK(first("المغرب", PlaceList::Citizenship) == "Marocco");
    const auto after = found("jugoslavia", PlaceList::BirthPlace, "it", 20);
    CHECK(has(after, "Serbia"));
    CHECK(has(after, "Slovenia"));
    CHECK(after.size() == 7);
}

TEST_CASE("places: every state of today has an Arabic name, shown with the Italian one for who reads the answer") {
    const auto morocco = places().search("المغرب", PlaceList::Citizenship, "ar", 1);
    REQUIRE(morocco.size() == 1);
    CHECK(morocco[0].name == "المغرب");
    CHECK(morocco[0].detail() == "Marocco");
    CHECK(morocco[0].display() == "المغرب (Marocco)");
    CHECK(first("maroc", PlaceList::Citizenship, "ar") == "المغرب (Marocco)");
    CHECK(first("torino", PlaceList::BirthPlace, "ar") == "Torino (TO)");
    int seen = 0;
    for (std::string typed = "a"; typed[0] <= 'z'; ++typed[0])
        for (const auto& place : places().search(typed, PlaceList::Citizenship, "ar", 500)) {
            INFO(place.name);
            CHECK(place.in_other_letters);
            ++seen;
        }
    CHECK(seen > 190);
}

TEST_CASE("places: Arabic is found without its article, its vowel signs, and however its alif is written") {
    CHECK(first("سعودية", PlaceList::Citizenship, "ar") == "السعودية (Arabia Saudita)");
    CHECK(first("السعوديه", PlaceList::Citizenship, "ar") == "السعودية (Arabia Saudita)");
    CHECK(first("عمان", PlaceList::Citizenship, "ar") == "عُمان (Oman)");
    CHECK(first("ايطاليا", PlaceList::Citizenship, "ar") == "إيطاليا (Italia)");
    CHECK(first("امارات", PlaceList::Citizenship, "ar") == "الإمارات العربية المتحدة (Emirati Arabi Uniti)");
    CHECK(first("المملكة العربية", PlaceList::Citizenship, "ar") == "السعودية (Arabia Saudita)");
    CHECK(first("عربية سعودية", PlaceList::Citizenship, "ar") == "السعودية (Arabia Saudita)");
    CHECK(found("ال", PlaceList::Citizenship, "ar", 500).size() > 10);
}

TEST_CASE("places: each list holds what it is for") {
    CHECK(first("italia", PlaceList::Citizenship) == "Italia");
    for (const auto& place : places().search("italia", PlaceList::BirthPlace, "it", 50))
        CHECK(place.code != "100");
    CHECK(first("apol", PlaceList::Citizenship) == "Apolide (senza cittadinanza)");
    CHECK(found("apolide", PlaceList::BirthPlace).empty());
    CHECK(first("spezia", PlaceList::Comune) == "La Spezia (SP)");
    CHECK(found("orvieto", PlaceList::Citizenship).empty());
    CHECK(found("unione sov", PlaceList::Citizenship, "it", 20).size() == 15); // those that followed it
    CHECK(forms::place_list_of("https://www.hl7.it/fhir/terminology/ValueSet/istat-comune") == PlaceList::Comune);
    CHECK(forms::place_list_of("https://www.hl7.it/fhir/terminology/ValueSet/istat-comune|1.0") == PlaceList::Comune);
    CHECK_FALSE(forms::place_list_of("https://www.hl7.it/fhir/terminology/ValueSet/istat-regione"));
    for (const auto& canonical : forms::place_value_sets())
        CHECK(forms::place_list_of(canonical));
}

TEST_CASE("places: second names are found and shown to who speaks the language") {
    CHECK(first("boz", PlaceList::Comune, "de") == "Bozen (BZ)");
    CHECK(first("boz", PlaceList::Comune, "it") == "Bolzano (BZ)");
    CHECK(first("vols", PlaceList::Comune, "de") == "Völs am Schlern (BZ)");
    CHECK(first("aoste", PlaceList::Comune, "fr") == "Aoste (AO)");
    const auto aoste = places().search("aoste", PlaceList::Comune, "fr-CH", 1);
    REQUIRE(aoste.size() == 1);
    CHECK(aoste[0].name_other == "Aosta");
    CHECK(aoste[0].code == "007003");
}

TEST_CASE("places: codes lead to places, and a year chooses the name") {
    const auto orvieto = places().by_istat(PlaceKind::Comune, "055023", "it");
    REQUIRE(orvieto);
    CHECK(orvieto->name == "Orvieto");
    CHECK(orvieto->belfiore == "G148");
    CHECK(orvieto->system() == "https://www.hl7.it/fhir/terminology/CodeSystem/istat-unitaAmministrativeTerritoriali");
    const auto aosta = places().by_istat(PlaceKind::Comune, "001875", "it"); // its code in the province of Turin
    REQUIRE(aosta);
    CHECK(aosta->code == "007003");
    const auto ukraine = places().by_istat(PlaceKind::State, "243", "fr");
    REQUIRE(ukraine);
    CHECK(ukraine->name == "Ukraine");
    CHECK(ukraine->name_other == "Ucraina");
    CHECK_FALSE(places().by_istat(PlaceKind::State, "055023", "it"));
    CHECK_FALSE(places().by_istat(PlaceKind::Comune, "243", "it"));
    CHECK_FALSE(places().by_istat(PlaceKind::Comune, "", "it"));

    CHECK(places().by_belfiore("H501", "it")->name == "Roma");
    CHECK(places().by_belfiore("Z138", "it")->name == "Ucraina");
    CHECK(places().by_belfiore("A001", "it")->name == "Abano Terme");
    CHECK(places().by_belfiore("A001", "it", 1910)->name == "Abano");
    CHECK(places().by_belfiore("A001", "it", 1950)->name == "Abano Terme");
    CHECK(places().by_belfiore("A001", "it", 1700)->name == "Abano Terme"); // a year that fits none is no mistake
    CHECK(places().by_belfiore("Z118", "it")->name == "Iugoslavia");
    CHECK(places().by_belfiore("Z118", "it")->code.empty());
    CHECK_FALSE(places().by_belfiore("Z999", "it"));
    CHECK_FALSE(places().by_belfiore("H50", "it"));
    CHECK_FALSE(places().by_belfiore("", "it"));
}

TEST_CASE("places: every active comune is found by its own name, and every code leads back to it") {
    std::size_t active = 0;
    for (const auto& file : assets::places::files()) {
        if (file.name != "comuni.tsv") continue;
        std::string_view rest = file.bytes;
        while (!rest.empty()) {
            const std::string_view row = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(row.size() + 1);
            if (row.front() == '#') continue;
            std::vector<std::string_view> cells;
            for (std::size_t at = 0; at <= row.size();) {
                const std::size_t tab = std::min(row.find('\t', at), row.size());
                cells.push_back(row.substr(at, tab - at));
                at = tab + 1;
            }
            REQUIRE(cells.size() == 9);
            if (!cells[6].empty()) continue;
            ++active;
            const auto hits = places().search(cells[0], PlaceList::Comune, "it", 3);
            const bool there = std::any_of(hits.begin(), hits.end(), [&](const auto& p) { return p.code == cells[3]; });
            CHECK_MESSAGE(there, std::string(cells[0]));
            CHECK(places().by_belfiore(cells[4], "it")->code == cells[3]);
            CHECK(places().by_istat(PlaceKind::Comune, cells[3], "it")->belfiore == cells[4]);
        }
    }
    CHECK(active == 7894);
}

TEST_CASE("places: strange queries find nothing and harm nothing") {
    CHECK(found("", PlaceList::Comune).empty());
    CHECK(found("   ", PlaceList::Comune).empty());
    CHECK(found("''--", PlaceList::Comune).empty());
    CHECK(found("\xFF\xC3\xA0\xC3", PlaceList::Comune).size() <= 8); // broken UTF-8 around an à
    CHECK(found("qwxyz", PlaceList::Comune).empty());
    CHECK(found("%s%n", PlaceList::Comune, "it").size() <= 8);
    CHECK(found(std::string(100'000, 'a'), PlaceList::Comune).empty());
    CHECK(places().search("a", PlaceList::BirthPlace, "it", 0).empty());
    CHECK(places().search("a", PlaceList::BirthPlace, "it", 100'000).size() > 500);
}

TEST_CASE("places: a table that is not what it should be is refused by its line") {
    const auto fault = [](std::string_view comuni, std::string_view states) {
        auto made = forms::Places::from(comuni, states);
        REQUIRE_FALSE(made.ok());
        return made.error();
    };
    using Table = forms::PlacesFault::Table;
    const std::string comune = "Orvieto\t\tTR\t055023\tG148\t1861\t\t\t\n";
    const std::string state = "Italia\tItalie\tItaly\tإيطاليا\t\t100\t\tITA\tcr\t\n";
    CHECK(forms::Places::from(comune, state).ok());
    CHECK(fault("", state).line == 0);
    CHECK(fault(comune, "# only a note\n").table == Table::States);
    CHECK(fault("# note\n" + comune + "Roma\t\tRM\t058091\n", state).line == 3);
    CHECK(fault(comune + "\tX\tRM\t058091\tH501\t1861\t\t\t\n", state).line == 2);
    CHECK(fault("Roma\t\tRM\t58091\tH501\t1861\t\t\t\n", state).line == 1);
    CHECK(fault("Roma\t\tRM\t058091\tH5\t1861\t\t\t\n", state).line == 1);
    CHECK(fault("Roma\t\tRM\t058091\tH501\t1861\t\t\tabc\n", state).line == 1);
    CHECK(fault(comune, "Italia\tItalie\tItaly\t\t\t\t\tITA\tcr\t\n").table == Table::States);
}
