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
    if (change.label.empty()) return; // only to be read
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
    const bool fixed = row.change.empty(); // only to be read
    const float button_px = fixed ? 0 : std::min(button_width(canvas, change), flow.width() / 2);
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
    const float button_high = fixed ? 0 : button_height(canvas, change, button_px);
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
        if (!fixed && button(canvas, at, change)) canvas.intents.push_back(ChangeRow{row.key});
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

/// A form of thousands of questions is laid out in stretches, so that a frame costs what a short one does. Each
/// stretch has pages like any list; buttons at its ends lead to the next one and back.
constexpr std::size_t rows_in_a_stretch = 60;
constexpr const char* stretch_name = "check.stretch";

std::size_t rows_of(const CheckScreen& screen) {
    std::size_t rows = 0;
    for (const CheckScreen::Section& section : screen.sections)
        rows += section.rows.size();
    return rows;
}

void add_stretch_button(Flow& flow, const char* key, const std::string& label, Icon icon, std::size_t stretch) {
    Canvas& canvas = flow.canvas();
    ButtonSpec spec;
    spec.key = key;
    spec.label = label;
    spec.icon = icon;
    flow.gap(space::normal);
    add_button(flow, std::move(spec), [&canvas, stretch] {
        canvas.view.pages[stretch_name] = stretch;
        canvas.view.pages.erase("main");
        canvas.view.focus_request = "heading";
    });
}

void add_rows(Flow& flow, const CheckScreen& screen) {
    Canvas& canvas = flow.canvas();
    const std::size_t rows = rows_of(screen);
    const std::size_t stretches = std::max<std::size_t>(1, (rows + rows_in_a_stretch - 1) / rows_in_a_stretch);
    const std::size_t stretch = std::min(canvas.view.pages[stretch_name], stretches - 1);
    const std::size_t first = stretch * rows_in_a_stretch;
    if (stretch > 0) add_stretch_button(flow, "stretch.earlier", canvas.picture.earlier, Icon::ChevronUp, stretch - 1);
    std::size_t row = 0; // of all rows
    for (std::size_t i = 0; i < screen.sections.size(); ++i) {
        const auto& section = screen.sections[i];
        const std::size_t from = std::max(row, first);
        const std::size_t to = std::min(row + section.rows.size(), first + rows_in_a_stretch);
        const Tongue tongue = section.ours ? Tongue{} : Tongue{screen.language, screen.direction};
        if (from < to) {
            flow.gap(space::section);
            subheading(flow, "section." + std::to_string(i), section.title, tongue);
            for (std::size_t k = from; k < to; ++k)
                add_check_row(flow, section.rows[k - row], tongue);
        }
        row += section.rows.size();
    }
    if (stretch + 1 < stretches)
        add_stretch_button(flow, "stretch.more", canvas.picture.more, Icon::ChevronDown, stretch + 1);
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
    page.main = [&](Flow& flow) { add_rows(flow, screen); };
    page.nav.back = back_button("back", screen.back);
    page.nav.next = primary("send", screen.send);
    page.nav.on_back = [&] { canvas.intents.push_back(Back{}); };
    page.nav.on_next = [&] { canvas.intents.push_back(Send{}); };
    draw_page(canvas, page);
}

} // namespace kiosk
