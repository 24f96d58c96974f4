// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "kiosk/a11y/tree.hpp"

#include <optional>
#include <string>

namespace kiosk {

/// Turns a finger into "this control was tapped": only when it went down and came up inside the same control
/// (EN 301 549 clause 11.2.5.2, VVSG 2.0 7.2-H), and not twice within the set time (clause 5.8), except for keys of
/// the on-screen keyboard, because double letters are normal.
/// Thread: screen. Works on the tree of the last frame; needs no window.
class Touch {
public:
    explicit Touch(forms::BootTime double_strike = forms::BootTime{250}) : double_strike_(double_strike) {}

    /// What lies under the finger and can be pressed; later nodes lie over earlier ones.
    [[nodiscard]] static const Node* under(const ScreenTree& tree, float x, float y);

    void press(const ScreenTree& tree, float x, float y);
    void move(float x, float y) { x_ = x, y_ = y; }
    /// The key of the tapped control.
    [[nodiscard]] std::optional<std::string> release(const ScreenTree& tree, float x, float y, forms::BootTime now);
    /// The control to draw as pressed: held down, and the finger still on it. Empty: none.
    [[nodiscard]] std::string held(const ScreenTree& tree) const;
    /// Keys and scripts ask too before a second tap of the same control.
    [[nodiscard]] bool accepts(const Node& node, forms::BootTime now);

    /// Another screen came up under the finger: lifting it does nothing.
    void forget_press() { down_on_.clear(); }
    void forget() { *this = Touch{double_strike_}; }

private:
    forms::BootTime double_strike_;
    std::string down_on_;
    std::string last_;
    std::optional<forms::BootTime> last_at_;
    float x_ = 0, y_ = 0;
};

} // namespace kiosk
