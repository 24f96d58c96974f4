// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/link_ids.hpp"

#include "forms/engine/definition.hpp"

#include <algorithm>

namespace forms {

LinkIds::LinkIds(std::span<const Item> items) {
    entries_.reserve(items.size());
    for (ItemIndex i = 0; i < items.size(); ++i)
        entries_.push_back({std::hash<std::string_view>()(items[i].link_id), items[i].link_id, i});
    std::sort(entries_.begin(), entries_.end());
}

std::optional<ItemIndex> LinkIds::find(std::string_view link_id) const {
    const Entry wanted{std::hash<std::string_view>()(link_id), link_id, 0};
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), wanted);
    if (found == entries_.end() || found->link_id != link_id) return std::nullopt;
    return found->item;
}

std::vector<ItemIndex> LinkIds::doubled() const {
    std::vector<ItemIndex> doubled;
    for (std::size_t i = 1; i < entries_.size(); ++i)
        if (entries_[i].link_id == entries_[i - 1].link_id) doubled.push_back(entries_[i].item);
    std::sort(doubled.begin(), doubled.end());
    return doubled;
}

} // namespace forms
