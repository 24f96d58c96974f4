// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/plan.hpp"

#include "kiosk/views/strip.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kiosk {
namespace {

constexpr float lead_share = 0.40F;

float mark_size(Canvas& canvas) { return canvas.grown(11); }

float office_height(Canvas& canvas, const Plan& plan) {
    const float room = plan.room.width - 2 * plan.margin - mark_size(canvas) - canvas.px(space::medium);
    return std::max(mark_size(canvas), canvas.lay(canvas.picture.office, Type::CaptionStrong, room).height());
}

float column_gap(Canvas& canvas) { return canvas.px(space::page); }

/// Lines and arcs of a portico, barely lighter than the ground: the band is not a bare slab on a tall panel.
void ornament(Canvas& canvas, const Rect& band) {
    if (masthead_ornament(canvas.picture.theme) == canvas.fill(Surface::Masthead)) return;
    const Colour colour = masthead_ornament(canvas.picture.theme);
    canvas.clip(band);
    const float unit = canvas.px(26);
    const float stroke = canvas.px(2.4F);
    const float x = end_of(band) - unit * 1.1F;
    const float y = bottom(band) + unit * 0.15F;
    for (int i = 0; i < 4; ++i)
        canvas.ring(x, y, unit * (0.8F + 0.62F * static_cast<float>(i)), stroke, colour);
    canvas.end_clip();
}

} // namespace

Plan plan_of(Canvas& canvas) {
    Plan plan;
    const Glass& glass = canvas.glass;
    plan.tall = glass.tall();
    plan.glass = {0, 0, glass.width_px, glass.height_px};
    plan.room = plan.glass;
    plan.margin = canvas.px(plan.tall ? 14 : 16);
    const bool strip = canvas.picture.strip_shown;
    plan.masthead_least = 2 * canvas.px(space::medium);
    if (plan.tall) {
        const float height = strip ? strip_height(canvas, glass.width_px) : 0;
        plan.strip = {0, glass.height_px - height, glass.width_px, height};
        plan.room.height -= height;
    } else {
        const float width = strip ? strip_width(canvas) : 0;
        plan.strip = {0, 0, width, glass.height_px};
        plan.room.x += width;
        plan.room.width -= width;
    }
    plan.masthead_least += office_height(canvas, plan);
    plan.masthead_usual = plan.tall ? std::max(plan.masthead_least, glass.height_px * 0.24F) : plan.masthead_least;
    return plan;
}

void draw_masthead(Canvas& canvas, const Plan& plan, float height, const MastheadSpec& spec) {
    const Rect band{plan.room.x, plan.room.y, plan.room.width, height};
    canvas.box(band, canvas.fill(Surface::Masthead));
    if (plan.tall && height > plan.masthead_least * 2) ornament(canvas, band);
    const Ink ink{Surface::Masthead, &Inks::text};
    const float size = mark_size(canvas);
    const float office = office_height(canvas, plan);
    const float x = band.x + plan.margin;
    const float y = band.y + canvas.px(space::medium);
    canvas.icon(Icon::Mark, {x, y + (office - size) / 2, size, size}, canvas.ink(ink), 1.9F);
    const float words_x = x + size + canvas.px(space::medium);
    float room = end_of(band) - plan.margin - words_x;

    // Section and progress: at the foot of a tall band, at the end of a wide one.
    const bool has_place = !spec.section.empty() || !spec.progress.empty();
    if (!plan.tall && has_place) room *= 0.5F;
    const Layout& words = canvas.lay(canvas.picture.office, Type::CaptionStrong, room);
    canvas.text(words, words_x, y + (office - words.height()) / 2, ink);
    Node node;
    node.key = "office";
    node.name = canvas.picture.office;
    canvas.say(node, {words_x, y, words.width(), office});

    if (has_place) {
        LayOptions options;
        if (!plan.tall) options.align = Align::End;
        const float width = plan.tall ? band.width - 2 * plan.margin : room - canvas.px(space::section);
        const float from = plan.tall ? x : end_of(band) - plan.margin - width;
        const Layout& section =
            canvas.lay(spec.section, plan.tall ? Type::Subheading : Type::CaptionStrong, width, options);
        const Layout& progress = canvas.lay(spec.progress, Type::Caption, width, options);
        const float both = section.height() + progress.height();
        float top = plan.tall ? bottom(band) - both - canvas.px(space::normal) : band.y + (band.height - both) / 2;
        canvas.text(section, from, top, ink);
        Node said;
        said.key = "section";
        said.name = spec.section;
        if (!spec.section.empty()) canvas.say(said, {from, top, width, section.height()});
        top += section.height();
        canvas.text(progress, from, top, {Surface::Masthead, &Inks::soft});
        said.key = "progress";
        said.name = spec.progress;
        said.role = Role::Progress;
        if (!spec.progress.empty()) canvas.say(said, {from, top, width, progress.height()});
    }
    if (spec.done >= 0) {
        const float line = canvas.px(1.6F);
        const float at = bottom(band) - line;
        canvas.box({band.x, at, band.width, line}, masthead_ornament(canvas.picture.theme));
        canvas.box({band.x, at, band.width * std::clamp(spec.done, 0.0F, 1.0F), line},
                   canvas.ink({Surface::Masthead, &Inks::line}));
    }
}

namespace {

struct NavSizes {
    float back = 0, next = 0, height = 0;
};
NavSizes nav_sizes(Canvas& canvas, const Plan& plan, const NavSpec& spec) {
    NavSizes sizes;
    const float room = plan.room.width - 2 * plan.margin;
    const float gap = canvas.px(space::normal);
    if (spec.back) sizes.back = std::min(room, button_width(canvas, *spec.back));
    if (spec.next)
        sizes.next = std::min(room, std::max(button_width(canvas, *spec.next), room * (plan.tall ? 0.5F : 0.3F)));
    if (sizes.back + sizes.next + gap > room) {
        const float share = (room - gap) / 2;
        if (sizes.back <= share)
            sizes.next = room - gap - sizes.back;
        else if (sizes.next <= share)
            sizes.back = room - gap - sizes.next;
        else
            sizes.back = sizes.next = share;
    }
    if (spec.back) sizes.height = button_height(canvas, *spec.back, sizes.back);
    if (spec.next) sizes.height = std::max(sizes.height, button_height(canvas, *spec.next, sizes.next));
    return sizes;
}

} // namespace

float nav_height(Canvas& canvas, const Plan& plan, const NavSpec& spec) {
    if (!spec.back && !spec.next) return 0;
    return nav_sizes(canvas, plan, spec).height + canvas.px(space::normal) + canvas.px(space::wide);
}

void draw_nav(Canvas& canvas, const Plan& plan, const NavSpec& spec) {
    const NavSizes sizes = nav_sizes(canvas, plan, spec);
    const float y = bottom(plan.room) - canvas.px(space::wide) - sizes.height;
    if (spec.back && button(canvas, {plan.room.x + plan.margin, y, sizes.back, sizes.height}, *spec.back))
        spec.on_back();
    if (spec.next &&
        button(canvas, {end_of(plan.room) - plan.margin - sizes.next, y, sizes.next, sizes.height}, *spec.next))
        spec.on_next();
}

void draw_page(Canvas& canvas, const PageSpec& spec) {
    const Plan plan = plan_of(canvas);
    const float below = nav_height(canvas, plan, spec.nav);
    const float width = plan.room.width - 2 * plan.margin;
    const float x = plan.room.x + plan.margin;
    const float above = canvas.px(plan.tall ? space::section : space::wide);
    float least = plan.masthead_least;
    const bool foot = plan.tall && !(spec.masthead.section.empty() && spec.masthead.progress.empty());
    if (foot) {
        least += canvas.lay(spec.masthead.section, Type::Subheading, width).height() +
                 canvas.lay(spec.masthead.progress, Type::Caption, width).height() + canvas.px(space::normal);
    }
    const auto area_under = [&](float masthead) {
        const float top = plan.room.y + masthead + above;
        return Rect{x, top, width, bottom(plan.room) - below - top};
    };

    // Two columns where they fit, each by itself.
    if (!plan.tall && (spec.main || spec.main_in_lead)) {
        const Rect area = area_under(least);
        const float gap = column_gap(canvas);
        const float share = spec.main_in_lead ? 0.44F : lead_share;
        const float first = (width - gap) * share;
        const float second = width - gap - first;
        Flow lead(canvas, first);
        spec.lead(lead);
        Flow main(canvas, second);
        if (spec.main_in_lead) {
            lead.gap(space::section);
            if (spec.main) spec.main(lead);
        } else {
            spec.main(main);
        }
        const KeyPanel keyboard = spec.keyboard ? spec.keyboard(second) : KeyPanel{};
        const bool comfortable = !spec.keyboard || !spec.keyboard_comfortable || spec.keyboard_comfortable(second);
        const bool readable = first >= canvas.px(cap_mm(canvas.picture.text_size, Type::Heading)) * 13;
        const float turn = canvas.px(touch_size::button + space::medium);
        const bool lead_fits = spec.main_in_lead || lead.fits(area.height);
        const bool keyboard_fits = keyboard.least + (spec.main_in_lead ? 0 : turn * 2) <= area.height;
        if (lead_fits && readable && comfortable && keyboard_fits) {
            draw_masthead(canvas, plan, least, spec.masthead);
            if (spec.main_in_lead) {
                lead.place({x, area.y, first, area.height}, "main");
                draw_nav(canvas, plan, spec.nav);
                if (keyboard.draw) {
                    const float height = std::min(keyboard.height, area.height);
                    keyboard.draw({x + first + gap, bottom(area) - height, second, height});
                }
                return;
            }
            lead.place({x, area.y, first, area.height}, "lead");
            main.place({x + first + gap, area.y, second, area.height}, "main", keyboard,
                       [&] { draw_nav(canvas, plan, spec.nav); });
            return;
        }
    }

    Flow flow(canvas, width);
    spec.lead(flow);
    if (spec.main) {
        flow.gap(space::wide);
        spec.main(flow);
    }
    const KeyPanel keyboard = spec.keyboard ? spec.keyboard(width) : KeyPanel{};
    const float usual = std::max(least, plan.masthead_usual);
    const Rect roomy = area_under(usual);
    const bool fits = flow.fits(roomy.height, keyboard);
    const float masthead = fits ? usual : least;
    draw_masthead(canvas, plan, masthead, spec.masthead);
    flow.place(fits ? roomy : area_under(least), "main", keyboard, [&] { draw_nav(canvas, plan, spec.nav); });
}

ButtonSpec primary(std::string key, std::string label) {
    ButtonSpec spec;
    spec.key = std::move(key);
    spec.label = std::move(label);
    spec.kind = ButtonKind::Primary;
    spec.icon = Icon::ArrowForward;
    spec.icon_at_end = true;
    return spec;
}

ButtonSpec back_button(std::string key, std::string label) {
    ButtonSpec spec;
    spec.key = std::move(key);
    spec.label = std::move(label);
    spec.icon = Icon::ArrowBack;
    return spec;
}

Piece& heading(Flow& flow, std::string_view text) {
    Node node;
    node.key = "heading";
    node.role = Role::Heading;
    node.level = 1;
    return flow.words(text, Type::Heading, std::move(node));
}

Piece& subheading(Flow& flow, std::string key, std::string_view text) {
    Node node;
    node.key = std::move(key);
    node.role = Role::Heading;
    node.level = 2;
    Piece& piece = flow.words(text, Type::Subheading, std::move(node), &Inks::accent);
    piece.keep = true;
    return piece;
}

Piece& paragraph(Flow& flow, std::string key, std::string_view text, Colour Inks::*colour, Type type) {
    Node node;
    node.key = std::move(key);
    return flow.words(text, type, std::move(node), colour);
}

} // namespace kiosk
