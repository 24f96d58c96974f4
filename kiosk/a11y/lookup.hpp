// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/a11y/tree.hpp"

#include <cstddef>
#include <string_view>

namespace kiosk {

/// What a script means by "key or visible name".
struct Found {
    const Node* node = nullptr; ///< points into the tree
    std::size_t candidates = 0; ///< more than one: the name is not enough, say the key
};

/// The node of that key, or none. Thread: any; the tree is not changed.
[[nodiscard]] const Node* find_key(const ScreenTree& tree, std::string_view key);

/// By key, else by name among what can be pressed.
[[nodiscard]] Found find_control(const ScreenTree& tree, std::string_view key_or_name);

/// Is it said anywhere: as a key, a name, a value, a help, an error, or inside one of the last four?
[[nodiscard]] bool says(const ScreenTree& tree, std::string_view key_or_text);

} // namespace kiosk
