// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/errors.hpp"
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"
#include "kiosk/widgets/option_row.hpp"

namespace kiosk {

void draw_services(Canvas& canvas, const ServicesScreen& screen) {
    PageSpec page;
    page.lead = [&](Flow& flow) {
        add_advice(flow, screen.told, {}, {});
        if (!screen.told.empty()) flow.gap(space::section);
        heading(flow, screen.title);
        if (!screen.hint.empty()) {
            flow.gap(space::normal);
            paragraph(flow, "hint", screen.hint, &Inks::soft);
        }
    };
    page.main = [&](Flow& flow) {
        for (const ServicesScreen::Service& service : screen.services) {
            RowSpec spec;
            spec.key = service.key;
            spec.text = service.title;
            spec.tongue = {service.language, service.direction};
            spec.detail = service.summary;
            spec.note = service.note;
            spec.mark = Mark::Arrow;
            spec.strong = true;
            flow.gap(touch_size::gap);
            add_row(flow, spec, [&canvas, key = service.key] { canvas.intents.push_back(ChooseService{key}); });
        }
        if (screen.status.empty()) return;
        RowSpec spec;
        spec.key = "status.open";
        spec.text = screen.status;
        spec.detail = screen.status_hint;
        spec.mark = Mark::Arrow;
        flow.gap(space::section);
        add_row(flow, spec, [&canvas] { canvas.intents.push_back(OpenStatus{}); });
    };
    if (!screen.back.empty()) { // the staff sign out by the strip
        page.nav.back = back_button("back", screen.back);
        page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    }
    draw_page(canvas, page);
}

} // namespace kiosk
