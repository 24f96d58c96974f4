// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/canvas.hpp"
#include "kiosk/widgets/flow.hpp"

#include <functional>
#include <optional>
#include <string>

namespace kiosk {

enum class ButtonKind {
    Primary, ///< the one thing most people do next
    Quiet,   ///< outlined
    Danger,  ///< ends or removes something
    Link,    ///< no box: a line of text that acts, in the accent colour
};

struct ButtonSpec {
    std::string key, label;
    ButtonKind kind = ButtonKind::Quiet;
    std::optional<Icon> icon;
    bool icon_at_end = false;
    bool at_start = false; ///< label at the start edge instead of the middle
    Type type = Type::Strong;
    Role role = Role::Button;
    std::string help;
    Tongue tongue;
    bool expanded = false, selected = false;
    Surface ground = Surface::Page; ///< what a Link lies on
};

[[nodiscard]] float button_width(Canvas& canvas, const ButtonSpec& spec); ///< on one line
[[nodiscard]] float button_height(Canvas& canvas, const ButtonSpec& spec, float width);
/// True in the frame in which it was tapped, or pressed by a key.
bool button(Canvas& canvas, const Rect& box, const ButtonSpec& spec);

/// In a column: as wide as its words, at least `least_mm`; `whole_width` for a row.
Piece& add_button(Flow& flow, ButtonSpec spec, std::function<void()> then, bool whole_width = false);

} // namespace kiosk
