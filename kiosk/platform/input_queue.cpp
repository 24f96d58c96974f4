// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/input_queue.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

constexpr int moves_of_a_mouse = 3; ///< a finger that lands moves the pointer once, then presses

bool moves_focus(Key key) {
    switch (key) {
    case Key::Tab:
    case Key::Enter:
    case Key::Escape:
    case Key::Left:
    case Key::Right:
    case Key::Up:
    case Key::Down:
    case Key::PageUp:
    case Key::PageDown:
        return true;
    default:
        return key >= Key::F1 && key <= Key::F24;
    }
}

bool is_space(const InputEvent& event) {
    const auto* typed = std::get_if<CharacterTyped>(&event.what);
    return typed != nullptr && typed->character == U' ';
}

} // namespace

InputQueue::InputQueue(InputOptions options) : options_(std::move(options)) {}

void InputQueue::push(InputEvent event) {
    if (const auto* key = std::get_if<KeyPressed>(&event.what)) {
        if (key->repeated && !options_.key_repeat) return;
        if (bounces(*key, event.at)) return;
    }
    if (const auto* typed = std::get_if<CharacterTyped>(&event.what);
        typed != nullptr && typed->repeated && !options_.key_repeat)
        return;
    // A mouse can send a thousand moves a second: only the last of a row counts.
    if (std::holds_alternative<PointerMoved>(event.what) && !waiting_.empty() &&
        std::holds_alternative<PointerMoved>(waiting_.back().what) && pointer_.is_mouse) {
        waiting_.back() = event;
        return;
    }
    waiting_.push_back(event);
}

bool InputQueue::bounces(const KeyPressed& key, forms::BootTime at) {
    if (std::find(options_.tactile_keys.begin(), options_.tactile_keys.end(), key.key) == options_.tactile_keys.end())
        return false;
    const auto last = last_strike_.find(key.key);
    if (last != last_strike_.end() && at - last->second < options_.tactile_debounce) return true;
    last_strike_[key.key] = at;
    return false;
}

bool InputQueue::empty() const { return waiting_.empty() && !settle_ && !finger_left_; }

FrameInput InputQueue::next_frame(forms::BootTime now) {
    FrameInput frame;
    frame.now = now;
    pointer_.pressed = false;
    pointer_.released = false;
    pointer_.scroll_lines = 0;
    if (std::exchange(finger_left_, false)) pointer_.over_window = false;
    if (!std::exchange(settle_, false)) {
        Fed fed = Fed::GoOn;
        while (fed == Fed::GoOn && !waiting_.empty()) {
            fed = feed(waiting_.front(), frame);
            if (fed != Fed::NotYet) waiting_.pop_front();
        }
    }
    frame.pointer = pointer_;
    return frame;
}

InputQueue::Fed InputQueue::feed(const InputEvent& event, FrameInput& frame) {
    if (const auto* key = std::get_if<KeyPressed>(&event.what)) {
        frame.typed.push_back(*key);
        if (key->key == Key::Space) {
            settle_ = true;
            // Its character belongs to it; without one (Control held) the frame ends here.
            return waiting_.size() > 1 && is_space(waiting_[1]) ? Fed::GoOn : Fed::LastOfFrame;
        }
        settle_ = moves_focus(key->key);
        return settle_ ? Fed::LastOfFrame : Fed::GoOn;
    }
    if (const auto* typed = std::get_if<CharacterTyped>(&event.what)) {
        frame.typed.push_back(*typed);
        return settle_ ? Fed::LastOfFrame : Fed::GoOn; // after Space
    }
    if (const auto* moved = std::get_if<PointerMoved>(&event.what)) {
        pointer_.position = moved->position;
        pointer_.over_window = true;
        if (!pointer_.down && ++hovering_moves_ >= moves_of_a_mouse) pointer_.is_mouse = true;
        return Fed::GoOn;
    }
    if (const auto* pressed = std::get_if<PointerPressed>(&event.what)) {
        if (pointer_.down) return Fed::GoOn; // a second finger
        pointer_.is_mouse = hovering_moves_ >= moves_of_a_mouse;
        hovering_moves_ = 0;
        pointer_.position = pressed->position;
        pointer_.over_window = true;
        pointer_.down = pointer_.pressed = true;
        pointer_.changed_at = event.at;
        return Fed::LastOfFrame;
    }
    if (const auto* released = std::get_if<PointerReleased>(&event.what)) {
        if (!pointer_.down) return Fed::GoOn;
        pointer_.position = released->position;
        pointer_.down = false;
        pointer_.released = true;
        pointer_.changed_at = event.at;
        finger_left_ = !pointer_.is_mouse;
        settle_ = true; // a tap may have moved the focus
        return Fed::LastOfFrame;
    }
    if (const auto* scrolled = std::get_if<Scrolled>(&event.what)) {
        pointer_.scroll_lines += scrolled->lines;
        return Fed::GoOn;
    }
    pointer_.over_window = pointer_.down; // PointerLeft; a finger that slides off keeps its control until it lifts
    return Fed::GoOn;
}

void InputQueue::forget() {
    decltype(waiting_)().swap(waiting_);
    pointer_ = {};
    settle_ = finger_left_ = false;
    hovering_moves_ = 0;
    last_strike_.clear();
}

} // namespace kiosk
