// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/canvas.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// One thing in a column. Heights are known before anything is drawn, so that a column which does not fit is cut into
/// pages with "more" and "earlier" buttons: nothing ever scrolls.
struct Piece {
    float gap = 0; ///< before it, unless it begins a page
    float height = 0;
    bool keep = false;             ///< stays on the page of the next piece
    bool answer = false;           ///< counts against the answers a page may hold
    bool with_keyboard = false;    ///< the on-screen keyboard must be on its page
    bool counts_as_first = false;  ///< the page that holds it is shown first
    std::string key;               ///< of its control, so that a wished focus finds its page
    const Layout* words = nullptr; ///< may be cut between its lines; above and below them stays `above`, `below`
    float above = 0, below = 0;
    std::optional<Surface> ground; ///< painted behind the piece
    bool gap_painted = false;      ///< and behind the gap before it
    std::optional<Colour> bar;     ///< at its start edge
    /// Draws into the box; lines [first, end) when it has words.
    std::function<void(const Rect&, std::size_t first, std::size_t end)> draw;
};

/// The on-screen keyboard as a column sees it: something that wants to stand at the bottom.
struct KeyPanel {
    float height = 0, least = 0; ///< wished for, and the least it can do with; 0: none
    std::function<void(const Rect&)> draw;
};

class Flow {
public:
    Flow(Canvas& canvas, float width) : canvas_(canvas), width_(width) {}

    [[nodiscard]] Canvas& canvas() const { return canvas_; }
    [[nodiscard]] float width() const { return width_; }
    [[nodiscard]] bool empty() const { return pieces_.empty(); }

    /// Space before the next piece, in millimetres; the largest asked for counts.
    void gap(float mm) { gap_ = std::max(gap_, canvas_.px(mm)); }
    /// What follows, up to end_inset(), lies on a ground of its own with a bar at its start edge.
    void begin_inset(Surface ground, Colour bar);
    void end_inset();
    [[nodiscard]] std::optional<Surface> ground() const { return ground_; }
    [[nodiscard]] float inner_width() const { return width_ - inset_start_ - inset_end_; }

    Piece& add(float height, std::function<void(const Rect&, std::size_t, std::size_t)> draw);
    /// A text: a node of the tree, cut between lines where a page ends. It keeps to a readable measure.
    Piece& words(std::string_view text, Type type, Node node, Colour Inks::*colour = &Inks::text,
                 LayOptions options = {});

    [[nodiscard]] float height() const;
    [[nodiscard]] bool needs_keyboard() const;

    /// Would it all stand in that height?
    [[nodiscard]] bool fits(float height_px, const KeyPanel& keyboard = {}) const;
    /// Is it cut the same way at both heights, and is the keyboard as high as it wants to be at the lower one?
    [[nodiscard]] bool no_worse(float lower_px, float higher_px, const KeyPanel& keyboard) const;
    /// The field and what must stay beside it: the least that has to stand over a keyboard.
    [[nodiscard]] float typing_height() const { return tallest(true); }
    /// The tallest of the things that cannot be cut.
    [[nodiscard]] float block_height() const { return tallest(false); }
    [[nodiscard]] float turn_height() const; ///< of the row of "more" and "earlier", the gap over it included
    [[nodiscard]] float turn_width() const;  ///< of both, side by side on one line

    struct Placing {
        KeyPanel keyboard = {}; ///< stands at the bottom of the area
        /// Called between the column and the keyboard: in reading order the buttons that lead on come before forty
        /// keys.
        std::function<void()> before_keyboard = {};
        std::optional<Rect> turn_row = {}; ///< for "more" and "earlier"; otherwise they take a row of the area
    };
    /// Draws the page that is up.
    /// True: a field that is typed into stands on the page that is shown.
    bool place(const Rect& area, std::string_view name, const Placing& placing);

private:
    struct Part {
        std::size_t piece, first, end;
        float height;
    };
    using Page = std::vector<Part>;
    [[nodiscard]] std::vector<Page> cut(float height, float keyboard) const;
    [[nodiscard]] float tallest(bool typing_only) const;
    void draw_part(const Part& part, const Rect& box) const;
    void turn_buttons(const Rect& row, std::size_t page, std::size_t pages);

    Canvas& canvas_;
    float width_;
    float gap_ = 0;
    float inset_start_ = 0, inset_end_ = 0;
    std::optional<Surface> ground_;
    std::optional<Colour> bar_;
    std::vector<Piece> pieces_;
};

/// ≤ about 75 characters a line.
[[nodiscard]] float measure_px(Canvas& canvas, Type type, float width);

} // namespace kiosk
