// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/tabs.hpp"

#include <algorithm>
#include <cstddef>

namespace kiosk {
namespace {

constexpr float bar_mm = 1.6F;

void draw_tab(Canvas& canvas, const Rect& box, const Option& tab, Tongue tongue) {
    const bool held = canvas.held(tab.key);
    const Surface surface = tab.selected ? Surface::Selected : held ? Surface::QuietPressed : Surface::Quiet;
    const float corner = canvas.px(corner_mm);
    canvas.box(box, canvas.fill(surface), corner);
    canvas.frame(box, canvas.ink({surface, &Inks::line}), canvas.px(tab.selected ? thick_mm : thin_mm), corner);
    const float bar = canvas.px(bar_mm);
    if (tab.selected)
        canvas.box({box.x + corner, bottom(box) - 2 * bar, box.width - 2 * corner, bar},
                   canvas.ink({surface, &Inks::accent}));
    canvas.text_in(inside(box, canvas.px(space::small), canvas.px(space::small)), tab.text,
                   tab.selected ? Type::Strong : Type::Body, {surface, &Inks::text}, {Align::Centre, tongue});
    Node node;
    node.key = tab.key;
    node.role = Role::Tab;
    node.name = tab.text;
    node.language = tongue.language;
    node.state.selected = tab.selected;
    if (canvas.control(std::move(node), box)) canvas.intents.push_back(ChooseTab{tab.key});
}

} // namespace

void add_tabs(Flow& flow, const std::vector<Option>& tabs, Tongue tongue) {
    if (tabs.empty()) return;
    Canvas& canvas = flow.canvas();
    const float gap = canvas.px(touch_size::gap);
    const float pad = 2 * canvas.px(space::medium);
    float widest = canvas.px(touch_size::button);
    for (const Option& tab : tabs) // bold, so that nothing moves when another one is chosen
        widest = std::max(widest, canvas.lay(tab.text, Type::Strong, 0, {Align::Centre, tongue}).width() + pad);
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (flow.inner_width() + gap) / (widest + gap)));
    const std::size_t rows = (tabs.size() + fit - 1) / fit;
    const std::size_t columns = (tabs.size() + rows - 1) / rows;
    const float width = (flow.inner_width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t from = 0; from < tabs.size(); from += columns) {
        const std::vector<Option> line(tabs.begin() + static_cast<std::ptrdiff_t>(from),
                                       tabs.begin() +
                                           static_cast<std::ptrdiff_t>(std::min(from + columns, tabs.size())));
        float height = canvas.px(touch_size::button);
        for (const Option& tab : line) {
            const float words = canvas.lay(tab.text, Type::Strong, width - pad, {Align::Centre, tongue}).height();
            height = std::max(height, words + pad);
        }
        flow.gap(touch_size::gap);
        flow.add(height, [&canvas, line, width, gap, tongue](const Rect& box, std::size_t, std::size_t) {
            for (std::size_t i = 0; i < line.size(); ++i)
                draw_tab(canvas, {box.x + static_cast<float>(i) * (width + gap), box.y, width, box.height}, line[i],
                         tongue);
        });
    }
}

} // namespace kiosk
