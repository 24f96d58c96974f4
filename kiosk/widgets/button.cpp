// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/button.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

float icon_size(Canvas& canvas, const ButtonSpec& spec) {
    return canvas.px(cap_mm(canvas.picture.text_size, spec.type)) * 1.45F;
}
float icon_room(Canvas& canvas, const ButtonSpec& spec) {
    return spec.icon ? icon_size(canvas, spec) + canvas.px(space::small) : 0;
}
float padding(Canvas& canvas, const ButtonSpec& spec) {
    return spec.kind == ButtonKind::Link ? 0 : canvas.px(space::normal);
}

Surface surface_of(const ButtonSpec& spec, bool held) {
    switch (spec.kind) {
    case ButtonKind::Primary:
        return held ? Surface::PrimaryPressed : Surface::Primary;
    case ButtonKind::Quiet:
        return held ? Surface::QuietPressed : Surface::Quiet;
    case ButtonKind::Danger:
        return held ? Surface::DangerPressed : Surface::Danger;
    case ButtonKind::Link:
        return held ? Surface::QuietPressed : spec.ground;
    }
    return Surface::Quiet;
}

} // namespace

float button_width(Canvas& canvas, const ButtonSpec& spec) {
    LayOptions options;
    options.tongue = spec.tongue;
    return canvas.lay(spec.label, spec.type, 0, options).width() + icon_room(canvas, spec) + 2 * padding(canvas, spec);
}

float button_height(Canvas& canvas, const ButtonSpec& spec, float width) {
    LayOptions options;
    options.tongue = spec.tongue;
    const float room = width - icon_room(canvas, spec) - 2 * padding(canvas, spec);
    const Layout& label = canvas.lay(spec.label, spec.type, std::max(room, canvas.px(10)), options);
    const float least = spec.kind == ButtonKind::Link ? canvas.px(14) : canvas.px(touch_size::button);
    return std::max(least, label.height() + 2 * canvas.px(space::small));
}

bool button(Canvas& canvas, const Rect& box, const ButtonSpec& spec) {
    const bool held = canvas.held(spec.key);
    const Surface surface = surface_of(spec, held);
    const float corner = canvas.px(corner_mm);
    Ink ink{surface, spec.kind == ButtonKind::Link ? &Inks::accent : &Inks::text};
    if (spec.kind != ButtonKind::Link || held) canvas.box(box, canvas.fill(surface), corner);
    if (spec.kind == ButtonKind::Quiet)
        canvas.frame(box, canvas.ink({surface, &Inks::line}), canvas.px(line_mm), corner);
    // In the black and white themes a dangerous button would look like any other: it wears a second frame.
    const bool colourless = canvas.picture.theme == Theme::HighLight || canvas.picture.theme == Theme::HighDark;
    if (spec.kind == ButtonKind::Danger && colourless)
        canvas.frame(inside(box, canvas.px(1.2F), canvas.px(1.2F)), canvas.ink({surface, &Inks::line}),
                     canvas.px(line_mm), corner - canvas.px(1.0F));

    const float pad = padding(canvas, spec);
    const float size = icon_size(canvas, spec);
    const float room = icon_room(canvas, spec);
    LayOptions options;
    options.tongue = spec.tongue;
    const float words_most = box.width - 2 * pad - room;
    const Layout* label = &canvas.lay(spec.label, spec.type, 0, options);
    if (label->width() > words_most) label = &canvas.lay(spec.label, spec.type, words_most, options);
    const float whole = label->width() + room;
    const float start = spec.at_start || spec.kind == ButtonKind::Link ? box.x + pad : box.x + (box.width - whole) / 2;
    const float middle = box.y + box.height / 2;
    const float words_x = spec.icon && !spec.icon_at_end ? start + room : start;
    canvas.text(*label, words_x, middle - label->height() / 2, ink);
    if (spec.icon) {
        float icon_x = spec.icon_at_end ? start + whole - size : start;
        if (spec.icon_at_end && spec.at_start) icon_x = end_of(box) - pad - size;
        canvas.icon(*spec.icon, {icon_x, middle - size / 2, size, size}, canvas.ink(ink), 2.3F);
    }
    if (spec.kind == ButtonKind::Link) canvas.underline(*label, words_x, middle - label->height() / 2, ink);

    Node node;
    node.key = spec.key;
    node.role = spec.role;
    node.name = spec.label;
    node.help = spec.help;
    node.language = spec.tongue.language;
    node.state.expanded = spec.expanded;
    node.state.selected = spec.selected;
    return canvas.control(std::move(node), box);
}

Piece& add_button(Flow& flow, ButtonSpec spec, std::function<void()> then, bool whole_width) {
    Canvas& canvas = flow.canvas();
    if (flow.ground()) spec.ground = *flow.ground();
    const float most = flow.inner_width();
    const float width = whole_width ? most : std::min(most, std::max(button_width(canvas, spec), canvas.px(40)));
    const float height = button_height(canvas, spec, width);
    const std::string key = spec.key;
    Piece& piece = flow.add(height, [&canvas, spec = std::move(spec), then = std::move(then),
                                     width](const Rect& box, std::size_t, std::size_t) {
        if (button(canvas, {box.x, box.y, width, box.height}, spec)) then();
    });
    piece.key = key;
    return piece;
}

} // namespace kiosk
