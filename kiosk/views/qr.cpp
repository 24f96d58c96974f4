// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/qr.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace kiosk {
namespace {

void draw_modules(Canvas& canvas, const Rect& box, const QrModules& code) {
    if (code.size == 0) return;
    const Rect on = canvas.on_glass(box);
    const float module = std::max(1.0F, std::floor(on.width / static_cast<float>(code.size)));
    const float side = module * static_cast<float>(code.size);
    const float left = std::round(on.x + (on.width - side) / 2);
    const float top = std::round(on.y + (on.height - side) / 2);
    ImDrawList& list = canvas.list();
    list.AddRectFilled({left, top}, {left + side, top + side}, IM_COL32_WHITE);
    for (std::size_t y = 0; y < code.size; ++y) {
        for (std::size_t x = 0; x < code.size;) {
            if (!code.at(x, y)) {
                ++x;
                continue;
            }
            const std::size_t from = x;
            while (x < code.size && code.at(x, y))
                ++x;
            const float row = top + module * static_cast<float>(y);
            list.AddRectFilled({left + module * static_cast<float>(from), row},
                               {left + module * static_cast<float>(x), row + module}, IM_COL32_BLACK);
        }
    }
}

} // namespace

Piece& add_code(Flow& flow, std::string_view key, std::string_view text, std::string_view label) {
    Canvas& canvas = flow.canvas();
    if (canvas.view.code_text != text) {
        canvas.view.code_text = text;
        canvas.view.code = qr_modules(text);
    }
    const float side = canvas.px(44);
    const float gap = canvas.px(space::wide);
    const Layout& words = canvas.lay(label, Type::Caption, std::max(canvas.px(20), flow.inner_width() - side - gap));
    const float height = std::max(side, words.height());
    Node node;
    node.key = key;
    node.role = Role::Image;
    node.name = label;
    return flow.add(height, [&canvas, &words, side, gap, node](const Rect& box, std::size_t, std::size_t) {
        const Rect code{box.x, box.y, side, side};
        draw_modules(canvas, code, canvas.view.code);
        canvas.frame(code, divider(canvas.picture.theme), canvas.px(thin_mm), 0);
        canvas.text(words, box.x + side + gap, box.y + (box.height - words.height()) / 2, {Surface::Page, &Inks::soft});
        canvas.say(node, box);
    });
}

} // namespace kiosk
