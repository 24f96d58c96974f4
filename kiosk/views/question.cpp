// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/question_control.hpp"

#include "kiosk/views/errors.hpp"
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"
#include "kiosk/widgets/on_screen_keyboard.hpp"

#include <algorithm>
#include <string>

namespace kiosk {
namespace {

Tongue tongue(const QuestionScreen& screen) { return {screen.language, screen.direction}; }

void add_why(Flow& flow, const QuestionScreen& screen) {
    if (screen.why.empty()) return;
    Canvas& canvas = flow.canvas();
    ButtonSpec spec;
    spec.key = "why";
    spec.label = screen.why_label;
    spec.kind = ButtonKind::Link;
    spec.icon = screen.why_open ? Icon::ChevronUp : Icon::ChevronDown;
    spec.type = Type::CaptionStrong;
    spec.expanded = screen.why_open;
    flow.gap(space::small);
    add_button(flow, spec, [&canvas] { canvas.intents.push_back(ToggleWhy{}); });
    if (!screen.why_open) return;
    flow.begin_inset(Surface::Soft, canvas.ink({Surface::Soft, &Inks::accent}));
    paragraph(flow, "why.text", screen.why, &Inks::text, Type::Caption, tongue(screen));
    flow.end_inset();
}

void add_lead(Flow& flow, const QuestionScreen& screen) {
    Canvas& canvas = flow.canvas();
    add_error_list(flow, screen.error_title, screen.errors, [&canvas](const ErrorLine& line) {
        canvas.view.focus_request = line.field_key;
        canvas.view.wish = line.field_key; // and the page it stands on
        canvas.view.pages.erase("main");
    });
    add_advice(flow, screen.advice_title, screen.advice);
    flow.gap(space::section);
    if (!screen.note.empty()) {
        paragraph(flow, "note", screen.note, &Inks::soft, Type::Caption);
        flow.gap(space::normal);
    }
    heading(flow, screen.heading, tongue(screen));
    if (!screen.optional_mark.empty()) {
        flow.gap(space::hair);
        paragraph(flow, "optional", screen.optional_mark, &Inks::soft, Type::Caption);
    }
    if (!screen.hint.empty()) {
        flow.gap(space::medium);
        paragraph(flow, "hint", screen.hint, &Inks::soft, Type::Body, tongue(screen));
    }
    for (std::size_t i = 0; i < screen.more_text.size(); ++i) {
        flow.gap(space::medium);
        paragraph(flow, "text." + std::to_string(i), screen.more_text[i], &Inks::text, Type::Body, tongue(screen));
    }
    // In two columns the example stands with the question, so that the keyboard leaves room for the field.
    if (!canvas.glass.tall()) add_example(flow, screen);
    add_why(flow, screen);
}

void add_extras(Flow& flow, const QuestionScreen& screen) {
    Canvas& canvas = flow.canvas();
    if (!screen.unknown.empty()) {
        ButtonSpec spec;
        spec.key = "unknown";
        spec.label = screen.unknown;
        flow.gap(space::normal);
        add_button(flow, spec, [&canvas] { canvas.intents.push_back(AnswerUnknown{}); });
    }
    if (!screen.clear.empty()) {
        ButtonSpec spec;
        spec.key = "clear";
        spec.label = screen.clear;
        spec.kind = ButtonKind::Link;
        spec.icon = Icon::Trash;
        spec.type = Type::CaptionStrong;
        flow.gap(space::small);
        add_button(flow, spec, [&canvas] { canvas.intents.push_back(ClearAnswer{}); });
    }
}

} // namespace

void draw_question(Canvas& canvas, const QuestionScreen& screen) {
    canvas.set_private(screen.is_private);
    PageSpec page;
    page.masthead = {screen.section, screen.progress, screen.done, tongue(screen)};
    page.lead = [&](Flow& flow) { add_lead(flow, screen); };
    page.main = [&](Flow& flow) {
        add_control(flow, screen);
        add_extras(flow, screen);
    };
    if (const auto typing = typing_of(screen)) {
        page.keyboard = [&canvas, typing](float width) {
            return on_screen_keyboard(canvas, typing->keyboard, typing->lines, width);
        };
        page.keyboard_comfortable = [&canvas, typing](float width) {
            return keyboard_is_comfortable(canvas, typing->keyboard, width);
        };
    }
    const auto* search = std::get_if<SearchControl>(&screen.control);
    // The list of hits comes and goes while one types: the page keeps still all the while.
    if (search && search->chosen.empty()) page.masthead.share = 0;
    page.main_in_lead = search && search->chosen.empty();
    page.nav.back = back_button("back", screen.back);
    page.nav.next = primary("next", screen.next);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    page.nav.on_next = [&] { canvas.intents.push_back(Continue{}); };
    draw_page(canvas, page);
    canvas.set_private(false);
}

} // namespace kiosk
