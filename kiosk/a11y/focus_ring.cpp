// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/a11y/focus_ring.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace kiosk {
namespace {

using Index = std::optional<std::size_t>;

bool stop(const Node& node) { return node.focusable && node.state.enabled; }

Index index_of(const ScreenTree& tree, std::string_view key) {
    for (std::size_t i = 0; i < tree.size(); ++i)
        if (tree[i].key == key) return i;
    return std::nullopt;
}

template <class Wanted>
Index first(const ScreenTree& tree, Wanted wanted) {
    for (std::size_t i = 0; i < tree.size(); ++i)
        if (wanted(tree[i])) return i;
    return std::nullopt;
}

/// What went wrong, or what to look at once more: it is met first.
bool asks_for_a_look(const Node& node) {
    return node.role == Role::Alert && (node.key == "errors" || node.key == "advice");
}

/// The stop `by` places away (1 or -1), round the ends.
Index walk(const ScreenTree& tree, std::size_t from, int by) {
    const std::size_t count = tree.size();
    std::size_t at = from;
    for (std::size_t n = 0; n < count; ++n) {
        at = by > 0 ? (at + 1) % count : (at + count - 1) % count;
        if (stop(tree[at])) return at;
    }
    return std::nullopt;
}

/// The key of the row above or below that stands most nearly over or under this one.
Index key_in_next_row(const ScreenTree& tree, const Rect& from, int down) {
    const float middle_x = from.x + from.width / 2;
    const float middle_y = from.y + from.height / 2;
    Index best;
    float best_cost = std::numeric_limits<float>::max();
    for (std::size_t i = 0; i < tree.size(); ++i) {
        const Node& node = tree[i];
        if (!stop(node) || node.role != Role::Key) continue;
        const float dy = (node.rect.y + node.rect.height / 2 - middle_y) * static_cast<float>(down);
        if (dy < from.height / 2) continue;
        const float left = node.rect.x;
        const float right = node.rect.x + node.rect.width;
        const float dx = middle_x < left ? left - middle_x : middle_x > right ? middle_x - right : 0;
        // Rows first: a key in the nearest row is better than any in a row further away.
        const float cost = dy * 8 + dx;
        if (cost < best_cost) {
            best_cost = cost;
            best = i;
        }
    }
    return best;
}

} // namespace

void FocusRing::follow(const ScreenTree& tree, std::string_view screen, std::string_view wish) {
    const Index errors = first(tree, asks_for_a_look);
    const std::string said = errors ? tree[*errors].name + tree[*errors].value : std::string{};
    Index at;
    if (screen != screen_) {
        screen_ = screen;
        if (!wish.empty()) at = index_of(tree, wish);
        if (!at) at = errors;
        if (!at) at = first(tree, [](const Node& node) { return node.role == Role::Heading && node.level == 1; });
        if (!at) at = first(tree, stop);
    } else if (errors && said != errors_) {
        at = errors;
    } else {
        at = index_of(tree, key_);
        if (!at) {
            for (std::size_t i = std::min(index_, tree.size()); i < tree.size() && !at; ++i)
                if (stop(tree[i])) at = i;
            if (!at) at = first(tree, stop);
        }
    }
    errors_ = said;
    if (at) {
        key_ = tree[*at].key;
        index_ = *at;
    } else {
        key_.clear();
        index_ = 0;
    }
}

void FocusRing::step(const ScreenTree& tree, FocusStep step, Direction direction) {
    if (tree.empty()) return;
    visible_ = true;
    const Index here = index_of(tree, key_);
    int by = step == FocusStep::Next || step == FocusStep::Right || step == FocusStep::Down ? 1 : -1;
    const bool on_key = here && tree[*here].role == Role::Key;
    Index to;
    if (on_key && (step == FocusStep::Up || step == FocusStep::Down)) to = key_in_next_row(tree, tree[*here].rect, by);
    // Keys lie in the order of the real keyboard, from left to right in every language.
    const bool sideways = step == FocusStep::Left || step == FocusStep::Right;
    if (sideways && !on_key && direction == Direction::RightToLeft) by = -by;
    if (!to) to = here ? walk(tree, *here, by) : first(tree, stop);
    if (!to) return;
    key_ = tree[*to].key;
    index_ = *to;
}

void FocusRing::forget() {
    std::fill(key_.begin(), key_.end(), '\0');
    std::fill(errors_.begin(), errors_.end(), '\0');
    *this = FocusRing{};
}

} // namespace kiosk
