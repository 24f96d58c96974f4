// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "kiosk/text/wipe.hpp"

#include <cstdint>
#include <imgui.h>
#include <variant>

namespace kiosk {

/// Keys that mean something by themselves. Letters, digits and signs arrive as characters.
enum class Key {
    Unknown,
    Tab,
    Enter,
    Escape,
    Space,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Insert,
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    F10,
    F11,
    F12,
    F13,
    F14,
    F15,
    F16,
    F17,
    F18,
    F19,
    F20,
    F21,
    F22,
    F23,
    F24,
    A,
    C,
    V,
    X,
    Z, ///< only with Control: select all, copy, paste, cut, undo
};

struct Modifiers {
    bool shift = false, control = false, alt = false;
    bool operator==(const Modifiers&) const = default;
};

// What happened, in the order in which it happened. `at` is taken when the event arrives.
struct KeyPressed {
    Key key;
    Modifiers modifiers;
    bool repeated = false;
};
struct CharacterTyped {
    char32_t character;
    bool repeated = false;
};
struct PointerMoved {
    ImVec2 position;
}; ///< pixels of the frame buffer
struct PointerPressed {
    ImVec2 position;
}; ///< finger down, or the first mouse button
struct PointerReleased {
    ImVec2 position;
};
struct PointerLeft {}; ///< left the window
struct Scrolled {
    float lines;
}; ///< positive: towards the top
struct InputEvent {
    std::variant<KeyPressed, CharacterTyped, PointerMoved, PointerPressed, PointerReleased, PointerLeft, Scrolled> what;
    forms::BootTime at{};
};

/// A key or a character, in the order of typing. Space comes as a key and then as a character: buttons take the one,
/// text fields the other.
using Typed = std::variant<KeyPressed, CharacterTyped>;

struct Pointer {
    ImVec2 position{-1, -1};
    bool over_window = false;
    bool down = false;
    bool pressed = false;         ///< went down in this frame
    bool released = false;        ///< went up in this frame; never in the same frame as `pressed`
    bool is_mouse = false;        ///< it moved without touching: show a cursor
    forms::BootTime changed_at{}; ///< of the last press or release
    float scroll_lines = 0;
};

/// What one frame gets. ImGui has been given pointer and time already, and nothing else.
struct FrameInput {
    WipingVector<Typed> typed; ///< after a key that moves the focus or presses a button nothing follows in this frame
    Pointer pointer;
    forms::BootTime now{};
    [[nodiscard]] bool nothing() const {
        return typed.empty() && !pointer.pressed && !pointer.released && pointer.scroll_lines == 0;
    }
};

} // namespace kiosk
