// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/a11y/touch.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {

const Node* Touch::under(const ScreenTree& tree, float x, float y) {
    const auto it = std::find_if(tree.rbegin(), tree.rend(), [&](const Node& node) {
        return node.focusable && node.state.enabled && node.rect.holds(x, y);
    });
    return it == tree.rend() ? nullptr : &*it;
}

void Touch::press(const ScreenTree& tree, float x, float y) {
    move(x, y);
    const Node* node = under(tree, x, y);
    down_on_ = node ? node->key : std::string{};
}

std::optional<std::string> Touch::release(const ScreenTree& tree, float x, float y, forms::BootTime now) {
    move(x, y);
    const std::string key = std::exchange(down_on_, {});
    const Node* node = under(tree, x, y);
    if (key.empty() || !node || node->key != key || !accepts(*node, now)) return std::nullopt;
    return key;
}

std::string Touch::held(const ScreenTree& tree) const {
    if (down_on_.empty()) return {};
    const Node* node = under(tree, x_, y_);
    return node && node->key == down_on_ ? down_on_ : std::string{};
}

bool Touch::accepts(const Node& node, forms::BootTime now) {
    if (node.role == Role::Key || node.role == Role::TextField) return true;
    const bool again = node.key == last_ && last_at_ && now - *last_at_ < double_strike_;
    if (again) return false;
    last_ = node.key;
    last_at_ = now;
    return true;
}

} // namespace kiosk
