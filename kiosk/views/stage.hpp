// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "kiosk/a11y/focus_ring.hpp"
#include "kiosk/a11y/touch.hpp"
#include "kiosk/a11y/tree.hpp"
#include "kiosk/model/intents.hpp"
#include "kiosk/model/screens.hpp"
#include "kiosk/text/text_engine.hpp"
#include "kiosk/widgets/glass.hpp"
#include "kiosk/widgets/picture_shelf.hpp"
#include "kiosk/widgets/theme.hpp"
#include "kiosk/widgets/view_state.hpp"

#include <imgui.h>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kiosk {

/// What the keys of a keyboard, a five-key pad or a tactile strip mean on a screen.
enum class HandKey {
    Next,
    Previous, ///< Tab and Shift+Tab, or the walking keys of a pad
    Left,
    Right,
    Up,
    Down,
    Activate, ///< Enter, or the middle key of a pad
    Space,    ///< acts like Activate outside text fields; inside, the character does
    Backspace,
    Delete,
    WordLeft,
    WordRight,
    Home,
    End,
    SelectAll,
    Help,
    Exit, ///< keys of their own on a tactile strip: "Aiuto", "Esci subito"
    Close ///< Escape: closes what lies over the screen
};
struct KeyStroke {
    HandKey key;
    bool extend = false; ///< Shift with an arrow in a text field: selects
};
/// In the order of typing.
using Stroke = std::variant<KeyStroke, char32_t>;

struct HandInput {
    std::vector<Stroke> typed;
    float x = 0, y = 0; ///< of the finger, in pixels
    bool pressed = false, released = false;
    forms::BootTime now{};
};

/// The screen as a person meets it: takes what the hands do, draws the picture, answers with intents, and knows focus,
/// pages and keyboard state in between. One frame is
///
///     stage.take(hands, visit.picture(), intents);  visit.apply(intents);     // typing: shown in this very frame
///     stage.draw(visit.picture(), list, intents);   visit.apply(intents);     // what was tapped
///
/// Thread: screen. Changes nothing but itself. Needs an ImGui context for the draw list, no window.
class Stage {
public:
    struct Options {
        GlyphTextures* pictures = nullptr; ///< where a camera's preview lives; none: it is not shown
        forms::BootTime double_strike{250}; ///< EN 301 549 clause 5.8; 0 in scripts that tap faster than people do
    };
    Stage(TextEngine& engine, Glass glass, Options options);
    Stage(TextEngine& engine, Glass glass) : Stage(engine, glass, Options{}) {}

    void set_glass(Glass glass) { glass_ = glass; }
    [[nodiscard]] const Glass& glass() const { return glass_; }

    /// Judges the hands by the tree of the last frame. Text goes into `intents` at once; a tap acts when drawn.
    void take(const HandInput& input, const Picture& picture, Intents& intents);
    /// Calls TextEngine::begin_frame itself. The list covers the whole glass.
    void draw(const Picture& picture, ImDrawList& list, Intents& intents);

    /// Of the last frame drawn.
    [[nodiscard]] const ScreenTree& tree() const { return tree_; }
    [[nodiscard]] const std::string& focused() const { return focus_.key(); }
    /// The field that keys write into; empty: none on this screen.
    [[nodiscard]] const std::string& active_field() const { return view_.active_field; }
    /// Presses the control in the next frame, as Enter on it would. False: no such control can be pressed now.
    bool press(std::string_view key);
    /// Moves the focus there. False: no such node.
    bool focus(std::string_view key);
    /// Another frame is needed though nothing new came in: a page was turned, the focus moved.
    [[nodiscard]] bool restless() const { return restless_ || !waiting_.empty(); }

    /// A picture that screens may show under that name; drawn from the next frame on.
    void keep_picture(std::string_view name, const Pixels& pixels);
    /// End of a visit: what was typed and shown is overwritten.
    void forget();

    /// Which screen this is, panel included: the same name, the same focus, pages and keyboard.
    [[nodiscard]] static std::string name_of(const Picture& picture);

private:
    void take_key(const KeyStroke& stroke, const Picture& picture, Intents& intents);
    void take_character(char32_t character, Intents& intents);
    [[nodiscard]] bool in_text_field() const;
    void activate(const std::string& key);

    TextEngine& engine_;
    std::optional<PictureShelf> shelf_;
    Glass glass_;
    FocusRing focus_;
    Touch touch_;
    ViewState view_, panel_view_;
    ScreenTree tree_;
    std::string shown_;        ///< name_of the last picture drawn
    std::string focus_behind_; ///< where the focus was when a panel opened
    std::string activated_, held_;
    std::optional<ImVec2> tap_;
    std::vector<Stroke> waiting_; ///< typed after a tap that brought up another screen, and before that was drawn
    bool had_errors_ = false, restless_ = false;
};

/// What lies around and behind everything.
[[nodiscard]] Colour background(const Picture& picture);

} // namespace kiosk
