// SPDX-License-Identifier: EUPL-1.2
// Papers: how one can be shown, a device that looks at it, and what it says beside what was typed.
#include "kiosk/views/errors.hpp"
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"
#include "kiosk/widgets/option_row.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace kiosk {
namespace {

Icon icon_of(LookScreen::Sign sign) {
    switch (sign) {
    case LookScreen::Sign::Camera:
        return Icon::Camera;
    case LookScreen::Sign::Scanner:
        return Icon::Scanner;
    case LookScreen::Sign::BarCode:
        return Icon::BarCode;
    case LookScreen::Sign::Card:
        break;
    }
    return Icon::Card;
}

/// What did not work: calmly, and before what can be done instead.
void add_problem(Flow& flow, const std::string& words) {
    if (words.empty()) return;
    flow.gap(space::wide);
    flow.begin_inset(Surface::Soft, flow.canvas().ink({Surface::Soft, &Inks::warning}));
    Node node;
    node.key = "problem";
    node.role = Role::Status;
    flow.words(words, Type::Body, std::move(node));
    flow.end_inset();
}

/// The device, drawn large; where it stands is for the office to say.
void add_sign(Flow& flow, Icon icon, float side) {
    Canvas& canvas = flow.canvas();
    flow.add(side, [&canvas, icon, side](const Rect& box, std::size_t, std::size_t) {
        canvas.icon(icon, {box.x + (box.width - side) / 2, box.y, side, side},
                    canvas.ink({Surface::Page, &Inks::accent}), 1.2F);
    });
}

} // namespace

void draw_ways(Canvas& canvas, const WaysScreen& screen) {
    PageSpec page;
    page.lead = [&](Flow& flow) {
        add_problem(flow, screen.problem);
        flow.gap(space::section);
        heading(flow, screen.title);
        flow.gap(space::medium);
        paragraph(flow, "text", screen.text, &Inks::soft);
    };
    page.main = [&](Flow& flow) {
        for (const WaysScreen::Way& way : screen.ways) {
            RowSpec spec;
            spec.key = way.key;
            spec.text = way.text;
            spec.detail = way.detail;
            spec.mark = Mark::Arrow;
            spec.strong = true;
            flow.gap(touch_size::gap);
            add_row(flow, std::move(spec), [&canvas, key = way.key] { canvas.intents.push_back(ChooseWay{key}); });
        }
    };
    page.nav.back = back_button("back", screen.back);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    draw_page(canvas, page);
}

void draw_look(Canvas& canvas, const LookScreen& screen) {
    PageSpec page;
    page.lead = [&](Flow& flow) {
        heading(flow, screen.title);
        flow.gap(space::medium);
        paragraph(flow, "text", screen.text);
        flow.gap(space::wide);
        flow.begin_inset(Surface::Soft, canvas.ink({Surface::Soft, screen.problem ? &Inks::warning : &Inks::accent}));
        Node node;
        node.key = "status";
        node.role = Role::Status;
        node.state.busy = screen.busy;
        flow.words(screen.status, Type::Strong, std::move(node));
        flow.end_inset();
    };
    page.main = [&](Flow& flow) {
        flow.gap(space::section);
        add_sign(flow, icon_of(screen.sign), std::min(flow.width() * 0.6F, canvas.px(90)));
    };
    page.nav.back = back_button("back", screen.back);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    draw_page(canvas, page);
}

void draw_proposal(Canvas& canvas, const ProposalScreen& screen) {
    canvas.set_private(true);
    const Tongue tongue{screen.language, screen.direction};
    PageSpec page;
    page.lead = [&](Flow& flow) {
        add_error_list(flow, ListKind::Errors, screen.error_title, screen.errors, tongue,
                       [&canvas](const ErrorLine& line) {
                           canvas.view.focus_request = line.field_key;
                           canvas.view.wish = line.field_key;
                           canvas.view.pages.erase("main");
                       });
        flow.gap(space::section);
        heading(flow, screen.title);
        flow.gap(space::medium);
        paragraph(flow, "text", screen.text, &Inks::soft);
    };
    page.main = [&](Flow& flow) {
        for (const ProposalScreen::Row& row : screen.rows) {
            flow.gap(space::section);
            subheading(flow, row.key, row.question, tongue).keep = true;
            for (const ProposalScreen::Way& way : row.ways) {
                RowSpec spec;
                spec.key = way.key;
                spec.text = way.text;
                spec.detail = way.detail;
                spec.selected = way.selected;
                spec.by_content = true;
                spec.help = row.question;
                flow.gap(touch_size::gap);
                add_row(flow, std::move(spec),
                        [&canvas, key = way.key] { canvas.intents.push_back(ChooseProposed{key}); });
            }
        }
    };
    page.nav.back = back_button("back", screen.back);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    page.nav.next = primary("next", screen.next);
    page.nav.on_next = [&] { canvas.intents.push_back(Continue{}); };
    draw_page(canvas, page);
    canvas.set_private(false);
}

} // namespace kiosk
