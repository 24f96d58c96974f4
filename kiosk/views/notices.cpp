// SPDX-License-Identifier: EUPL-1.2
// Screens that say one thing: saving, not kept, out of service, neutral.
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace kiosk {
namespace {

/// An icon over a heading.
void add_sign(Flow& flow, Icon icon, Colour Inks::*colour, std::string_view title) {
    Canvas& canvas = flow.canvas();
    const float size = canvas.grown(20);
    flow.add(size,
             [&canvas, icon, colour, size](const Rect& box, std::size_t, std::size_t) {
                 canvas.icon(icon, {box.x, box.y, size, size}, canvas.ink({Surface::Page, colour}), 1.8F);
             })
        .keep = true;
    flow.gap(space::wide);
    heading(flow, title);
}

void add_text(Flow& flow, const std::string& text) {
    flow.gap(space::normal);
    paragraph(flow, "text", text);
}

void add_staff_code(Flow& flow, const std::string& code) {
    if (code.empty()) return;
    flow.gap(space::wide);
    paragraph(flow, "code", code, &Inks::soft, Type::Caption);
}

} // namespace

void draw_saving(Canvas& canvas, const SavingScreen& screen) {
    PageSpec page;
    page.lead = [&](Flow& flow) {
        add_sign(flow, screen.slow ? Icon::Clock : Icon::Lock, &Inks::accent, screen.title);
        flow.gap(space::normal);
        Node node;
        node.key = "text";
        node.role = Role::Status;
        node.state.busy = true;
        flow.words(screen.text, Type::Body, std::move(node));
    };
    draw_page(canvas, page);
}

void draw_not_kept(Canvas& canvas, const NotKeptScreen& screen) {
    PageSpec page;
    page.lead = [&](Flow& flow) {
        add_sign(flow, Icon::Warning, &Inks::warning, screen.title);
        add_text(flow, screen.text);
        add_staff_code(flow, screen.code);
    };
    page.nav.back = back_button("leave", screen.leave);
    page.nav.back->icon.reset();
    page.nav.next = primary("retry", screen.retry);
    page.nav.on_back = [&] { canvas.intents.push_back(ExitNow{}); };
    page.nav.on_next = [&] { canvas.intents.push_back(Retry{}); };
    draw_page(canvas, page);
}

void draw_out_of_service(Canvas& canvas, const OutOfServiceScreen& screen) {
    PageSpec page;
    page.lead = [&](Flow& flow) {
        add_sign(flow, Icon::Info, &Inks::accent, screen.title);
        add_text(flow, screen.what_to_do);
        add_staff_code(flow, screen.code);
    };
    if (!screen.retry.empty()) {
        page.nav.next = primary("retry", screen.retry);
        page.nav.next->kind = ButtonKind::Quiet;
        page.nav.on_next = [&] { canvas.intents.push_back(Retry{}); };
    }
    draw_page(canvas, page);
}

void draw_neutral(Canvas& canvas, const NeutralScreen& screen) {
    const Rect whole{0, 0, canvas.glass.width_px, canvas.glass.height_px};
    canvas.box(whole, canvas.fill(Surface::Masthead));
    const Ink ink{Surface::Masthead, &Inks::text};
    const float mark = canvas.px(40);
    LayOptions centred;
    centred.align = Align::Centre;
    const float width = whole.width * 0.8F;
    const Layout& title = canvas.lay(screen.title, Type::Title, width, centred);
    const float high = mark + canvas.px(space::section) + title.height();
    const float y = (whole.height - high) / 2;
    canvas.icon(Icon::Mark, {(whole.width - mark) / 2, y, mark, mark}, canvas.ink(ink), 1.6F);
    const Rect at{(whole.width - width) / 2, y + mark + canvas.px(space::section), width, title.height()};
    canvas.text(title, at.x, at.y, ink);
    Node node;
    node.key = "heading";
    node.role = Role::Heading;
    node.level = 1;
    node.name = screen.title;
    canvas.say(std::move(node), at);
}

} // namespace kiosk
