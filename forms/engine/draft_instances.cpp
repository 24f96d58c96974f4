// SPDX-License-Identifier: EUPL-1.2
// Instances of repeating groups.
#include "forms/engine/draft_tree.hpp"

#include <algorithm>

namespace forms {
namespace {

/// After the order of instances from `first` on has changed.
void count_again(Slot& slot, std::size_t first) {
    for (std::size_t i = first; i < slot.instances.size(); ++i)
        slot.instances[i]->instance = static_cast<std::uint32_t>(i);
}

} // namespace

Result<Path, Outcome> Draft::add_instance(const Path& group, Start start) {
    Container* const holder = tree_->holder_of(group.with_instance(0));
    if (holder == nullptr) return Outcome::NotAnItem;
    const Item& item = tree_->item(group.item());
    if (!item.is_group()) return Outcome::NotAnItem;
    if (!item.repeats) return Outcome::NotRepeating;
    auto& instances = holder->slots[item.position].instances;
    Container& first = *instances[0];
    if (instances.size() == 1 && !first.added && !tree_->has_content(item.children, first)) {
        first.added = true;
        ++tree_->revision;
        ++tree_->shape;
        return group.with_instance(0);
    }
    if (instances.size() >= Tree::most_repeats || tree_->places + tree_->places_in(group.item()) > Tree::most_places)
        return Outcome::TooMany;
    instances.push_back(tree_->make_container(item.children, holder, instances.size()));
    Container& fresh = *instances.back();
    fresh.added = true;
    if (start == Start::WithInitial) {
        tree_->fill_in_initial(item.children, fresh);
        tree_->compute_initial(group.item() + 1, item.end, fresh);
    }
    ++tree_->revision;
    ++tree_->shape;
    tree_->instances_changed(*holder, group.item(), &fresh);
    return group.with_instance(fresh.instance);
}

Outcome Draft::remove_instance(const Path& group) {
    Container* const holder = tree_->holder_of(group);
    if (holder == nullptr || !tree_->item(group.item()).is_group()) return Outcome::NotAnItem;
    const Item& item = tree_->item(group.item());
    if (!item.repeats) return Outcome::NotRepeating;
    Slot& slot = holder->slots[item.position];
    tree_->bytes -= tree_->bytes_below(*slot.instances[group.instance()]);
    tree_->places -= tree_->places_in(group.item()) - 1;
    Container* fresh = nullptr;
    if (slot.instances.size() == 1) {
        slot.instances[0] = tree_->make_container(item.children, holder, 0);
        fresh = slot.instances[0].get();
    } else {
        slot.instances.erase(slot.instances.begin() + group.instance());
        count_again(slot, group.instance());
    }
    ++tree_->revision;
    ++tree_->shape;
    tree_->instances_changed(*holder, group.item(), fresh);
    return Outcome::Accepted;
}

Outcome Draft::move_instance(const Path& group, std::uint32_t to) {
    Container* const holder = tree_->holder_of(group);
    if (holder == nullptr || !tree_->item(group.item()).is_group()) return Outcome::NotAnItem;
    Slot& slot = holder->slots[tree_->item(group.item()).position];
    if (to >= slot.instances.size()) return Outcome::NotAnItem;
    const auto from = slot.instances.begin() + group.instance();
    const auto target = slot.instances.begin() + to;
    if (from < target)
        std::rotate(from, from + 1, target + 1);
    else
        std::rotate(target, from, from + 1);
    count_again(slot, std::min(group.instance(), to));
    ++tree_->revision;
    ++tree_->shape;
    tree_->instances_changed(*holder, group.item(), nullptr);
    return Outcome::Accepted;
}

std::uint32_t Draft::instances(const Path& group) const {
    const Slot* const slot = tree_->find(group.with_instance(0));
    return slot == nullptr ? 0 : static_cast<std::uint32_t>(slot->instances.size());
}

std::uint32_t Draft::begun_instances(const Path& group) const {
    const Slot* const slot = tree_->find(group.with_instance(0));
    if (slot == nullptr || slot->instances.empty()) return 0;
    return tree_->is_begun(group.item(), *slot, 0) ? static_cast<std::uint32_t>(slot->instances.size()) : 0;
}

} // namespace forms
