// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/errors.hpp"
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace kiosk {
namespace {

/// Large letters on a narrow column: question, answer and "change" one under the other, each cut where a page ends.
void add_narrow_row(Flow& flow, const CheckScreen::Row& row, Tongue tongue, const ButtonSpec& change) {
    Canvas& canvas = flow.canvas();
    Node node;
    node.key = row.key;
    node.role = Role::ListItem;
    node.name = row.question;
    node.value = row.answer;
    node.is_private = true;
    flow.gap(space::normal);
    flow.words(row.question, Type::Caption, node, &Inks::soft, {Align::Start, tongue});
    Node answer;
    answer.key = row.key + ".answer";
    answer.is_private = true;
    LayOptions typed;
    typed.by_content = !row.missing;
    flow.words(row.answer, row.missing ? Type::Body : Type::Strong, answer, row.missing ? &Inks::warning : &Inks::text,
               typed);
    flow.gap(space::small);
    add_button(flow, change, [&canvas, key = row.key] { canvas.intents.push_back(ChangeRow{key}); });
}

/// Question over answer, and "change" at the end of the row.
void add_check_row(Flow& flow, const CheckScreen::Row& row, Tongue tongue) {
    Canvas& canvas = flow.canvas();
    ButtonSpec change;
    change.key = "change." + row.key;
    change.label = row.change;
    change.kind = ButtonKind::Quiet;
    change.icon = Icon::Pencil;
    change.type = Type::CaptionStrong;
    change.help = row.question;
    const float pad = canvas.px(space::medium);
    const float button_px = std::min(button_width(canvas, change), flow.width() / 2);
    const float words_width = flow.width() - button_px - canvas.px(space::normal);
    if (words_width < canvas.px(cap_mm(canvas.picture.text_size, Type::Body)) * 18) {
        add_narrow_row(flow, row, tongue, change);
        return;
    }
    const Layout& question = canvas.lay(row.question, Type::Caption, words_width, {Align::Start, tongue});
    LayOptions typed;
    typed.by_content = !row.missing;
    const Layout& answer = canvas.lay(row.answer, row.missing ? Type::Body : Type::Strong, words_width, typed);
    const float words = question.height() + answer.height() + canvas.px(1);
    const float button_high = button_height(canvas, change, button_px);
    Piece& piece = flow.add(std::max(words, button_high) + 2 * pad, [=, &canvas, &row, &question, &answer](
                                                                        const Rect& box, std::size_t, std::size_t) {
        float y = box.y + (box.height - words) / 2;
        canvas.text(question, box.x, y, {Surface::Page, &Inks::soft});
        y += question.height() + canvas.px(1);
        canvas.text(answer, box.x, y, {Surface::Page, row.missing ? &Inks::warning : &Inks::text});
        Node node;
        node.key = row.key;
        node.role = Role::ListItem;
        node.name = row.question;
        node.value = row.answer;
        node.is_private = true;
        node.language = tongue.language;
        canvas.say(node, {box.x, box.y, words_width, box.height});
        const Rect at{end_of(box) - button_px, box.y + (box.height - button_high) / 2, button_px, button_high};
        if (button(canvas, at, change)) canvas.intents.push_back(ChangeRow{row.key});
        canvas.box({box.x, bottom(box) - canvas.px(thin_mm), box.width, canvas.px(thin_mm)},
                   divider(canvas.picture.theme));
    });
    piece.key = row.key;
}

void add_missing(Flow& flow, const CheckScreen& screen) {
    if (screen.missing.empty()) return;
    Canvas& canvas = flow.canvas();
    flow.gap(space::section);
    flow.begin_inset(Surface::Soft, canvas.ink({Surface::Soft, &Inks::warning}));
    paragraph(flow, "missing", screen.missing_title, &Inks::warning, Type::CaptionStrong).keep = true;
    for (std::size_t i = 0; i < screen.missing.size(); ++i)
        paragraph(flow, "missing." + std::to_string(i), screen.missing[i], &Inks::text, Type::Caption);
    flow.end_inset();
}

} // namespace

void draw_check(Canvas& canvas, const CheckScreen& screen) {
    PageSpec page;
    page.masthead.share = 0;
    page.lead = [&](Flow& flow) {
        const Tongue of_form{screen.language, screen.direction};
        const auto change = [&canvas](const ErrorLine& line) { canvas.intents.push_back(ChangeRow{line.field_key}); };
        add_error_list(flow, ListKind::Errors, screen.error_title, screen.errors, of_form, change);
        if (!screen.errors.empty() && !screen.advice.empty()) flow.gap(space::normal);
        add_error_list(flow, ListKind::Advice, screen.advice_title, screen.advice, of_form, change);
        flow.gap(space::section);
        heading(flow, screen.title);
        if (!screen.hint.empty()) {
            flow.gap(space::normal);
            paragraph(flow, "hint", screen.hint, &Inks::soft);
        }
        add_missing(flow, screen);
    };
    page.main = [&](Flow& flow) {
        for (std::size_t i = 0; i < screen.sections.size(); ++i) {
            flow.gap(space::section);
            subheading(flow, "section." + std::to_string(i), screen.sections[i].title,
                       {screen.language, screen.direction});
            for (const CheckScreen::Row& row : screen.sections[i].rows)
                add_check_row(flow, row, {screen.language, screen.direction});
        }
    };
    page.nav.back = back_button("back", screen.back);
    page.nav.next = primary("send", screen.send);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    page.nav.on_next = [&] { canvas.intents.push_back(Send{}); };
    draw_page(canvas, page);
}

} // namespace kiosk
