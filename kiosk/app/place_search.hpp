// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/italian/places.hpp"
#include "kiosk/model/settings.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kiosk {

/// The comuni and states in this program, as a form's lists.
class PlaceSearch {
public:
    [[nodiscard]] static std::optional<PlaceSearch> open();
    /// Nothing for a list that is not served.
    [[nodiscard]] std::vector<SearchHit> find(std::string_view value_set, std::string_view typed,
                                              std::string_view language, std::size_t most) const;

private:
    explicit PlaceSearch(forms::Places places) : places_(std::move(places)) {}
    forms::Places places_;
};

} // namespace kiosk
