// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/plan.hpp"
#include "kiosk/views/qr.hpp"
#include "kiosk/views/views.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace kiosk {
namespace {

void add_title(Flow& flow, const ReceiptScreen& screen) {
    Canvas& canvas = flow.canvas();
    const float size = canvas.px(cap_mm(canvas.picture.text_size, Type::Heading)) * 1.9F;
    const float room = size + canvas.px(space::medium);
    const Layout& words = canvas.lay(screen.title, Type::Heading, flow.inner_width() - room);
    Node node;
    node.key = "heading";
    node.role = Role::Heading;
    node.level = 1;
    node.name = screen.title;
    flow.add(std::max(size, words.height()), [&canvas, &words, size, room, node](const Rect& box, std::size_t,
                                                                                 std::size_t) {
        canvas.icon(Icon::Success, {box.x, box.y + (box.height - size) / 2, size, size},
                    canvas.ink({Surface::Page, &Inks::success}), 2.3F);
        canvas.text(words, box.x + room, box.y + (box.height - words.height()) / 2, {Surface::Page, &Inks::success});
        canvas.say(node, box);
    });
    flow.gap(space::normal);
    paragraph(flow, "thanks", screen.thanks);
}

/// The number, as large as the room allows: it is what the person takes away.
void add_number(Flow& flow, const ReceiptScreen& screen) {
    Canvas& canvas = flow.canvas();
    flow.gap(space::section);
    flow.begin_inset(Surface::Selected, canvas.ink({Surface::Selected, &Inks::accent}));
    paragraph(flow, "number.label", screen.number_label, &Inks::soft, Type::Caption).keep = true;
    flow.gap(space::hair);
    Node node;
    node.key = "number";
    node.role = Role::Status;
    node.name = screen.number;
    node.help = screen.number_label;
    // Numbers and references are codes: from left to right in every language, as they are printed and spoken.
    const LayOptions code{Align::Start, {canvas.picture.language, Direction::LeftToRight}};
    const bool wide = canvas.lay(screen.number, Type::Number, 0, code).width() <= flow.inner_width();
    flow.words(screen.number, wide ? Type::Number : Type::Heading, std::move(node), &Inks::accent, code).keep = true;
    flow.gap(space::normal);
    if (!screen.secret.empty()) {
        paragraph(flow, "secret.label", screen.secret_label, &Inks::soft, Type::Caption).keep = true;
        Node secret;
        secret.key = "secret";
        secret.role = Role::Status;
        secret.name = screen.secret;
        secret.help = screen.secret_label;
        flow.words(screen.secret, Type::Strong, std::move(secret), &Inks::text, code).keep = true;
        flow.gap(space::normal);
    }
    if (screen.reference) {
        paragraph(flow, "reference.label", screen.reference_label, &Inks::soft, Type::Caption).keep = true;
        Node reference;
        reference.key = "reference";
        reference.role = Role::Status;
        reference.name = *screen.reference;
        reference.help = screen.reference_label;
        flow.words(*screen.reference, Type::Strong, std::move(reference), &Inks::text, code);
    } else {
        const float size = canvas.px(cap_mm(canvas.picture.text_size, Type::Caption)) * 1.5F;
        const float room = size + canvas.px(space::small);
        const Layout& words = canvas.lay(screen.reference_waiting, Type::Caption,
                                         measure_px(canvas, Type::Caption, flow.inner_width() - room));
        Node waiting;
        waiting.key = "reference";
        waiting.role = Role::Status;
        waiting.name = screen.reference_waiting;
        waiting.state.busy = true;
        flow.add(std::max(size, words.height()),
                 [&canvas, &words, size, room, waiting](const Rect& box, std::size_t, std::size_t) {
                     const Ink ink{Surface::Selected, &Inks::soft};
                     canvas.icon(Icon::Clock, {box.x, box.y + canvas.px(0.6F), size, size}, canvas.ink(ink), 2.2F);
                     canvas.text(words, box.x + room, box.y + (box.height - words.height()) / 2, ink);
                     canvas.say(waiting, box);
                 });
    }
    flow.end_inset();
}

/// Numbered: what happens comes in an order.
void add_steps(Flow& flow, const ReceiptScreen& screen) {
    if (screen.next_steps.empty()) return;
    Canvas& canvas = flow.canvas();
    flow.gap(space::section);
    subheading(flow, "next", screen.next_title);
    const float disc = canvas.px(cap_mm(canvas.picture.text_size, Type::Body)) * 1.9F;
    const float room = disc + canvas.px(space::medium);
    for (std::size_t i = 0; i < screen.next_steps.size(); ++i) {
        const Layout& words =
            canvas.lay(screen.next_steps[i], Type::Body, measure_px(canvas, Type::Body, flow.inner_width() - room));
        Node node;
        node.key = "step." + std::to_string(i);
        node.role = Role::ListItem;
        node.name = screen.next_steps[i];
        flow.gap(space::medium);
        flow.add(std::max(disc, words.height()),
                 [&canvas, &words, disc, room, node, i](const Rect& box, std::size_t, std::size_t) {
                     const bool one_line = words.lines().size() == 1;
                     const float top = one_line ? box.y + (box.height - disc) / 2 : box.y;
                     canvas.disc(box.x + disc / 2, top + disc / 2, disc / 2, canvas.fill(Surface::Primary));
                     LayOptions centred;
                     centred.align = Align::Centre;
                     canvas.text_in({box.x, top, disc, disc}, std::to_string(i + 1), Type::CaptionStrong,
                                    {Surface::Primary, &Inks::text}, centred);
                     canvas.text(words, box.x + room, one_line ? box.y + (box.height - words.height()) / 2 : box.y, {});
                     canvas.say(node, box);
                 });
    }
    if (!screen.office.empty()) {
        flow.gap(space::normal);
        paragraph(flow, "where", screen.office, &Inks::soft, Type::Caption);
    }
}

} // namespace

void draw_receipt(Canvas& canvas, const ReceiptScreen& screen) {
    canvas.set_private(true);
    PageSpec page;
    page.masthead.share = 0.18F;
    page.lead = [&](Flow& flow) {
        add_title(flow, screen);
        add_number(flow, screen);
    };
    page.main = [&](Flow& flow) {
        if (canvas.glass.tall()) {
            add_steps(flow, screen);
            flow.gap(space::section);
        }
        if (!screen.code.empty()) add_code(flow, "code", screen.code, screen.code_label);
        if (!canvas.glass.tall()) add_steps(flow, screen);
    };
    page.nav.next = primary("done", screen.done);
    page.nav.next->icon = Icon::Check;
    page.nav.on_next = [&] { canvas.intents.push_back(Finish{}); };
    draw_page(canvas, page);
    canvas.set_private(false);
}

} // namespace kiosk
