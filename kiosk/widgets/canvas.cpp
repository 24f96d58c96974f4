// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk {

ImU32 packed(Colour colour) { return IM_COL32(colour.red, colour.green, colour.blue, 255); }

Canvas::Canvas(const Parts& parts)
    : picture(parts.picture), glass(parts.glass), view(parts.view), hands(parts.hands), intents(parts.intents),
      engine_(parts.engine), list_(parts.list), tree_(parts.tree), shelf_(parts.shelf),
      mirrored_(parts.picture.direction == Direction::RightToLeft) {}

Rect Canvas::on_glass(const Rect& rect) const {
    if (!mirrored_) return rect;
    return {glass.width_px - rect.x - rect.width, rect.y, rect.width, rect.height};
}

const Layout& Canvas::lay(std::string_view text, Type type, float width, LayOptions options) {
    ParagraphOptions wanted;
    wanted.style.cap_px = px(cap_mm(picture.text_size, type));
    wanted.style.weight = bold(type) ? Weight::Bold : Weight::Regular;
    wanted.style.line_height = line_height(type);
    wanted.max_width_px = width;
    const bool own = options.tongue.language.empty();
    wanted.direction = own ? picture.direction : options.tongue.direction;
    wanted.direction_by_content = options.by_content;
    wanted.language = own ? std::string_view(picture.language) : options.tongue.language;
    wanted.align = options.align;
    wanted.strong = options.strong;
    const Layout& layout = engine_.layout(text, wanted);
    if (options.align == Align::Centre || layout.lines().front().right_to_left == mirrored_ || width <= 0)
        return layout;
    // Words that run against the page still stand at the edge where the page begins, beside their mark or number.
    wanted.align = options.align == Align::Start ? Align::End : Align::Start;
    return engine_.layout(text, wanted);
}

void Canvas::text(const Layout& layout, float x, float y, Ink with) {
    const Rect at = on_glass({x, y, layout.width(), layout.height()});
    engine_.draw(list_, {std::round(at.x), std::round(at.y)}, layout, packed(ink(with)));
}

void Canvas::text_lines(const Layout& layout, float x, float y, std::size_t first, std::size_t end, Ink with) {
    const auto lines = layout.lines();
    if (first == 0 && end >= lines.size()) return text(layout, x, y, with);
    if (first >= end) return;
    const float top = lines[first].top;
    const float height = lines[end - 1].top + lines[end - 1].height - top;
    const Rect at = on_glass({x, y, layout.width(), height});
    list_.PushClipRect({0, at.y}, {glass.width_px, at.y + height}, true);
    engine_.draw(list_, {std::round(at.x), std::round(at.y - top)}, layout, packed(ink(with)));
    list_.PopClipRect();
}

void Canvas::underline(const Layout& layout, float x, float y, Ink with) {
    const Rect at = on_glass({x, y, layout.width(), layout.height()});
    for (const Layout::Line& line : layout.lines()) {
        const float left = std::round(at.x + line.x);
        const float top = std::round(at.y + line.top + line.height - px(0.4F));
        list_.AddRectFilled({left, top}, {left + std::round(line.width), top + std::max(1.0F, std::round(px(thin_mm)))},
                            packed(ink(with)));
    }
}

void Canvas::text_in(const Rect& box, std::string_view words, Type type, Ink with, LayOptions options) {
    const Layout& layout = lay(words, type, box.width, options);
    text(layout, box.x, box.y + (box.height - layout.height()) / 2, with);
}

void Canvas::box(const Rect& rect, Colour colour, float corner_px) {
    const Rect r = on_glass(rect);
    list_.AddRectFilled({std::round(r.x), std::round(r.y)}, {std::round(r.x + r.width), std::round(r.y + r.height)},
                        packed(colour), corner_px);
}

void Canvas::frame(const Rect& rect, Colour colour, float width_px, float corner_px) {
    const Rect r = on_glass(rect);
    const float w = std::max(1.0F, std::round(width_px));
    list_.AddRect({std::round(r.x) + w / 2, std::round(r.y) + w / 2},
                  {std::round(r.x + r.width) - w / 2, std::round(r.y + r.height) - w / 2}, packed(colour),
                  std::max(0.0F, corner_px - w / 2), 0, w);
}

void Canvas::disc(float centre_x, float centre_y, float radius_px, Colour colour) {
    const Rect r = on_glass({centre_x - radius_px, centre_y - radius_px, 2 * radius_px, 2 * radius_px});
    list_.AddCircleFilled({r.x + radius_px, r.y + radius_px}, radius_px, packed(colour), 48);
}

void Canvas::ring(float centre_x, float centre_y, float radius_px, float width_px, Colour colour) {
    const Rect r = on_glass({centre_x - radius_px, centre_y - radius_px, 2 * radius_px, 2 * radius_px});
    list_.AddCircle({r.x + radius_px, r.y + radius_px}, radius_px - width_px / 2, packed(colour), 48, width_px);
}

void Canvas::icon(Icon which, const Rect& rect, Colour colour, float weight) {
    const IconShape& shape = icon_shape(which);
    const Rect r = on_glass(rect);
    const float scale = std::min(r.width, r.height) / 24.0F;
    const float left = r.x + (r.width - 24 * scale) / 2;
    const float top = r.y + (r.height - 24 * scale) / 2;
    const bool flip = mirrored_ && shape.directional;
    const float thick = std::max(1.0F, weight * scale);
    const ImU32 drawn = packed(colour);
    for (const IconShape::Line& line : shape.lines) {
        list_.PathClear();
        for (const IconShape::Point& p : line.points)
            list_.PathLineTo({left + (flip ? 24 - p.x : p.x) * scale, top + p.y * scale});
        if (line.filled) {
            list_.PathFillConvex(drawn);
            continue;
        }
        list_.PathStroke(drawn, line.closed ? ImDrawFlags_Closed : 0, thick);
        if (thick < 2.0F) continue;
        // ImGui's corners and ends are cut straight: round them with discs, at sharp bends and open ends only.
        const auto at = [&](const IconShape::Point& p) {
            return ImVec2{left + (flip ? 24 - p.x : p.x) * scale, top + p.y * scale};
        };
        if (line.points.size() <= 8)
            for (const IconShape::Point& p : line.points)
                list_.AddCircleFilled(at(p), thick / 2, drawn, 16);
        else if (!line.closed) {
            list_.AddCircleFilled(at(line.points.front()), thick / 2, drawn, 16);
            list_.AddCircleFilled(at(line.points.back()), thick / 2, drawn, 16);
        }
    }
}

void Canvas::photo(const Rect& rect, const PictureShelf::Shown& shown) {
    const Rect r = on_glass(rect);
    const ImVec2 from{r.x, r.y};
    const ImVec2 to{r.x + r.width, r.y + r.height};
    list_.AddRectFilled(from, to, IM_COL32(0, 0, 0, 255));
    list_.AddImage(shown.texture, from, to);
}

void Canvas::clip(const Rect& rect) {
    const Rect r = on_glass(rect);
    list_.PushClipRect({r.x, r.y}, {r.x + r.width, r.y + r.height}, true);
}

void Canvas::end_clip() { list_.PopClipRect(); }

void Canvas::say(Node node, const Rect& rect) {
    if (inert_) return; // nothing behind a panel may be reached or read
    node.rect = on_glass(rect);
    if (node.language.empty()) node.language = picture.language;
    node.is_private = node.is_private || private_;
    node.state.focused = focused(node.key);
    if (node.state.focused && hands.ring_visible) {
        ring_ = node.rect;
        has_ring_ = true;
    }
    tree_.push_back(std::move(node));
}

void Canvas::extend(std::string_view key, const Rect& rect) {
    if (inert_ || tree_.empty() || tree_.back().key != key) return;
    Rect& old = tree_.back().rect;
    const Rect more = on_glass(rect);
    const float right = std::max(old.x + old.width, more.x + more.width);
    const float below = std::max(old.y + old.height, more.y + more.height);
    old.x = std::min(old.x, more.x);
    old.y = std::min(old.y, more.y);
    old.width = right - old.x;
    old.height = below - old.y;
    if (tree_.back().state.focused && has_ring_) ring_ = old;
}

bool Canvas::control(Node node, const Rect& rect) {
    node.focusable = true;
    const bool acts = !inert_ && node.state.enabled && !hands.activated.empty() && hands.activated == node.key;
    say(std::move(node), rect);
    return acts;
}

std::string_view Canvas::first_stop_since(std::size_t node) const {
    for (std::size_t i = node; i < tree_.size(); ++i)
        if (tree_[i].focusable && tree_[i].state.enabled) return tree_[i].key;
    return {};
}

void Canvas::finish() {
    if (!has_ring_) return;
    const FocusInks colours = focus_inks(picture.theme);
    const struct {
        float from_mm, width_mm;
        Colour colour;
    } layers[] = {{0, focus_inner_mm, colours.dark},
                  {focus_inner_mm, focus_gap_mm, colours.light},
                  {focus_inner_mm + focus_gap_mm, focus_outer_mm, colours.dark}};
    for (const auto& layer : layers) {
        const float width = std::max(1.0F, std::round(px(layer.width_mm)));
        const float out = std::round(px(layer.from_mm)) + width / 2;
        list_.AddRect({ring_.x - out, ring_.y - out}, {ring_.x + ring_.width + out, ring_.y + ring_.height + out},
                      packed(layer.colour), px(corner_mm) + out, 0, width);
    }
}

} // namespace kiosk
