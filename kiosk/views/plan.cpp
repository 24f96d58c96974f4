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
    return plan;
}

namespace {

/// Section, progress and the line that shows it: at the foot of a tall band, at the end of a wide one.
struct Place {
    const Layout* section = nullptr;
    const Layout* progress = nullptr;
    float width = 0, height = 0;
};

Place place_of(Canvas& canvas, const Plan& plan, const MastheadSpec& spec) {
    Place place;
    if (spec.section.empty() && spec.progress.empty()) return place;
    const float room = plan.room.width - 2 * plan.margin;
    place.width = plan.tall ? room : room * 0.45F;
    LayOptions options;
    if (!plan.tall) options.align = Align::End;
    LayOptions of_form = options;
    of_form.tongue = spec.tongue;
    place.section = &canvas.lay(spec.section, plan.tall ? Type::Subheading : Type::CaptionStrong, place.width, of_form);
    place.progress = &canvas.lay(spec.progress, Type::Caption, place.width, options);
    place.height = place.section->height() + place.progress->height();
    if (spec.done >= 0) place.height += canvas.px(space::hair + 1.6F);
    return place;
}

} // namespace

float masthead_least(Canvas& canvas, const Plan& plan, const MastheadSpec& spec) {
    const float office = office_height(canvas, plan);
    const float place = place_of(canvas, plan, spec).height;
    const float pads = canvas.px(plan.tall ? space::medium : space::small) * 2;
    if (!plan.tall) return std::max(office, place) + pads;
    return office + pads + (place > 0 ? place + canvas.px(space::small) : 0);
}

void draw_masthead(Canvas& canvas, const Plan& plan, float height, const MastheadSpec& spec) {
    const Rect band{plan.room.x, plan.room.y, plan.room.width, height};
    canvas.box(band, canvas.fill(Surface::Masthead));
    if (plan.tall) ornament(canvas, band);
    if (canvas.fill(Surface::Masthead) == canvas.fill(Surface::Page)) {
        const float edge = canvas.px(thin_mm);
        canvas.box({band.x, bottom(band) - edge, band.width, edge}, canvas.ink({Surface::Masthead, &Inks::line}));
    }
    const Ink ink{Surface::Masthead, &Inks::text};
    const float size = mark_size(canvas);
    const float office = office_height(canvas, plan);
    const float x = band.x + plan.margin;
    const float y = plan.tall ? band.y + canvas.px(space::medium) : band.y + (band.height - office) / 2;
    canvas.icon(Icon::Mark, {x, y + (office - size) / 2, size, size}, canvas.ink(ink), 1.9F);
    const Place place = place_of(canvas, plan, spec);
    const float words_x = x + size + canvas.px(space::medium);
    float room = end_of(band) - plan.margin - words_x;
    if (!plan.tall && place.section) room -= place.width + canvas.px(space::section);
    const Layout& words = canvas.lay(canvas.picture.office, Type::CaptionStrong, room);
    canvas.text(words, words_x, y + (office - words.height()) / 2, ink);
    Node node;
    node.key = "office";
    node.name = canvas.picture.office;
    canvas.say(node, {words_x, y, words.width(), office});
    if (!place.section) return;

    const float from = plan.tall ? x : end_of(band) - plan.margin - place.width;
    float top =
        plan.tall ? bottom(band) - place.height - canvas.px(space::medium) : band.y + (band.height - place.height) / 2;
    canvas.text(*place.section, from, top, ink);
    Node section;
    section.key = "section";
    section.name = spec.section;
    section.language = spec.tongue.language;
    if (!spec.section.empty()) canvas.say(section, {from, top, place.width, place.section->height()});
    top += place.section->height();
    canvas.text(*place.progress, from, top, {Surface::Masthead, &Inks::soft});
    Node progress;
    progress.key = "progress";
    progress.name = spec.progress;
    progress.role = Role::Progress;
    if (!spec.progress.empty()) canvas.say(progress, {from, top, place.width, place.progress->height()});
    top += place.progress->height() + canvas.px(space::hair);
    if (spec.done < 0) return;
    const float line = std::round(canvas.px(1.6F));
    const Colour track = progress_track(canvas.picture.theme);
    // In black and white the way to go is a hair line, the way gone a thick one.
    const bool hair = track == canvas.fill(Surface::Masthead);
    const float thin = std::max(1.0F, std::round(line / 4));
    if (hair)
        canvas.box({from, top + (line - thin) / 2, place.width, thin}, canvas.ink({Surface::Masthead, &Inks::line}));
    else
        canvas.box({from, top, place.width, line}, track, line / 2);
    const float done = place.width * std::clamp(spec.done, 0.0F, 1.0F);
    canvas.box({from, top, std::max(done, line), line}, canvas.ink({Surface::Masthead, &Inks::line}), line / 2);
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

float nav_above(Canvas& canvas, const NavSpec& spec) { return canvas.px(spec.tight ? space::small : space::normal); }
float nav_below(Canvas& canvas, const NavSpec& spec) { return canvas.px(spec.tight ? space::medium : space::wide); }

} // namespace

float nav_height(Canvas& canvas, const Plan& plan, const NavSpec& spec) {
    if (!spec.back && !spec.next) return 0;
    return nav_sizes(canvas, plan, spec).height + nav_above(canvas, spec) + nav_below(canvas, spec);
}

Rect nav_middle(Canvas& canvas, const Plan& plan, const NavSpec& spec) {
    const NavSizes sizes = nav_sizes(canvas, plan, spec);
    const float gap = canvas.px(touch_size::gap);
    const float from = plan.room.x + plan.margin + sizes.back + gap;
    const float to = end_of(plan.room) - plan.margin - sizes.next - gap;
    return {from, bottom(plan.room) - nav_below(canvas, spec) - sizes.height, to - from, sizes.height};
}

void draw_nav(Canvas& canvas, const Plan& plan, const NavSpec& spec) {
    const NavSizes sizes = nav_sizes(canvas, plan, spec);
    const float y = bottom(plan.room) - nav_below(canvas, spec) - sizes.height;
    if (spec.back && button(canvas, {plan.room.x + plan.margin, y, sizes.back, sizes.height}, *spec.back))
        spec.on_back();
    if (spec.next &&
        button(canvas, {end_of(plan.room) - plan.margin - sizes.next, y, sizes.next, sizes.height}, *spec.next))
        spec.on_next();
}

namespace {

/// What a page needs to know while it looks for a way to fit.
struct Fitting {
    Canvas& canvas;
    const PageSpec& spec;
    Plan plan;
    NavSpec nav;
    float x, width, masthead_px;

    Fitting(Canvas& on, const PageSpec& page) : canvas(on), spec(page), plan(plan_of(on)), nav(page.nav) {
        x = plan.room.x + plan.margin;
        width = plan.room.width - 2 * plan.margin;
        masthead_px = masthead_least(canvas, plan, spec.masthead);
    }
    [[nodiscard]] Rect area(float masthead) const {
        const float above = canvas.px(nav.tight ? space::small : plan.tall ? space::section : space::wide);
        const float top = plan.room.y + masthead + above;
        return {x, top, width, bottom(plan.room) - nav_height(canvas, plan, nav) - top};
    }
    /// On a wide panel "more" and "earlier" stand between back and continue when there is room for both.
    [[nodiscard]] std::optional<Rect> turn_row(const Flow& flow) const {
        if (plan.tall || (!nav.back && !nav.next)) return std::nullopt;
        const Rect middle = nav_middle(canvas, plan, nav);
        if (flow.turn_width() > middle.width) return std::nullopt;
        return middle;
    }
};

/// What is asked beside what is answered. False: the panel or the letters leave no room for two columns.
bool draw_two_columns(Fitting& fit) {
    Canvas& canvas = fit.canvas;
    const PageSpec& spec = fit.spec;
    const Rect area = fit.area(fit.masthead_px);
    const float gap = column_gap(canvas);
    const float first = (fit.width - gap) * (spec.main_in_lead ? 0.44F : lead_share);
    const float second = fit.width - gap - first;
    if (first < canvas.px(cap_mm(canvas.picture.text_size, Type::Heading)) * 13) return false;
    if (spec.keyboard_comfortable && !spec.keyboard_comfortable(second)) return false;
    Flow lead(canvas, first);
    spec.lead(lead);
    Flow main(canvas, second);
    if (spec.main_in_lead) lead.gap(space::section);
    if (spec.main) spec.main(spec.main_in_lead ? lead : main);
    const KeyPanel keyboard = spec.keyboard ? spec.keyboard(second) : KeyPanel{};
    const auto nav = [&] { draw_nav(canvas, fit.plan, fit.nav); };
    if (spec.main_in_lead) {
        const auto row = fit.turn_row(lead);
        if (keyboard.least > area.height || (!row && lead.typing_height() + lead.turn_height() > area.height))
            return false;
        draw_masthead(canvas, fit.plan, fit.masthead_px, spec.masthead);
        const bool types = lead.place({area.x, area.y, first, area.height}, "main", {{}, nav, row});
        if (types && keyboard.draw) { // nobody types into a field that is on another page
            const float height = std::min(keyboard.height, area.height);
            keyboard.draw({area.x + first + gap, bottom(area) - height, second, height});
        }
        return true;
    }
    const auto row = fit.turn_row(main);
    float needed = main.typing_height() + (row ? 0 : main.turn_height());
    if (keyboard.draw && main.needs_keyboard()) needed += keyboard.least + canvas.px(space::medium);
    // A block that is higher than a page of its column may stand in a wider one.
    if (!main.fits(area.height, keyboard))
        needed = std::max(needed, main.block_height() + (row ? 0 : main.turn_height()));
    if (!lead.fits(area.height) || needed > area.height) return false;
    draw_masthead(canvas, fit.plan, fit.masthead_px, spec.masthead);
    lead.place({area.x, area.y, first, area.height}, "lead", {});
    main.place({area.x + first + gap, area.y, second, area.height}, "main", {keyboard, nav, row});
    return true;
}

void draw_one_column(Fitting& fit) {
    Canvas& canvas = fit.canvas;
    const PageSpec& spec = fit.spec;
    Flow flow(canvas, fit.width);
    spec.lead(flow);
    if (spec.main) {
        flow.gap(space::wide);
        spec.main(flow);
    }
    const KeyPanel keyboard = spec.keyboard ? spec.keyboard(fit.width) : KeyPanel{};
    float masthead = fit.masthead_px;
    const float usual = fit.plan.tall ? std::max(masthead, fit.plan.glass.height * spec.masthead.share) : masthead;
    if (flow.no_worse(fit.area(usual).height, fit.area(masthead).height, keyboard)) masthead = usual;
    auto row = fit.turn_row(flow);
    const float turn = row ? 0 : flow.turn_height();
    float needed = flow.block_height() + turn;
    if (keyboard.draw && flow.needs_keyboard())
        needed = std::max(needed, flow.typing_height() + keyboard.least + canvas.px(space::medium) + turn);
    if (needed > fit.area(masthead).height && !flow.fits(fit.area(masthead).height, keyboard)) {
        // A low panel and large letters: the question and its answer come before the office's name.
        masthead = 0;
        fit.nav.tight = true;
        row = fit.turn_row(flow);
    }
    if (masthead > 0) draw_masthead(canvas, fit.plan, masthead, spec.masthead);
    flow.place(fit.area(masthead), "main", {keyboard, [&] { draw_nav(canvas, fit.plan, fit.nav); }, row});
}

} // namespace

void draw_page(Canvas& canvas, const PageSpec& spec) {
    Fitting fit(canvas, spec);
    const bool two = !fit.plan.tall && !spec.whole_width && (spec.main || spec.main_in_lead);
    if (!two || !draw_two_columns(fit)) draw_one_column(fit);
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

Piece& heading(Flow& flow, std::string_view text, Tongue tongue) {
    Node node;
    node.key = "heading";
    node.role = Role::Heading;
    node.level = 1;
    return flow.words(text, Type::Heading, std::move(node), &Inks::text, {Align::Start, tongue});
}

Piece& subheading(Flow& flow, std::string key, std::string_view text, Tongue tongue) {
    Node node;
    node.key = std::move(key);
    node.role = Role::Heading;
    node.level = 2;
    Piece& piece = flow.words(text, Type::Subheading, std::move(node), &Inks::accent, {Align::Start, tongue});
    piece.keep = true;
    return piece;
}

Piece& paragraph(Flow& flow, std::string key, std::string_view text, Colour Inks::*colour, Type type, Tongue tongue) {
    Node node;
    node.key = std::move(key);
    return flow.words(text, type, std::move(node), colour, {Align::Start, tongue});
}

} // namespace kiosk
