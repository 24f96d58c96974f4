// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/a11y/lookup.hpp"

#include <algorithm>

namespace kiosk {

const Node* find_key(const ScreenTree& tree, std::string_view key) {
    const auto it = std::find_if(tree.begin(), tree.end(), [&](const Node& node) { return node.key == key; });
    return it == tree.end() ? nullptr : &*it;
}

Found find_control(const ScreenTree& tree, std::string_view key_or_name) {
    if (const Node* node = find_key(tree, key_or_name)) return {node, 1};
    Found found;
    for (const Node& node : tree) {
        if (!node.focusable || node.name != key_or_name) continue;
        if (!found.node) found.node = &node;
        ++found.candidates;
    }
    return found;
}

bool says(const ScreenTree& tree, std::string_view key_or_text) {
    const auto holds = [&](const std::string& text) { return text.find(key_or_text) != std::string::npos; };
    return std::any_of(tree.begin(), tree.end(), [&](const Node& node) {
        return node.key == key_or_text || holds(node.name) || holds(node.value) || holds(node.help) ||
               holds(node.error);
    });
}

} // namespace kiosk
