// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace forms {

/// Place of an item in its definition, counted from 0 in pre-order.
using ItemIndex = std::uint32_t;
/// Place of a rule among the rules of its definition, each after all it reads.
using RuleIndex = std::uint32_t;

/// One place in a draft: an item, and which instance of every ancestor and of itself is meant. For a group the
/// instance is the repetition of the group; for a question it is the answer, counted from 0. Holds numbers only, so it
/// is no personal datum; `Definition::text_of` writes it as "children[1]/name".
class Path {
public:
    Path() = default;
    /// `instances`: one number for each ancestor from the outermost down, and one for the item itself.
    Path(ItemIndex item, std::vector<std::uint32_t> instances) : item_(item), instances_(std::move(instances)) {}

    [[nodiscard]] ItemIndex item() const { return item_; }
    [[nodiscard]] const std::vector<std::uint32_t>& instances() const { return instances_; }
    [[nodiscard]] std::uint32_t instance() const { return instances_.empty() ? 0 : instances_.back(); }
    [[nodiscard]] std::size_t depth() const { return instances_.size(); } ///< 1 = top level

    /// The same place with another own instance.
    [[nodiscard]] Path with_instance(std::uint32_t instance) const {
        Path other = *this;
        if (!other.instances_.empty()) other.instances_.back() = instance;
        return other;
    }
    /// A child item inside this very instance.
    [[nodiscard]] Path child(ItemIndex item, std::uint32_t instance = 0) const {
        Path other(item, instances_);
        other.instances_.push_back(instance);
        return other;
    }

    bool operator==(const Path&) const = default;
    auto operator<=>(const Path&) const = default; ///< for maps; not the order of the form

private:
    ItemIndex item_ = 0;
    std::vector<std::uint32_t> instances_;
};

} // namespace forms
