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

/// What the camera sees, as large as there is room, with the corners of a frame to hold the paper into.
void add_preview(Flow& flow, const PictureShelf::Shown& shown) {
    Canvas& canvas = flow.canvas();
    const float most = canvas.glass.tall() ? canvas.glass.height_px * 0.34F : canvas.glass.height_px * 0.62F;
    const float scale = std::min(flow.width() / shown.width, most / shown.height);
    const float width = shown.width * scale;
    const float height = shown.height * scale;
    flow.add(height, [&canvas, shown, width, height](const Rect& box, std::size_t, std::size_t) {
        const Rect at{box.x + (box.width - width) / 2, box.y, width, height};
        canvas.photo(at, shown);
        const Rect aim = inside(at, width * 0.08F, height * 0.08F);
        const float arm = canvas.px(12);
        const float thick = canvas.px(1.2F);
        const Colour light = focus_inks(canvas.picture.theme).light;
        for (const float x : {aim.x, end_of(aim) - arm})
            for (const float y : {aim.y, bottom(aim) - thick})
                canvas.box({x, y, arm, thick}, light);
        for (const float x : {aim.x, end_of(aim) - thick})
            for (const float y : {aim.y, bottom(aim) - arm})
                canvas.box({x, y, thick, arm}, light);
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
        if (screen.sign == LookScreen::Sign::Camera && canvas.shelf() != nullptr && canvas.shelf()->find("look"))
            add_preview(flow, *canvas.shelf()->find("look"));
        else
            add_sign(flow, icon_of(screen.sign), std::min(flow.width() * 0.6F, canvas.px(90)));
    };
    page.nav.back = back_button("back", screen.back);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    if (!screen.take.empty() && !screen.busy) {
        page.nav.next = primary("take", screen.take);
        page.nav.next->icon = icon_of(screen.sign);
        page.nav.on_next = [&] { canvas.intents.push_back(TakeSheet{}); };
    }
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
