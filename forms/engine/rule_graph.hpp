// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/rule.hpp"

#include <span>

namespace forms {

struct Item;

/// All rules of a form in an order in which each comes after everything it reads, and who reads what. Made once when
/// the form is compiled, then only read: shared freely between threads.
class RuleGraph {
public:
    /// A rule that reads an item.
    struct Reader {
        RuleIndex rule = 0;
        /// How many groups and answers around the rule's item, from the outermost, must be those around the item that
        /// was read: the rule sees the answers below that instance, and only from there does it have to be applied.
        std::uint32_t shared = 0;
    };

    RuleGraph() = default;
    /// `items` are connected (parent, depth, end) and in pre-order.
    RuleGraph(std::span<const Item> items, std::vector<Rule> rules);

    /// Rules that wait for each other in a circle, in the order they were handed in; must be empty before anything
    /// below is used.
    [[nodiscard]] const std::vector<Rule>& circle() const { return circle_; }

    [[nodiscard]] std::span<const Rule> rules() const { return rules_; } ///< by rank: an index is a rank
    [[nodiscard]] const Rule& rule(RuleIndex index) const { return rules_[index]; }

    /// Rules about the items from `first` to before `end`.
    [[nodiscard]] std::span<const RuleIndex> about(ItemIndex first, ItemIndex end) const {
        return about_.from(first, end);
    }
    /// Rules that read one of the items from `first` to before `end` by itself …
    [[nodiscard]] std::span<const Reader> readers(ItemIndex first, ItemIndex end) const {
        return readers_.from(first, end);
    }
    /// … or together with everything below it.
    [[nodiscard]] std::span<const Reader> readers_with_below(ItemIndex first, ItemIndex end) const {
        return readers_with_below_.from(first, end);
    }
    [[nodiscard]] std::span<const RuleIndex> readers_of_everything() const { return readers_of_everything_; }

private:
    /// Entries sorted by item; those of neighbouring items stand side by side.
    template <class Entry>
    struct ByItem {
        std::vector<std::uint32_t> begin; ///< by item, one more at the end; empty when there are no entries
        std::vector<Entry> entries;

        [[nodiscard]] std::span<const Entry> from(ItemIndex first, ItemIndex end) const {
            if (entries.empty()) return {};
            return std::span(entries).subspan(begin[first], begin[end] - begin[first]);
        }
        void fill(std::size_t items, const std::vector<std::pair<ItemIndex, Entry>>& pairs);
    };

    bool put_in_order(std::span<const Item> items);
    void find_readers(std::span<const Item> items);

    std::vector<Rule> rules_;
    std::vector<Rule> circle_;
    ByItem<RuleIndex> about_;
    ByItem<Reader> readers_, readers_with_below_;
    std::vector<RuleIndex> readers_of_everything_;
};

/// How many groups and questions around `item` (itself not counted) also hold `source` or are it.
[[nodiscard]] std::uint32_t shared_depth(std::span<const Item> items, ItemIndex source, ItemIndex item);

} // namespace forms
