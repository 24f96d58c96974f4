// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/rule_graph.hpp"

#include "forms/engine/definition.hpp"

#include <algorithm>

namespace forms {
namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;

bool is_read(RuleKind kind) {
    switch (kind) { // no default: the compiler names the one we forgot
    case RuleKind::Enabled:
    case RuleKind::Calculated:
        return true;
    case RuleKind::Constraint:
    case RuleKind::Options:
    case RuleKind::Wording:
        return false;
    }
    return true;
}

/// Numbers that wait for each other. "Everything below an item" is a number of its own, or rules that read a whole
/// section would have an edge to every rule in it.
class Ordering {
public:
    Ordering(std::span<const Item> items, std::span<const Rule> rules)
        : items_(items), rules_(rules), enabling_(items.size(), none), below_(items.size(), none) {
        nodes_ = rules.size();
        for (std::uint32_t r = 0; r < rules.size(); ++r) {
            if (rules[r].kind == RuleKind::Enabled && rules[r].item != Rule::whole_form) enabling_[rules[r].item] = r;
            for (const RuleInput& input : rules[r].inputs)
                if (input.below && below_[input.item] == none)
                    below_[input.item] = static_cast<std::uint32_t>(nodes_++);
        }
        everything_ = static_cast<std::uint32_t>(nodes_++);
        for (ItemIndex i = 0; i < items.size(); ++i) { // the nearest item that may hide this one, itself included
            const std::uint32_t above = items[i].parent ? enabling_[*items[i].parent] : none;
            if (enabling_[i] == none)
                enabling_[i] = above;
            else
                add_edge(above, enabling_[i]); // a hidden item hides what it contains: that is decided first
        }
        add_what_is_read();
        for (std::uint32_t r = 0; r < rules.size(); ++r) {
            for (const RuleInput& input : rules[r].inputs)
                if (input.below)
                    add_edge(below_[input.item], r);
                else
                    add_source(input.item, r);
            if (rules[r].reads_everything) add_edge(everything_, r);
            // What stands below an answer comes and goes with it: decided before, it might be gone when its turn comes.
            if (rules[r].item != Rule::whole_form) add_calculated(items[rules[r].item].parent, r);
        }
        sort_edges();
    }

    /// All numbers of rules, each after what it waits for; fewer than there are when some wait for each other.
    std::vector<RuleIndex> run() {
        std::vector<std::uint32_t> ready;
        ready.reserve(nodes_);
        for (std::uint32_t n = 0; n < nodes_; ++n)
            if (waits_[n] == 0) ready.push_back(n);
        std::vector<RuleIndex> order;
        order.reserve(rules_.size());
        for (std::size_t next = 0; next < ready.size(); ++next) {
            if (ready[next] < rules_.size()) order.push_back(ready[next]);
            for (const std::uint32_t after : after_.of(ready[next]))
                if (--waits_[after] == 0) ready.push_back(after);
        }
        return order;
    }

    /// After `run`: what is left is a circle or hangs from one. Takes away, again and again, what nothing waits for.
    std::vector<RuleIndex> circle() {
        std::vector<std::uint32_t> waited_for(nodes_, 0);
        std::vector<std::uint32_t> idle;
        for (std::uint32_t n = 0; n < nodes_; ++n) {
            if (waits_[n] == 0) continue;
            for (const std::uint32_t after : after_.of(n))
                waited_for[n] += waits_[after] > 0 ? 1 : 0;
            if (waited_for[n] == 0) idle.push_back(n);
        }
        while (!idle.empty()) {
            const std::uint32_t n = idle.back();
            idle.pop_back();
            waits_[n] = 0;
            for (const std::uint32_t before : before_.of(n))
                if (waits_[before] > 0 && --waited_for[before] == 0) idle.push_back(before);
        }
        std::vector<RuleIndex> circle;
        for (std::uint32_t r = 0; r < rules_.size(); ++r)
            if (waits_[r] > 0) circle.push_back(r);
        return circle;
    }

private:
    struct Neighbours {
        std::vector<std::uint32_t> begin, all;
        [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t node) const {
            return std::span(all).subspan(begin[node], begin[node + 1] - begin[node]);
        }
    };

    void add_edge(std::uint32_t before, std::uint32_t after) {
        if (before != none) edges_.emplace_back(before, after);
    }

    /// Whoever reads `item` waits for what hides it (or anything around it) and for what calculates it.
    void add_source(ItemIndex item, std::uint32_t reader) {
        add_edge(enabling_[item], reader);
        add_calculated(item, reader);
    }

    /// `after` waits for what calculates `item` or anything around it.
    void add_calculated(std::optional<ItemIndex> item, std::uint32_t after) {
        if (calculated_.empty()) return;
        for (; item; item = items_[*item].parent)
            for (auto at = std::lower_bound(calculated_.begin(), calculated_.end(), std::pair(*item, 0u));
                 at != calculated_.end() && at->first == *item; ++at)
                add_edge(at->second, after);
    }

    void add_what_is_read() {
        for (std::uint32_t r = 0; r < rules_.size(); ++r) {
            const ItemIndex item = rules_[r].item;
            if (!is_read(rules_[r].kind) || item == Rule::whole_form) continue;
            if (rules_[r].kind == RuleKind::Calculated) calculated_.emplace_back(item, r);
            add_edge(r, everything_);
            for (std::optional<ItemIndex> up = item; up; up = items_[*up].parent)
                if (below_[*up] != none) add_edge(r, below_[*up]);
        }
        std::sort(calculated_.begin(), calculated_.end());
        for (ItemIndex i = 0; i < items_.size(); ++i)
            if (below_[i] != none) add_source(i, below_[i]);
    }

    void sort_edges() {
        waits_.assign(nodes_, 0);
        for (Neighbours* const side : {&before_, &after_}) {
            side->begin.assign(nodes_ + 1, 0);
            side->all.resize(edges_.size());
        }
        for (const auto& [before, after] : edges_) {
            ++after_.begin[before + 1];
            ++before_.begin[after + 1];
            ++waits_[after];
        }
        for (std::size_t n = 0; n < nodes_; ++n) {
            after_.begin[n + 1] += after_.begin[n];
            before_.begin[n + 1] += before_.begin[n];
        }
        std::vector<std::uint32_t> next_after = after_.begin;
        std::vector<std::uint32_t> next_before = before_.begin;
        for (const auto& [before, after] : edges_) {
            after_.all[next_after[before]++] = after;
            before_.all[next_before[after]++] = before;
        }
        edges_ = {};
    }

    std::span<const Item> items_;
    std::span<const Rule> rules_;
    std::vector<std::uint32_t> enabling_; ///< by item: the rule that may hide it, its own or the nearest above
    std::vector<std::uint32_t> below_;    ///< by item: the number that stands for "it and everything below"
    std::uint32_t everything_ = 0;
    std::vector<std::pair<ItemIndex, std::uint32_t>> calculated_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges_;
    Neighbours before_, after_;
    std::vector<std::uint32_t> waits_;
    std::size_t nodes_ = 0;
};

} // namespace

std::uint32_t shared_depth(std::span<const Item> items, ItemIndex source, ItemIndex item) {
    if (item == Rule::whole_form) return 0;
    // Up from the item until what stands there holds the source or is it.
    for (std::optional<ItemIndex> up = items[item].parent; up; up = items[*up].parent)
        if (*up <= source && source < items[*up].end) return static_cast<std::uint32_t>(items[*up].depth) + 1;
    return 0;
}

RuleGraph::RuleGraph(std::span<const Item> items, std::vector<Rule> rules) : rules_(std::move(rules)) {
    for (Rule& rule : rules_) {
        std::sort(rule.inputs.begin(), rule.inputs.end());
        rule.inputs.erase(std::unique(rule.inputs.begin(), rule.inputs.end()), rule.inputs.end());
    }
    if (put_in_order(items)) find_readers(items);
}

bool RuleGraph::put_in_order(std::span<const Item> items) {
    Ordering ordering(items, rules_);
    const auto order = ordering.run();
    if (order.size() < rules_.size()) {
        for (const RuleIndex r : ordering.circle())
            circle_.push_back(rules_[r]);
        return false;
    }
    std::vector<Rule> ranked;
    ranked.reserve(rules_.size());
    for (const RuleIndex r : order)
        ranked.push_back(std::move(rules_[r]));
    rules_ = std::move(ranked);
    return true;
}

template <class Entry>
void RuleGraph::ByItem<Entry>::fill(std::size_t items, const std::vector<std::pair<ItemIndex, Entry>>& pairs) {
    if (pairs.empty()) return;
    begin.assign(items + 1, 0);
    entries.resize(pairs.size());
    for (const auto& [item, entry] : pairs)
        ++begin[item + 1];
    for (std::size_t i = 0; i < items; ++i)
        begin[i + 1] += begin[i];
    std::vector<std::uint32_t> next = begin;
    for (const auto& [item, entry] : pairs)
        entries[next[item]++] = entry;
}

void RuleGraph::find_readers(std::span<const Item> items) {
    std::vector<std::pair<ItemIndex, RuleIndex>> about;
    std::vector<std::pair<ItemIndex, Reader>> readers;
    std::vector<std::pair<ItemIndex, Reader>> with_below;
    about.reserve(rules_.size());
    readers.reserve(rules_.size());
    for (RuleIndex r = 0; r < rules_.size(); ++r) {
        const Rule& rule = rules_[r];
        if (rule.item != Rule::whole_form) about.emplace_back(rule.item, r);
        if (rule.reads_everything) readers_of_everything_.push_back(r);
        for (const RuleInput& input : rule.inputs) {
            const std::uint32_t shared = input.everywhere ? 0 : shared_depth(items, input.item, rule.item);
            (input.below ? with_below : readers).push_back({input.item, {r, shared}});
        }
    }
    about_.fill(items.size(), about);
    readers_.fill(items.size(), readers);
    readers_with_below_.fill(items.size(), with_below);
}

} // namespace forms
