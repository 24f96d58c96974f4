// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/flow.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// Where things stand. A tall panel has the strip as a bar at the bottom, within reach of a seated person, and works in
/// one column whose controls keep out of the top third. A wide one has the strip as a rail at its start and works in
/// two columns: what is asked, and what is answered.
struct Plan {
    bool tall = true;
    Rect glass;
    Rect strip;       ///< no height where there is none
    Rect room;        ///< all but the strip
    float margin = 0; ///< at the sides of the room
};
[[nodiscard]] Plan plan_of(Canvas& canvas);

struct MastheadSpec {
    std::string section, progress;
    float done = -1;    ///< 0…1: a thin line; negative: none
    Tongue tongue = {}; ///< of the section
    /// On a tall panel: the part of the height that the band fills while there is room for it, so that what is
    /// touched keeps out of the top third.
    float share = 0.24F;
};
[[nodiscard]] float masthead_least(Canvas& canvas, const Plan& plan, const MastheadSpec& spec);
void draw_masthead(Canvas& canvas, const Plan& plan, float height, const MastheadSpec& spec);

struct NavSpec {
    std::optional<ButtonSpec> back, next; ///< back at the start edge, the main button at the end edge
    std::function<void()> on_back, on_next;
    bool tight = false; ///< less air around it: a low panel with large letters and a keyboard
};
[[nodiscard]] float nav_height(Canvas& canvas, const Plan& plan, const NavSpec& spec);
/// The room between the two, where "more" and "earlier" may stand.
[[nodiscard]] Rect nav_middle(Canvas& canvas, const Plan& plan, const NavSpec& spec);
void draw_nav(Canvas& canvas, const Plan& plan, const NavSpec& spec);

/// One page of the citizen's side: masthead, what is said and asked (`lead`), what is answered (`main`), navigation.
struct PageSpec {
    MastheadSpec masthead;
    std::function<void(Flow&)> lead, main;
    /// The keyboard for a column of that width; empty: none.
    std::function<KeyPanel(float)> keyboard;
    std::function<bool(float)> keyboard_comfortable;
    bool main_in_lead = false; ///< on a wide panel: everything in the first column, the keyboard alone in the second
    bool whole_width = false;  ///< on a wide panel: one column all the same
    NavSpec nav;
};
void draw_page(Canvas& canvas, const PageSpec& spec);

// Shorthands that every view uses.
[[nodiscard]] ButtonSpec primary(std::string key, std::string label); ///< with a forward arrow
[[nodiscard]] ButtonSpec back_button(std::string key, std::string label);
Piece& heading(Flow& flow, std::string_view text, Tongue tongue = {}); ///< key "heading", level 1
Piece& subheading(Flow& flow, std::string key, std::string_view text, Tongue tongue = {});
Piece& paragraph(Flow& flow, std::string key, std::string_view text, Colour Inks::*colour = &Inks::text,
                 Type type = Type::Body, Tongue tongue = {});

} // namespace kiosk
