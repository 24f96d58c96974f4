// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/choice_control.hpp"

#include "kiosk/views/errors.hpp"
#include "kiosk/views/question_control.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/option_row.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

RowSpec row_of(const Asked& asked, const Option& option, Mark mark) {
    RowSpec spec;
    spec.key = option.key;
    spec.text = option.text;
    spec.tongue = asked.tongue();
    spec.mark = mark;
    spec.selected = option.selected;
    if (!asked.alone) spec.help = asked.label;
    return spec;
}

/// Choosing "another answer" leads to the field for it, which may stand on the next page.
std::function<void()> choose(Canvas& canvas, const Asked& asked, const Option& option, bool leads_to_field) {
    const std::string field = leads_to_field ? std::string(asked.key) + ".other" : std::string();
    return [&canvas, key = option.key, field] {
        canvas.intents.push_back(ChooseOption{key});
        if (field.empty()) return;
        canvas.view.wish = field;
        canvas.view.pages.erase("main");
        canvas.view.keyboard_hidden = false;
    };
}

bool is_other(const ChoiceControl& control, std::size_t i) { return control.other && *control.other == i; }

void add_other_field(Flow& flow, const Asked& asked, const ChoiceControl& control) {
    if (!control.other_text) return;
    FieldSpec spec = field_spec(asked, ".other", control.options[*control.other].text, *control.other_text);
    flow.gap(touch_size::gap);
    add_field(flow, std::move(spec));
}

void add_rows(Flow& flow, const Asked& asked, const ChoiceControl& control) {
    for (std::size_t i = 0; i < control.options.size(); ++i) {
        const bool other = is_other(control, i);
        flow.gap(touch_size::gap);
        Piece& piece = add_row(flow, row_of(asked, control.options[i], control.several ? Mark::Check : Mark::Radio),
                               choose(flow.canvas(), asked, control.options[i], other));
        if (other && control.other_text) {
            piece.keep = true;
            add_other_field(flow, asked, control);
        }
    }
}

/// How many options stand side by side: all of them, or as many as make even rows; one: they do not fit.
std::size_t columns_for(Flow& flow, const Asked& asked, const ChoiceControl& control) {
    Canvas& canvas = flow.canvas();
    const float gap = canvas.px(touch_size::gap);
    float widest = 0;
    for (const Option& option : control.options)
        widest = std::max(widest, row_width(canvas, row_of(asked, option, Mark::Radio)));
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (flow.inner_width() + gap) / (widest + gap)));
    const std::size_t count = control.options.size();
    if (fit >= count) return count;
    const std::size_t rows = (count + fit - 1) / fit;
    return (count + rows - 1) / rows;
}

void add_beside(Flow& flow, const Asked& asked, const ChoiceControl& control, std::size_t columns) {
    Canvas& canvas = flow.canvas();
    const float gap = canvas.px(touch_size::gap);
    const float width = (flow.inner_width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t from = 0; from < control.options.size(); from += columns) {
        std::vector<RowSpec> specs;
        std::vector<std::function<void()>> then;
        float height = 0;
        for (std::size_t i = from; i < std::min(from + columns, control.options.size()); ++i) {
            specs.push_back(row_of(asked, control.options[i], control.several ? Mark::Check : Mark::Radio));
            then.push_back(choose(canvas, asked, control.options[i], is_other(control, i)));
            height = std::max(height, row_height(canvas, specs.back(), width));
        }
        flow.gap(touch_size::gap);
        const std::string key = specs.front().key;
        Piece& piece = flow.add(height, [&canvas, specs = std::move(specs), then = std::move(then), width,
                                         gap](const Rect& box, std::size_t, std::size_t) {
            for (std::size_t i = 0; i < specs.size(); ++i) {
                const float x = box.x + static_cast<float>(i) * (width + gap);
                if (row(canvas, {x, box.y, width, box.height}, specs[i])) then[i]();
            }
        });
        piece.key = key;
        piece.answer = true;
    }
    add_other_field(flow, asked, control);
}

/// What is chosen, and the list under it while it is open. On a page of its own a list without an answer is open: one
/// touch less.
void add_folded(Flow& flow, const Asked& asked, const ChoiceControl& control) {
    Canvas& canvas = flow.canvas();
    const auto chosen = std::find_if(control.options.begin(), control.options.end(),
                                     [](const Option& option) { return option.selected; });
    const bool none = chosen == control.options.end();
    const std::string key(asked.key);
    if (none && asked.alone) {
        ChoiceControl open = control;
        for (std::size_t i = 0; i < open.options.size(); ++i) {
            flow.gap(touch_size::gap);
            add_row(flow, row_of(asked, open.options[i], Mark::Radio),
                    [&canvas, option = open.options[i].key, key, other = is_other(control, i)] {
                        canvas.intents.push_back(ChooseOption{option});
                        canvas.view.focus_soon = other ? key + ".other" : key;
                        canvas.view.pages.erase("main");
                    });
        }
        return;
    }
    const bool open = canvas.view.open_list == key;
    ButtonSpec spec;
    spec.key = key;
    spec.label = none ? control.choose : chosen->text;
    spec.icon = open ? Icon::ChevronUp : Icon::ChevronDown;
    spec.icon_at_end = true;
    spec.at_start = true;
    spec.type = none ? Type::Body : Type::Strong;
    spec.help = asked.label;
    spec.expanded = open;
    spec.tongue = none ? Tongue{} : asked.tongue();
    flow.gap(space::small);
    add_button(
        flow, std::move(spec),
        [&canvas, key, open] {
            canvas.view.open_list = open ? std::string() : key;
            canvas.view.wish = key;
            canvas.view.pages.erase("main");
        },
        true);
    if (open)
        for (std::size_t i = 0; i < control.options.size(); ++i) {
            flow.gap(touch_size::minimum_gap);
            add_row(flow, row_of(asked, control.options[i], Mark::Radio),
                    [&canvas, option = control.options[i].key, key, other = is_other(control, i)] {
                        canvas.intents.push_back(ChooseOption{option});
                        canvas.view.open_list.clear();
                        canvas.view.focus_soon = other ? key + ".other" : key;
                        canvas.view.wish = key;
                        canvas.view.pages.erase("main");
                    });
        }
    if (control.other && control.options[*control.other].selected) add_other_field(flow, asked, control);
}

} // namespace

void add_choice(Flow& flow, const Asked& asked, const ChoiceControl& control) {
    if (control.folded) return add_folded(flow, asked, control);
    const std::size_t columns = control.beside ? columns_for(flow, asked, control) : 1;
    if (columns > 1) return add_beside(flow, asked, control, columns);
    add_rows(flow, asked, control);
}

std::string first_key(const ChoiceControl& control, std::string_view question) {
    if (control.folded || control.options.empty()) return std::string(question);
    for (const Option& option : control.options)
        if (option.selected) return option.key;
    return control.options.front().key;
}

} // namespace kiosk
