// SPDX-License-Identifier: EUPL-1.2
// Several choices with the same options as one table.
#include "kiosk/views/choice_control.hpp"

#include "kiosk/views/errors.hpp"
#include "kiosk/widgets/option_row.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

constexpr float label_share = 0.34F, least_column_mm = 22, most_of_the_glass = 0.5F;

float mark_px(Canvas& canvas) { return canvas.px(cap_mm(canvas.picture.text_size, Type::Body)) * 1.7F; }

bool words_fit(Canvas& canvas, std::string_view text, float width, Tongue tongue) {
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        if (canvas.lay(word, Type::Caption, 0, {Align::Centre, tongue}).width() > width) return false;
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return true;
}

struct Column {
    std::string key, text;
    const Layout* words;
    bool selected;
};

void draw_cell(Canvas& canvas, const Rect& cell, const Column& column, bool several, const std::string& question,
               Tongue tongue) {
    const bool held = canvas.held(column.key);
    const Surface surface = column.selected ? Surface::Selected : held ? Surface::QuietPressed : Surface::Field;
    const float corner = canvas.px(corner_mm);
    canvas.box(cell, canvas.fill(surface), corner);
    canvas.frame(cell, canvas.ink({surface, &Inks::line}), canvas.px(column.selected ? thick_mm : thin_mm), corner);
    const float size = mark_px(canvas);
    const float above = (cell.height - size - canvas.px(space::hair) - column.words->height()) / 2;
    draw_mark(canvas, {cell.x + (cell.width - size) / 2, cell.y + above, size, size},
              several ? Mark::Check : Mark::Radio, column.selected, surface);
    canvas.text(*column.words, cell.x + canvas.px(1), cell.y + above + size + canvas.px(space::hair),
                {surface, &Inks::text});
    Node node;
    node.key = column.key;
    node.role = several ? Role::CheckBox : Role::Radio;
    node.name = column.text;
    node.help = question;
    node.language = tongue.language;
    node.state.selected = column.selected;
    if (canvas.control(std::move(node), cell)) canvas.intents.push_back(ChooseOption{column.key});
}

void say_label(Canvas& canvas, const std::string& question, const std::string& text, Tongue tongue, const Rect& box) {
    Node node;
    node.key = question + ".label";
    node.role = Role::Heading;
    node.level = 2;
    node.name = text;
    node.language = tongue.language;
    canvas.say(node, box);
}

bool add_question_rows(Flow& flow, const QuestionScreen& screen) {
    Canvas& canvas = flow.canvas();
    const auto& first = std::get<ChoiceControl>(screen.parts.front().control);
    const float gap = canvas.px(touch_size::minimum_gap);
    const float label = flow.inner_width() * label_share;
    const auto count = static_cast<float>(first.options.size());
    const float width = (flow.inner_width() - label - gap * count) / count;
    if (width < canvas.px(least_column_mm)) return false;
    const Tongue tongue{screen.language, screen.direction};
    const float words_width = width - canvas.px(2);
    for (const Option& option : first.options)
        if (!words_fit(canvas, option.text, words_width, tongue)) return false;
    for (const AskedPart& part : screen.parts)
        if (!words_fit(canvas, part.label, label, tongue)) return false;
    for (const AskedPart& part : screen.parts) {
        const Asked asked = asked_among(screen, part);
        const auto& choice = std::get<ChoiceControl>(part.control);
        flow.gap(space::medium);
        if (const std::string wrong = asked.error_of(part.key); !wrong.empty())
            add_error_words(flow, part.key + ".error", wrong);
        std::vector<Column> columns;
        float height = canvas.px(touch_size::button);
        for (const Option& option : choice.options) {
            const Layout& words = canvas.lay(option.text, Type::Caption, words_width, {Align::Centre, tongue});
            height = std::max(height, mark_px(canvas) + canvas.px(space::hair + 2 * space::small) + words.height());
            columns.push_back({option.key, option.text, &words, option.selected});
        }
        const Layout& question =
            canvas.lay(part.label, Type::Strong, label - canvas.px(space::small), {Align::Start, tongue});
        const Layout& mark = canvas.lay(part.optional_mark, Type::Caption, label - canvas.px(space::small));
        const float words = question.height() + (part.optional_mark.empty() ? 0 : mark.height());
        height = std::max(height, words);
        Piece& piece =
            flow.add(height, [&canvas, &question, &mark, columns = std::move(columns), words, label, width, gap, tongue,
                              key = part.key, text = part.label, several = choice.several,
                              optional = !part.optional_mark.empty()](const Rect& box, std::size_t, std::size_t) {
                const float y = box.y + (box.height - words) / 2;
                canvas.text(question, box.x, y, {});
                if (optional) canvas.text(mark, box.x, y + question.height(), {Surface::Page, &Inks::soft});
                say_label(canvas, key, text, tongue, {box.x, box.y, label, box.height});
                float x = box.x + label + gap;
                for (const Column& column : columns) {
                    draw_cell(canvas, {x, box.y, width, box.height}, column, several, text, tongue);
                    x += width + gap;
                }
            });
        piece.key = first_key(choice, part.key);
    }
    return true;
}

/// One question of a table whose questions are columns: its words, and its options under them.
struct Stack {
    std::string key, label;
    const Layout* words;
    const Layout* mark; ///< "facoltativa", or null
    std::vector<Column> cells;
    bool several;
};

bool add_question_columns(Flow& flow, const QuestionScreen& screen) {
    Canvas& canvas = flow.canvas();
    const float gap = canvas.px(touch_size::gap);
    const float close = canvas.px(touch_size::minimum_gap);
    const auto count = static_cast<float>(screen.parts.size());
    const float width = (flow.inner_width() - gap * (count - 1)) / count;
    const Tongue tongue{screen.language, screen.direction};
    const float words_width = width - canvas.px(2);
    if (width < canvas.px(least_column_mm)) return false;
    for (const AskedPart& part : screen.parts) {
        if (!words_fit(canvas, part.label, words_width, tongue)) return false;
        for (const Option& option : std::get<ChoiceControl>(part.control).options)
            if (!words_fit(canvas, option.text, words_width, tongue)) return false;
    }
    std::vector<Stack> stacks;
    float head = 0;
    float cell = canvas.px(touch_size::button);
    for (const AskedPart& part : screen.parts) {
        const auto& choice = std::get<ChoiceControl>(part.control);
        Stack stack{part.key, part.label, &canvas.lay(part.label, Type::Strong, words_width, {Align::Centre, tongue}),
                    nullptr,  {},         choice.several};
        if (!part.optional_mark.empty())
            stack.mark = &canvas.lay(part.optional_mark, Type::Caption, words_width, {Align::Centre, {}});
        head = std::max(head, stack.words->height() + (stack.mark ? stack.mark->height() : 0));
        for (const Option& option : choice.options) {
            const Layout& words = canvas.lay(option.text, Type::Caption, words_width, {Align::Centre, tongue});
            cell = std::max(cell, mark_px(canvas) + canvas.px(space::hair + 2 * space::small) + words.height());
            stack.cells.push_back({option.key, option.text, &words, option.selected});
        }
        stacks.push_back(std::move(stack));
    }
    const auto rows = static_cast<float>(stacks.front().cells.size());
    const float height = head + canvas.px(space::small) + rows * (cell + close) - close;
    if (height > canvas.glass.height_px * most_of_the_glass) return false; // it cannot be cut where a page ends
    for (const AskedPart& part : screen.parts)
        if (const std::string wrong = asked_among(screen, part).error_of(part.key); !wrong.empty())
            add_error_words(flow, part.key + ".error", part.label + " " + wrong);
    const std::string key = first_key(std::get<ChoiceControl>(screen.parts.front().control), screen.parts.front().key);
    flow.gap(space::medium);
    Piece& piece = flow.add(height, [&canvas, stacks = std::move(stacks), width, gap, close, head, cell,
                                     tongue](const Rect& box, std::size_t, std::size_t) {
        float x = box.x;
        for (const Stack& stack : stacks) {
            canvas.text(*stack.words, x + canvas.px(1), box.y, {});
            if (stack.mark)
                canvas.text(*stack.mark, x + canvas.px(1), box.y + stack.words->height(), {Surface::Page, &Inks::soft});
            say_label(canvas, stack.key, stack.label, tongue, {x, box.y, width, head});
            float y = box.y + head + canvas.px(space::small);
            for (const Column& each : stack.cells) {
                draw_cell(canvas, {x, y, width, cell}, each, stack.several, stack.label, tongue);
                y += cell + close;
            }
            x += width + gap;
        }
    });
    piece.key = key;
    return true;
}

} // namespace

bool add_choice_table(Flow& flow, const QuestionScreen& screen) {
    switch (screen.table) {
    case TableLook::None:
        return false;
    case TableLook::Rows:
        return add_question_rows(flow, screen);
    case TableLook::Columns:
        return add_question_columns(flow, screen);
    }
    return false;
}

} // namespace kiosk
