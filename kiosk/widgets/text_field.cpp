// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/text_field.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk {
namespace {

/// Of a field for a longer text. A low panel has to keep room for the keyboard.
float shown_lines(Canvas& canvas, float line) {
    if (canvas.glass.tall()) return 4;
    return std::clamp(std::floor(canvas.glass.height_px * 0.14F / line), 1.0F, 4.0F);
}

const Layout& unit_layout(Canvas& canvas, const FieldSpec& spec) {
    return canvas.lay(spec.unit, Type::Body, 0, {Align::Start, spec.unit_tongue});
}

float unit_width(Canvas& canvas, const FieldSpec& spec) {
    return spec.unit.empty() ? 0 : unit_layout(canvas, spec).width() + canvas.px(space::medium);
}

void draw_content(Canvas& canvas, const Rect& inner, const FieldSpec& spec, bool typing) {
    LayOptions options;
    options.by_content = true;
    // One line grows as long as it needs and is moved so that the caret stays in sight; several lines break.
    const TextContent& content = spec.content;
    const Layout& layout = canvas.lay(content.text, Type::Body, spec.lines ? inner.width : 0, options);
    TextEngine& engine = canvas.engine();
    const Caret caret = engine.caret(layout, content.caret);
    const Rect at = canvas.on_glass(inner);

    bool from_right = canvas.mirrored();
    if (!content.text.empty()) from_right = layout.lines().front().right_to_left;
    const float caret_width = std::max(2.0F, canvas.px(line_mm));
    float left = at.x;
    float top = at.y;
    if (!spec.lines) {
        top = at.y + (at.height - layout.height()) / 2;
        const float room = at.width - caret_width;
        if (from_right) {
            left = at.x + room - layout.width();
            left += std::max(0.0F, at.x - (left + caret.x));
        } else {
            left -= std::max(0.0F, caret.x - room);
        }
    } else {
        top -= std::max(0.0F, caret.top + caret.height - at.height);
    }

    if (!canvas.inert() && canvas.hands.activated == spec.key && canvas.hands.tap) {
        const ImVec2 place{canvas.hands.tap->x - left, canvas.hands.tap->y - top};
        canvas.intents.push_back(PlaceCaret{spec.key, engine.byte_at(layout, place), false});
    }

    canvas.clip(inner);
    ImDrawList& list = canvas.list();
    if (typing && content.anchor != content.caret) {
        const auto [from, to] = std::minmax(content.anchor, content.caret);
        for (const TextRect& r : engine.selection(layout, from, to))
            list.AddRectFilled({left + r.x, top + r.y}, {left + r.x + r.width, top + r.y + r.height},
                               packed(canvas.fill(Surface::Selected)));
    }
    const bool chosen = typing && content.anchor != content.caret;
    engine.draw(list, {left, top}, layout,
                packed(canvas.ink({chosen ? Surface::Selected : Surface::Field, &Inks::text})));
    if (typing)
        list.AddRectFilled({left + caret.x, top + caret.top},
                           {left + caret.x + caret_width, top + caret.top + caret.height},
                           packed(canvas.ink({Surface::Field, &Inks::accent})));
    canvas.end_clip();
}

} // namespace

float field_height(Canvas& canvas, const FieldSpec& spec) {
    const float line = canvas.lay("H", Type::Body, 0).height();
    if (!spec.lines) return std::max(canvas.px(touch_size::button), line + 2 * canvas.px(space::small));
    return shown_lines(canvas, line) * line + 2 * canvas.px(space::medium);
}

float field_width(Canvas& canvas, const FieldSpec& spec, float most) {
    if (spec.characters == 0) return most;
    const float em = canvas.px(cap_mm(canvas.picture.text_size, Type::Body)) * 1.4F;
    const float wanted = em * 0.62F * static_cast<float>(spec.characters) + 2 * canvas.px(space::normal);
    return std::min(most, std::max(wanted, canvas.px(30)) + unit_width(canvas, spec));
}

void text_field(Canvas& canvas, const Rect& whole, const FieldSpec& spec) {
    if (!canvas.inert()) {
        const bool tapped = canvas.hands.activated == spec.key;
        if (tapped || canvas.view.active_field.empty() || canvas.hands.focused == spec.key) {
            if (tapped && canvas.view.keyboard_hidden) {
                canvas.view.keyboard_hidden = false;
                canvas.view.wish = spec.page_key.empty() ? spec.key : spec.page_key; // the keys take room: on this page
                canvas.view.pages.erase("main");
            }
            canvas.view.active_field = spec.key;
            canvas.view.active_lines = spec.lines;
        }
    }
    const bool typing = !canvas.inert() && canvas.view.active_field == spec.key;
    const float unit = unit_width(canvas, spec);
    const Rect box{whole.x, whole.y, whole.width - unit, whole.height};
    const bool wrong = !spec.error.empty();
    const float corner = canvas.px(corner_mm);
    const Colour edge = canvas.ink({Surface::Field, wrong ? &Inks::danger : typing ? &Inks::accent : &Inks::line});
    canvas.box(box, canvas.fill(Surface::Field), corner);
    canvas.frame(box, edge, canvas.px(wrong || typing ? thick_mm : line_mm), corner);
    draw_content(canvas, inside(box, canvas.px(space::medium), canvas.px(spec.lines ? space::small : space::hair)),
                 spec, typing);
    if (!spec.unit.empty()) {
        const Layout& words = unit_layout(canvas, spec);
        canvas.text(words, end_of(box) + canvas.px(space::medium), box.y + (box.height - words.height()) / 2, {});
    }

    Node node;
    node.key = spec.key;
    node.role = spec.role;
    node.name = spec.label;
    node.value = spec.content.text;
    node.help = spec.help;
    node.error = spec.error;
    node.state.wrong = wrong;
    node.state.required = spec.required;
    canvas.control(std::move(node), box);
}

Piece& add_field(Flow& flow, FieldSpec spec) {
    Canvas& canvas = flow.canvas();
    const float width = field_width(canvas, spec, flow.inner_width());
    const std::string key = spec.key;
    const float height = field_height(canvas, spec); // before the words move into the piece
    Piece& piece =
        flow.add(height, [&canvas, spec = std::move(spec), width](const Rect& box, std::size_t, std::size_t) {
            text_field(canvas, {box.x, box.y, width, box.height}, spec);
        });
    piece.key = key;
    piece.with_keyboard = true;
    return piece;
}

} // namespace kiosk
