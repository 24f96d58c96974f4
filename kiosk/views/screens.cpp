// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/views.hpp"

#include <variant>

namespace kiosk {
namespace {

struct Draw {
    Canvas& canvas;
    void operator()(const AttractScreen& screen) const { draw_attract(canvas, screen); }
    void operator()(const OutOfServiceScreen& screen) const { draw_out_of_service(canvas, screen); }
    void operator()(const PrivacyScreen& screen) const { draw_privacy(canvas, screen); }
    void operator()(const ServicesScreen& screen) const { draw_services(canvas, screen); }
    void operator()(const QuestionScreen& screen) const { draw_question(canvas, screen); }
    void operator()(const CheckScreen& screen) const { draw_check(canvas, screen); }
    void operator()(const SavingScreen& screen) const { draw_saving(canvas, screen); }
    void operator()(const ReceiptScreen& screen) const { draw_receipt(canvas, screen); }
    void operator()(const NotKeptScreen& screen) const { draw_not_kept(canvas, screen); }
    void operator()(const WaysScreen& screen) const { draw_ways(canvas, screen); }
    void operator()(const LookScreen& screen) const { draw_look(canvas, screen); }
    void operator()(const ProposalScreen& screen) const { draw_proposal(canvas, screen); }
    void operator()(const NeutralScreen& screen) const { draw_neutral(canvas, screen); }
    void operator()(const NewsScreen& screen) const { draw_news(canvas, screen); }
};

} // namespace

void draw_screen(Canvas& canvas) { std::visit(Draw{canvas}, canvas.picture.screen); }

} // namespace kiosk
