// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/option_row.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

float mark_size(Canvas& canvas) { return canvas.px(cap_mm(canvas.picture.text_size, Type::Body)) * 1.7F; }

struct Inner {
    float start, width;
    const Layout* text;
    const Layout* detail;
    const Layout* note;
    float height;
    bool beside; ///< the detail stands at the end of the text's line
};

Inner inner(Canvas& canvas, const RowSpec& spec, float row_width) {
    Inner in{};
    const float pad = canvas.px(space::normal);
    const float mark = mark_size(canvas) + canvas.px(space::medium);
    in.start = spec.mark == Mark::Arrow ? pad : pad + mark;
    in.width = std::max(row_width - 2 * pad - mark, canvas.px(10));
    LayOptions options;
    options.tongue = spec.tongue;
    options.by_content = spec.by_content;
    in.text = &canvas.lay(spec.text, spec.strong ? Type::Strong : Type::Body, in.width, options);
    in.height = in.text->height();
    if (!spec.detail.empty()) {
        in.detail = &canvas.lay(spec.detail, Type::Caption, 0, options);
        const float both = canvas.lay(spec.text, Type::Body, 0, options).width() + in.detail->width();
        in.beside = spec.detail_beside && both + canvas.px(space::normal) <= in.width;
        if (!in.beside) {
            in.detail = &canvas.lay(spec.detail, Type::Caption, in.width, options);
            in.height += in.detail->height() + canvas.px(1);
        }
    }
    if (!spec.note.empty()) {
        in.note = &canvas.lay(spec.note, Type::Caption, in.width);
        in.height += in.note->height() + canvas.px(2);
    }
    return in;
}

} // namespace

void draw_mark(Canvas& canvas, const Rect& at, Mark mark, bool selected, Surface surface) {
    const Colour accent = canvas.ink({surface, &Inks::accent});
    const Colour line = canvas.ink({surface, selected ? &Inks::accent : &Inks::line});
    const float stroke = canvas.px(selected ? thick_mm : line_mm);
    const float x = at.x + at.width / 2;
    const float y = at.y + at.height / 2;
    switch (mark) {
    case Mark::Arrow:
        canvas.icon(Icon::ArrowForward, at, accent);
        return;
    case Mark::Radio:
        canvas.disc(x, y, at.width / 2, canvas.fill(surface));
        canvas.ring(x, y, at.width / 2, stroke, line);
        if (selected) canvas.disc(x, y, at.width * 0.27F, accent);
        return;
    case Mark::Check:
        if (selected) {
            canvas.box(at, accent, canvas.px(1.2F));
            canvas.icon(Icon::Check, inside(at, at.width * 0.1F, at.width * 0.1F), canvas.fill(surface), 3.2F);
        } else {
            canvas.box(at, canvas.fill(Surface::Field), canvas.px(1.2F));
            canvas.frame(at, line, stroke, canvas.px(1.2F));
        }
        return;
    }
}

float row_width(Canvas& canvas, const RowSpec& spec) {
    LayOptions options;
    options.tongue = spec.tongue;
    options.by_content = spec.by_content;
    return canvas.lay(spec.text, spec.strong ? Type::Strong : Type::Body, 0, options).width() + mark_size(canvas) +
           canvas.px(space::medium) + 2 * canvas.px(space::normal) + 1;
}

float row_height(Canvas& canvas, const RowSpec& spec, float width) {
    const float least =
        spec.mark == Mark::Arrow && !spec.strong ? canvas.px(touch_size::button) : canvas.px(touch_size::row);
    return std::max(least, inner(canvas, spec, width).height + 2 * canvas.px(space::medium));
}

bool row(Canvas& canvas, const Rect& box, const RowSpec& spec) {
    const bool held = canvas.held(spec.key);
    const Surface surface = spec.selected ? Surface::Selected : held ? Surface::QuietPressed : Surface::Field;
    const float corner = canvas.px(corner_mm);
    canvas.box(box, canvas.fill(surface), corner);
    canvas.frame(box, canvas.ink({surface, &Inks::line}), canvas.px(spec.selected ? thick_mm : thin_mm), corner);
    const float size = mark_size(canvas);
    const float pad = canvas.px(space::normal);
    const float mark_x = spec.mark == Mark::Arrow ? end_of(box) - pad - size : box.x + pad;
    draw_mark(canvas, {mark_x, box.y + (box.height - size) / 2, size, size}, spec.mark, spec.selected, surface);
    const Inner in = inner(canvas, spec, box.width);
    float y = box.y + (box.height - in.height) / 2;
    canvas.text(*in.text, box.x + in.start, y, {surface, spec.strong ? &Inks::accent : &Inks::text});
    if (in.beside) {
        const float x = box.x + in.start + in.width - in.detail->width();
        canvas.text(*in.detail, x, box.y + (box.height - in.detail->height()) / 2, {surface, &Inks::soft});
    } else if (in.detail) {
        y += in.text->height() + canvas.px(1);
        canvas.text(*in.detail, box.x + in.start, y, {surface, &Inks::soft});
    }
    if (in.note) {
        y += (in.detail ? in.detail->height() : in.text->height()) + canvas.px(2);
        canvas.text(*in.note, box.x + in.start, y, {surface, &Inks::warning});
    }
    Node node;
    node.key = spec.key;
    node.role = spec.mark == Mark::Radio ? Role::Radio : spec.mark == Mark::Check ? Role::CheckBox : Role::Button;
    node.name = spec.text;
    node.help = spec.help;
    if (!spec.detail.empty()) node.help += (node.help.empty() ? "" : "\n") + spec.detail;
    if (!spec.note.empty()) node.help += (node.help.empty() ? "" : "\n") + spec.note;
    node.language = spec.tongue.language;
    node.state.selected = spec.selected;
    return canvas.control(std::move(node), box);
}

Piece& add_row(Flow& flow, RowSpec spec, std::function<void()> then) {
    Canvas& canvas = flow.canvas();
    const float width = flow.inner_width();
    const std::string key = spec.key;
    const float height = row_height(canvas, spec, width); // before the words move into the piece
    Piece& piece = flow.add(
        height, [&canvas, spec = std::move(spec), then = std::move(then)](const Rect& box, std::size_t, std::size_t) {
            if (row(canvas, box, spec)) then();
        });
    piece.key = key;
    piece.answer = true;
    return piece;
}

} // namespace kiosk
