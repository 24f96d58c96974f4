// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/a11y/tree.hpp"
#include "kiosk/text/direction.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk {

/// Tab and Shift+Tab, the arrows, and the two walking keys of a five-key pad are all steps.
enum class FocusStep { Next, Previous, Left, Right, Up, Down };

/// Which control the keys act on. It walks the screen tree of the last frame, in reading order, and wraps round at its
/// ends, so that the key which led to a control also leads away from it (EN 301 549 clause 5.1.6.2).
/// A step never changes an answer. Between the keys of the on-screen keyboard arrows walk by place, elsewhere they are
/// next and previous; left and right change sides with the direction of the text.
/// Thread: screen. Needs no window.
class FocusRing {
public:
    /// After each frame. `screen` names what is shown, panel included: when it changes, the focus goes to `wish`, or to
    /// the list of errors, or to the heading (a place to read from, though not a stop), or to the first stop.
    /// When the focused control is gone, the nearest stop after it gets the focus. New errors get it on any screen.
    void follow(const ScreenTree& tree, std::string_view screen, std::string_view wish);

    void step(const ScreenTree& tree, FocusStep step, Direction direction);

    /// A touched control has the focus too, without the ring being drawn.
    void put(std::string_view key) { key_ = key; }

    [[nodiscard]] const std::string& key() const { return key_; }
    /// The ring is drawn for people who use keys, from their first key on until the next touch.
    [[nodiscard]] bool visible() const { return visible_; }
    void show(bool visible) { visible_ = visible; }

    /// End of a visit.
    void forget();

private:
    std::string key_;
    std::string screen_;
    std::string errors_;    ///< what the list of errors said in the last frame
    std::size_t index_ = 0; ///< of the focused node in the last tree, for when it disappears
    bool visible_ = false;
};

} // namespace kiosk
