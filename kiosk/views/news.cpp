// SPDX-License-Identifier: EUPL-1.2
// Something to be read: notices, or where a request stands.
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"

#include <optional>
#include <string>
#include <utility>

namespace kiosk {
namespace {

void add_sign(Flow& flow, NewsScreen::Sign sign) {
    using Sign = NewsScreen::Sign;
    Icon icon = Icon::Info;
    Colour Inks::*colour = &Inks::accent;
    switch (sign) {
    case Sign::None:
        return;
    case Sign::Clock:
        icon = Icon::Clock;
        break;
    case Sign::Success:
        icon = Icon::Success;
        colour = &Inks::success;
        break;
    case Sign::Desk:
        icon = Icon::Person;
        colour = &Inks::warning;
        break;
    case Sign::Unknown:
        break;
    }
    Canvas& canvas = flow.canvas();
    const float size = canvas.grown(20);
    flow.add(size,
             [&canvas, icon, colour, size](const Rect& box, std::size_t, std::size_t) {
                 canvas.icon(icon, {box.x, box.y, size, size}, canvas.ink({Surface::Page, colour}), 1.8F);
             })
        .keep = true;
    flow.gap(space::wide);
}

/// Nothing in it is a control, so that reading keys walk it text by text; no part of it is cut from the next.
void add_entry(Flow& flow, const NewsScreen::Entry& entry) {
    Canvas& canvas = flow.canvas();
    const Tongue tongue{entry.language, entry.direction};
    flow.gap(space::section);
    flow.begin_inset(Surface::Soft, canvas.ink({Surface::Soft, entry.urgent ? &Inks::danger : &Inks::accent}));
    paragraph(flow, entry.key + ".kind", entry.kind, entry.urgent ? &Inks::danger : &Inks::accent, Type::CaptionStrong)
        .keep = true;
    flow.gap(space::small);
    Node node;
    node.key = entry.key;
    node.role = Role::Heading;
    node.level = 2;
    flow.words(entry.title, Type::Strong, std::move(node), &Inks::text, {Align::Start, tongue}).keep = true;
    if (!entry.note.empty()) {
        flow.gap(space::hair);
        paragraph(flow, entry.key + ".note", entry.note, &Inks::soft, Type::Caption).keep = true;
    }
    flow.gap(space::small);
    paragraph(flow, entry.key + ".text", entry.text, &Inks::text, Type::Body, tongue);
    flow.gap(space::small);
    paragraph(flow, entry.key + ".until", entry.until, &Inks::soft, Type::Caption);
    flow.end_inset();
}

} // namespace

void draw_news(Canvas& canvas, const NewsScreen& screen) {
    canvas.set_private(screen.is_private);
    PageSpec page;
    page.lead = [&](Flow& flow) {
        add_sign(flow, screen.sign);
        heading(flow, screen.title);
        for (std::size_t i = 0; i < screen.paragraphs.size(); ++i) {
            flow.gap(space::normal);
            paragraph(flow, "text." + std::to_string(i), screen.paragraphs[i]);
        }
    };
    if (!screen.entries.empty())
        page.main = [&](Flow& flow) {
            for (const NewsScreen::Entry& entry : screen.entries)
                add_entry(flow, entry);
        };
    page.nav.back = back_button("back", screen.back);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    if (!screen.next.empty()) {
        page.nav.next = primary("next", screen.next);
        if (screen.is_private) page.nav.next->icon = Icon::Check;
        page.nav.on_next = [&] {
            if (screen.is_private)
                canvas.intents.push_back(Finish{});
            else
                canvas.intents.push_back(Continue{});
        };
    }
    draw_page(canvas, page);
    canvas.set_private(false);
}

} // namespace kiosk
