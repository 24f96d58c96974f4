// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/strip.hpp"

#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

struct Item {
    const char* key;
    Icon icon;
    const std::string* label;
    const std::string* detail;
    bool danger;
    Intent intent;
};

std::array<Item, 5> items(const Strip& strip) {
    return {{{"strip.help", Icon::Help, &strip.help, nullptr, false, OpenHelp{}},
             {"strip.language", Icon::Globe, &strip.language, &strip.language_name, false, OpenLanguage{}},
             {"strip.size", Icon::TextSize, &strip.size, nullptr, false, OpenSize{}},
             {"strip.contrast", Icon::Contrast, &strip.contrast, nullptr, false, OpenContrast{}},
             {"strip.exit", Icon::Exit, &strip.exit, nullptr, true, ExitNow{}}}};
}

float icon_px(Canvas& canvas) { return canvas.px(8) * std::min(1.25F, growth(canvas.picture.text_size)); }
float pad(Canvas& canvas) { return canvas.px(space::small); }
float gap(Canvas& canvas) { return canvas.px(touch_size::gap); }

Type type_of(const Item& item) { return item.danger ? Type::CaptionStrong : Type::Caption; }

float label_width(Canvas& canvas, const Item& item) { return canvas.lay(*item.label, type_of(item), 0).width(); }

/// Icon over label.
float item_height(Canvas& canvas, const Item& item, float width, bool icons) {
    const float label = canvas.lay(*item.label, type_of(item), width - pad(canvas)).height();
    const float icon = icons ? icon_px(canvas) + canvas.px(1.5F) : 0;
    return std::max(canvas.px(touch_size::button), label + icon + 2 * canvas.px(2.5F));
}

void draw_item(Canvas& canvas, const Rect& box, const Item& item, bool icons) {
    const bool held = canvas.held(item.key);
    const Surface surface = item.danger ? (held ? Surface::DangerPressed : Surface::Danger)
                                        : (held ? Surface::QuietPressed : Surface::Soft);
    const float corner = canvas.px(corner_mm);
    if (item.danger || held) canvas.box(box, canvas.fill(surface), corner);
    const bool colourless = canvas.picture.theme == Theme::HighLight || canvas.picture.theme == Theme::HighDark;
    if (item.danger && colourless)
        canvas.frame(inside(box, canvas.px(1.2F), canvas.px(1.2F)), canvas.ink({surface, &Inks::line}),
                     canvas.px(line_mm), corner - canvas.px(1));
    LayOptions options;
    options.align = Align::Centre;
    const float width = box.width - pad(canvas);
    const Layout& label = canvas.lay(*item.label, type_of(item), width, options);
    const float icon = icons ? icon_px(canvas) : 0;
    const float between = icons ? canvas.px(1.5F) : 0;
    float y = box.y + (box.height - icon - between - label.height()) / 2;
    const Ink accent{surface, &Inks::accent};
    if (icons) canvas.icon(item.icon, {box.x + (box.width - icon) / 2, y, icon, icon}, canvas.ink(accent), 2.0F);
    canvas.text(label, box.x + pad(canvas) / 2, y + icon + between, {surface, &Inks::text});
    Node node;
    node.key = item.key;
    node.role = Role::Button;
    node.name = *item.label;
    if (item.detail) node.value = *item.detail;
    if (canvas.control(std::move(node), box)) canvas.intents.push_back(item.intent);
}

/// How the bar is cut: five in a row while every label has room, else two rows.
struct Bar {
    std::vector<std::vector<std::size_t>> rows;
    std::vector<std::vector<float>> widths;
    std::vector<float> heights;
};

Bar bar_of(Canvas& canvas, float width) {
    const auto all = items(canvas.picture.strip);
    const float side = canvas.px(14);
    const float room = width - 2 * side;
    std::array<float, 5> wanted{};
    for (std::size_t i = 0; i < all.size(); ++i)
        wanted[i] = std::max(canvas.px(touch_size::button + 4), label_width(canvas, all[i]) + 2 * pad(canvas));
    const auto sum = [&](const std::vector<std::size_t>& row) {
        float total = gap(canvas) * static_cast<float>(row.size() - 1);
        for (const std::size_t i : row)
            total += wanted[i];
        return total;
    };
    Bar bar;
    const std::vector<std::size_t> one{0, 1, 2, 3, 4};
    if (sum(one) <= room)
        bar.rows = {one};
    else if (sum({0, 1, 2, 3}) <= room)
        bar.rows = {{0, 1, 2, 3}, {4}};
    else
        bar.rows = {{0, 1, 2}, {3, 4}};
    for (const auto& row : bar.rows) {
        const float spare = std::max(0.0F, room - sum(row)) / static_cast<float>(row.size());
        const float squeeze = std::min(1.0F, (room - gap(canvas) * static_cast<float>(row.size() - 1)) /
                                                 (sum(row) - gap(canvas) * static_cast<float>(row.size() - 1)));
        std::vector<float> widths;
        float height = 0;
        for (const std::size_t i : row) {
            widths.push_back(wanted[i] * squeeze + spare);
            height = std::max(height, item_height(canvas, all[i], widths.back(), true));
        }
        bar.widths.push_back(std::move(widths));
        bar.heights.push_back(height);
    }
    return bar;
}

float bar_pad(Canvas& canvas) { return canvas.px(space::medium); }

void draw_bar(Canvas& canvas, const Rect& strip) {
    const auto all = items(canvas.picture.strip);
    const Bar bar = bar_of(canvas, strip.width);
    float y = strip.y + bar_pad(canvas);
    for (std::size_t r = 0; r < bar.rows.size(); ++r) {
        float x = strip.x + canvas.px(14);
        for (std::size_t k = 0; k < bar.rows[r].size(); ++k) {
            draw_item(canvas, {x, y, bar.widths[r][k], bar.heights[r]}, all[bar.rows[r][k]], true);
            x += bar.widths[r][k] + gap(canvas);
        }
        y += bar.heights[r] + gap(canvas);
    }
}

void draw_rail(Canvas& canvas, const Rect& strip) {
    const auto all = items(canvas.picture.strip);
    const float side = canvas.px(space::small);
    const float width = strip.width - 2 * side;
    const auto heights = [&](bool icons) {
        std::array<float, 5> each{};
        for (std::size_t i = 0; i < all.size(); ++i)
            each[i] = item_height(canvas, all[i], width, icons);
        return each;
    };
    const auto sum = [&](const std::array<float, 5>& each) {
        float total = 4 * gap(canvas);
        for (const float h : each)
            total += h;
        return total;
    };
    const float top = canvas.px(space::medium);
    const float room = strip.height - top - canvas.px(space::wide);
    const bool icons = sum(heights(true)) <= room;
    const auto each = heights(icons);
    float y = strip.y + top;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        draw_item(canvas, {strip.x + side, y, width, each[i]}, all[i], icons);
        y += each[i] + gap(canvas);
    }
    // The way out stands apart, at the foot, level with the navigation.
    draw_item(canvas, {strip.x + side, bottom(strip) - canvas.px(space::wide) - each[4], width, each[4]}, all[4],
              icons);
}

} // namespace

float strip_height(Canvas& canvas, float width) {
    const Bar bar = bar_of(canvas, width);
    float height = 2 * bar_pad(canvas) + gap(canvas) * static_cast<float>(bar.heights.size() - 1);
    for (const float row : bar.heights)
        height += row;
    return height;
}

float strip_width(Canvas& canvas) {
    // As wide as its longest word: a label of several words takes several lines.
    float widest = canvas.px(touch_size::button + 6);
    for (const Item& item : items(canvas.picture.strip)) {
        std::string_view rest = *item.label;
        while (!rest.empty()) {
            const std::size_t blank = std::min(rest.find(' '), rest.size());
            widest = std::max(widest, canvas.lay(rest.substr(0, blank), type_of(item), 0).width());
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
    }
    return widest + pad(canvas) + 2 * canvas.px(space::small) + canvas.px(2);
}

void draw_strip(Canvas& canvas) {
    if (!canvas.picture.strip_shown) return;
    const Plan plan = plan_of(canvas);
    canvas.box(plan.strip, canvas.fill(Surface::Soft));
    const Colour edge = divider(canvas.picture.theme);
    const float line = canvas.px(thin_mm);
    if (plan.tall) {
        canvas.box({plan.strip.x, plan.strip.y, plan.strip.width, line}, edge);
        draw_bar(canvas, plan.strip);
    } else {
        canvas.box({end_of(plan.strip) - line, plan.strip.y, line, plan.strip.height}, edge);
        draw_rail(canvas, plan.strip);
    }
}

} // namespace kiosk
