// SPDX-License-Identifier: EUPL-1.2
// Keys and switches of a journey.
#include "kiosk/a11y/lookup.hpp"
#include "kiosk/app/journey.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace kiosk {
namespace {

/// Between two keys a person needs longer than the double-strike time; the terminal's clock is told so.
constexpr forms::BootTime pause_between_keys{300};

constexpr std::array<std::pair<std::string_view, Key>, 17> key_names = {{
    {"Tab", Key::Tab},
    {"Enter", Key::Enter},
    {"Escape", Key::Escape},
    {"Space", Key::Space},
    {"Backspace", Key::Backspace},
    {"Delete", Key::Delete},
    {"Left", Key::Left},
    {"Right", Key::Right},
    {"Up", Key::Up},
    {"Down", Key::Down},
    {"Home", Key::Home},
    {"End", Key::End},
    {"PageUp", Key::PageUp},
    {"PageDown", Key::PageDown},
    {"A", Key::A}, // with Control: all of a field
    {"F1", Key::F1},
    {"F12", Key::F12},
}};

} // namespace

void Journey::press(Key which, Modifiers modifiers) {
    p_.terminal.push({KeyPressed{which, modifiers}, p_.clock.since_boot()});
}

Journey::Problem Journey::key(std::string_view name) {
    p_.clock.forward(pause_between_keys);
    Modifiers modifiers;
    for (std::size_t plus = name.find('+'); plus != std::string_view::npos; plus = name.find('+')) {
        const std::string_view modifier = name.substr(0, plus);
        if (modifier == "Shift")
            modifiers.shift = true;
        else if (modifier == "Control")
            modifiers.control = true;
        else if (modifier == "Alt")
            modifiers.alt = true;
        else
            return "unknown modifier \"" + std::string(modifier) + "\"";
        name.remove_prefix(plus + 1);
    }
    for (const auto& [known, which] : key_names)
        if (known == name) {
            press(which, modifiers);
            if (which == Key::Space && modifiers == Modifiers{})
                p_.terminal.push({CharacterTyped{U' '}, p_.clock.since_boot()});
            return settle() ? Problem() : Problem("the screen does not settle");
        }
    return "unknown key \"" + std::string(name) + "\"";
}

/// With one of the five keys, until the focus is there. What is not met in one round cannot be reached by keys; a stop
/// without a name cannot be told by a voice.
Journey::Problem Journey::walk(std::string_view key_or_name, std::string_view with) {
    constexpr std::array<std::string_view, 4> walking = {"Tab", "Shift+Tab", "Down", "Up"};
    if (std::ranges::find(walking, with) == walking.end()) return "\"with\" is Tab, Shift+Tab, Down or Up";
    std::set<std::string> met;
    while (!p_.stopped()) {
        const ScreenTree& tree = p_.terminal.tree();
        const auto here = std::ranges::find_if(tree, [](const Node& node) { return node.state.focused; });
        if (here != tree.end() && here->name.empty())
            return "the focus is on \"" + here->key + "\", which has no name";
        const Found wanted = find_control(tree, key_or_name);
        if (here != tree.end() && wanted.candidates == 1 && wanted.node->key == here->key) return std::nullopt;
        if (!met.insert(here == tree.end() ? std::string() : here->key).second) break;
        if (auto problem = key(with)) return problem;
    }
    return "\"" + std::string(key_or_name) + "\" is not met by " + std::string(with);
}

/// Two switches: the first walks, the second acts.
Journey::Problem Journey::press_switch(std::string_view number) {
    if (number == "1") return key("Tab");
    if (number == "2") return key("Enter");
    return "there are switches 1 and 2";
}

} // namespace kiosk
