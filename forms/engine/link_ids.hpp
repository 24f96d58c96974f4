// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/path.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace forms {

struct Item;

/// Which item has a linkId. Sorted by hash and then by text: quick to make and to ask for thousands of items, and not
/// slow for linkIds that were chosen to have the same hash. Points into the items it was made from.
class LinkIds {
public:
    LinkIds() = default;
    explicit LinkIds(std::span<const Item> items);

    /// The first item with this linkId.
    [[nodiscard]] std::optional<ItemIndex> find(std::string_view link_id) const;
    /// All items whose linkId an earlier one has already, in the order of the form.
    [[nodiscard]] std::vector<ItemIndex> doubled() const;

private:
    struct Entry {
        std::size_t hash = 0;
        std::string_view link_id;
        ItemIndex item = 0;
        auto operator<=>(const Entry&) const = default;
    };
    std::vector<Entry> entries_;
};

} // namespace forms
