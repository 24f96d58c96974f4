// SPDX-License-Identifier: EUPL-1.2
// One function a screen. A view reads its part of the picture, draws it, and pushes what the person wants.
#pragma once
#include "kiosk/widgets/canvas.hpp"

namespace kiosk {

void draw_attract(Canvas& canvas, const AttractScreen& screen);
void draw_out_of_service(Canvas& canvas, const OutOfServiceScreen& screen);
void draw_privacy(Canvas& canvas, const PrivacyScreen& screen);
void draw_services(Canvas& canvas, const ServicesScreen& screen);
void draw_question(Canvas& canvas, const QuestionScreen& screen);
void draw_check(Canvas& canvas, const CheckScreen& screen);
void draw_saving(Canvas& canvas, const SavingScreen& screen);
void draw_receipt(Canvas& canvas, const ReceiptScreen& screen);
void draw_not_kept(Canvas& canvas, const NotKeptScreen& screen);
void draw_ways(Canvas& canvas, const WaysScreen& screen);
void draw_look(Canvas& canvas, const LookScreen& screen);
void draw_proposal(Canvas& canvas, const ProposalScreen& screen);
void draw_neutral(Canvas& canvas, const NeutralScreen& screen);
void draw_news(Canvas& canvas, const NewsScreen& screen);

/// Over a screen that is drawn inert; the strip stays alive.
void draw_panel(Canvas& canvas, const Panel& panel);
/// The button of the panel that the focus starts on.
[[nodiscard]] std::string_view main_button(const Panel& panel);

void draw_screen(Canvas& canvas);
void draw_strip(Canvas& canvas);

} // namespace kiosk
