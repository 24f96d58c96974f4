// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/question_control.hpp"

#include "kiosk/views/choice_control.hpp"
#include "kiosk/views/errors.hpp"
#include "kiosk/views/plan.hpp"
#include "kiosk/views/tabs.hpp"
#include "kiosk/views/views.hpp"
#include "kiosk/widgets/on_screen_keyboard.hpp"
#include "kiosk/widgets/passages.hpp"

#include <algorithm>
#include <string>
#include <utility>

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
    if (!screen.tabs.empty()) {
        flow.gap(space::normal);
        add_tabs(flow, screen.tabs, tongue(screen));
        flow.gap(space::normal);
    }
    add_error_list(flow, ListKind::Errors, screen.error_title, screen.errors, tongue(screen),
                   [&canvas, &screen](const ErrorLine& line) {
                       const std::string field = field_to_focus(screen, line.field_key);
                       canvas.view.focus_request = field;
                       canvas.view.wish = field; // and the page it stands on
                       canvas.view.pages.erase("main");
                   });
    add_advice(flow, screen.advice_title, screen.advice, tongue(screen));
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
        paragraph(flow, "hint", screen.hint, &Inks::soft, Type::Body, screen.hint_is_ours ? Tongue{} : tongue(screen));
    }
    for (std::size_t i = 0; i < screen.more_text.size(); ++i) {
        flow.gap(space::medium);
        add_text_block(flow, "text." + std::to_string(i), screen.more_text[i], tongue(screen));
    }
    // In two columns the example stands with the question, so that the keyboard leaves room for the field.
    if (const Asked asked = asked_alone(screen); !canvas.glass.tall() && asked.alone) add_example(flow, asked);
    add_why(flow, screen);
}

/// Shows or hides the questions of the group.
void add_fold(Flow& flow, const FoldControl& fold) {
    Canvas& canvas = flow.canvas();
    ButtonSpec spec;
    spec.key = "fold";
    spec.label = fold.label;
    spec.icon = fold.open ? Icon::ChevronUp : Icon::ChevronDown;
    spec.expanded = fold.open;
    flow.gap(space::normal);
    add_button(flow, std::move(spec), [&canvas] { canvas.intents.push_back(ToggleFold{}); });
    flow.gap(space::section);
}

/// A question among others: its words, then its answer.
void add_part(Flow& flow, const QuestionScreen& screen, const AskedPart& part) {
    Canvas& canvas = flow.canvas();
    flow.gap(space::section);
    if (!part.label.empty()) {
        Node node;
        node.key = part.key + ".label";
        node.role = Role::Heading;
        node.level = 2;
        flow.words(part.label, Type::Strong, std::move(node), &Inks::text, {Align::Start, tongue(screen)}).keep = true;
    }
    if (!part.optional_mark.empty()) {
        flow.gap(space::hair);
        paragraph(flow, part.key + ".optional", part.optional_mark, &Inks::soft, Type::Caption).keep = true;
    }
    if (!part.hint.empty()) {
        flow.gap(space::hair);
        paragraph(flow, part.key + ".hint", part.hint, &Inks::soft, Type::Caption,
                  part.hint_is_ours ? Tongue{} : tongue(screen))
            .keep = true;
    }
    add_control(flow, asked_among(screen, part));
    if (part.clear.empty()) return;
    ButtonSpec spec;
    spec.key = part.stem + "clear";
    spec.label = screen.clear.empty() ? part.clear : screen.clear;
    spec.kind = ButtonKind::Link;
    spec.icon = Icon::Trash;
    spec.type = Type::CaptionStrong;
    spec.help = part.label;
    const std::string key = spec.key;
    flow.gap(touch_size::minimum_gap);
    add_button(flow, spec, [&canvas, key] { canvas.intents.push_back(ClearAnswer{key}); });
}

void add_extras(Flow& flow, const QuestionScreen& screen) {
    Canvas& canvas = flow.canvas();
    if (!screen.scan.empty()) {
        ButtonSpec spec;
        spec.key = "scan";
        spec.label = screen.scan;
        spec.kind = ButtonKind::Link;
        spec.icon = Icon::Card;
        spec.type = Type::CaptionStrong;
        flow.gap(space::small);
        add_button(flow, spec, [&canvas] { canvas.intents.push_back(ShowPaper{}); });
    }
    if (!screen.clear.empty()) {
        ButtonSpec spec;
        spec.key = "clear";
        spec.label = screen.clear;
        spec.kind = ButtonKind::Link;
        spec.icon = Icon::Trash;
        spec.type = Type::CaptionStrong;
        flow.gap(space::small);
        add_button(flow, spec, [&canvas] { canvas.intents.push_back(ClearAnswer{"clear"}); });
    }
}

} // namespace

void draw_question(Canvas& canvas, const QuestionScreen& screen) {
    canvas.set_private(screen.is_private);
    PageSpec page;
    page.masthead = {screen.section, screen.progress, screen.done, tongue(screen)};
    page.lead = [&](Flow& flow) { add_lead(flow, screen); };
    page.main = [&](Flow& flow) {
        add_control(flow, asked_alone(screen));
        add_extras(flow, screen);
        if (screen.fold) add_fold(flow, *screen.fold);
        if (!add_choice_table(flow, screen))
            for (const AskedPart& part : screen.parts)
                add_part(flow, screen, part);
        for (std::size_t i = 0; i < screen.footers.size(); ++i) {
            flow.gap(space::section);
            add_text_block(flow, "footer." + std::to_string(i), screen.footers[i], tongue(screen), Type::Caption);
        }
    };
    // Several questions are shown before the keys for one of them are.
    const std::size_t of_a_group = std::holds_alternative<NoticeControl>(screen.control) ? 1 : 0;
    if (screen.parts.size() > of_a_group && !std::exchange(canvas.view.keyboard_waits, true)) canvas.view.keyboard_hidden = true;
    if (const auto typing = typing_of(screen, canvas.view.active_field)) {
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
    page.whole_width = screen.table == TableLook::Rows; // with words beside its columns it needs all the room
    if (!screen.back.empty()) page.nav.back = back_button("back", screen.back);
    page.nav.next = primary("next", screen.next);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    page.nav.on_next = [&] { canvas.intents.push_back(Continue{}); };
    draw_page(canvas, page);
    canvas.set_private(false);
}

} // namespace kiosk
