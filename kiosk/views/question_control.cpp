// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/question_control.hpp"

#include "kiosk/views/choice_control.hpp"
#include "kiosk/views/errors.hpp"
#include "kiosk/views/plan.hpp"
#include "kiosk/views/repeat_control.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/option_row.hpp"
#include "kiosk/widgets/slider.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

class Controls {
public:
    Controls(Flow& flow, const Asked& asked) : flow_(flow), canvas_(flow.canvas()), asked_(asked) {}

    void operator()(const NoticeControl& control) {
        if (control.paragraphs.empty()) return;
        flow_.begin_inset(Surface::Soft, canvas_.ink({Surface::Soft, &Inks::accent}));
        for (std::size_t i = 0; i < control.paragraphs.size(); ++i) {
            flow_.gap(space::small);
            paragraph(flow_, "notice." + std::to_string(i), control.paragraphs[i], &Inks::text, Type::Body,
                      asked_.tongue());
        }
        flow_.end_inset();
    }

    void operator()(const ChoiceControl& control) {
        error();
        add_choice(flow_, asked_, control);
    }

    void operator()(const TextControl& control) {
        example();
        error();
        FieldSpec spec = field_spec(asked_, "", asked_.label, control.content);
        spec.help = control.example;
        spec.lines = control.lines;
        spec.unit = control.unit;
        spec.unit_tongue = asked_.tongue();
        spec.characters = usual_width(control);
        flow_.gap(space::small);
        if (control.more.empty())
            add_field(flow_, std::move(spec));
        else
            add_counted(std::move(spec), control);
    }

    void operator()(const SliderControl& control) {
        error();
        SliderSpec spec;
        spec.key = asked_.key;
        spec.label = asked_.label;
        spec.help = asked_.hint;
        spec.error = asked_.error_of(asked_.key);
        spec.control = control;
        spec.tongue = asked_.tongue();
        spec.required = asked_.required;
        flow_.gap(space::medium);
        add_slider(flow_, std::move(spec));
    }

    void operator()(const ShownControl& control) {
        flow_.begin_inset(Surface::Soft, canvas_.ink({Surface::Soft, &Inks::line}));
        Node node;
        node.key = asked_.key;
        node.name = asked_.label;
        node.value = control.value;
        LayOptions by_content;
        by_content.by_content = true;
        flow_.words(control.value, Type::Strong, std::move(node), &Inks::text, by_content).keep = true;
        flow_.gap(space::small);
        paragraph(flow_, std::string(asked_.key) + ".note", control.note, &Inks::soft, Type::Caption);
        flow_.end_inset();
    }

    void operator()(const DateControl& control) {
        example();
        error();
        std::vector<FieldSpec> fields;
        for (const DateControl::Part& part : control.parts) {
            FieldSpec spec = field_spec(asked_, "", part.label, part.content);
            spec.key = part.key;
            spec.error = asked_.error_of(part.key);
            spec.page_key = control.parts.front().key;
            spec.characters = part.digits;
            spec.help = control.example;
            if (!asked_.alone) spec.help = std::string(asked_.label) + "\n" + spec.help;
            fields.push_back(std::move(spec));
        }
        flow_.gap(space::small);
        add_fields_in_a_row(std::move(fields));
    }

    void operator()(const QuantityControl& control) {
        error();
        FieldSpec spec = field_spec(asked_, "", asked_.label, control.content);
        spec.characters = 10;
        spec.unit = control.unit;
        spec.unit_tongue = asked_.tongue();
        flow_.gap(space::small);
        add_field(flow_, std::move(spec)).keep = !control.units.empty();
        ChoiceControl units;
        units.beside = true;
        units.options = control.units;
        if (!control.units.empty()) add_choice(flow_, asked_, units);
    }

    void operator()(const SearchControl& control) {
        error();
        if (!control.chosen.empty()) {
            chosen(control);
            return;
        }
        flow_.gap(space::small);
        add_field(flow_, field_spec(asked_, "", asked_.label, control.query));
        for (const SearchControl::Hit& hit : control.hits) {
            RowSpec spec;
            spec.key = hit.key;
            spec.text = hit.text;
            spec.detail = hit.detail;
            spec.detail_beside = true;
            spec.mark = Mark::Arrow;
            spec.by_content = true;
            flow_.gap(touch_size::minimum_gap);
            add_row(flow_, std::move(spec), [&canvas = canvas_, key = hit.key] {
                canvas.intents.push_back(ChooseHit{key});
            }).with_keyboard = true;
        }
        if (!control.none_found.empty()) {
            flow_.gap(space::medium);
            Node node;
            node.key = "none";
            node.role = Role::Status;
            flow_.words(control.none_found, Type::Body, std::move(node));
        }
        if (control.free_text_allowed && !control.keep_free_text.empty()) {
            ButtonSpec spec;
            spec.key = "keep";
            spec.label = control.keep_free_text;
            flow_.gap(space::medium);
            add_button(flow_, std::move(spec), [&canvas = canvas_] { canvas.intents.push_back(KeepFreeText{}); });
        }
    }

    void operator()(const RepeatControl& control) {
        error();
        add_repeat(flow_, control, asked_.tongue());
    }

private:
    /// The words of the error again, beside the field they belong to. Alone on a page that is also the error of another
    /// field of the question.
    void error() {
        std::string words = asked_.error_of(asked_.key);
        if (words.empty())
            for (const ErrorLine& line : asked_.screen.errors)
                if (asked_.alone || line.field_key.starts_with(std::string(asked_.key) + ".")) {
                    words = line.text;
                    break;
                }
        if (!words.empty()) add_error_words(flow_, std::string(asked_.key) + ".error", words);
    }

    /// In two columns the example of the page's own question stands with the question.
    void example() {
        if (canvas_.glass.tall() || !asked_.alone) add_example(flow_, asked_);
    }

    [[nodiscard]] static std::size_t usual_width(const TextControl& control) {
        if (control.lines) return 0;
        switch (control.keyboard) {
        case Keyboard::Digits:
        case Keyboard::Decimal:
            return 10;
        case Keyboard::Phone:
        case Keyboard::Code:
            return 20;
        default:
            return control.max_length > 0 && control.max_length <= 12 ? control.max_length + 2 : 0;
        }
    }

    /// Minus, the number, plus.
    void add_counted(FieldSpec spec, const TextControl& control) {
        const auto counter = [&](const char* end, const std::string& label, Icon icon) {
            ButtonSpec button;
            button.key = spec.key + end;
            button.label = label;
            button.icon = icon;
            button.type = Type::CaptionStrong;
            button.help = spec.label;
            return button;
        };
        const ButtonSpec less = counter(".less", control.less, Icon::Minus);
        const ButtonSpec more = counter(".more", control.more, Icon::Plus);
        const float gap = canvas_.px(touch_size::gap);
        const float button_px = std::max(button_width(canvas_, less), button_width(canvas_, more));
        const bool beside = 2 * (button_px + gap) + canvas_.px(40) <= flow_.inner_width();
        const float most = beside ? flow_.inner_width() - 2 * (button_px + gap) : flow_.inner_width();
        const float width = field_width(canvas_, spec, most);
        const float field_px = field_height(canvas_, spec);
        const float height = std::max(field_px, button_height(canvas_, less, button_px));
        Canvas& canvas = canvas_;
        const std::string key = spec.key;
        Piece& piece =
            flow_.add(beside ? height : 2 * height + gap, [=, &canvas](const Rect& box, std::size_t, std::size_t) {
                const auto count = [&](const ButtonSpec& button_spec, float x, float y, int steps) {
                    if (button(canvas, {x, y, button_px, height}, button_spec))
                        canvas.intents.push_back(AdjustNumber{key, steps});
                };
                const float row = beside ? box.y : box.y + height + gap;
                const float field_x = beside ? box.x + button_px + gap : box.x;
                if (!beside) text_field(canvas, {field_x, box.y, width, height}, spec);
                count(less, box.x, row, -1);
                if (beside) text_field(canvas, {field_x, box.y, width, height}, spec);
                count(more, beside ? field_x + width + gap : box.x + button_px + gap, row, 1);
            });
        piece.key = key;
        piece.with_keyboard = true;
    }

    void chosen(const SearchControl& control) {
        RowSpec spec;
        spec.key = asked_.key;
        spec.text = control.chosen;
        spec.mark = Mark::Radio;
        spec.selected = true;
        spec.by_content = true;
        flow_.gap(touch_size::gap);
        add_row(flow_, std::move(spec), [] {});
        ButtonSpec change;
        change.key = "change";
        change.label = control.change;
        change.icon = Icon::Search;
        flow_.gap(space::normal);
        add_button(flow_, std::move(change), [&canvas = canvas_] { canvas.intents.push_back(ForgetChosen{}); });
    }

    /// Fields with their labels above, side by side while they fit.
    void add_fields_in_a_row(std::vector<FieldSpec> fields) {
        const float between = canvas_.px(space::normal);
        std::vector<float> widths;
        float label_height = 0;
        float sum = -between;
        for (const FieldSpec& spec : fields) {
            const Layout& label = canvas_.lay(spec.label, Type::CaptionStrong, 0);
            widths.push_back(std::max(field_width(canvas_, spec, flow_.inner_width()), label.width()));
            label_height = std::max(label_height, label.height());
            sum += widths.back() + between;
        }
        label_height += canvas_.px(space::hair);
        if (sum > flow_.inner_width()) {
            for (FieldSpec& spec : fields) {
                flow_.gap(space::medium);
                add_labelled({std::move(spec)}, {flow_.inner_width()}, label_height);
            }
            return;
        }
        add_labelled(std::move(fields), std::move(widths), label_height);
    }

    void add_labelled(std::vector<FieldSpec> fields, std::vector<float> widths, float label_height) {
        const float height = label_height + field_height(canvas_, fields.front());
        const std::string key = fields.front().key;
        Canvas& canvas = canvas_;
        Piece& piece = flow_.add(height, [&canvas, fields = std::move(fields), widths = std::move(widths),
                                          label_height](const Rect& box, std::size_t, std::size_t) {
            float x = box.x;
            for (std::size_t i = 0; i < fields.size(); ++i) {
                canvas.text(canvas.lay(fields[i].label, Type::CaptionStrong, 0), x, box.y, {});
                const float width = std::min(widths[i], field_width(canvas, fields[i], widths[i]));
                text_field(canvas, {x, box.y + label_height, width, box.height - label_height}, fields[i]);
                x += widths[i] + canvas.px(space::normal);
            }
        });
        piece.with_keyboard = true;
        piece.key = key;
    }

    Flow& flow_;
    Canvas& canvas_;
    const Asked& asked_;
};

struct TypingOf {
    std::optional<Typing> operator()(const ChoiceControl& control) const {
        if (!control.other_text) return std::nullopt;
        return Typing{};
    }
    std::optional<Typing> operator()(const TextControl& control) const {
        return Typing{control.keyboard, control.lines};
    }
    std::optional<Typing> operator()(const DateControl&) const { return Typing{Keyboard::Date, false}; }
    std::optional<Typing> operator()(const QuantityControl&) const { return Typing{Keyboard::Decimal, false}; }
    std::optional<Typing> operator()(const SearchControl& control) const {
        if (!control.chosen.empty()) return std::nullopt;
        return Typing{};
    }
    template <class NothingToType>
    std::optional<Typing> operator()(const NothingToType&) const {
        return std::nullopt;
    }
};

} // namespace

FieldSpec field_spec(const Asked& asked, std::string_view suffix, std::string_view label, const TextContent& content) {
    FieldSpec spec;
    spec.key = std::string(asked.key) + std::string(suffix);
    spec.error = asked.error_of(spec.key);
    spec.label = label;
    spec.content = content;
    spec.help = asked.hint;
    spec.required = asked.required;
    return spec;
}

void add_example(Flow& flow, const Asked& asked) {
    const auto* text = std::get_if<TextControl>(&asked.control);
    const auto* date = std::get_if<DateControl>(&asked.control);
    const std::string example = text ? text->example : date ? date->example : std::string{};
    if (example.empty()) return;
    flow.gap(space::medium);
    const std::string key = asked.alone ? "example" : std::string(asked.key) + ".example";
    // An example of a text is the form's, one of a date the program's.
    paragraph(flow, key, example, &Inks::soft, Type::Caption, text ? asked.tongue() : Tongue{}).keep = true;
}

void add_control(Flow& flow, const Asked& asked) { std::visit(Controls{flow, asked}, asked.control); }

std::optional<Typing> typing_of(const QuestionScreen& screen, std::string_view active_field) {
    const auto own = std::visit(TypingOf{}, screen.control);
    std::optional<Typing> first = own;
    for (const AskedPart& part : screen.parts) {
        const auto typing = std::visit(TypingOf{}, part.control);
        if (!first) first = typing;
        if (typing && (active_field == part.key || active_field.starts_with(part.key + "."))) return typing;
    }
    return first;
}

std::string field_to_focus(const QuestionScreen& screen, std::string_view field_key) {
    const auto of = [&](const Control& control, std::string_view key) -> std::string {
        const auto* choice = std::get_if<ChoiceControl>(&control);
        return choice != nullptr && field_key == key ? first_key(*choice, key) : std::string(field_key);
    };
    for (const AskedPart& part : screen.parts)
        if (field_key == part.key || field_key.starts_with(part.key + ".")) return of(part.control, part.key);
    return of(screen.control, screen.key);
}

} // namespace kiosk
