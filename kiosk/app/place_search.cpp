// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/place_search.hpp"

#include "assets/places/embedded.hpp"

namespace kiosk {

std::optional<PlaceSearch> PlaceSearch::open() {
    auto places = forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv());
    if (!places.ok()) return std::nullopt;
    return PlaceSearch(std::move(places).value());
}

std::vector<SearchHit> PlaceSearch::find(std::string_view value_set, std::string_view typed, std::string_view language,
                                         std::size_t most) const {
    std::vector<SearchHit> hits;
    const auto list = forms::place_list_of(value_set);
    if (!list) return hits;
    for (const forms::Place& place : places_.search(typed, *list, language, most))
        hits.push_back({std::string(place.system()), std::string(place.code), std::string(place.name), place.detail(),
                        place.display()});
    return hits;
}

} // namespace kiosk
