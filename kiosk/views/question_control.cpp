// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/question_control.hpp"

#include "kiosk/views/errors.hpp"
#include "kiosk/views/plan.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/option_row.hpp"
#include "kiosk/widgets/text_field.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

class Controls {
public:
    Controls(Flow& flow, const QuestionScreen& screen) : flow_(flow), canvas_(flow.canvas()), screen_(screen) {}

    void operator()(const NoticeControl& control) {
        flow_.begin_inset(Surface::Soft, canvas_.ink({Surface::Soft, &Inks::accent}));
        for (std::size_t i = 0; i < control.paragraphs.size(); ++i) {
            flow_.gap(space::small);
            paragraph(flow_, "notice." + std::to_string(i), control.paragraphs[i], &Inks::text, Type::Body,
                      {screen_.language, screen_.direction});
        }
        flow_.end_inset();
    }

    void operator()(const ChoiceControl& control) {
        error(screen_.key);
        for (std::size_t i = 0; i < control.options.size(); ++i) {
            const bool other = control.other && *control.other == i;
            Piece& piece = option(control.options[i], control.several ? Mark::Check : Mark::Radio, other);
            if (other && control.other_text) {
                piece.keep = true;
                FieldSpec spec = field(screen_.key + ".other", control.options[i].text, *control.other_text);
                flow_.gap(touch_size::gap);
                add_field(flow_, std::move(spec));
            }
        }
    }

    void operator()(const TextControl& control) {
        if (canvas_.glass.tall()) add_example(flow_, screen_);
        error(screen_.key);
        FieldSpec spec = field(screen_.key, screen_.heading, control.content);
        spec.help = control.example;
        spec.lines = control.lines;
        spec.unit = control.unit;
        spec.characters = usual_width(control);
        flow_.gap(space::small);
        add_field(flow_, std::move(spec));
    }

    void operator()(const DateControl& control) {
        if (canvas_.glass.tall()) add_example(flow_, screen_);
        error(screen_.key);
        std::vector<FieldSpec> fields;
        for (const DateControl::Part& part : control.parts) {
            FieldSpec spec = field(part.key, part.label, part.content);
            spec.characters = part.digits;
            spec.help = control.example;
            fields.push_back(std::move(spec));
        }
        flow_.gap(space::small);
        add_fields_in_a_row(std::move(fields));
    }

    void operator()(const QuantityControl& control) {
        error(screen_.key);
        FieldSpec spec = field(screen_.key, screen_.heading, control.content);
        spec.characters = 10;
        flow_.gap(space::small);
        add_field(flow_, std::move(spec));
        for (const Option& unit : control.units)
            option(unit, Mark::Radio);
    }

    void operator()(const SearchControl& control) {
        error(screen_.key);
        if (!control.chosen.empty()) {
            chosen(control);
            return;
        }
        flow_.gap(space::small);
        add_field(flow_, field(screen_.key, screen_.heading, control.query));
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
        error(screen_.key);
        for (const RepeatControl::Row& instance : control.rows) {
            flow_.gap(touch_size::gap);
            add_instance(instance);
        }
        if (!control.can_add) return;
        ButtonSpec spec;
        spec.key = "add";
        spec.label = control.add;
        spec.icon = Icon::Plus;
        flow_.gap(space::normal);
        add_button(flow_, std::move(spec), [&canvas = canvas_] { canvas.intents.push_back(AddInstance{}); });
    }

private:
    [[nodiscard]] std::string error_of(const std::string& key) const {
        for (const ErrorLine& line : screen_.errors)
            if (line.field_key == key) return line.text;
        return {};
    }
    [[nodiscard]] bool only_one_error_elsewhere(const std::string& key) const {
        return !screen_.errors.empty() && error_of(key).empty();
    }

    /// The words of the error again, beside the field they belong to.
    void error(const std::string& key) {
        std::string words = error_of(key);
        if (words.empty() && only_one_error_elsewhere(key)) words = screen_.errors.front().text;
        if (!words.empty()) add_error_words(flow_, key + ".error", words);
    }

    FieldSpec field(std::string key, std::string label, const TextContent& content) const {
        FieldSpec spec;
        spec.error = error_of(key);
        spec.key = std::move(key);
        spec.label = std::move(label);
        spec.content = content;
        spec.help = screen_.hint;
        spec.required = screen_.optional_mark.empty();
        return spec;
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

    /// Choosing "another answer" leads to the field for it, which may stand on the next page.
    Piece& option(const Option& given, Mark mark, bool leads_to_field = false) {
        RowSpec spec;
        spec.key = given.key;
        spec.text = given.text;
        spec.tongue = {screen_.language, screen_.direction};
        spec.mark = mark;
        spec.selected = given.selected;
        flow_.gap(touch_size::gap);
        const std::string field = leads_to_field ? screen_.key + ".other" : std::string{};
        return add_row(flow_, std::move(spec), [&canvas = canvas_, key = given.key, field] {
            canvas.intents.push_back(ChooseOption{key});
            if (field.empty()) return;
            canvas.view.wish = field;
            canvas.view.pages.erase("main");
        });
    }

    void chosen(const SearchControl& control) {
        RowSpec spec;
        spec.key = screen_.key;
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

    /// One of several persons or things: its name, and what can be done with it.
    void add_instance(const RepeatControl::Row& instance) {
        ButtonSpec change;
        change.key = "change." + instance.key;
        change.label = instance.change;
        change.icon = Icon::Pencil;
        change.type = Type::CaptionStrong;
        change.help = instance.text;
        ButtonSpec remove = change;
        remove.key = "remove." + instance.key;
        remove.label = instance.remove;
        remove.icon = Icon::Trash;
        const float gap = canvas_.px(touch_size::gap);
        const float pad = canvas_.px(space::normal);
        const float change_width = button_width(canvas_, change);
        const float remove_width = button_width(canvas_, remove);
        const float buttons = change_width + gap + remove_width;
        const float inner = flow_.inner_width() - 2 * pad;
        const bool beside = inner - buttons > canvas_.px(60);
        const float words_width = beside ? inner - buttons - pad : inner;
        const Layout& words = canvas_.lay(instance.text, Type::Strong, words_width);
        const float button_px =
            std::max(button_height(canvas_, change, change_width), button_height(canvas_, remove, remove_width));
        const float top = canvas_.px(space::small);
        const float height = beside ? std::max(words.height(), button_px) + 2 * top
                                    : words.height() + button_px + gap + 2 * canvas_.px(space::medium);
        Canvas& canvas = canvas_;
        Piece& piece = flow_.add(height, [=, &canvas, &words](const Rect& box, std::size_t, std::size_t) {
            canvas.box(box, canvas.fill(Surface::Field), canvas.px(corner_mm));
            canvas.frame(box, canvas.ink({Surface::Field, &Inks::line}), canvas.px(thin_mm), canvas.px(corner_mm));
            const float words_y = beside ? box.y + (box.height - words.height()) / 2 : box.y + canvas.px(space::medium);
            canvas.text(words, box.x + pad, words_y, {Surface::Field, &Inks::text});
            Node node;
            node.key = instance.key;
            node.role = Role::ListItem;
            node.name = instance.text;
            canvas.say(node, box);
            const float y =
                beside ? box.y + (box.height - button_px) / 2 : bottom(box) - button_px - canvas.px(space::medium);
            const float x = beside ? end_of(box) - pad - buttons : box.x + pad;
            if (button(canvas, {x, y, change_width, button_px}, change))
                canvas.intents.push_back(ChangeInstance{instance.key});
            if (button(canvas, {x + change_width + gap, y, remove_width, button_px}, remove))
                canvas.intents.push_back(RemoveInstance{instance.key});
        });
        piece.answer = true;
        piece.key = instance.key;
    }

    Flow& flow_;
    Canvas& canvas_;
    const QuestionScreen& screen_;
};

struct TypingOf {
    std::optional<Typing> operator()(const NoticeControl&) const { return std::nullopt; }
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
    std::optional<Typing> operator()(const RepeatControl&) const { return std::nullopt; }
};

} // namespace

void add_example(Flow& flow, const QuestionScreen& screen) {
    const auto* text = std::get_if<TextControl>(&screen.control);
    const auto* date = std::get_if<DateControl>(&screen.control);
    const std::string example = text ? text->example : date ? date->example : std::string{};
    if (example.empty()) return;
    flow.gap(space::medium);
    paragraph(flow, "example", example, &Inks::soft, Type::Caption);
}

void add_control(Flow& flow, const QuestionScreen& screen) { std::visit(Controls{flow, screen}, screen.control); }

std::optional<Typing> typing_of(const QuestionScreen& screen) { return std::visit(TypingOf{}, screen.control); }

} // namespace kiosk
