// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/a11y/tree.hpp"
#include "kiosk/model/intents.hpp"
#include "kiosk/text/text_engine.hpp"
#include "kiosk/widgets/glass.hpp"
#include "kiosk/widgets/icons.hpp"
#include "kiosk/widgets/picture_shelf.hpp"
#include "kiosk/widgets/theme.hpp"
#include "kiosk/widgets/view_state.hpp"

#include <imgui.h>
#include <span>
#include <string>
#include <string_view>

namespace kiosk {

struct Ink {
    Surface surface = Surface::Page;
    Colour Inks::*colour = &Inks::text;
};

/// A text that is not in the language of the visit: a form nobody translated.
struct Tongue {
    std::string_view language = {}; ///< empty: the language of the visit
    Direction direction = Direction::LeftToRight;
};

struct LayOptions {
    Align align = Align::Start;
    Tongue tongue = {};
    bool by_content = false; ///< typed by a person: its own first strong letter decides the direction
    std::span<const Stretch> strong = {}; ///< bytes drawn bold
};

/// One frame's paper: the glass, the theme, the letters, and the screen tree that grows with every control.
/// Positions are written as if every language ran from left to right, and are mirrored here where it does not: nobody
/// above says "left" or "right". Units are pixels; millimetres come in through px() and grown().
/// Thread: screen; lives for one frame.
class Canvas {
public:
    struct Parts {
        const Picture& picture;
        TextEngine& engine;
        ImDrawList& list;
        Glass glass;
        ViewState& view;
        const Hands& hands;
        ScreenTree& tree;
        Intents& intents;
        const PictureShelf* shelf = nullptr; ///< none: no pictures on this glass
    };
    explicit Canvas(const Parts& parts);

    const Picture& picture;
    const Glass glass;
    ViewState& view;
    const Hands& hands;
    Intents& intents;

    [[nodiscard]] float px(float mm) const { return glass.px(mm); }
    [[nodiscard]] float grown(float mm) const { return glass.px(mm) * growth(picture.text_size); }
    [[nodiscard]] Colour ink(Ink of) const { return inks(picture.theme, of.surface).*of.colour; }
    [[nodiscard]] Colour fill(Surface surface) const { return inks(picture.theme, surface).fill; }
    [[nodiscard]] bool mirrored() const { return mirrored_; }

    // --- words
    /// Valid for this frame. `width` 0: one line, however long.
    [[nodiscard]] const Layout& lay(std::string_view text, Type type, float width, LayOptions options = {});
    void text(const Layout& layout, float x, float y, Ink ink);
    /// Some of its lines, the first of them at `y`.
    void text_lines(const Layout& layout, float x, float y, std::size_t first, std::size_t end, Ink ink);
    /// A thin line under each of its lines, whose box begins at `x`, `y`: words that act.
    void underline(const Layout& layout, float x, float y, Ink ink);
    /// One or more lines, centred from top to bottom in the box.
    void text_in(const Rect& box, std::string_view text, Type type, Ink ink, LayOptions options = {});
    [[nodiscard]] TextEngine& engine() { return engine_; }

    // --- shapes
    void box(const Rect& rect, Colour colour, float corner_px = 0);
    void frame(const Rect& rect, Colour colour, float width_px,
               float corner_px = 0); ///< its outer edge is the rectangle
    void disc(float centre_x, float centre_y, float radius_px, Colour colour);
    void ring(float centre_x, float centre_y, float radius_px, float width_px, Colour colour);
    void icon(Icon icon, const Rect& rect, Colour colour, float weight = 2.0F); ///< weight: units of the 24 grid
    void photo(const Rect& rect, const PictureShelf::Shown& shown); ///< never mirrored in itself
    [[nodiscard]] const PictureShelf* shelf() const { return shelf_; }
    void clip(const Rect& rect);
    void end_clip();
    [[nodiscard]] ImDrawList& list() { return list_; }
    [[nodiscard]] Rect on_glass(const Rect& rect) const; ///< mirrored where the language asks for it

    // --- the screen tree
    /// Something to be read.
    void say(Node node, const Rect& rect);
    /// The node said last covers this place too: a text that goes on.
    void extend(std::string_view key, const Rect& rect);
    /// Something to be pressed. True in the frame in which it was.
    bool control(Node node, const Rect& rect);
    [[nodiscard]] bool held(std::string_view key) const { return !inert_ && hands.held == key; }
    [[nodiscard]] bool focused(std::string_view key) const { return !inert_ && hands.focused == key; }
    [[nodiscard]] bool inert() const { return inert_; }
    [[nodiscard]] std::string_view
    first_stop_since(std::size_t node) const; ///< key of the first stop from that node on
    [[nodiscard]] std::size_t nodes() const { return tree_.size(); }

    /// Text that belongs to the person: never over a loudspeaker.
    void set_private(bool is_private) { private_ = is_private; }
    /// Draws and says nothing: what lies behind a panel.
    void set_inert(bool inert) { inert_ = inert; }
    /// For keyboards and codes, which look the same in every language.
    void set_mirrored(bool mirrored) { mirrored_ = mirrored; }

    /// Draws what lies over everything: the focus ring.
    void finish();

private:
    TextEngine& engine_;
    ImDrawList& list_;
    ScreenTree& tree_;
    const PictureShelf* shelf_;
    bool mirrored_ = false, inert_ = false, private_ = false;
    Rect ring_;
    bool has_ring_ = false;
};

[[nodiscard]] ImU32 packed(Colour colour);

/// A rectangle without its margins.
[[nodiscard]] inline Rect inside(const Rect& r, float x, float y) {
    return {r.x + x, r.y + y, r.width - 2 * x, r.height - 2 * y};
}
[[nodiscard]] inline float bottom(const Rect& r) { return r.y + r.height; }
[[nodiscard]] inline float end_of(const Rect& r) { return r.x + r.width; }

} // namespace kiosk
