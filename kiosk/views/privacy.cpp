// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/plan.hpp"
#include "kiosk/views/qr.hpp"
#include "kiosk/views/views.hpp"

#include <string>

namespace kiosk {

void draw_privacy(Canvas& canvas, const PrivacyScreen& screen) {
    PageSpec page;
    page.masthead.share = 0.16F;
    page.lead = [&](Flow& flow) {
        heading(flow, screen.title);
        for (std::size_t i = 0; i < screen.paragraphs.size(); ++i) {
            flow.gap(i == 0 ? space::normal : space::medium);
            paragraph(flow, "privacy." + std::to_string(i), screen.paragraphs[i]);
        }
    };
    if (!screen.full_notice_code.empty())
        page.main = [&](Flow& flow) {
            add_code(flow, "privacy.code", screen.full_notice_code, screen.full_notice_title);
            flow.gap(space::small);
            paragraph(flow, "privacy.address", screen.full_notice_code, &Inks::soft, Type::Caption,
                      {canvas.picture.language, Direction::LeftToRight});
        };
    page.nav.back = back_button("privacy.refuse", screen.refuse);
    page.nav.back->icon.reset();
    page.nav.next = primary("privacy.accept", screen.accept);
    page.nav.on_back = [&] { canvas.intents.push_back(RefuseNotice{}); };
    page.nav.on_next = [&] { canvas.intents.push_back(AcceptNotice{}); };
    draw_page(canvas, page);
}

} // namespace kiosk
