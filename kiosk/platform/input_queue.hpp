// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/platform/input.hpp"

#include <deque>
#include <map>
#include <vector>

namespace kiosk {

struct InputOptions {
    bool key_repeat = false;               ///< EN 301 549 clause 5.7: a held key does not repeat by default
    std::vector<Key> tactile_keys;         ///< keypad and switches of this terminal: they are debounced
    forms::BootTime tactile_debounce{250}; ///< EN 301 549 clause 5.8; 0 … 1000 ms
};

/// Turns events into frames so that none is lost however fast they come: ImGui 1.86 looks at the state of a button
/// once a frame, so press and release, or two clicks, must never share one; and what is typed after a key that moves
/// the focus belongs to the control that has it then.
/// Thread: the screen thread.
class InputQueue {
public:
    explicit InputQueue(InputOptions options = {});

    void push(InputEvent event);
    [[nodiscard]] bool empty() const; ///< false: another frame is needed at once
    /// The part of what waits that may go into one frame.
    [[nodiscard]] FrameInput next_frame(forms::BootTime now);
    /// End of a visit: what was typed and not yet read is overwritten and dropped.
    void forget();

private:
    [[nodiscard]] bool bounces(const KeyPressed& key, forms::BootTime at);
    /// Feeds one event, or says that it must wait for the next frame.
    enum class Fed { GoOn, LastOfFrame, NotYet };
    [[nodiscard]] Fed feed(const InputEvent& event, FrameInput& frame);

    InputOptions options_;
    std::deque<InputEvent, WipingAllocator<InputEvent>> waiting_;
    std::map<Key, forms::BootTime> last_strike_;
    Pointer pointer_;
    bool settle_ = false; ///< the next frame gets nothing: the focus is moving
    bool finger_left_ = false;
    int hovering_moves_ = 0;
};

} // namespace kiosk
